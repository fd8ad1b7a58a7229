// What the core says about the rule being edited, always about its newest state and the chosen sample client.

import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { startCore } from "../../core/client";
import type { Analysis, Setting } from "../../core/protocol";
import type { Rule, Snapshot } from "../../core/types";
import type { Known } from "../../rule/words";

export interface Analyst {
  readonly analysis: ReadonlySignal<Analysis | null>;
  /** Why there is no core: the page edits and saves without it. */
  readonly fault: ReadonlySignal<string | null>;
  /** Takes the answer now if there is one already: what draws next draws it too, and not a turn later. */
  look(): void;
  stop(): void;
}

/** Who is looked at, and when. */
export interface Scene {
  readonly snapshot: Snapshot | null;
  readonly now: string | null;
}

export function settingOf({ schema, workspace, judgedBy }: Known, language: string): Setting {
  return { ...(judgedBy ?? { schema, workspace }), language };
}

export function watch(
  rule: ReadonlySignal<Rule>,
  scene: ReadonlySignal<Scene>,
  known: Known,
  language: string,
): Analyst {
  const analysis = signal<Analysis | null>(null);
  const fault = signal<string | null>(null);
  const core = startCore({
    analysed(answer) {
      analysis.value = answer;
      fault.value = null;
    },
    failed(message) {
      fault.value = message;
    },
  });
  const setting = settingOf(known, language);
  const stopOpening = effect(() => {
    core.open(setting, scene.value.snapshot, scene.value.now);
    core.analyse(rule.peek());
  });
  const stopAnalysing = effect(() => core.analyse(rule.value));
  return {
    analysis,
    fault,
    look: () => core.look(),
    stop() {
      stopOpening();
      stopAnalysing();
      core.close();
    },
  };
}
