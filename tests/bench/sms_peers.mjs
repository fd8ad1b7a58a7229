// Counting SMS through the npm package in Node, against npm's counters, on the same texts in one run:
//   node tests/bench/sms_peers.mjs
// Prints nanoseconds a text (best of several rounds), what each peer is to us, and how many of its counts are wrong: compared are encoding,
// units and segments with the core's, which the conformance cases and a slow reference implementation hold to 3GPP TS 23.038 and 23.040.
// The peers are installed into build/bench.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PEERS = ["sms-length@0.2.2", "split-sms@0.1.7", "@trt2/gsm-charset-utils@1.0.13", "sms-segments-calculator@1.3.0"];
const ROUNDS = 15;
const ROUND_MS = 40;

const folder = fileURLToPath(new URL("../../build/bench/", import.meta.url));
const dist = process.env.RECADO_WASM_DIST ?? fileURLToPath(new URL("../../wasm/dist/", import.meta.url));

function install() {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package.json"))) writeFileSync(join(folder, "package.json"), '{"private":true}');
  const missing = PEERS.filter((peer) => !existsSync(join(folder, "node_modules", peer.replace(/@[^@]+$/, ""))));
  if (missing.length > 0) execFileSync("npm", ["install", "--no-audit", "--no-fund", ...missing], { cwd: folder, stdio: "ignore" });
}
install();
const require = createRequire(join(folder, "index.js"));
const smsLength = require("sms-length");
const splitSms = require("split-sms");
const charset = require("@trt2/gsm-charset-utils");
const { SegmentedMessage } = require("sms-segments-calculator");
const { loadCore } = await import(join(dist, "index.js"));
const core = await loadCore({ languages: ["en"] });

// --- The texts: messages as shops write them, varied so that cuts fall in different places -------------------------------

const NAMES = ["Ana", "Jörg", "Zoë", "Łukasz", "José", "Mr Smith", "Frau Müller", "D'Angelo"];
const GSM = (i) =>
  `Hi ${["Ana", "Tom", "Eva", "Mr Smith"][i % 4]}, your order ${1000 + i * 7} of ${19 + i}.90 EUR has been paid. Track it at https://dhl.example/PL${i * 31} or call us${i % 3 ? "" : " [9-18h]"}. Thank you, Bike Shop`;
const MIXED = (i) =>
  `Hi ${NAMES[i % 8]}, your order ${1000 + i * 7} is on its way – “${["Two bikes", "Helm größe M", "Câmara de ar", "Łańcuch"][i % 4]}” for ${19 + i},90 €. Até logo, Bike Shop`;
const EMOJI = (i) =>
  `Hi ${["Ana", "Tom", "Eva"][i % 3]}, order ${1000 + i * 7} is paid ${["🎉", "👍🏽", "🚲", "👨‍👩‍👧‍👦", "🇧🇷"][i % 5]} Track it 📦 https://dhl.example/PL${i * 31} See you${".".repeat(i % 5)} ❤️`;
const grown = (make, units) => (i) => {
  let text = "";
  for (let k = 0; text.length < units; k++) text += `${make(i + k)} `;
  return text.slice(0, units - 2) + "ok";
};
const CORPORA = {
  "GSM, 130 characters": GSM,
  "mixed, 100 characters": MIXED,
  "emoji, 80 characters": EMOJI,
  "GSM, 1,600 characters": grown(GSM, 1600),
  "mixed, 1,600 characters": grown(MIXED, 1600),
  "emoji, 1,600 characters": grown(EMOJI, 1600),
};

// --- What each says --------------------------------------------------------------------------------------------------------

const ours = (text) => core.countSms(text);
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

/** Nanoseconds of one text; the round is as long as the clock is good for. */
function timer(run, texts) {
  let sink = 0;
  const once = () => {
    for (const text of texts) sink += run(text) ? 1 : 0;
  };
  return measured(once, texts.length, () => sink);
}

function measured(once, texts, sink) {
  const until = performance.now() + ROUND_MS;
  let times = 0;
  while (performance.now() < until) {
    once();
    times++;
  }
  let best = Infinity;
  return {
    round() {
      const start = process.hrtime.bigint();
      for (let i = 0; i < times; i++) once();
      best = Math.min(best, Number(process.hrtime.bigint() - start) / times / texts);
    },
    best: () => (sink() < 0 ? 0 : best),
  };
}

for (const [name, make] of Object.entries(CORPORA)) {
  const texts = Array.from({ length: 100 }, (_, i) => make(i));
  const timers = {
    recado: timer(ours, texts),
    "recado, batch": measured(() => core.countSmsMany(texts), texts.length, () => 0),
  };
  for (const [peer, { count }] of Object.entries(peers)) timers[peer] = timer(count, texts);
  // Turn by turn, so that whatever else the machine does falls on all alike.
  for (let round = 0; round < ROUNDS; round++) for (const each of Object.values(timers)) each.round();
    console.log(`\n${name}`);
  const one = timers.recado.best();
  const batch = timers["recado, batch"].best();
  console.log(`  recado                    ${one.toFixed(0).padStart(8)} ns\n  recado, batch             ${batch.toFixed(0).padStart(8)} ns`);
  for (const [peer, { count, says }] of Object.entries(peers)) {
    const theirs = timers[peer].best();
    const wrong = wrongOf((text) => says(count(text)), texts);
    const verdict = wrong === 0 ? "right" : `wrong on ${wrong} of ${texts.length}`;
    console.log(
      `  ${peer.padEnd(25)} ${theirs.toFixed(0).padStart(8)} ns  we are ${(theirs / one).toFixed(2).padStart(6)} x, batch ${(theirs / batch).toFixed(2).padStart(6)} x   ${verdict}`,
    );
  }
}
