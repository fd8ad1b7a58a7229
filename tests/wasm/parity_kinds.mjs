// The kinds of questions that both builds are asked: how to make one, how to ask the native program, how to ask the npm package, and
// how the native answer looks to JavaScript (whose offsets are UTF-16).
//
// A question is plain JSON, so that a difference can be shrunk and printed. The native program answers many questions of one kind in
// one call where its commands allow; where it dies (a sanitizer's finding), the questions are asked one by one and its last words are
// the answer.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { makeRender, makeSms } from "./generate.mjs";
import { makeBrokenRule, makeContext, makeEvent, makeHistory, makeRecords, makeRule, makeSnapshot } from "./generate_rules.mjs";

const sanitizerSpoke = /(Sanitizer|runtime error):?[^\n]*/;

/** Found between the rules of a set, which validateRule never sees. */
const betweenRules = new Set(["rules_collide", "nothing_to_wait_for", "duplicate_rule"]);

class NativeFault extends Error {}

// --- Offsets

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const toUtf16 = (text, bytes) => decoder.decode(encoder.encode(text).subarray(0, bytes)).length;

/** The text at a JSON pointer, or nothing. */
function textAt(document, pointer) {
  let node = document;
  for (const part of pointer.split("/").slice(1)) node = node?.[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  return typeof node === "string" ? node : undefined;
}

/** A copy with `from` and `to` as UTF-16 offsets inside the text that `find(path)` gives, or inside `text` where no path says. */
export function inUtf16(answer, text, find = () => undefined) {
  if (Array.isArray(answer)) return answer.map((item) => inUtf16(item, text, find));
  if (answer === null || typeof answer !== "object") return answer;
  const here = typeof answer.path === "string" ? (find(answer.path) ?? text) : text;
  const copy = {};
  for (const [name, member] of Object.entries(answer)) {
    const offset = (name === "from" || name === "to") && typeof member === "number";
    copy[name] = offset ? toUtf16(here ?? "", member) : inUtf16(member, here, find);
  }
  return copy;
}

/** The offsets of a delivery are those of its SMS parts, inside its own text. */
function deliveriesInUtf16(entries) {
  return entries.map((entry) => (entry.sms ? { ...entry, sms: inUtf16(entry.sms, entry.content.text) } : entry));
}

function planInUtf16(plan, document) {
  if (plan.error) return inUtf16(plan, "", (pointer) => textAt(document, pointer));
  return { ...plan, deliveries: deliveriesInUtf16(plan.deliveries) };
}

// --- Asking

export function makeKinds({ binary, core, folder }) {
  let calls = 0;

  function run(args, input = "") {
    const ran = spawnSync(binary, args, { input, maxBuffer: 1 << 30 });
    const errors = ran.stderr?.toString("utf8") ?? "";
    const finding = sanitizerSpoke.exec(errors);
    if (ran.error || ran.signal || finding || ran.status > 1) {
      throw new NativeFault(finding?.[0] ?? `recado ${args[0]} ended with ${ran.error ?? ran.signal ?? ran.status}: ${errors.slice(0, 300)}`);
    }
    return { lines: ran.stdout.toString("utf8").split("\n").slice(0, -1), errors };
  }

  /** One answer line for each question line. */
  function runBatch(args, lines) {
    const { lines: answers } = run(args, lines.map((line) => `${line}\n`).join(""));
    if (answers.length !== lines.length) throw new NativeFault(`recado ${args[0]}: ${answers.length} answers to ${lines.length} lines`);
    return answers.map((answer) => JSON.parse(answer));
  }

  /** Runs a command over these files in a fresh folder; the context's schema and workspace are among them, and a file to attach. */
  function withFiles({ schema, workspace, language }, contents, use) {
    const place = join(folder, String(calls++));
    const path = (name) => join(place, name);
    const around = [
      ...(schema ? ["--schema", path("schema.json")] : []), ...(workspace ? ["--workspace", path("workspace.json")] : []), ...(language ? ["--language", language] : []),
    ];
    mkdirSync(place);
    try {
      if (schema) writeFileSync(path("schema.json"), JSON.stringify(schema));
      if (workspace) writeFileSync(path("workspace.json"), JSON.stringify(workspace));
      for (const [name, text] of Object.entries({ "catalog.pdf": "PDF", ...contents })) writeFileSync(path(name), text);
      return use(path, around);
    } finally {
      rmSync(place, { recursive: true });
    }
  }

  const each = (ask) => (questions) => questions.map((question) => ask(question));
  const refused = { error: "refused" };

  return {
    render: {
      share: 0.44,
      needs: ["template", "now"],
      make: makeRender,
      native: (requests) => runBatch(["render", "--batch"], requests.map((r) => JSON.stringify(r))),
      wasm: (request) => core.render(request),
      expected: (request, answer) => inUtf16(answer, request.template),
    },
    sms: {
      share: 0.2,
      needs: ["text"],
      make: makeSms,
      native: (requests) => runBatch(["sms", "--batch"], requests.map((r) => JSON.stringify(r))),
      wasm: (request) => core.countSms(request),
      expected: (request, answer) => inUtf16(answer, request.text),
    },
    validate: {
      share: 0.14,
      size: 20,
      needs: ["rules", "context"],
      make: (random) => ({
        rules: Array.from({ length: 20 }, () => ({
          ...(random.chance(0.5) ? makeRule : makeBrokenRule)(random, "r"), ...(random.chance(0.02) ? { name: "\ud83d" } : {}), // no JSON at all
        })),
        context: makeContext(random),
      }),
      native: each(({ rules, context }) => {
        const names = rules.map((_, index) => `rule-${index}.json`);
        return withFiles(context, Object.fromEntries(rules.map((rule, index) => [names[index], JSON.stringify(rule)])), (path, around) => {
          if (rules.length === 0) return [];
          const [findings] = runBatch(["validate", ...names.map(path), "--format", "json", ...around], [""]);
          return names.map((name) => findings.filter((finding) => finding.file === path(name) && !betweenRules.has(finding.code)));
        });
      }),
      wasm: ({ rules, context }) => rules.map((rule) => core.validateRule(rule, context)),
      expected: ({ rules }, answers) =>
        answers.map((findings, index) => {
          const ours = findings.map(({ file: _file, place: _place, ...finding }) => finding);
          return inUtf16(ours, JSON.stringify(rules[index]), (pointer) => textAt(rules[index], pointer));
        }),
    },
    plan: {
      share: 0.14,
      needs: ["rules", "context", "events"],
      size: 25,
      make: (random) => ({
        rules: Array.from({ length: 6 }, (_, i) => (random.chance(0.1) ? makeBrokenRule : makeRule)(random, `rule-${i}`)),
        context: makeContext(random),
        events: Array.from({ length: 25 }, (_, i) => makeEvent(random, `evt-${i}`)),
      }),
      native: each(({ rules, context, events }) =>
        withFiles(context, { "rules.json": JSON.stringify({ rules }) }, (path, around) =>
          runBatch(["plan", "--rules", path("rules.json"), ...around], events.map((event) => JSON.stringify(event))),
        ),
      ),
      wasm: ({ rules, context, events }) => events.map((event) => core.plan(rules, event, undefined, context)),
      expected: ({ events }, answers) => answers.map((answer, index) => planInUtf16(answer, events[index])),
    },
    preview: {
      share: 0.03,
      needs: ["rule", "snapshot", "context", "now"],
      make: (random) => ({
        rule: (random.chance(0.2) ? makeBrokenRule : makeRule)(random, "r"),
        snapshot: makeSnapshot(random),
        context: makeContext(random),
        now: makeEvent(random, "e").at,
      }),
      native: each(({ rule, snapshot, context, now }) =>
        withFiles(context, { "rule.json": JSON.stringify(rule), "record.json": JSON.stringify(snapshot) }, (path, around) => {
          const { lines } = run(["preview", path("rule.json"), "--record", path("record.json"), "--format", "json", "--now", now, ...around]);
          return lines.length === 0 ? refused : JSON.parse(lines[0]);
        }),
      ),
      wasm: ({ rule, snapshot, context, now }) => {
        const handle = core.openSnapshot(snapshot, context);
        try {
          return handle.preview(rule, { now });
        } finally {
          handle.close();
        }
      },
      expected: ({ snapshot }, answer) => (answer === refused ? refused : planInUtf16(answer, snapshot)),
    },
    simulate: {
      share: 0.03,
      needs: ["rules", "context", "lines"],
      make: (random) => ({
        rules: Array.from({ length: 5 }, (_, i) => (random.chance(0.1) ? makeBrokenRule : makeRule)(random, `rule-${i}`)),
        context: makeContext(random),
        lines: makeHistory(random),
        ...(random.chance(0.3) ? { until: "2026-11-25T12:00:00Z" } : {}),
      }),
      native: each(({ rules, context, lines, until }) =>
        withFiles(context, { "rules.json": JSON.stringify({ rules }), "events.ndjson": lines.join("\n") }, (path, around) => {
          const ran = run(["simulate", "--rules", path("rules.json"), "--events", path("events.ndjson"), ...(until ? ["--until", until] : []), ...around]);
          const waiting = /(\d+) still to come/.exec(ran.errors);
          return { entries: ran.lines.map((line) => JSON.parse(line)), waiting: waiting ? Number(waiting[1]) : 0 };
        }),
      ),
      wasm: ({ rules, context, lines, until }) => core.simulate(rules, lines.join("\n"), { ...context, ...(until ? { until } : {}) }),
      expected: ({ lines }, { entries, waiting }) => ({
        entries: deliveriesInUtf16(entries).map((entry) => (entry.error ? inUtf16(entry, lines[entry.line - 1], (pointer) => lineTextAt(lines[entry.line - 1], pointer)) : entry)),
        waiting,
      }),
    },
    coverage: {
      share: 0.02,
      needs: ["rule", "context", "lines", "now"],
      make: (random) => ({ rule: makeRule(random, "r"), context: makeContext(random), lines: makeRecords(random), now: makeEvent(random, "e").at }),
      native: each(({ rule, context, lines, now }) =>
        withFiles(context, { "rule.json": JSON.stringify(rule), "records.ndjson": lines.join("\n") }, (path, around) => {
          const ran = run(["coverage", "--rule", path("rule.json"), "--records", path("records.ndjson"), "--now", now, ...around]);
          return ran.lines.length === 0 ? refused : JSON.parse(ran.lines[0]);
        }),
      ),
      wasm: ({ rule, context, lines, now }) => core.coverage(rule, lines.join("\n"), { ...context, now }),
      expected: ({ lines }, answer) => ({
        ...answer,
        ...(answer.errors ? { errors: answer.errors.map((one) => inUtf16(one, lines[one.line - 1], (pointer) => lineTextAt(lines[one.line - 1], pointer))) } : {}),
      }),
    },
  };
}

/** The text at a pointer into a line that is JSON; the line itself is what an empty pointer means. */
function lineTextAt(line, pointer) {
  if (pointer === "") return line;
  try {
    return textAt(JSON.parse(line), pointer);
  } catch {
    return line;
  }
}

/** Whether a shrunken question is still one that can be asked: what it needs is there, the clock stays out of it, files are there. */
export function isQuestion(kind, question) {
  if (!kind.needs.every((name) => question[name] !== undefined)) return false;
  const clockless = !kind.needs.includes("now") || question.now.length === 20;
  const otherFile = /"file":(?!"catalog\.pdf")/.test(JSON.stringify(question.rules ?? question.rule ?? {}));
  return clockless && question.until !== "" && !otherFile;
}

/** The native answers; where the program dies, of each half, down to the one question that it dies of. */
export function askNative(kind, questions) {
  try {
    return kind.native(questions);
  } catch (fault) {
    if (!(fault instanceof NativeFault)) throw fault;
    if (questions.length === 1) return [{ died: fault.message }];
    const middle = questions.length >> 1;
    return [...askNative(kind, questions.slice(0, middle)), ...askNative(kind, questions.slice(middle))];
  }
}

/** Both answers where they differ, in one byte of their JSON, the order of members included; nothing where they are the same. */
export function compare(kind, question, nativeAnswer) {
  const expected = nativeAnswer.died ? nativeAnswer : kind.expected(question, nativeAnswer);
  let actual;
  try {
    actual = kind.wasm(question);
  } catch (error) {
    actual = { thrown: String(error) };
  }
  if (expected.error === "refused" && actual.error) return undefined;
  return JSON.stringify(expected) === JSON.stringify(actual) ? undefined : { expected, actual };
}
