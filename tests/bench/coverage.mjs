// Coverage and simulation through the npm package in Node: in the calling thread, and in a worker portion by portion as a page does it.
//
//   node tests/bench/coverage.mjs [records]      10000 unless given
import { Worker } from "node:worker_threads";

const dist = new URL("../../wasm/dist/", import.meta.url);
const { loadCore } = await import(new URL("index.js", dist));
const { startCore } = await import(new URL("worker.js", dist));
const count = Number(process.argv[2] ?? 10_000);
const portion = 500;

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

const record = (n) => ({
  deal: { id: `D-${n}`, title: "Two bikes", number: String(n), pipeline: "sales", stage: "paid", amount: { amount: "1299.00", currency: "EUR" }, delivery_date: "2026-12-01" },
  contacts: [
    {
      id: `C-${n}`, first_name: n % 3 ? "Ana" : "Zoë", last_name: "Souza", language: "en", time_zone: "America/Sao_Paulo",
      phones: n % 10 ? [{ type: "work", value: "+55 11 3091-0000" }, { type: "mobile", value: "+5511912345678" }] : [],
      emails: [{ type: "home", value: "ana@example.com" }],
    },
  ],
  workspace: { name: "Bike Shop", default_region: "BR", language: "en", time_zone: "America/Sao_Paulo", currency: "EUR" },
});
const rule = {
  id: "paid", on: { entity: "deal", stage: "paid" },
  action: { type: "send_sms", text: "Hi {{ contact.first_name }}, order {{ deal.number }} over {{ deal.amount | money }} is paid.", provider: "p" },
};
const records = Array.from({ length: count }, (_, n) => record(n));
const events = records.slice(0, 3000).map((snapshot, n) => ({
  id: `evt-${n}`, type: "stage_changed", at: `2026-11-${String(1 + (n % 28)).padStart(2, "0")}T09:30:00Z`, entity: "deal", entity_id: `D-${n}`, pipeline: "sales", to: "paid", snapshot,
}));

async function timed(what, run) {
  const wall = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const used = process.cpuUsage(before);
  console.log(`${what.padEnd(44)} ${((used.user + used.system) / 1000).toFixed(0).padStart(6)} ms of processor, ${(performance.now() - wall).toFixed(0).padStart(6)} ms   ${result}`);
}

const core = await loadCore();
core.coverage(rule, records.slice(0, 200));
await timed(`coverage of ${count}, one call`, () => core.coverage(rule, records).reached);
await timed(`simulation of ${events.length} events`, () => core.simulate([rule], events).entries.length);

const remote = await startCore({ worker: threadAsWorker() });
await timed(`coverage of ${count} in a worker, ${portion} at a time`, async () => {
  const coverage = await remote.openCoverage(rule);
  for (let from = 0; from < count; from += portion) await coverage.add(...records.slice(from, from + portion));
  const { reached } = await coverage.result();
  await coverage.close();
  return reached;
});
remote.close();
