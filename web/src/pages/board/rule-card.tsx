// A rule on the board: what it sends, when, and whether it runs.

import type { ComponentChildren } from "preact";
import type { RuleEntry } from "../../api/rules";
import type { Rule } from "../../core/types";
import { ruleState, type RuleState } from "../../rule/state";
import { summaryWords, type Known } from "../../rule/words";
import { t } from "../../text";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { dragged } from "./drag";

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

interface RuleCardProps {
  readonly rule: Rule;
  readonly entry: RuleEntry;
  readonly known: Known;
  /** What can be done to it; nothing for those who only look. */
  readonly menu: ComponentChildren;
}

export function RuleCard({ rule, entry, known, menu }: RuleCardProps) {
  const state = ruleState(entry);
  return (
    <div
      class="card-holder"
      data-rule={rule.id}
      draggable={menu !== null}
      onDragStart={(event) => {
        dragged.value = rule.id;
        event.dataTransfer?.setData("text/plain", rule.name);
      }}
      onDragEnd={() => {
        dragged.value = null;
      }}
    >
      <Link to={{ page: "rule", id: rule.id }} class={`card rule-card is-${state.kind}`}>
        <span class="rule-name">
          <Icon name={rule.action.type} />
          <b>{rule.name}</b>
        </span>
        <span class="quiet">{summaryWords(known, rule)}</span>
        <StatePill state={state} />
      </Link>
      {menu}
    </div>
  );
}
