// Files of records into our own directory.

import type { Diagnostic, Json } from "../core/types";
import { call, sendText } from "./http";

export interface Import {
  readonly id: string;
  readonly name: string;
  readonly state: "running" | "done" | "stopped";
  readonly bytes: number;
  readonly done_bytes: number;
  readonly lines: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly remarks: number;
  readonly started_at: string;
  readonly updated_at: string;
  readonly fault?: Diagnostic;
}

export interface TrialColumn {
  readonly column: string;
  /** What it becomes; null: left out. */
  readonly field: string | null;
  readonly guessed: boolean;
}
export interface TrialFault {
  readonly line?: number;
  readonly column?: string;
  readonly message?: string;
}
export interface Trial {
  readonly format: "csv" | "ndjson";
  readonly columns: readonly TrialColumn[];
  readonly rows: number;
  readonly faults: readonly TrialFault[];
  readonly records: readonly { readonly [member: string]: Json }[];
}

export interface ImportOptions {
  readonly entity: string;
  /** How numbers and dates are written: "de". */
  readonly locale: string;
  /** What columns become, over the guesses; null leaves one out. */
  readonly columns: Readonly<Record<string, string | null>>;
  readonly fireEvents: boolean;
}

const PATH = "/api/v1/imports";

const typeOf = (file: File): string =>
  /\.(ndjson|jsonl|json)$/i.test(file.name) ? "application/x-ndjson" : "text/csv";

function queryOf(file: File, { entity, locale, columns, fireEvents }: ImportOptions): URLSearchParams {
  const query = new URLSearchParams({ name: file.name, entity });
  if (typeOf(file) === "text/csv") query.set("locale", locale);
  if (Object.keys(columns).length > 0) query.set("columns", JSON.stringify(columns));
  if (fireEvents) query.set("fire_events", "1");
  return query;
}

/** Looks at the file's beginning; nothing is written. */
export async function tryImport(file: File, options: ImportOptions): Promise<Trial> {
  const query = queryOf(file, options);
  query.set("dry_run", "1");
  return sendText<Trial>(`${PATH}?${query.toString()}`, file, typeOf(file));
}

/** `again`: also where this very file was imported before. */
export async function startImport(file: File, options: ImportOptions, again: boolean): Promise<Import> {
  const query = queryOf(file, options);
  if (again) query.set("again", "1");
  return sendText<Import>(`${PATH}?${query.toString()}`, file, typeOf(file));
}

export async function getImport(id: string): Promise<Import> {
  return (await call<Import>(`${PATH}/${encodeURIComponent(id)}`)).value;
}

/** Ends one that runs; what was taken until then stays. */
export async function stopImport(id: string): Promise<void> {
  await call<Import>(`${PATH}/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function listImports(): Promise<readonly Import[]> {
  return (await call<{ imports: readonly Import[] }>(`${PATH}?limit=20`)).value.imports;
}

/** The report of what was left out, for a spreadsheet. */
export function faultsUrl(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}/faults?format=csv`;
}
