// How many events a second the service takes in durably, over HTTP.
//   node tests/bench/events_load.mjs [--bin build/recado] [--seconds 5] [--producers 16] [--batch 1,100]
// Prints one line per batch size: events/s, and how long an answer took (p50, p99).
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    bin: { type: "string", default: "build/recado" },
    seconds: { type: "string", default: "5" },
    producers: { type: "string", default: "16" },
    batch: { type: "string", default: "1,100" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "recado-bench-"));
const store = join(folder, "recado.db");
const token = execFileSync(values.bin, ["token", "create", "--role", "operator", "--store", store], { encoding: "utf8" }).trim();
const child = spawn(values.bin, ["serve", "--listen", "127.0.0.1:0", "--store", store], { stdio: ["ignore", "pipe", "ignore"] });
const url = await new Promise((resolve) => child.stdout.on("data", (text) => {
  const match = /listens on (\S+)\n/.exec(text);
  if (match) resolve(new URL(match[1]));
}));

const snapshot = {
  deal: { id: "D-1", title: "Two bikes", number: "1042", pipeline: "sales", stage: "paid", amount: { amount: "1299.00", currency: "EUR" } },
  contacts: [{ id: "C-1", first_name: "Ana", last_name: "Souza", phones: [{ type: "mobile", value: "+5511912345678" }] }],
};
let count = 0;
function body(size) {
  const lines = [];
  for (let i = 0; i < size; ++i) {
    const n = ++count;
    lines.push(JSON.stringify({ id: `e-${n}`, type: "stage_changed", at: "2026-11-22T09:30:00Z", entity: "deal", entity_id: `D-${n}`, pipeline: "sales", from: "new", to: "paid", snapshot }));
  }
  return lines.join("\n");
}

const agent = new Agent({ keepAlive: true, maxSockets: Number(values.producers) });
function post(text) {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: url.hostname, port: url.port, path: "/api/v1/events", method: "POST", agent, headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson", "content-length": Buffer.byteLength(text) } },
      (response) => response.resume().on("end", () => resolve(response.statusCode)),
    );
    sent.on("error", reject).end(text);
  });
}

for (const size of values.batch.split(",").map(Number)) {
  const times = [];
  let accepted = 0;
  let refused = 0;
  const begin = performance.now();
  const end = begin + Number(values.seconds) * 1000;
  const producer = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const status = await post(body(size));
      if (status === 202) accepted += size;
      else ++refused;
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: Number(values.producers) }, producer));
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  console.log(`${size} event(s) a request: ${Math.round(accepted / seconds)} events/s, answer p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, refused ${refused}`);
}
child.kill("SIGTERM");
await new Promise((resolve) => child.on("exit", resolve));
rmSync(folder, { recursive: true, force: true });
