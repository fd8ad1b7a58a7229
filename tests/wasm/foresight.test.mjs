// simulate and coverage of the npm package: directly, in a worker, and byte by byte what the command line prints.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const dist = process.env.RECADO_WASM_DIST ? pathToFileURL(`${process.env.RECADO_WASM_DIST}/`) : new URL("../../wasm/dist/", import.meta.url);
const { loadCore } = await import(new URL("index.js", dist));
const { startCore } = await import(new URL("worker.js", dist));
const bin = process.env.RECADO_BIN ?? fileURLToPath(new URL("../../build/recado", import.meta.url));

/** Node's worker thread in the clothes of the browser's Worker. */
function threadAsWorker() {
  const code = `import { parentPort } from "node:worker_threads";
    globalThis.postMessage = (message) => parentPort.postMessage(message);
    await import(${JSON.stringify(new URL("worker_main.js", dist).href)});
    parentPort.on("message", (data) => globalThis.onmessage({ data }));`;
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  return {
    postMessage: (message) => thread.postMessage(message),
    addEventListener: (type, listener) => thread.on(type, (value) => listener(type === "message" ? { data: value } : value)),
    terminate: () => void thread.terminate(),
  };
}

const snapshot = (id, name, phone) => ({
  deal: { id, title: `Order of ${name}`, pipeline: "sales", stage: "paid", delivery_date: "2026-12-01" },
  contacts: [{ id: `C-${id}`, first_name: name, language: "en", phones: phone === "" ? [] : [{ type: "mobile", value: phone }] }],
  workspace: { name: "Shop", default_region: "BR", language: "en", time_zone: "America/Sao_Paulo", currency: "EUR" },
});
const workspace = {
  name: "Shop", default_region: "BR", language: "en", time_zone: "America/Sao_Paulo", currency: "EUR",
  quiet_hours: { from: "21:00", to: "08:00" },
  providers: [{ id: "sms-main", kind: "twilio", settings: { prices: [{ prefix: "55", per: "segment", amount: "0.0450", currency: "EUR" }] } }],
};
const rules = [
  { id: "now", on: { entity: "deal", stage: "paid" }, action: { type: "send_sms", text: "Hi {{ contact.first_name }} 😀", provider: "sms-main" } },
  {
    id: "later", position: 5, on: { entity: "deal", stage: "paid" }, timing: { run: "after", delay: "P1D" },
    action: { type: "send_sms", text: "{{ deal.title }}", provider: "sms-main" },
  },
  {
    id: "last", position: 9, on: { entity: "deal", stage: "paid" }, timing: { run: "immediately", wait_for_previous: true },
    action: { type: "send_sms", text: "Bye", provider: "sms-main" },
  },
];
const event = (n, at, to, extra = {}) => ({
  id: `evt-${n}`, type: "stage_changed", at, entity: "deal", entity_id: `D-${n % 5}`, pipeline: "sales", to,
  snapshot: snapshot(`D-${n % 5}`, ["Ana", "Zoë", "Łukasz"][n % 3], n % 4 === 0 ? "" : "+5511912345678"), ...extra,
});
const history = Array.from({ length: 60 }, (_, n) =>
  event(n, `2026-11-${String(1 + ((n * 7) % 28)).padStart(2, "0")}T${String(n % 24).padStart(2, "0")}:15:00Z`, n % 3 === 2 ? "won" : "paid"),
);
history.push(history[3], { ...history[4], to: "lost" }, { id: "broken" });
const records = Array.from({ length: 40 }, (_, n) => snapshot(`D-${n}`, n % 2 ? "Zoë" : "Ana", n % 4 === 0 ? "" : n % 4 === 1 ? "+4915112345678" : "+5511912345678"));

