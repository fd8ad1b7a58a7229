// Makes wasm/dist/, the npm package @recado/core: the compiled facade, the module, the data packages, the rule editor as a custom
// element (built from web/, whose npm packages must be installed), and a .br and .gz beside each file that is served. Prints the sizes and fails where one is over its budget.
//
//   node wasm/package.mjs            RECADO_WASM_BUILD: build folder of the module, build/wasm unless set;
//                                    RECADO_WASM_DIST: where the package goes, wasm/dist unless set (it is emptied first)
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "../web");
const build = resolve(process.env.RECADO_WASM_BUILD ?? join(here, "../build/wasm"));
const dist = resolve(process.env.RECADO_WASM_DIST ?? join(here, "dist"));

/** Budgets in bytes of gzip -9, of all files of one kind together or of each; the reasons are in docs/benchmarks.md. */
const budgets = [
  { files: /^recado_core\.wasm$/, most: 520_000, what: "core" },
  { files: /^recado_core\.js$/, most: 30_000, what: "glue" },
  { files: /^data\/(base|tables)\.dat$/, most: 300_000, what: "base data", together: true },
  { files: /^data\/[a-z]+\.dat$/, most: 50_000, what: "language with its regions" },
  { files: /^editor\/(index|worker|crowd-worker)\.js$/, most: 183_000, what: "rule editor", together: true },
  { files: /^editor\/[a-z]{2}\.js$/, most: 7_700, what: "editor's language" },
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "data"), { recursive: true });
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "-p", here, "--outDir", dist], { stdio: "inherit" });
for (const name of ["recado_core.js", "recado_core.wasm"]) cpSync(join(build, "wasm", name), join(dist, name));
for (const name of readdirSync(join(build, "icu/data"))) {
  if (name.endsWith(".dat") && name !== "all.dat") cpSync(join(build, "icu/data", name), join(dist, "data", name));
}
cpSync(join(build, "generated/tables.dat"), join(dist, "data/tables.dat"));
execFileSync(process.execPath, [join(web, "node_modules/vite/bin/vite.js"), "build", "--config", "vite.element.config.ts", "--logLevel", "warn"], {
  cwd: web,
  env: { ...process.env, RECADO_ELEMENT_DIST: join(dist, "editor") },
  stdio: "inherit",
});
cpSync(join(web, "public/mail.html"), join(dist, "editor/mail.html"));
cpSync(join(here, "src/editor/index.d.ts"), join(dist, "editor/index.d.ts"));
cpSync(join(here, "dist-package.json"), join(dist, "package.json"));
cpSync(join(here, "README.md"), join(dist, "README.md"));
cpSync(join(here, "../LICENSE"), join(dist, "LICENSE"));

let over = 0;
console.log("file                          raw       gzip     brotli     budget");
for (const path of [...files(dist)].sort()) {
  if (!/\.(wasm|js|dat)$/.test(path)) continue;
  const bytes = readFileSync(path);
  // Not Node's zlib: its compressor is made for speed and leaves 7 kB more of the module.
  const gzip = execFileSync("gzip", ["-9nc", path], { maxBuffer: 1 << 26 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  writeFileSync(`${path}.gz`, gzip);
  writeFileSync(`${path}.br`, brotli);
  const name = relative(dist, path);
  const budget = budgets.find(({ files: pattern }) => pattern.test(name));
  if (!budget) continue;
  budget.used = gzip.length + (budget.together ? (budget.used ?? 0) : 0);
  const late = budget.used > budget.most;
  over += late ? 1 : 0;
  const columns = [statSync(path).size, gzip.length, brotli.length, budget.most].map((n) => String(n).padStart(10)).join(" ");
  const together = budget.together ? `, ${budget.used} of it used` : "";
  console.log(`${name.padEnd(22)} ${columns}  gzip budget of the ${budget.what}${together}${late ? ": OVER" : ""}`);
}
if (over > 0) {
  console.error(`${over} file(s) are over their size budget.`);
  process.exit(1);
}
