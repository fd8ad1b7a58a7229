// Whom the rule reaches among many clients: counted anew when it has rested for a moment.

import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { startCrowd } from "../../core/crowd";
import type { Source } from "../../core/crowd-protocol";
import type { Coverage } from "../../core/foresight-types";
import type { Rule } from "../../core/types";
import type { Known } from "../../rule/words";
import { settingOf } from "./analysis";

const REST_MS = 400; // after the last letter, before ten thousand records are judged

export type CrowdState =
  | { readonly kind: "waiting" }
  | { readonly kind: "counting"; readonly done: number; readonly total: number }
  | { readonly kind: "counted" }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

export interface Crowd {
  readonly state: ReadonlySignal<CrowdState>;
  /** The newest that is known, of this state of the rule or of one before it. */
  readonly coverage: ReadonlySignal<Coverage | null>;
  readonly stop: () => void;
  readonly again: () => void;
  readonly close: () => void;
}

export function watchCrowd(
  rule: ReadonlySignal<Rule>,
  source: Signal<Source>,
  known: Known,
  language: string,
): Crowd {
  const state = signal<CrowdState>({ kind: "waiting" });
  const coverage = signal<Coverage | null>(null);
  const client = startCrowd((answer) => {
    switch (answer.kind) {
      case "progress":
        state.value = { kind: "counting", done: answer.done, total: answer.total };
        break;
      case "counted":
        coverage.value = answer.coverage;
        state.value = { kind: "counted" };
        performance.measure("recado-coverage", { start: performance.now() - answer.ms, duration: answer.ms });
        break;
      case "stopped":
        state.value = { kind: "stopped" };
        break;
      case "failed":
        // A rule too broken to be judged reaches nobody: what is wrong stands among its faults.
        coverage.value = null;
        state.value = { kind: "failed", message: answer.message };
        break;
      case "simulated":
        break;
    }
  });
  const setting = settingOf(known, language);
  const ask = (now: Rule, from: Source): void => {
    state.value = { kind: "counting", done: 0, total: 0 };
    client.ask({ kind: "count", rule: now, setting, source: from });
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopWatching = effect(() => {
    const [now, from] = [rule.value, source.value];
    clearTimeout(timer);
    timer = setTimeout(() => ask(now, from), REST_MS);
  });
  return {
    state,
    coverage,
    stop: () => client.stop(),
    again: () => ask(rule.peek(), source.peek()),
    close() {
      clearTimeout(timer);
      stopWatching();
      client.close();
    },
  };
}
