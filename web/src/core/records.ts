// The records of a source as portions of NDJSON, read once and kept: a rule is judged on them at every pause in typing.

import type { Source } from "./crowd-protocol";
import { recordPages } from "./pages";

/** Few enough that a portion is judged within some 50 ms: progress moves, and stopping is prompt. */
const PORTION = 250;

export interface Portion {
  readonly lines: string;
  readonly count: number;
}

function portionsOf(lines: readonly string[]): Portion[] {
  const portions: Portion[] = [];
  for (let from = 0; from < lines.length; from += PORTION) {
    const part = lines.slice(from, from + PORTION);
    portions.push({ lines: part.join("\n"), count: part.length });
  }
  return portions;
}

async function fetchLines(source: Extract<Source, { kind: "stage" | "all" }>): Promise<readonly string[]> {
  const lines: string[] = [];
  const { entity, ...place } = source;
  const { stage, pipeline } = { pipeline: undefined, stage: undefined, ...place };
  const pages = recordPages(entity, { ...(stage && { stage }), ...(pipeline && { pipeline }) });
  for await (const { records } of pages)
    for (const { snapshot } of records) lines.push(JSON.stringify(snapshot));
  return lines;
}

export async function readPortions(source: Source): Promise<readonly Portion[]> {
  switch (source.kind) {
    case "stage":
    case "all":
      return portionsOf(await fetchLines(source));
    case "file":
      return portionsOf((await source.file.text()).split("\n").filter((line) => line.trim() !== ""));
    case "given":
      return portionsOf(source.snapshots.map((snapshot) => JSON.stringify(snapshot)));
  }
}

/** Names what was read, so that it is read once. Files and lists are told apart by their size too. */
export function nameOf(source: Source): string {
  switch (source.kind) {
    case "stage":
      return `stage ${source.entity} ${source.pipeline ?? ""} ${source.stage}`;
    case "all":
      return `all ${source.entity}`;
    case "file":
      return `file ${source.name} ${source.file.size}`;
    case "given":
      return `given ${source.name}`;
  }
}

/** Base tags of all languages that the texts name as somebody's. */
export function languagesIn(texts: readonly string[]): readonly string[] {
  const bases = new Set<string>();
  for (const text of texts) {
    for (const [, tag] of text.matchAll(/"language"\s*:\s*"([A-Za-z]{2,3})/g))
      bases.add((tag ?? "").toLowerCase());
  }
  return [...bases];
}
