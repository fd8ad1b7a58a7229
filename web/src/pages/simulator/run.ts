// A simulation in the crowd worker, as a signal.

import { signal, type ReadonlySignal } from "@preact/signals";
import { listDeliveries } from "../../api/deliveries";
import { problemText } from "../../api/http";
import { newest, type RuleEntry } from "../../api/rules";
import { listSamples } from "../../api/workspace";
import { startCrowd } from "../../core/crowd";
import type { Rule } from "../../core/types";
import type { EventsChoice } from "../../routes";
import type { Known } from "../../rule/words";
import { keptFile } from "../../state/kept-file";
import { currentLanguage } from "../../text";
import { compare, type Line } from "./compare";
import { eventsOfDeliveries, eventsOfRecords } from "./events";

export type RunState =
  | { readonly kind: "idle" | "running" | "empty" }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "done";
      readonly lines: readonly Line[];
      readonly waiting: number;
      /** Lines of the file that are no events. */
      readonly faults: number;
    };

export interface Order {
  readonly events: EventsChoice;
  readonly entries: readonly RuleEntry[];
  readonly entity: string;
  /** RFC 3339; null: to the end. */
  readonly until: string | null;
  readonly compare: boolean;
}

export interface Runner {
  readonly state: ReadonlySignal<RunState>;
  readonly run: (order: Order, known: Known) => void;
  readonly close: () => void;
}

async function eventsFor({ events, entity, entries }: Order): Promise<string> {
  if (events === "file") return (await (await keptFile("events"))?.file.text()) ?? "";
  const records = await listSamples(entity);
  if (events === "records") return eventsOfRecords(entity, records, new Date().toISOString());
  return eventsOfDeliveries((await listDeliveries({})).deliveries, entries, records);
}

const some = (rule: Rule | null): readonly Rule[] => (rule ? [rule] : []);

export function startRunner(): Runner {
  const state = signal<RunState>({ kind: "idle" });
  const client = startCrowd((answer) => {
    if (answer.kind === "failed") state.value = answer;
    if (answer.kind !== "simulated") return;
    const { run, against } = answer;
    const faults = run.entries.filter((entry) => "line" in entry).length;
    state.value = { kind: "done", lines: compare(run, against), waiting: run.waiting, faults };
  });
  return {
    state,
    run(order, { schema, workspace }) {
      state.value = { kind: "running" };
      eventsFor(order).then(
        (events) => {
          if (events.trim() === "") {
            state.value = { kind: "empty" };
            return;
          }
          client.ask({
            kind: "simulate",
            rules: order.entries.flatMap((entry) => some(newest(entry))),
            against: order.compare ? order.entries.flatMap((entry) => some(entry.rule)) : null,
            events,
            until: order.until,
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
