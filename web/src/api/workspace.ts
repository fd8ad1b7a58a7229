// What rules are written against: the schema of the CRM, the workspace with its providers, sample customers.

import type { Schema, Workspace } from "../core/types";
import { together, type Sample } from "../rule/sample";
import type { Session } from "../state/known";
import { call } from "./http";

export { customerName, type Sample } from "../rule/sample";
export type { Session } from "../state/known";

interface RecordPage {
  readonly records: readonly Sample[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

interface Place {
  readonly pipeline?: string;
  readonly stage?: string;
}

const MOST_SAMPLES = 200; // enough to switch through by hand
const MOST_COUNTED = 1000; // the longest page the service gives

export async function getSession(): Promise<Session> {
  return (await call<Session>("/api/v1/session")).value;
}

/** What somebody signs in with; the cookie that comes with the answer does the rest. */
export type Credentials = { readonly name: string; readonly password: string } | { readonly token: string };

export async function signIn(credentials: Credentials): Promise<void> {
  await call<Session>("/api/v1/session", { method: "POST", body: credentials });
}

/** Ends the session there. */
export async function signOut(): Promise<void> {
  await call<unknown>("/api/v1/session", { method: "DELETE" });
}

export async function getSchema(): Promise<Schema> {
  return (await call<Schema>("/api/v1/schema")).value;
}

export async function getWorkspace(): Promise<Workspace> {
  return (await call<Workspace>("/api/v1/workspace")).value;
}

async function listRecords(entity: string, limit: number, place: Place = {}): Promise<RecordPage> {
  const query = new URLSearchParams({ limit: String(limit), ...place });
  return (await call<RecordPage>(`/api/v1/records/${encodeURIComponent(entity)}?${query.toString()}`)).value;
}

export interface Samples {
  readonly list: readonly Sample[];
  /** There are others. */
  readonly cut: boolean;
}

/** Whom a rule of this place may be tried on: those who stand there, then others. */
export async function listSamples(entity: string, place: Place): Promise<Samples> {
  const [here, all] = await Promise.all([
    listRecords(entity, MOST_SAMPLES, place),
    listRecords(entity, MOST_SAMPLES),
  ]);
  const list = together(here.records, all.records).slice(0, MOST_SAMPLES);
  return { list, cut: all.next !== null };
}

/** How many items stand in each stage of a pipeline; nothing where there are too many to count here. */
export async function countByStage(
  entity: string,
  pipeline: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { records, next } = await listRecords(entity, MOST_COUNTED);
  const counts = new Map<string, number>();
  for (const record of next === null ? records : []) {
    // Pipelines may have stages of the same id.
    if (pipeline !== undefined && record.pipeline !== pipeline) continue;
    counts.set(record.stage, (counts.get(record.stage) ?? 0) + 1);
  }
  return counts;
}
