// What one call of the npm package costs in Node: counting 160 characters, checking a rule with a text of 2 and of 10 kB.
//
//   node tests/bench/core_calls.mjs [FOLDER OF THE PACKAGE]
//
// One line a case: the fastest and the tenth percentile of many single calls, in microseconds. On a machine that does other things
// as well these two stay put where an average does not.
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const dist = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL("../../wasm/dist", import.meta.url));
const { loadCore } = await import(pathToFileURL(`${dist}/index.js`).href);
const core = await loadCore({ languages: ["en"] });

const LINE = "Hello {{ contact.first_name | default: client.name }}, order {{ deal.number }} of {{ deal.amount | money }}. ";
const SMS = "The quick brown fox jumps over the lazy dog. ".repeat(4).slice(0, 160);
const ruleOf = (bytes) => ({
  id: "r",
  name: "r",
  on: { entity: "deal", pipeline: "sales", stage: "paid" },
  timing: { run: "immediately" },
  action: { type: "send_email", from: { auto: "responsible" }, email_type: "auto", subject: "Hi", text: LINE.repeat(Math.round(bytes / LINE.length)) },
});
const small = ruleOf(2000);
const large = ruleOf(10_000);

for (const [name, call, calls] of [
  ["countSms, 160 characters", () => core.countSms(SMS), 40_000],
  ["validateRule, 2 kB", () => core.validateRule(small), 2000],
  ["validateRule, 10 kB", () => core.validateRule(large), 600],
]) {
  for (let i = 0; i < calls / 5; i++) call(); // until the engine has compiled it well
  const times = Array.from({ length: calls }, () => {
    const start = process.hrtime.bigint();
    call();
    return Number(process.hrtime.bigint() - start) / 1000;
  }).sort((a, b) => a - b);
  console.log(`${name.padEnd(28)} fastest ${times[0].toFixed(1).padStart(8)} µs   10 % ${times[Math.floor(calls / 10)].toFixed(1).padStart(8)} µs`);
}
