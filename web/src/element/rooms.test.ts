// The element must stand without the service: none of its modules may import the API or what is built on it.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const FORBIDDEN = ["api/", "state/catalogue", "state/navigation", "pages/board", "routes", "app"];

function fileOf(from: string, name: string): string | null {
  if (!name.startsWith(".") || name.endsWith("?inline")) return null;
  const path = join(dirname(from), name);
  for (const ending of ["", ".ts", ".tsx", "/index.ts"]) {
    try {
      readFileSync(path + ending);
      return path + ending;
    } catch {
      // not this one
    }
  }
  return null;
}

/** What is imported at run time; types are gone by then. */
function importsOf(path: string): readonly string[] {
  const source = readFileSync(path, "utf8").replaceAll(/^import type [^;]*;/gms, "");
  const found = source.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...found].flatMap(([, name]) => fileOf(path, name ?? "") ?? []);
}

test("nothing that the element is made of reaches the service", () => {
  const seen = new Set<string>();
  const waiting = [join(root, "element/index.ts")];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...importsOf(path));
  }
  const names = [...seen].map((path) => relative(root, path));
  expect(names).toContain("pages/editor/workbench.tsx");
  expect(names.filter((name) => FORBIDDEN.some((each) => name.startsWith(each)))).toEqual([]);
});
