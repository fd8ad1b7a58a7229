// For tests: which modules an entry is made of, by what they import at run time.

import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** web/src */
export const SOURCES = fileURLToPath(new URL("..", import.meta.url));

function fileOf(from: string, name: string): readonly string[] {
  if (!name.startsWith(".") || /\.css(\?inline)?$/.test(name)) return [];
  const path = join(dirname(from), name);
  const found = ["", ".ts", ".tsx", "/index.ts"].map((ending) => path + ending);
  return found.filter((each) => statSync(each, { throwIfNoEntry: false })?.isFile()).slice(0, 1);
}

/** What is imported at run time; types are gone by then. */
function importsOf(path: string): readonly string[] {
  const source = readFileSync(path, "utf8").replaceAll(/^import type [^;]*;/gms, "");
  const found = source.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...found].flatMap(([, name]) => fileOf(path, name ?? ""));
}

/** The entry and all that it imports, one through the other, as paths within web/src. */
export function modulesOf(entry: string): readonly string[] {
  const seen = new Set<string>();
  const waiting = [join(SOURCES, entry)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...importsOf(path));
  }
  return [...seen].map((path) => relative(SOURCES, path));
}
