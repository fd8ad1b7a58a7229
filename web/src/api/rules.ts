// Rules as the service keeps them: a newest text (draft or not) and, beside it, the revision that runs.

import type { Rule } from "../core/types";
import { waiting } from "../offline/outbox";
import { newest, type Revision, type RuleEntry, type StoredRule } from "../rule/entry";
import { call, type Answer } from "./http";

export { newest, type Revision, type RuleEntry, type StoredRule } from "../rule/entry";

const stored = ({ value, etag }: Answer<RuleEntry>): StoredRule => ({ entry: value, etag });
const path = (id: string): string => `/api/v1/rules/${encodeURIComponent(id)}`;

/** What was edited here and waits for a connection is the newest text of its rule. */
function withEdits(entries: readonly RuleEntry[]): readonly RuleEntry[] {
  const edits = new Map(waiting.peek().map((edit) => [edit.id, edit.rule]));
  const edited = entries.map((entry) => {
    const id = newest(entry)?.id ?? "";
    const draft = edits.get(id);
    edits.delete(id);
    return draft ? { ...entry, draft } : entry;
  });
  const made = [...edits.values()].map((draft) => ({
    rule: null,
    draft,
    published_revision: null,
    diagnostics: [],
  }));
  return [...edited, ...made];
}

export async function listRules(): Promise<readonly RuleEntry[]> {
  return withEdits((await call<{ rules: readonly RuleEntry[] }>("/api/v1/rules")).value.rules);
}

export async function getRule(id: string): Promise<StoredRule> {
  return stored(await call<RuleEntry>(path(id)));
}

/** `etag` is that of the version being replaced; null for a rule that is new. 412 where it has moved on. */
export async function putRule(rule: Rule, etag: string | null, publish: boolean): Promise<StoredRule> {
  const url = publish ? path(rule.id) : `${path(rule.id)}?draft=1`;
  return stored(await call<RuleEntry>(url, { method: "PUT", body: rule, replaces: etag }));
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
