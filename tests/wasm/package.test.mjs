// The package as npm packs it: everything that it promises is in it, and the editor in it stands on its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { fileURLToPath } from "node:url";

const dist = process.env.RECADO_WASM_DIST ?? fileURLToPath(new URL("../../wasm/dist", import.meta.url));
const compiler = fileURLToPath(new URL("../../wasm/node_modules/typescript/bin/tsc", import.meta.url));
const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: dist, stdio: ["ignore", "pipe", "ignore"] }));
const names = new Set(packed.files.map(({ path }) => path));
const folder = mkdtempSync(join(tmpdir(), "recado-types-"));
after(() => rmSync(folder, { recursive: true, force: true }));

it("has every file that its entries name", () => {
  const { exports } = JSON.parse(readFileSync(join(dist, "package.json"), "utf8"));
  const wanted = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  const missing = wanted.filter((path) => !path.includes("*")).filter((path) => !names.has(path.slice(2)));
  assert.deepEqual(missing, []);
});

it("has the editor with its workers, its types, and every language but the one that is built in", () => {
  for (const name of ["index.js", "index.d.ts", "mail.html", "worker.js", "crowd-worker.js", "de.js", "es.js", "pl.js", "pt.js"])
    assert.ok(names.has(`editor/${name}`), name);
});

it("the editor's modules import nothing but each other, and know no address of the service", () => {
  const modules = [...names].filter((name) => /^editor\/.*\.js$/.test(name));
  for (const name of modules) {
    const source = readFileSync(join(dist, name), "utf8");
    const imports = /(?:^|[;}\n])(?:import|export)\b[^;"']*\bfrom\s*["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)["'`]/g;
    for (const [, still, later] of source.matchAll(imports)) assert.match(still ?? later, /^\.\/[a-z-]+\.js$/, name);
    // Records of a stage come from the service, where there is one; the element never asks for them.
    if (name !== "editor/crowd-worker.js") assert.doesNotMatch(source, /\/api\/v1/, name);
  }
});

const check = (source) => {
  const home = join(folder, "node_modules/@recado");
  mkdirSync(home, { recursive: true });
  rmSync(join(home, "core"), { force: true });
  symlinkSync(dist, join(home, "core"));
  writeFileSync(join(folder, "use.ts"), source);
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom"];
  try {
    execFileSync(process.execPath, [compiler, ...options, "use.ts"], { cwd: folder, encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout;
  }
};

it("the editor's types say what an event carries", () => {
  const use = `import { placeCore, type SaveDetail } from "@recado/core/editor";
    placeCore("/recado/index.js");
    const editor = document.createElement("recado-rule-editor");
    editor.snapshots = [{ deal: { id: "D-1" } }];
    editor.addEventListener("save", ({ detail }) => detail.until(Promise.resolve(detail.publish)));
    editor.addEventListener("diagnostics", ({ detail }) => console.log(detail.diagnostics[0]?.message, detail.errors));
    editor.rule = null;
    export const name = (detail: SaveDetail): unknown => detail.rule["name"];`;
  assert.equal(check(use), "");
});

it("a wrong use of the editor is a type error", () => {
  assert.match(check(`import "@recado/core/editor"; document.createElement("recado-rule-editor").addEventListener("save", ({ detail }) => detail.errors);`), /errors/);
  assert.match(check(`import "@recado/core/editor"; document.createElement("recado-rule-editor").dirty = true;`), /read-only/);
});
