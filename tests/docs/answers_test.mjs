// What the program answers to generated rules, events and records is valid against docs/schemas: validate, plan, simulate, coverage.
// The program is RECADO_BIN or build/recado; skipped where there is none.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { makeRandom } from "../wasm/generate.mjs";
import { makeBrokenRule, makeEvent, makeHistory, makeRecords, makeRule, makeWorkspace } from "../wasm/generate_rules.mjs";
import { faultsOf, root } from "./schemas.mjs";

const binary = process.env.RECADO_BIN ?? join(root, "build/recado");
const folder = mkdtempSync(join(tmpdir(), "recado-answers-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const random = makeRandom(20261122);
const rounds = 20;

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function lines(args, input = "") {
  const run = spawnSync(binary, args, { input, maxBuffer: 1 << 28 });
  assert.ok(run.status === 0 || run.status === 1, `${args.join(" ")}: ${run.stderr}`);
  return run.stdout.toString("utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

/** Asks `rounds` times; every answer must be valid, and all of `wanted` must be met among them. */
function allValid(kind, wanted, ask) {
  const met = new Set();
  let answers = 0;
  for (let round = 0; round < rounds; ++round) {
    for (const answer of ask()) {
      ++answers;
      assert.deepEqual(faultsOf(kind, answer), [], JSON.stringify(answer));
      for (const member of Object.keys(answer)) met.add(member);
    }
  }
  assert.ok(answers >= rounds, `${answers} answers`);
  for (const member of wanted) assert.ok(met.has(member), `no answer had ${member}`);
}

const rules = () => file("rules.json", { rules: Array.from({ length: 8 }, (_, i) => makeRule(random, `r-${i}`)) });
const workspace = () => ["--workspace", file("workspace.json", makeWorkspace(random))];

describe("answers are valid against the schemas", { skip: existsSync(binary) ? false : `${binary} is not built` }, () => {
  test("validate", () =>
    allValid("diagnostic", ["from", "fix"], () => lines(["validate", file("rule.json", makeBrokenRule(random, "r")), "--format", "json"])[0]));
  test("plan", () =>
    allValid("plan", ["deliveries", "error"], () => {
      const events = Array.from({ length: 10 }, (_, i) => JSON.stringify(makeEvent(random, `e-${i}`)));
      return lines(["plan", "--rules", rules(), ...workspace()], [...events, "{}"].join("\n"));
    }));
  test("simulate", () =>
    allValid("simulation", ["channel", "reason", "key", "sms", "error"], () =>
      lines(["simulate", "--rules", rules(), "--events", file("events", makeHistory(random).join("\n")), ...workspace()]),
    ));
  test("coverage", () =>
    allValid("coverage", ["segments", "characters", "cost", "errors"], () =>
      lines(["coverage", "--rule", file("rule.json", makeRule(random, "r")), "--records", file("records", makeRecords(random).join("\n")), ...workspace()]),
    ));
});

describe("what must not get through", () => {
  const skip = { event: "e", at: "2026-11-22T09:30:00Z", entity: "deal", entity_id: "D", rule: "r", reason: "no_phone" };
  const counts = { rule: "r", records: 1, reached: 0, skipped: { no_phone: 1 }, unreached: [], unreadable: 0, errors: [] };
  const rows = [
    ["simulation", { ...skip, reason: "no_reason" }, "an unknown reason"],
    ["simulation", { ...skip, key: "0".repeat(64) }, "a key without due"],
    ["simulation", { ...skip, at: "today" }, "a moment that is none"],
    ["simulation", { line: 1 }, "a line without its error"],
    ["simulation", { line: 0, error: { code: "x", severity: "error", path: "", arguments: {}, message: "x" } }, "a line 0"],
    ["simulation", { ...skip, reason: undefined }, "neither delivery nor skip"],
    ["coverage", { ...counts, reached: -1 }, "a negative count"],
    ["coverage", { ...counts, skipped: { no_phone: 0 } }, "a reason for none"],
    ["coverage", { ...counts, skipped: { nothing: 1 } }, "an unknown reason"],
    ["coverage", { ...counts, cost: { p50: 1 } }, "a cost that is no decimal text"],
    ["coverage", { ...counts, errors: undefined }, "a missing member"],
  ];
  for (const [kind, value, what] of rows) {
    test(`${kind}: ${what}`, () => assert.notDeepEqual(faultsOf(kind, JSON.parse(JSON.stringify(value))), []));
  }
  test("the rows' own base is valid", () => {
    assert.deepEqual(faultsOf("simulation", skip), []);
    assert.deepEqual(faultsOf("coverage", counts), []);
  });
});
