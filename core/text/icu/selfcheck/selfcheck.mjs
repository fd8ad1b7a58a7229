// Runs the self-check's WebAssembly module under Node: selfcheck.mjs MODULE.mjs PACKAGE.dat...
// loads the packages one by one, as the page does, and prints the report.
import { readFileSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modulePath, ...packages] = process.argv.slice(2);
const { default: create } = await import(pathToFileURL(resolve(modulePath)).href);
// Given as bytes: the glue would ask Node's fetch for a file path, which it refuses.
const module = await create({ wasmBinary: readFileSync(modulePath.replace(/\.mjs$/, ".wasm")) });

for (const path of packages) {
  const bytes = readFileSync(path);
  const address = module._selfcheck_allocate(bytes.length);
  module.HEAPU8.set(bytes, address);
  if (!module._selfcheck_load(address)) {
    console.error(`selfcheck: ICU did not take the data package ${path}.`);
    process.exit(1);
  }
}

const address = module._selfcheck_run();
const end = module.HEAPU8.indexOf(0, address);
let report = module.HEAPU8.subarray(address, end);
while (report.length > 0) report = report.subarray(writeSync(1, report));
