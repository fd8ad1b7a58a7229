// The records of the built-in directory: items with what the CRM knows of them, moves between stages, what happened.

import type { Snapshot } from "../core/types";
import { call } from "./http";

export interface CrmRecord {
  readonly id: string;
  readonly entity: string;
  readonly pipeline: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
  readonly updated_at: string;
}

export interface RecordPage {
  readonly records: readonly CrmRecord[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

export interface TimelineEntry {
  readonly at: string;
  readonly what: string;
  readonly text?: string;
  /** Key of the delivery it belongs to. */
  readonly delivery?: string;
  readonly rule?: string;
  readonly channel?: string;
  readonly event?: string;
}

const PAGE = 200; // what a person scrolls through before searching

const path = (entity: string, id?: string): string =>
  `/api/v1/records/${encodeURIComponent(entity)}${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;

export async function listRecords(entity: string, pipeline?: string, after?: string): Promise<RecordPage> {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (pipeline) query.set("pipeline", pipeline);
  if (after) query.set("after", after);
  return (await call<RecordPage>(`${path(entity)}?${query.toString()}`)).value;
}

const MOST_FOUND = 50; // more than that is not found but listed
const MOST_STRETCHES = 20; // of 5,000 records that the service looks at for one answer

/** Those with all these words in their id or values, wherever they stand in the directory. */
export async function searchRecords(
  entity: string,
  words: string,
  pipeline?: string,
): Promise<readonly CrmRecord[]> {
  const query = new URLSearchParams({ q: words, limit: String(MOST_FOUND), ...(pipeline && { pipeline }) });
  const found: CrmRecord[] = [];
  for (let stretch = 0; stretch < MOST_STRETCHES && found.length < MOST_FOUND; stretch++) {
    const { records, next } = (await call<RecordPage>(`${path(entity)}?${query.toString()}`)).value;
    found.push(...records);
    if (next === null) break;
    query.set("after", next);
  }
  return found;
}

export async function getRecord(entity: string, id: string): Promise<Snapshot> {
  return (await call<Snapshot>(path(entity, id))).value;
}

/** A stage event: the rules of that stage run. */
export async function moveRecord(entity: string, id: string, stage: string): Promise<void> {
  await call<Snapshot>(`${path(entity, id)}/move`, { method: "POST", body: { stage } });
}

export async function recordTimeline(entity: string, id: string): Promise<readonly TimelineEntry[]> {
  const answer = await call<{ timeline: readonly TimelineEntry[] }>(`${path(entity, id)}/timeline`);
  return answer.value.timeline;
}
