// Proves that the native program and the npm package give the same answers: the same texts byte for byte, the same counts, the same plans, the same
// diagnostics (whose offsets are bytes on one side and UTF-16 on the other, and are brought together here).
//
//   node tests/wasm/parity.mjs [--cases 2000] [--seed 1]
//
// A difference is printed in its smallest form: the request with every member taken away that the difference does not need.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { makeEvent, makeRandom, makeRender, makeRule, makeSms } from "./generate.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.RECADO_BIN ?? join(root, "build/recado");
const { loadCore } = await import(join(process.env.RECADO_WASM_DIST ?? join(root, "wasm/dist"), "index.js"));

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const cases = option("cases", 2000);
const seed = option("seed", 1);
const languages = ["en", "de", "es", "fr", "it", "pl", "pt", "ru", "uk", "tr"];
const core = await loadCore({ languages });

function native(args, lines) {
  const run = spawnSync(binary, args, { input: lines.map((line) => `${line}\n`).join(""), maxBuffer: 1 << 30 });
  if (run.error) throw run.error;
  const answers = run.stdout.toString("utf8").split("\n").slice(0, -1);
  if (answers.length !== lines.length) throw new Error(`recado ${args.join(" ")}: ${answers.length} answers to ${lines.length} lines. ${run.stderr}`);
  return answers.map((answer) => JSON.parse(answer));
}

/** Byte offsets of a text as UTF-16 offsets. */
function toUtf16(text, bytes) {
  return Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8").length;
}

/** The native answer as JavaScript would see it: offsets inside `textAt(path)` become UTF-16. */
function inUtf16(answer, textAt) {
  const walk = (value, text) => {
    if (Array.isArray(value)) return value.map((item) => walk(item, text));
    if (value === null || typeof value !== "object") return value;
    const here = typeof value.path === "string" ? (textAt(value.path) ?? text) : text;
    const copy = {};
    for (const [name, member] of Object.entries(value)) {
      copy[name] = (name === "from" || name === "to") && typeof member === "number" ? toUtf16(here ?? "", member) : walk(member, here);
    }
    return copy;
  };
  return walk(answer, textAt(""));
}

const kinds = {
  render: {
    make: makeRender,
    native: (requests) => native(["render", "--batch"], requests.map((r) => JSON.stringify(r))),
    wasm: (request) => core.render(request),
    text: (request) => () => request.template,
  },
  sms: {
    make: makeSms,
    native: (requests) => native(["sms", "--batch"], requests.map((r) => JSON.stringify(r))),
    wasm: (request) => core.countSms(request),
    text: (request) => () => request.text,
  },
};

/** Members are taken away one by one while the difference stays. */
function shrink(kind, request) {
  let smallest = request;
  for (let changed = true; changed; ) {
    changed = false;
    for (const candidate of smaller(smallest)) {
      if (!differs(kind, candidate)) continue;
      smallest = candidate;
      changed = true;
      break;
    }
  }
  return smallest;
}

function* smaller(request) {
  for (const name of Object.keys(request)) {
    if (name === "template" || name === "text") continue;
    const { [name]: _gone, ...rest } = request;
    if (name !== "data") yield rest;
  }
  for (const name of Object.keys(request.data ?? {})) {
    const { [name]: _gone, ...data } = request.data;
    yield { ...request, data };
  }
  const long = request.template ?? request.text;
  const letters = [...long];
  for (let size = Math.ceil(letters.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= letters.length; at += size) {
      const cut = [...letters.slice(0, at), ...letters.slice(at + size)].join("");
      yield request.template === undefined ? { ...request, text: cut } : { ...request, template: cut };
    }
  }
}

function compare(kind, request, nativeAnswer) {
  const expected = inUtf16(nativeAnswer, kind.text(request));
  const actual = kind.wasm(request);
  return isDeepStrictEqual(expected, actual) ? undefined : { expected, actual };
}

function differs(kind, request) {
  return compare(kind, request, kind.native([request])[0]) !== undefined;
}

function report(name, request, difference) {
  console.error(`DIFFERENT (${name}): ${JSON.stringify(request)}`);
  console.error(`  native: ${JSON.stringify(difference.expected)}`);
  console.error(`  wasm:   ${JSON.stringify(difference.actual)}`);
}

function runKind(name, count) {
  const kind = kinds[name];
  const random = makeRandom(seed * 7919 + name.length);
  const requests = Array.from({ length: count }, () => kind.make(random));
  const answers = kind.native(requests);
  let different = 0;
  let faults = 0;
  requests.forEach((request, index) => {
    if (answers[index].errors) ++faults;
    const difference = compare(kind, request, answers[index]);
    if (!difference) return;
    if (++different > 3) return;
    const smallest = shrink(kind, request);
    report(name, smallest, compare(kind, smallest, kind.native([smallest])[0]) ?? difference);
  });
  console.log(`${name}: ${count} cases, ${faults} of them answered with faults, ${different} different`);
  return different;
}

/** Rules × events: one set of rules in a file for a run of events. */
function runPlans(count) {
  const random = makeRandom(seed * 104729);
  const folder = mkdtempSync(join(tmpdir(), "recado-parity-"));
  let different = 0;
  let deliveries = 0;
  try {
    for (let done = 0; done < count; done += 50) {
      const rules = Array.from({ length: 6 }, (_, index) => makeRule(random, `rule-${index}`));
      const events = Array.from({ length: Math.min(50, count - done) }, (_, index) => makeEvent(random, `evt-${done + index}`));
      const file = join(folder, "rules.json");
      writeFileSync(file, JSON.stringify({ rules }));
      const answers = native(["plan", "--rules", file], events.map((event) => JSON.stringify(event)));
      events.forEach((event, index) => {
        const actual = core.plan(rules, event);
        deliveries += actual.deliveries?.length ?? 0;
        // The plan's offsets are those of SMS parts: each inside its own delivery's text.
        const expected = answers[index];
        for (const delivery of expected.deliveries ?? []) if (delivery.sms) delivery.sms = inUtf16(delivery.sms, () => delivery.content.text);
        if (isDeepStrictEqual(expected, actual)) return;
        if (++different <= 3) report("plan", { rules, event }, { expected, actual });
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`plan: ${count} events, ${deliveries} deliveries, ${different} different`);
  return different;
}

const renders = Math.round(cases * 0.6);
const texts = Math.round(cases * 0.25);
const plans = cases - renders - texts;
const different = runKind("render", renders) + runKind("sms", texts) + runPlans(plans);
console.log(`${cases} cases in both builds, seed ${seed}: ${different === 0 ? "all the same" : `${different} DIFFERENT`}`);
process.exit(different === 0 ? 0 : 1);
