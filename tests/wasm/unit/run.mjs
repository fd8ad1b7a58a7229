// Runs the core's unit tests in WebAssembly. The glue of this Emscripten makes an unhandled rejection of exit(); here it is an exit code.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const program = join(dirname(fileURLToPath(import.meta.url)), "../../../build/wasm/tests/recado_wasm_unit_tests.cjs");
const run = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(run.status ?? 1);
