// The records of a source as portions of NDJSON, read once and kept: a rule is judged on them at every pause in typing.

import { recall, remember } from "../offline/answers";
import { isFromGateway } from "../offline/gateway";
import type { Source } from "./crowd-protocol";

/** Few enough that a portion is judged within some 50 ms: progress moves, and stopping is prompt. */
const PORTION = 250;
const PAGE = 1000; // the longest page the service gives

export interface Portion {
  readonly lines: string;
  readonly count: number;
}

interface RecordPage {
  readonly records: readonly { readonly snapshot: unknown }[];
  readonly next: string | null;
}

function portionsOf(lines: readonly string[]): Portion[] {
  const portions: Portion[] = [];
  for (let from = 0; from < lines.length; from += PORTION) {
    const part = lines.slice(from, from + PORTION);
    portions.push({ lines: part.join("\n"), count: part.length });
  }
  return portions;
}

/** Without a connection: the page as it was read last. */
async function readPage(path: string): Promise<string> {
  const headers = { Accept: "application/json" };
  const response = await fetch(path, { headers, credentials: "same-origin" }).catch(() => null);
  const kept = response && !isFromGateway(response.status) ? null : await recall(path);
  if (kept) return kept.text;
  if (!response?.ok) throw new Error(response ? `${response.status} ${response.statusText}` : "offline");
  const text = await response.text();
  void remember(path, text, response.headers.get("ETag"));
  return text;
}

async function fetchLines(source: Extract<Source, { kind: "stage" | "all" }>): Promise<readonly string[]> {
  const lines: string[] = [];
  let after: string | null = "";
  while (after !== null) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (source.kind === "stage") {
      query.set("stage", source.stage);
      if (source.pipeline !== undefined) query.set("pipeline", source.pipeline);
    }
    if (after !== "") query.set("after", after);
    const path = `/api/v1/records/${encodeURIComponent(source.entity)}?${query.toString()}`;
    const page = JSON.parse(await readPage(path)) as RecordPage;
    for (const { snapshot } of page.records) lines.push(JSON.stringify(snapshot));
    after = page.next;
  }
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
