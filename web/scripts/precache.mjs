// Writes the list of files with their hashes into dist/sw.js: the page's own, the core's and its language data. What the
// browser would fetch only for scripts that few of our users read (Cyrillic, Greek, Vietnamese letters) is left out.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

const dist = new URL("../dist/", import.meta.url).pathname;
const core = process.env.RECADO_WASM_DIST ?? new URL("../../wasm/dist/", import.meta.url).pathname;

const OWN = /\.(js|css|svg|png|webmanifest)$|inter-latin(-ext)?-wght[^/]*\.woff2$|^mail\.html$/;
const NOT_OWN = /^sw\.js$/;
const CORE = /^(index|core|buffer|files|sms|texts|types|native|recado_core)\.js$|\.wasm$|^data\/[a-z]+\.dat$/;

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath, each.name)));
}

const hashOf = async (path) =>
  `sha256-${createHash("sha256")
    .update(await readFile(path))
    .digest("base64")}`;

const files = { "/": await hashOf(join(dist, "index.html")) };
for (const name of (await filesOf(dist)).sort())
  if (OWN.test(name) && !NOT_OWN.test(name)) files[`/${name}`] = await hashOf(join(dist, name));
const own = Object.keys(files).length;
for (const name of (await filesOf(core)).sort())
  if (CORE.test(name)) files[`/core/${name}`] = await hashOf(join(core, name));
if (Object.keys(files).length === own)
  throw new Error(`no core in ${core}: make the package first (node wasm/package.mjs)`);

const name = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
const path = join(dist, "sw.js");
const source = await readFile(path, "utf8");
await writeFile(path, `const RECADO_VERSION = ${JSON.stringify({ name, files })};\n${source}`);
console.log(`offline copy ${name}: ${Object.keys(files).length} files`);
