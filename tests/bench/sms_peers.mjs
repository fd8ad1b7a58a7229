// Counting SMS through the npm package in Node, against npm's counters, on the same texts in one run:
//   node tests/bench/sms_peers.mjs
// Prints nanoseconds a text (median of rounds that take turns), what each peer is to us, and how many of its counts are wrong: compared are
// encoding, units and segments with the core's, which the conformance cases and a slow reference implementation hold to 3GPP TS 23.038 and
// 23.040. Then how the time grows with the text, and natively the gigabytes a second of recado_sms_bench, where that is built
// (cmake -DRECADO_BENCH=ON; RECADO_SMS_BENCH says where).
// The peers are installed into build/bench. RECADO_WASM_DIST: where the npm package is, wasm/dist unless set.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { facade, oneByOne, requireOf, takeTurns, Timer } from "./peers.mjs";

const require = requireOf(["sms-length@0.2.2", "split-sms@0.1.7", "@trt2/gsm-charset-utils@1.0.13", "sms-segments-calculator@1.3.0"]);
const smsLength = require("sms-length");
const splitSms = require("split-sms");
const charset = require("@trt2/gsm-charset-utils");
const { SegmentedMessage } = require("sms-segments-calculator");
const { loadCore } = await facade();
const core = await loadCore({ languages: ["en"] });

// --- The texts: messages as shops write them, varied so that cuts fall in different places -------------------------------

const NAMES = ["Ana", "Jörg", "Zoë", "Łukasz", "José", "Mr Smith", "Frau Müller", "D'Angelo"];
const GSM = (i) =>
  `Hi ${["Ana", "Tom", "Eva", "Mr Smith"][i % 4]}, your order ${1000 + i * 7} of ${19 + i}.90 EUR has been paid. Track it at https://dhl.example/PL${i * 31} or call us${i % 3 ? "" : " [9-18h]"}. Thank you, Bike Shop`;
const MIXED = (i) =>
  `Hi ${NAMES[i % 8]}, your order ${1000 + i * 7} is on its way – “${["Two bikes", "Helm größe M", "Câmara de ar", "Łańcuch"][i % 4]}” for ${19 + i},90 €. Até logo, Bike Shop`;
const EMOJI = (i) =>
  `Hi ${["Ana", "Tom", "Eva"][i % 3]}, order ${1000 + i * 7} is paid ${["🎉", "👍🏽", "🚲", "👨‍👩‍👧‍👦", "🇧🇷"][i % 5]} Track it 📦 https://dhl.example/PL${i * 31} See you${".".repeat(i % 5)} ❤️`;
/** Texts of so many units and up to 99 more (every hundredth text is as long, and another text); what a cut leaves of a character becomes a dot. */
const grown = (make, least) => (i) => {
  const units = least + (i % 100);
  let text = "";
  for (let k = 0; text.length < units; k++) text += `${make(i + k)} `;
  return text.slice(0, units).replace(/[\ud800-\udbff]$/, ".");
};
const CORPORA = {
  "GSM, 130 characters": GSM,
  "mixed, 100 characters": MIXED,
  "emoji, 80 characters": EMOJI,
  "GSM, 1,501 to 1,600 characters": grown(GSM, 1501),
  "mixed, 1,501 to 1,600 characters": grown(MIXED, 1501),
  "emoji, 1,501 to 1,600 characters": grown(EMOJI, 1501),
};

// --- What each says --------------------------------------------------------------------------------------------------------

const peers = {
  "sms-length": { count: smsLength.count, says: (c) => [c.encoding === "UTF16" ? "ucs2" : "gsm7", c.length, c.messages] },
  "split-sms": {
    count: splitSms.split,
    says: (c) => [c.characterSet === "GSM" ? "gsm7" : "ucs2", c.characterSet === "GSM" ? c.bytes : c.bytes / 2, c.parts.length],
  },
  "@trt2/gsm-charset-utils": {
    count: charset.getCharCount,
    says: (c) => [c.encoding === "GSM" ? "gsm7" : "ucs2", c.charCount, c.msgCount],
  },
  "sms-segments-calculator": {
    count: (text) => new SegmentedMessage(text),
    says: (c) => [c.encodingName === "UCS-2" ? "ucs2" : "gsm7", undefined, c.segmentsCount], // its sizes are in bits, headers and all
  },
};

