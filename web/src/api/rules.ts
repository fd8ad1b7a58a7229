// Rules as the service keeps them: a newest text (draft or not) and, beside it, the revision that runs.

import type { Diagnostic, Rule } from "../core/types";
import { call, type Answer } from "./http";

export interface RuleEntry {
  /** What runs; null where nothing was ever published. */
  readonly rule: Rule | null;
  /** The newest text where it differs from what runs. */
  readonly draft: Rule | null;
  readonly published_revision: number | null;
  /** Judged on the newest text. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface StoredRule {
  readonly entry: RuleEntry;
  readonly etag: string | null;
}

/** The text that an editor shows. */
export function newest(entry: RuleEntry): Rule | null {
  return entry.draft ?? entry.rule;
}

const stored = ({ value, etag }: Answer<RuleEntry>): StoredRule => ({ entry: value, etag });
const path = (id: string): string => `/api/v1/rules/${encodeURIComponent(id)}`;

export async function listRules(): Promise<readonly RuleEntry[]> {
  return (await call<{ rules: readonly RuleEntry[] }>("/api/v1/rules")).value.rules;
}

export async function getRule(id: string): Promise<StoredRule> {
  return stored(await call<RuleEntry>(path(id)));
}

/** `etag` is that of the version being replaced; null for a rule that is new. 412 where it has moved on. */
export async function putRule(rule: Rule, etag: string | null, publish: boolean): Promise<StoredRule> {
  const url = publish ? path(rule.id) : `${path(rule.id)}?draft=1`;
  return stored(await call<RuleEntry>(url, { method: "PUT", body: rule, replaces: etag }));
}

export interface Revision {
  readonly revision: number;
  readonly rule: Rule;
  readonly published_at: string;
  readonly published_by: string;
}

export async function listRevisions(id: string): Promise<readonly Revision[]> {
  return (await call<{ revisions: readonly Revision[] }>(`${path(id)}/revisions`)).value.revisions;
}

/** Makes an old text the newest, and live where it has no faults today. */
export async function restoreRevision(
  id: string,
  revision: number,
  etag: string | null,
): Promise<StoredRule> {
  const url = `${path(id)}/revisions/${revision}/restore`;
  return stored(
    await call<RuleEntry>(url, { method: "POST", body: {}, ...(etag === null ? {} : { replaces: etag }) }),
  );
}

export async function deleteRule(id: string, etag: string | null): Promise<void> {
  await call<unknown>(path(id), { method: "DELETE", ...(etag === null ? {} : { replaces: etag }) });
}

/** Writes the rule's message for this record and sends it to another address. */
export async function testRule(id: string, record: string, to: string): Promise<void> {
  await call<unknown>(`${path(id)}/test`, { method: "POST", body: { record, to } });
}
