// Which rule stands in which column.

import { newest, type RuleEntry } from "../../api/rules";
import type { Entity, Pipeline, Rule, Stage } from "../../core/types";
import { t } from "../../text";

export interface Card {
  readonly rule: Rule;
  readonly entry: RuleEntry;
}
export interface Column {
  readonly stage: Stage;
  /** False for the column of rules whose stage this pipeline does not have. */
  readonly known: boolean;
  readonly cards: readonly Card[];
}

/** Rules of no pipeline show in every one; rules of a stage that is gone must not vanish, so they get a column. */
export function columnsOf(
  entries: readonly RuleEntry[],
  entity: Entity,
  pipeline: Pipeline | undefined,
): readonly Column[] {
  const cards = entries
    .flatMap((entry) => {
      const rule = newest(entry);
      return rule ? [{ rule, entry }] : [];
    })
    .filter(({ rule }) => rule.on.entity === entity.code)
    .filter(({ rule }) => rule.on.pipeline === undefined || !pipeline || rule.on.pipeline === pipeline.id)
    .sort((a, b) => order(a.rule, b.rule));
  const stages = pipeline?.stages ?? [];
  const columns = stages.map((stage) => ({
    stage,
    known: true,
    cards: cards.filter(({ rule }) => rule.on.stage === stage.id),
  }));
  const elsewhere = cards.filter(({ rule }) => !stages.some((stage) => stage.id === rule.on.stage));
  if (elsewhere.length === 0) return columns;
  return [...columns, { stage: { id: "", name: t("board.elsewhere") }, known: false, cards: elsewhere }];
}

/** The order in which the rules of a stage run: by position, then id. */
function order(a: Rule, b: Rule): number {
  return (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1);
}
