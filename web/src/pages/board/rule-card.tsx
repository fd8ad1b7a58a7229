// A rule on the board: what it sends, when, and whether it runs.

import type { ComponentChildren } from "preact";
import type { RuleEntry } from "../../api/rules";
import type { Outcomes } from "../../api/statistics";
import type { Rule } from "../../core/types";
import { ruleState } from "../../rule/state";
import { summaryWords, type Known } from "../../rule/words";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { StatePill } from "../../ui/state-pill";
import { dragged } from "./drag";
import { WeekLine } from "./week";

interface RuleCardProps {
  readonly rule: Rule;
  readonly entry: RuleEntry;
  readonly known: Known;
  readonly outcomes: Outcomes | undefined;
  /** What can be done to it; nothing for those who only look. */
  readonly menu: ComponentChildren;
}

export function RuleCard({ rule, entry, known, outcomes, menu }: RuleCardProps) {
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
        <WeekLine outcomes={outcomes} />
        <StatePill state={state} />
      </Link>
      {menu}
    </div>
  );
}
