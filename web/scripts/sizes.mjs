// Prints what each file weighs on the wire and fails when the first load is over budget. The first load is
// what index.html names, what those modules import statically, and the fonts a Latin page asks for.
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";

const FIRST_LOAD_BUDGET = 250 * 1024; // bytes, gzip, without the core
const dist = new URL("../dist/", import.meta.url).pathname;

async function sizeOf(path) {
  const gzip = await stat(`${path}.gz`).catch(() => stat(path));
  const brotli = await stat(`${path}.br`).catch(() => stat(path));
  return { path, gzip: gzip.size, brotli: brotli.size };
}

// Static imports only: `import("…")` is what the first load does not wait for.
async function closure(entry, seen) {
  if (seen.has(entry)) return;
  seen.add(entry);
  const source = await readFile(join(dist, entry), "utf8");
  for (const [, name] of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    await closure(join("assets", name), seen);
  }
}

const html = await readFile(join(dist, "index.html"), "utf8");
const first = new Set(["index.html"]);
for (const [, name] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css|woff2))"/g)) {
  if (name.endsWith(".js")) await closure(name, first);
  else first.add(name);
}

const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && !/\.(br|gz|map)$/.test(entry.name))
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)));
for (const name of files) if (/inter-latin-wght[^/]*\.woff2$/.test(name)) first.add(name);

let total = 0;
for (const name of files.sort()) {
  const size = await sizeOf(join(dist, name));
  if (first.has(name)) total += size.gzip;
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} kB`.padStart(10);
  console.log(`${first.has(name) ? "first" : "later"} ${kb(size.gzip)} gzip ${kb(size.brotli)} br  ${name}`);
}
console.log(`first load: ${(total / 1024).toFixed(1)} kB gzip of ${FIRST_LOAD_BUDGET / 1024} kB`);
if (total > FIRST_LOAD_BUDGET) {
  console.error("The first load is over its budget.");
  process.exit(1);
}
