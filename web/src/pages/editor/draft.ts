// The rule being edited: its text, the version it came from, and saving.

import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Rule } from "../../core/types";
import { newest, type RuleEntry, type StoredRule } from "../../rule/entry";
import { errorsOf } from "../../rule/state";
import { isConflict, problemText } from "../../state/problem";
import type { Outcome } from "../../offline/outbox";
import type { EditorHost, RuleStore } from "./host";

export type SaveState =
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved" }
  | { readonly kind: "published" }
  /** Kept in this browser until there is a connection. */
  | { readonly kind: "waiting" }
  /** Saved, but not published: it has faults. */
  | { readonly kind: "held"; readonly faults: number }
  | { readonly kind: "failed"; readonly message: string }
  /** Somebody else saved meanwhile; `publish` is what was being tried. */
  | { readonly kind: "conflict"; readonly theirs: StoredRule; readonly publish: boolean };

export interface Draft {
  readonly rule: Signal<Rule>;
  readonly entry: ReadonlySignal<RuleEntry | null>;
  readonly dirty: ReadonlySignal<boolean>;
  /** The stored version that this text came from; null: it is new. */
  readonly base: ReadonlySignal<Rule | null>;
  readonly saveState: ReadonlySignal<SaveState>;
  readonly edit: (next: Rule) => void;
  readonly save: (publish: boolean) => Promise<void>;
  /** Goes back to a version that was live. */
  readonly restore: (revision: number) => Promise<void>;
  /** Ends a conflict: saves this rule (mine, or both put together) over theirs, or takes theirs. */
  readonly settle: (keep: Rule | "theirs") => Promise<void>;
  /** What became of an edit that had waited. */
  readonly hear: (outcome: Outcome) => Promise<void>;
}

export function openDraft(
  initial: Rule,
  from: StoredRule | null,
  host: Pick<EditorHost, "store" | "history">,
  origin: Rule | null = from && newest(from.entry),
): Draft {
  const { store, history } = host;
  const rule = signal(initial);
  const stored = signal(from);
  const base = signal(origin);
  const saved = signal<Rule | null>(from ? initial : null);
  const saveState = signal<SaveState>({ kind: "idle" });

  /** What waits here has changed nothing there. */
  function take(answer: StoredRule): void {
    const before = stored.peek();
    if (answer.waiting) {
      const { draft } = answer.entry;
      stored.value = before ? { ...before, entry: { ...before.entry, draft } } : answer;
      return;
    }
    stored.value = answer;
    base.value = newest(answer.entry);
  }

  /** Has the service change the rule, and takes what it answers for what is stored. */
  async function change(publish: boolean, act: () => Promise<StoredRule>): Promise<StoredRule | null> {
    saveState.value = { kind: "saving" };
    try {
      const answer = await act();
      take(answer);
      saveState.value = outcomeOf(answer, publish);
      return answer;
    } catch (error) {
      saveState.value = isConflict(error)
        ? await conflictWith(store, rule.peek().id, publish)
        : { kind: "failed", message: problemText(error) };
      return null;
    }
  }

  async function put(publish: boolean, etag: string | null): Promise<void> {
    const sent = rule.value;
    if (await change(publish, () => store.write(sent, etag, publish, base.peek()))) saved.value = sent;
  }

  return {
    rule,
    entry: computed(() => stored.value?.entry ?? null),
    dirty: computed(() => JSON.stringify(rule.value) !== JSON.stringify(saved.value)),
    saveState,
    base,
    edit(next) {
      rule.value = next;
      if (saveState.value.kind !== "saving") saveState.value = { kind: "idle" };
    },
    save: (publish) => put(publish, stored.value?.etag ?? null),
    async restore(revision) {
      if (!history) return;
      const etag = stored.value?.etag ?? null;
      const answer = await change(true, () => history.restore(rule.peek().id, revision, etag));
      const restored = answer && newest(answer.entry);
      if (!restored) return;
      saved.value = restored;
      rule.value = restored;
    },
    async settle(keep) {
      const conflict = saveState.value;
      if (conflict.kind !== "conflict") return;
      if (keep !== "theirs") {
        rule.value = keep;
        return put(conflict.publish, conflict.theirs.etag);
      }
      await store.dropped?.(rule.peek().id);
      const theirs = newest(conflict.theirs.entry);
      take(conflict.theirs);
      saved.value = theirs;
      if (theirs) rule.value = theirs;
      saveState.value = { kind: "idle" };
    },
    async hear(outcome) {
      const { id } = rule.peek();
      if (outcome.kind === "conflict") saveState.value = await conflictWith(store, id, outcome.publish);
      if (outcome.kind === "refused") saveState.value = { kind: "failed", message: outcome.message };
      if (outcome.kind !== "sent") return;
      take(outcome.stored);
      if (saveState.peek().kind === "waiting" || saveState.peek().kind === "idle")
        saveState.value = outcomeOf(outcome.stored, outcome.publish);
    },
  };
}

function outcomeOf({ entry, waiting }: StoredRule, publish: boolean): SaveState {
  if (waiting) return { kind: "waiting" };
  if (!publish) return { kind: "saved" };
  const faults = errorsOf(entry.diagnostics);
  return faults > 0 ? { kind: "held", faults } : { kind: "published" };
}

async function conflictWith(store: RuleStore, id: string, publish: boolean): Promise<SaveState> {
  try {
    return { kind: "conflict", theirs: await store.read(id), publish };
  } catch (error) {
    return { kind: "failed", message: problemText(error) };
  }
}
