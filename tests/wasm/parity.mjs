// Proves that the native program and the npm package give the same answers: the same texts, counts, diagnostics, plans, previews,
// simulations and coverages, byte for byte (offsets are bytes on one side and UTF-16 on the other, and are brought together).
//
//   node tests/wasm/parity.mjs [--cases 2000] [--seed 1]
//
// RECADO_BIN is the native program (build/recado); the sanitized one finds more: RECADO_BIN=build/asan/recado. A difference, or a
// question that the program dies of, is printed in its smallest form.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { makeRandom } from "./generate.mjs";
import { askNative, compare, isQuestion, makeKinds } from "./parity_kinds.mjs";
import { shrink } from "./shrink.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const languages = ["en", "de", "es", "fr", "it", "pl", "pt", "ru", "uk", "tr"];
/** Questions of one call where a command takes many. */
const together = 500;

/** `use` gets the kinds of questions, ready to be asked. */
export async function withKinds(use) {
  const { loadCore } = await import(join(process.env.RECADO_WASM_DIST ?? join(root, "wasm/dist"), "index.js"));
  const folder = mkdtempSync(join(tmpdir(), "recado-parity-"));
  try {
    return await use(makeKinds({ binary: process.env.RECADO_BIN ?? join(root, "build/recado"), core: await loadCore({ languages }), folder }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the answers spoke of: every channel, reason and code that was met. */
class Variety {
  seen = { channel: new Set(), reason: new Set(), code: new Set() };

  add(answer) {
    for (const [, name, value] of JSON.stringify(answer).matchAll(/"(channel|reason|code)":"(\w+)"/g)) this.seen[name].add(value);
  }

  toString() {
    return Object.entries(this.seen)
      .filter(([, values]) => values.size > 0)
      .map(([name, values]) => `${values.size} ${name}s`)
      .join(", ");
  }
}

/** Asks `count` generated questions of one kind. `report` gets each of the first `mostReported` differences with its smallest question. */
export function prove(kind, name, count, seed, report, { variety = new Variety(), mostReported = 3 } = {}) {
  const random = makeRandom(seed * 7919 + [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0));
  const questions = Array.from({ length: Math.ceil(count / (kind.size ?? 1)) }, () => kind.make(random));
  const result = { name, cases: questions.length * (kind.size ?? 1), different: 0 };
  for (let at = 0; at < questions.length; at += together) {
    const asked = questions.slice(at, at + together);
    askNative(kind, asked).forEach((answer, index) => {
      variety.add(answer);
      const difference = compare(kind, asked[index], answer);
      if (difference && ++result.different <= mostReported) report(smallest(kind, asked[index], difference));
    });
  }
  return result;
}

function smallest(kind, question, difference) {
  const differs = (candidate) => {
    if (!isQuestion(kind, candidate)) return false;
    const found = compare(kind, candidate, askNative(kind, [candidate])[0]);
    if (found) difference = found;
    return found !== undefined;
  };
  const shrunk = shrink(question, differs);
  return { question: shrunk, ...difference };
}

function print(name, { question, expected, actual }) {
  console.error(`DIFFERENT (${name}): ${JSON.stringify(question)}`);
  console.error(`  native: ${JSON.stringify(expected)}`);
  console.error(`  wasm:   ${JSON.stringify(actual)}`);
}

async function main() {
  const option = (name, fallback) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? fallback : Number(process.argv[at + 1]);
  };
  const cases = option("cases", 2000);
  const seed = option("seed", 1);
  const results = await withKinds((kinds) =>
    Object.entries(kinds).map(([name, kind]) => {
      const variety = new Variety();
      const result = prove(kind, name, Math.ceil(cases * kind.share), seed, (found) => print(name, found), { variety });
      console.log(`${name}: ${result.cases} cases, ${result.different} different${`${variety}` && ` (${variety})`}`);
      return result;
    }),
  );
  const sum = (member) => results.reduce((total, result) => total + result[member], 0);
  console.log(`${sum("cases")} cases in both builds, seed ${seed}: ${sum("different") === 0 ? "all the same" : `${sum("different")} DIFFERENT`}`);
  return sum("different") === 0 && sum("cases") >= cases ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
