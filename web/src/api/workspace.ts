// What rules are written against: the schema of the CRM, the workspace with its providers, sample customers.

import type { Json, Schema, Snapshot, Workspace } from "../core/types";
import { call } from "./http";

export interface Session {
  readonly user: string;
  readonly role: "admin" | "editor" | "operator" | "viewer";
  readonly csrf: string;
}

/** A record of the CRM, with what a snapshot says of it. */
export interface Sample {
  readonly id: string;
  readonly pipeline?: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
}

interface RecordPage {
  readonly records: readonly Sample[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
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

export async function getSchema(): Promise<Schema> {
  return (await call<Schema>("/api/v1/schema")).value;
}

export async function getWorkspace(): Promise<Workspace> {
  return (await call<Workspace>("/api/v1/workspace")).value;
}

async function listRecords(entity: string, limit: number): Promise<RecordPage> {
  return (await call<RecordPage>(`/api/v1/records/${encodeURIComponent(entity)}?limit=${limit}`)).value;
}

export async function listSamples(entity: string): Promise<readonly Sample[]> {
  return (await listRecords(entity, MOST_SAMPLES)).records;
}

/** How many items stand in each stage; nothing where there are too many to count here. */
export async function countByStage(entity: string): Promise<ReadonlyMap<string, number>> {
  const { records, next } = await listRecords(entity, MOST_COUNTED);
  const counts = new Map<string, number>();
  for (const { stage } of next === null ? records : []) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return counts;
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const member = (value: Json | undefined, name: string): Json | undefined =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Snapshot)[name]
    : undefined;

/** The customer as people call them: first contact, else company, else the item's title. */
export function customerName(sample: Sample, entity: string): string {
  const contacts = sample.snapshot["contacts"];
  const contact = Array.isArray(contacts) ? (contacts as readonly Json[])[0] : undefined;
  const person = [member(contact, "first_name"), member(contact, "last_name")]
    .map(text)
    .filter(Boolean)
    .join(" ");
  return (
    person ||
    text(member(sample.snapshot["company"], "name")) ||
    text(member(sample.snapshot[entity], "title")) ||
    sample.id
  );
}
