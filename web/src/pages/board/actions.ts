// What is done to rules from the board: order, stage, copies, switching off, deleting. Each is a change of the newest
// text; a rule that is live stays live with the change, a draft stays a draft.

import { deleteRule, getRule, newest, putRule, type RuleEntry } from "../../api/rules";
import type { Rule } from "../../core/types";
import { without, withMember } from "../../rule/actions";

const STEP = 10; // between positions, so that one rule can be put between two without touching them
const ID_BYTES = 4;

export interface Spot {
  readonly stage: string;
  /** Place among the rules of the stage, from 0; past the end: last. */
  readonly index: number;
}

/** The rules to change, in order, so that `moved` stands at the spot among `others` (the stage's rules without it). */
export function placed(moved: Rule, others: readonly Rule[], { stage, index }: Spot): readonly Rule[] {
  const at = Math.max(0, Math.min(index, others.length));
  const rule = { ...moved, on: { ...moved.on, stage } };
  const before = others[at - 1]?.position ?? (others[0]?.position ?? 0) - 2 * STEP;
  const after = others[at]?.position ?? (others.at(-1)?.position ?? 0) + 2 * STEP;
  if (others.length === 0) return [{ ...rule, position: STEP }];
  const middle = Math.floor((before + after) / 2);
  if (middle > before && middle < after) return [{ ...rule, position: middle }];
  // No room between them: the stage is numbered anew, and only what changed is written.
  const all = [...others.slice(0, at), rule, ...others.slice(at)];
  return all
    .map((each, n) => ({ each, position: (n + 1) * STEP }))
    .filter(({ each, position }) => each.position !== position || each.id === rule.id)
    .map(({ each, position }) => ({ ...each, position }));
}

/** "deal-paid-1f3a99c0": readable in logs, and no other rule's. */
export function freshId(...parts: readonly string[]): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  const tail = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [...parts, tail].filter(Boolean).join("-");
}

async function change(id: string, next: (rule: Rule) => Rule): Promise<void> {
  const { entry, etag } = await getRule(id);
  const rule = newest(entry);
  if (rule) await putRule(next(rule), etag, isLive(entry));
}

/** Live as it stands: what is changed here goes live too. A newer draft would go live with it, so then nothing does. */
function isLive(entry: RuleEntry): boolean {
  return entry.published_revision !== null && entry.draft === null;
}

export async function move(rule: Rule, others: readonly Rule[], spot: Spot): Promise<void> {
  for (const { id, position, on } of placed(rule, others, spot)) {
    await change(id, (now) => ({ ...now, on: { ...now.on, stage: on.stage }, position: position ?? 0 }));
  }
}

/** A copy is a draft: nobody should get a message twice because of a click. */
export async function copy(rule: Rule, name: string, stage: string, last: number): Promise<void> {
  const id = freshId(rule.on.entity, stage);
  await putRule({ ...rule, id, name, position: last + STEP, on: { ...rule.on, stage } }, null, false);
}

export async function enable(rule: Rule, on: boolean): Promise<void> {
  await change(rule.id, (now) => withMember(now, "enabled", on, true));
}

/** Answers how to bring the rule back as it was, live or not. */
export async function remove(rule: Rule): Promise<() => Promise<void>> {
  const { entry, etag } = await getRule(rule.id);
  await deleteRule(rule.id, etag);
  return async () => {
    let version: string | null = null;
    if (entry.rule) version = (await putRule(entry.rule, null, true)).etag;
    if (entry.draft) await putRule(entry.draft, version, false);
  };
}

/** The rules of a stage in running order, without one. */
export function othersIn(entries: readonly RuleEntry[], stage: string, rule: Rule): readonly Rule[] {
  return entries
    .flatMap((entry) => newest(entry) ?? [])
    .filter(({ id, on }) => id !== rule.id && on.entity === rule.on.entity && on.stage === stage)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Everything that a rule says, for searching. */
export function searchable(rule: Rule): string {
  return JSON.stringify(without(rule, "id")).toLowerCase();
}
