// Whether a rule runs, as a word with a colour.

import type { RuleState } from "../rule/state";
import { t } from "../text";

export function stateWords(state: RuleState): string {
  return state.kind === "faults" ? t("state.faults", { n: state.n }) : t(`state.${state.kind}`);
}

const TONE: Readonly<Record<RuleState["kind"], string>> = {
  faults: "pill bad",
  off: "pill",
  draft: "pill warn",
  changed: "pill warn",
  live: "pill good",
};

export function StatePill({ state }: { readonly state: RuleState }) {
  return <span class={TONE[state.kind]}>{stateWords(state)}</span>;
}