function wrongOf(says, texts) {
  return texts.filter((text) => {
    const right = core.countSms(text);
    const [encoding, units, segments] = says(text);
    const differs = (theirs, our) => theirs !== undefined && theirs !== our;
    return differs(encoding, right.encoding) || differs(units, right.units) || differs(segments, right.segments);
  }).length;
}

// --- The peers -------------------------------------------------------------------------------------------------------------

const SIZE = { details: false };
const batch = (options, texts) => new Timer(() => core.countSmsMany(texts, options), texts.length);
const OURS = ["everything", "everything, batch", "size alone", "size alone, batch"];
console.log("How many times as fast as each peer Recado is, nanoseconds a text. Everything: parts, culprits, replacements, characters, a cheaper");
console.log("text. Size alone: encoding, units, segments and room, which is what sms-length and @trt2/gsm-charset-utils answer.");
const MEASURED = 100;
const JUDGED = 1000; // who is wrong in one text of a hundred is found out by more texts than can be timed in turns
for (const [name, make] of Object.entries(CORPORA)) {
  const judged = Array.from({ length: JUDGED }, (_, i) => make(i));
  const texts = judged.slice(0, MEASURED);
  const timers = {
    everything: oneByOne((text) => core.countSms(text), texts),
    "everything, batch": batch(undefined, texts),
    "size alone": oneByOne((text) => core.countSms(text, SIZE), texts),
    "size alone, batch": batch(SIZE, texts),
  };
  for (const [peer, { count }] of Object.entries(peers)) timers[peer] = oneByOne(count, texts);
  takeTurns(timers);
  console.log(`\n${name.padEnd(34)}${" ".repeat(10)}${OURS.map((each) => each.padStart(19)).join("")}`);
  console.log(`  ${"recado".padEnd(42)}${OURS.map((each) => `${timers[each].median().toFixed(0)} ns`.padStart(19)).join("")}`);
  for (const [peer, { count, says }] of Object.entries(peers)) {
    const theirs = timers[peer].median();
    const wrong = wrongOf((text) => says(count(text)), judged);
    const verdict = wrong === 0 ? "right" : `wrong on ${wrong} of ${judged.length}`;
    const ratios = OURS.map((each) => `${(theirs / timers[each].median()).toFixed(2)} x`.padStart(19)).join("");
    console.log(`  ${peer.padEnd(30)}${`${theirs.toFixed(0)} ns`.padStart(12)}${ratios}   ${verdict}`);
  }
}

// --- How the time grows ----------------------------------------------------------------------------------------------------

console.log("\nNanoseconds a character by the length of the text (more than 255 segments are the answer too_many_segments)");
const GROWTH = [1e3, 1e4, 1e5, 1e6];
for (const [name, make] of Object.entries({ GSM, mixed: MIXED, emoji: EMOJI })) {
  for (const [what, options] of Object.entries({ everything: undefined, "size alone": SIZE })) {
    const timers = GROWTH.map((units) => oneByOne((text) => core.countSms(text, options), [grown(make, units)(0)]));
    takeTurns(timers);
    const costs = timers.map((timer, i) => `${GROWTH[i].toLocaleString("en")}: ${(timer.median() / GROWTH[i]).toFixed(2)}`.padStart(18));
    console.log(`  ${name.padEnd(6)} ${what.padEnd(11)}${costs.join("")}`);
  }
}

const native = process.env.RECADO_SMS_BENCH ?? fileURLToPath(new URL("../../build/tests/bench/recado_sms_bench", import.meta.url));
if (existsSync(native)) {
  const report = execFileSync(native, ["--benchmark_filter=^Light.*/1000000$", "--benchmark_format=json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  console.log("\nNatively, the numbers of a text of 1 MB (recado_sms_bench)");
  for (const { name, bytes_per_second } of JSON.parse(report).benchmarks) console.log(`  ${name.padEnd(28)} ${(bytes_per_second / 1e9).toFixed(2)} GB/s`);
} else {
  console.log("\nNatively: not measured, recado_sms_bench is not built (cmake -DRECADO_BENCH=ON)");
}
