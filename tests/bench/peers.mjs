// What the comparisons with npm packages share: getting the peers into build/bench, and a clock that takes turns.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROUNDS = 21;
const ROUND_MS = 25;

const folder = fileURLToPath(new URL("../../build/bench/", import.meta.url));
const dist = process.env.RECADO_WASM_DIST ?? fileURLToPath(new URL("../../wasm/dist/", import.meta.url));

/** The facade under test: wasm/dist, or where RECADO_WASM_DIST says. */
export const facade = () => import(pathToFileURL(join(dist, "index.js")).href);

/** A `require` that finds these packages ("name@version"), installed where they are missing or of another version. */
export function requireOf(packages) {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package.json"))) writeFileSync(join(folder, "package.json"), '{"private":true}');
  const missing = packages.filter((each) => {
    const [, name, version] = /^(.+)@([^@]+)$/.exec(each);
    const manifest = join(folder, "node_modules", name, "package.json");
    return !existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).version !== version;
  });
  if (missing.length > 0) execFileSync("npm", ["install", "--no-audit", "--no-fund", ...missing], { cwd: folder, stdio: "ignore" });
  return createRequire(join(folder, "index.js"));
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Nanoseconds of one piece of work, a round at a time; `run` does `pieces` of them. */
export class Timer {
  samples = [];
  constructor(run, pieces) {
    this.run = run;
    this.pieces = pieces;
    const until = performance.now() + ROUND_MS * 2;
    for (this.times = 0; performance.now() < until; this.times++) run();
    this.times = Math.ceil(this.times / 2);
  }
  round() {
    const start = process.hrtime.bigint();
    for (let i = 0; i < this.times; i++) this.run();
    this.samples.push(Number(process.hrtime.bigint() - start) / this.times / this.pieces);
  }
  median() {
    return median(this.samples);
  }
}

let sink = 0; // so that no engine leaves the work out

/** A timer of `work` on each of these, one after the other. Where one takes milliseconds a few have to do. */
export function oneByOne(work, all) {
  const start = performance.now();
  work(all[0]);
  const some = performance.now() - start > 1 ? all.slice(0, 5) : all;
  return new Timer(() => {
    for (const each of some) sink += work(each) ? 1 : 0;
  }, some.length);
}

/** Turn by turn, so that whatever else the machine does falls on all alike. */
export function takeTurns(timers) {
  for (let round = 0; round < ROUNDS; round++) for (const each of Object.values(timers)) each.round();
}
