// Makes grapheme_table.inc out of ICU's "preparsed Unicode character database" (icu/source/data/unidata/ppucd.txt).
//
//   node core/text/make_grapheme_table.mjs PPUCD > core/text/grapheme_table.inc
//
// The result is checked in; run this again when ICU's version changes, and core/text's tests hold the result against
// ICU's own iterator.
import { readFileSync } from "node:fs";

// In the order of the enum in grapheme_machine.h.
const classes = ["Other", "CR", "LF", "Control", "Extend", "ExtendCcc", "Virama", "ZWJ", "RegionalIndicator", "Prepend",
  "SpacingMark", "L", "V", "T", "LV", "LVT", "ExtPict", "Consonant"];
const byGcb = { XX: "Other", CR: "CR", LF: "LF", CN: "Control", EX: "Extend", ZWJ: "ZWJ", RI: "RegionalIndicator",
  PP: "Prepend", SM: "SpacingMark", L: "L", V: "V", T: "T", LV: "LV", LVT: "LVT" };
// The scripts whose conjuncts (consonant, virama, consonant) ICU keeps together.
const linkingScripts = new Set(["Gujr", "Telu", "Mlym", "Orya", "Beng", "Deva"]);

const size = 0x110000;
const names = ["GCB", "ccc", "InSC", "sc", "ExtPict"];
const start = { GCB: "XX", ccc: "0", InSC: "Other", sc: "Zzzz", ExtPict: false };

function apply(properties, fields) {
  const out = { ...properties };
  for (const field of fields) {
    const [name, value] = field.split("=");
    const bare = name.replace(/^-/, "");
    if (names.includes(bare)) out[bare] = value ?? !name.startsWith("-");
  }
  return out;
}

function range(text) {
  const [from, to] = text.split("..");
  return [parseInt(from, 16), parseInt(to ?? from, 16)];
}

function classOf(p) {
  const linking = linkingScripts.has(p.sc);
  if (p.ExtPict && p.GCB === "XX") return "ExtPict";
  if (p.GCB === "EX") {
    if (linking && p.InSC === "Virama") return "Virama";
    return p.ccc === "0" ? "Extend" : "ExtendCcc";
  }
  if (linking && p.InSC === "Consonant") {
    if (p.GCB !== "XX") throw new Error("a linking consonant that is " + p.GCB);
    return "Consonant";
  }
  return byGcb[p.GCB];
}

// ppucd.txt: "defaults", then "block" lines, each followed by its "cp" and "unassigned" lines, which say only what differs.
const table = new Uint8Array(size);
const fill = ([from, to], properties) => table.fill(classes.indexOf(classOf(properties)), from, to + 1);
let defaults = start;
let block = start;
let blockRange = [0, -1];
let version = "";
for (const line of readFileSync(process.argv[2], "utf8").split("\n")) {
  const [kind, where, ...fields] = line.trim().split(";");
  if (kind === "ucd") version = where;
  if (kind === "defaults") {
    defaults = apply(start, fields);
    fill(range(where), defaults);
  } else if (kind === "block") {
    block = apply(defaults, fields);
    blockRange = range(where);
    fill(blockRange, block);
  } else if (kind === "cp" || kind === "unassigned") {
    const place = range(where);
    const inside = place[0] >= blockRange[0] && place[1] <= blockRange[1];
    fill(place, apply(kind === "cp" && inside ? block : defaults, fields));
  }
}

const shift = 6;
const width = 1 << shift;
const low = 0x20000; // planes 0 and 1
const high = [0xe0000, 0xe1000]; // the tags and variation selectors of plane 14; all other code points are Other
for (let cp = low; cp < size; ++cp) {
  if (table[cp] !== 0 && (cp < high[0] || cp >= high[1])) throw new Error("class outside the table: " + cp.toString(16));
}
const blocks = [];
const seen = new Map();
function indexes(from, to) {
  const out = [];
  for (let at = from; at < to; at += width) {
    const bytes = table.subarray(at, at + width);
    const key = bytes.join();
    if (!seen.has(key)) {
      seen.set(key, blocks.length);
      blocks.push(bytes);
    }
    out.push(seen.get(key));
  }
  return out;
}
const lowIndex = indexes(0, low);
const highIndex = indexes(...high);
if (blocks.length > 256) throw new Error("more than 256 blocks");

function rows(values) {
  let out = "";
  for (let i = 0; i < values.length; i += 32) out += "    " + values.slice(i, i + 32).join(", ") + ",\n";
  return out;
}
console.log(`// Made by make_grapheme_table.mjs from the Unicode Character Database ${version}; do not edit.
// clang-format off
static_assert(kBlockShift == ${shift});
const std::array<uint8_t, kLowBlocks> kLowIndex = {
${rows(lowIndex)}};
const std::array<uint8_t, kHighBlocks> kHighIndex = {
${rows(highIndex)}};
const uint8_t kBlocks[][kBlockSize] = {
${blocks.map((b) => "    {" + [...b].join(",") + "},\n").join("")}};
// clang-format on`);
