// Edits that were made while the service could not be reached: one for each rule, the newest, with the version that it
// replaces. They are sent in the order in which they were first made, when the connection is back; what somebody else
// changed meanwhile is not overwritten but waits for a decision.

import { signal } from "@preact/signals";
import type { Rule } from "../core/types";
import type { StoredRule } from "../rule/entry";
import { Problem, problemText } from "../state/problem";
import { asked, transact } from "./database";

export interface Waiting {
  /** The rule's. */
  readonly id: string;
  readonly rule: Rule;
  /** Whose edit it is: nobody else's session sends it. */
  readonly user: string;
  /** The version it replaces; null: a new rule. */
  readonly etag: string | null;
  /** That version, as far as it was known, so that both sides' changes can be told apart. */
  readonly base: Rule | null;
  readonly publish: boolean;
  readonly order: number;
  /** Why it was not taken; "": it was not tried yet. `conflict`: somebody else changed the rule meanwhile. */
  readonly refused: string;
  readonly conflict: boolean;
}

const MOST_WAITING = 100; // rules; nobody edits more of them on a train

export const waiting = signal<readonly Waiting[]>([]);

export const waitingFor = (id: string): Waiting | undefined => waiting.value.find((each) => each.id === id);

const byOrder = (a: Waiting, b: Waiting): number => a.order - b.order;

export async function loadOutbox(): Promise<void> {
  const all = await transact(["outbox"], "readonly", (store) =>
    asked<unknown[]>(store("outbox").getAll()),
  ).catch(() => []);
  waiting.value = (all as Waiting[]).sort(byOrder);
}

async function put(entry: Waiting): Promise<void> {
  await transact(["outbox"], "readwrite", (store) => asked(store("outbox").put(entry)));
  waiting.value = [...waiting.value.filter(({ id }) => id !== entry.id), entry].sort(byOrder);
}

/** Rejects where the browser keeps nothing: then the edit is not safe, and whoever made it has to know. */
export async function keepEdit(edit: Omit<Waiting, "order" | "refused" | "conflict">): Promise<void> {
  const before = waitingFor(edit.id);
  if (!before && waiting.value.length >= MOST_WAITING) throw new Error("outbox");
  const last = waiting.value.at(-1)?.order ?? 0;
  await put({ ...edit, order: before?.order ?? last + 1, refused: "", conflict: false });
}

export async function dropEdit(id: string): Promise<void> {
  if (!waitingFor(id)) return;
  waiting.value = waiting.value.filter((each) => each.id !== id);
  await transact(["outbox"], "readwrite", (store) => asked(store("outbox").delete(id))).catch(
    () => undefined,
  );
}

export async function forgetEdits(): Promise<void> {
  waiting.value = [];
  await transact(["outbox"], "readwrite", (store) => asked(store("outbox").clear())).catch(() => undefined);
}

export type Outcome =
  | { readonly kind: "sent"; readonly rule: Rule; readonly publish: boolean; readonly stored: StoredRule }
  | { readonly kind: "conflict"; readonly publish: boolean }
  | { readonly kind: "refused"; readonly message: string };

type Send = (rule: Rule, etag: string | null, publish: boolean) => Promise<StoredRule>;
type Hear = (id: string, outcome: Outcome) => void;

const PRECONDITION_FAILED = 412;
let sending: Promise<void> | null = null;

/** Sends what waits, one after the other; stops where the service is out of reach again. What was refused waits for its author. */
export function sendEdits(user: string, send: Send, hear: Hear): Promise<void> {
  sending ??= sendAll(user, send, hear).finally(() => (sending = null));
  return sending;
}

async function sendAll(user: string, send: Send, hear: Hear): Promise<void> {
  for (const entry of waiting.value.filter(
    (each) => each.user === user && each.refused === "" && !each.conflict,
  )) {
    const { id, rule, etag, publish } = entry;
    try {
      const stored = await send(rule, etag, publish);
      // What was written while it was under way goes next, upon what was just stored.
      const newer = waitingFor(id);
      if (newer && newer.rule !== rule) await put({ ...newer, etag: stored.etag, base: rule });
      else await dropEdit(id);
      hear(id, { kind: "sent", rule, publish, stored });
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      if (status === 0 || status === 401) return;
      const conflict = status === PRECONDITION_FAILED;
      await put({ ...entry, conflict, refused: conflict ? "" : problemText(error) });
      hear(id, conflict ? { kind: "conflict", publish } : { kind: "refused", message: problemText(error) });
    }
  }
}
