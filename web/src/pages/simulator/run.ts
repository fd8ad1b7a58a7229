// A simulation in the crowd worker, as a signal.

import { signal, type ReadonlySignal } from "@preact/signals";
import { problemText } from "../../api/http";
import { newest, type RuleEntry } from "../../api/rules";
import { startCrowd } from "../../core/crowd";
import { itemKey, type CrowdAnswer, type History, type ItemNames } from "../../core/crowd-protocol";
import type { Rule } from "../../core/types";
import type { EventsChoice } from "../../routes";
import type { Known } from "../../rule/words";
import { keptFile } from "../../state/kept-file";
import { currentLanguage } from "../../text";
import { compare, type Line, type Outcome } from "./compare";

export type RunState =
  | { readonly kind: "idle" | "empty" }
  /** How many events have been read so far. */
  | { readonly kind: "running"; readonly read: number }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "done";
      readonly lines: readonly Line[];
      readonly waiting: number;
      /** Lines of the file that are no events. */
      readonly faults: number;
      /** Where there were more events than are run at once: how many were. */
      readonly cut: number | null;
      readonly nameOfItem: (outcome: Outcome) => string;
    };

export interface Order {
  readonly events: EventsChoice;
  readonly entries: readonly RuleEntry[];
  /** The first day of what was taken in, and the last one of the run (UTC); null: no bound. */
  readonly from: string | null;
  readonly until: string | null;
  readonly compare: boolean;
}

export interface Runner {
  readonly state: ReadonlySignal<RunState>;
  readonly run: (order: Order, known: Known) => void;
  readonly close: () => void;
}

async function historyFor({ events, entries, from, until }: Order): Promise<History | null> {
  switch (events) {
    case "records":
      return { kind: "records", entities: entitiesOf(entries), at: new Date().toISOString() };
    case "taken":
      return { kind: "taken", from, to: until };
    case "file": {
      const kept = await keptFile("events");
      return kept && { kind: "given", events: kept.file };
    }
  }
}

/** Those that the rules are about, each once. */
function entitiesOf(entries: readonly RuleEntry[]): readonly string[] {
  return [...new Set(entries.flatMap((entry) => some(newest(entry))).map((rule) => rule.on.entity))];
}

/** "City bike · Ana Souza"; what nobody knows a name of is called by its id. */
const calling =
  (names: Readonly<Record<string, ItemNames>>) =>
  ({ entity, entity_id }: Outcome): string => {
    const { title = "", client = "" } = names[itemKey(entity, entity_id)] ?? {};
    return [title, client].filter(Boolean).join(" · ") || entity_id;
  };

const some = (rule: Rule | null): readonly Rule[] => (rule ? [rule] : []);

function doneWith(answer: Extract<CrowdAnswer, { kind: "simulated" }>): RunState {
  const { run, against, events, cut, names } = answer;
  if (events === 0) return { kind: "empty" };
  return {
    kind: "done",
    lines: compare(run, against),
    waiting: run.waiting,
    faults: run.entries.filter((entry) => "line" in entry).length,
    cut: cut ? events : null,
    nameOfItem: calling(names),
  };
}

export function startRunner(): Runner {
  const state = signal<RunState>({ kind: "idle" });
  const client = startCrowd((answer) => {
    if (answer.kind === "failed") state.value = answer;
    if (answer.kind === "progress") state.value = { kind: "running", read: answer.done };
    if (answer.kind === "simulated") state.value = doneWith(answer);
  });
  return {
    state,
    run(order, { schema, workspace }) {
      state.value = { kind: "running", read: 0 };
      historyFor(order).then(
        (history) => {
          if (!history) {
            state.value = { kind: "empty" };
            return;
          }
          client.ask({
            kind: "simulate",
            rules: order.entries.flatMap((entry) => some(newest(entry))),
            against: order.compare ? order.entries.flatMap((entry) => some(entry.rule)) : null,
            history,
            until: order.until === null ? null : `${order.until}T23:59:59Z`,
            setting: { schema, workspace, language: currentLanguage() },
          });
        },
        (error: unknown) => {
          state.value = { kind: "failed", message: problemText(error) };
        },
      );
    },
    close: () => client.close(),
  };
}