const folder = mkdtempSync(join(tmpdir(), "recado-foresight-"));
after(() => rmSync(folder, { recursive: true }));
const file = (name, value) => {
  const path = join(folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
};
const ndjson = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
const command = (...args) => spawnSync(bin, args, { encoding: "utf8" }).stdout;
/** A diagnostic's offsets are bytes there and UTF-16 here; nothing in these files has any. */
const lines = (entries) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

const faces = [
  ["directly", () => loadCore({ languages: ["en"] })],
  ["through the worker", () => startCore({ languages: ["en"], worker: threadAsWorker() })],
];

for (const [face, start] of faces) {
  describe(`looking ahead ${face}`, async () => {
    const core = await start();
    after(() => core.close?.());

    it("simulates what the command line simulates, byte by byte", { skip: !existsSync(bin) && "the program is not built" }, async () => {
      const paths = ["--rules", file("rules.json", { rules }), "--events", file("events.ndjson", ndjson(history)), "--workspace", file("shop.json", workspace)];
      for (const until of ["", "2026-11-14T12:00:00Z"]) {
        const answer = await core.simulate(rules, history, { workspace, until });
        const printed = command("simulate", ...paths, ...(until === "" ? [] : ["--until", until]));
        assert.ok(answer.entries.length > 50);
        assert.equal(lines(answer.entries), printed);
        assert.deepEqual(await core.simulate(rules, ndjson(history), { workspace, until }), answer);
        if (until === "") assert.equal(answer.waiting, 0);
      }
    });

    it("leaves what is later than `until` waiting", async () => {
      const entry = event(1, "2026-11-22T09:00:00Z", "paid");
      assert.deepEqual(await core.simulate([rules[1]], [entry], { until: "2026-11-23T08:59:59Z" }), { entries: [], waiting: 1 });
      assert.equal((await core.simulate([rules[1]], [entry], { until: "2026-11-23T09:00:00Z" })).entries.length, 1);
    });

    it("cancels what waits when the stage is left", async () => {
      const { entries } = await core.simulate([rules[1]], [event(1, "2026-11-22T09:00:00Z", "paid"), { ...event(6, "2026-11-22T10:00:00Z", "won") }]);
      assert.deepEqual(entries.map(({ at, rule, reason }) => [at, rule, reason]), [["2026-11-22T10:00:00Z", "later", "stage_left"]]);
    });

    it("answers what it can't read as an error, not with an exception", async () => {
      assert.equal((await core.simulate(rules, [], { until: "soon" })).error.code, "invalid_instant");
      assert.equal((await core.simulate(rules, "{broken")).entries[0].error.code, "invalid_json");
      assert.equal((await core.simulate(rules, [], { workspace: 5 })).error.code, "wrong_type");
      assert.equal((await core.coverage({ id: 7 }, [])).error.severity, "error");
      assert.equal((await core.coverage(rules[0], [], { now: "soon" })).error.code, "invalid_instant");
      const figures = await core.coverage(rules[0], "[]\n");
      assert.deepEqual([figures.records, figures.unreadable, figures.errors[0].line], [1, 1, 1]);
    });

    it("covers what the command line covers, byte by byte", { skip: !existsSync(bin) && "the program is not built" }, async () => {
      const now = "2026-11-22T15:00:00Z";
      const printed = command("coverage", "--rule", file("rule.json", rules[0]), "--records", file("records.ndjson", ndjson(records)), "--workspace", file("shop.json", workspace), "--now", now);
      const figures = await core.coverage(rules[0], records, { workspace, now });
      assert.equal(`${JSON.stringify(figures)}\n`, printed);
      assert.deepEqual([figures.records, figures.reached, figures.skipped], [40, 30, { no_phone: 10 }]);
      assert.deepEqual(figures.cost, { currency: "EUR", p50: "0.0450", p95: "0.0450", max: "0.0450", total: "0.9000", unpriced: 10 });
    });

    it("counts portion by portion, and stops when it is closed", async () => {
      const options = { workspace, now: "2026-11-22T15:00:00Z" };
      const coverage = await core.openCoverage(rules[0], options);
      await coverage.add(...records.slice(0, 15));
      assert.equal((await coverage.result()).records, 15);
      await coverage.add(ndjson(records.slice(15, 30)), ...records.slice(30));
      assert.deepEqual(await coverage.result(), await core.coverage(rules[0], records, options));
      await coverage.close();
      await assert.rejects(async () => coverage.result());
    });
  });
}
