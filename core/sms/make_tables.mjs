// Makes national_tables.inc and smart_table.inc out of the reference tables.
//
//   node core/sms/make_tables.mjs gsm-national-tables.json sms-smart-encoding.json
//
// writes the two files beside this script. They are checked in; the tests hold them against the same JSON, entry by entry.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [nationalPath, smartPath] = process.argv.slice(2);
const folder = dirname(fileURLToPath(import.meta.url));
const tables = JSON.parse(readFileSync(nationalPath, "utf8")).tables;
const smart = JSON.parse(readFileSync(smartPath, "utf8"));
const point = (text) => parseInt(text.slice(2), 16);
const hex = (value, digits = 4) => "0x" + value.toString(16).toUpperCase().padStart(digits, "0");
const rows = (values, width) => {
  let out = "";
  for (let i = 0; i < values.length; i += width) out += "    " + values.slice(i, i + width).join(", ") + ",\n";
  return out;
};

// --- The alphabets: membership first, because that is all counting asks -------------------------------------------

const locking = tables.map((t) => Array.from({ length: 128 }, (_, i) => (t.locking?.[i] ? point(t.locking[i]) : 0)));
const single = tables.map((t) => {
  const out = new Array(128).fill(0);
  for (const [septet, character] of Object.entries(t.single)) out[Number(septet)] = point(character);
  return out;
});
tables.forEach((t, i) => {
  if (t.nationalLanguageIdentifier !== i) throw new Error("tables out of order");
});

const masks = new Map(); // code point → [locking, single], bit = language identifier
const note = (cp, kind, language) => {
  if (cp === 0) return; // no table holds U+0000
  if (!masks.has(cp)) masks.set(cp, [0, 0]);
  masks.get(cp)[kind] |= 1 << language;
};
tables.forEach((_, language) => {
  locking[language].forEach((cp, septet) => septet !== 0x1b && note(cp, 0, language));
  single[language].forEach((cp) => note(cp, 1, language));
});

// Characters that stand in the same tables cost the same whatever is chosen: they are one class. Class 0 is in no table.
const classes = [[0, 0]];
const classOf = new Map();
const classByKey = new Map([["0,0", 0]]);
for (const [cp, pair] of [...masks].sort((a, b) => a[0] - b[0])) {
  if (!classByKey.has(pair.join())) {
    classByKey.set(pair.join(), classes.length);
    classes.push(pair);
  }
  classOf.set(cp, classByKey.get(pair.join()));
}
const width = 64;
const end = (Math.floor(Math.max(...masks.keys()) / width) + 1) * width;
const blocks = [];
const index = [];
const seen = new Map();
for (let at = 0; at < end; at += width) {
  const block = Array.from({ length: width }, (_, i) => classOf.get(at + i) ?? 0);
  if (!seen.has(block.join())) {
    seen.set(block.join(), blocks.length);
    blocks.push(block);
  }
  index.push(seen.get(block.join()));
}

writeFileSync(join(folder, "national_tables.inc"), `// Made by make_tables.mjs from 3GPP TS 23.038, 6.2.1 and annex A; do not edit.
// clang-format off

// Which tables hold the characters of a class: bit = national language identifier, 0 = default.
struct TableMasks {
  uint16_t locking;
  uint16_t single;
};
constexpr TableMasks kClassMasks[] = {
${rows(classes.map(([l, s]) => `{${hex(l)}, ${hex(s)}}`), 6)}};

// Code point → class: a block of ${width} for each index.
static_assert(kBlockSize == ${width} && kIndexed == ${index.length});
const std::array<uint8_t, kIndexed> kIndex = {
${rows(index, 32)}};
const uint8_t kBlocks[][kBlockSize] = {
${blocks.map((b) => "    {" + b.join(",") + "},\n").join("")}};

// Septet → character, 0 where there is none; [identifier][septet]. Spanish has no locking table.
constexpr char16_t kLocking[${tables.length}][128] = {
${tables.map((t, i) => `    // ${t.name}\n    {\n${rows(locking[i].map((cp) => hex(cp)), 12)}    },\n`).join("")}};

// Septet after the escape → character.
struct SingleEntry {
  uint8_t septet;
  char16_t character;
};
${tables.map((t, i) => {
  const entries = single[i].map((cp, septet) => [septet, cp]).filter(([, cp]) => cp !== 0);
  return `constexpr SingleEntry kSingle${i}[] = {  // ${t.name}\n${rows(entries.map(([s, cp]) => `{${hex(s, 2)}, ${hex(cp)}}`), 6)}};\n`;
}).join("")}constexpr std::span<const SingleEntry> kSingle[] = {
${rows(tables.map((_, i) => `kSingle${i}`), 7)}};
// clang-format on
`);

// --- Replacements -------------------------------------------------------------------------------------------------

// The source widens spaces (a no-break space becomes two, a tab seven), which helps nobody: a space is a space here.
const replacement = (to) => (/^ +$/.test(to) ? " " : to);
const pairs = smart.groups.flatMap((g) => g.from.map((from) => [point(from), replacement(g.to)]));
pairs.sort((a, b) => a[0] - b[0]);
writeFileSync(join(folder, "smart_table.inc"), `// Made by make_tables.mjs from the list of characters that SMS gateways replace to stay in GSM-7; do not edit.
// clang-format off
struct Replacement {
  char16_t character;
  char text[4];  // ASCII, ended by a zero
};
constexpr Replacement kReplacements[] = {
${rows(pairs.map(([cp, to]) => `{${hex(cp)}, ${JSON.stringify(to)}}`), 8)}};
// clang-format on
`);
