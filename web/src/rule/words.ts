// A rule's parts in the user's words: the captions of cards and of the sentence's pickers.

import type { Conditions, Field, Json, Operator, Rule, Schema, Test, Timing, Workspace } from "../core/types";
import { humanise, sampleOf } from "../liquid/variables";
import { t, tOr } from "../text";
import { parseDelay } from "./delay";

export function delayWords(iso: string | undefined): string {
  const delay = parseDelay(iso ?? "");
  return delay ? t(`delay.${delay.unit}`, { n: delay.n }) : (iso ?? "");
}

/** What the words for a rule are taken from. */
export interface Known {
  readonly schema: Schema;
  readonly workspace: Workspace;
}

function fieldOf({ schema }: Known, path: string): Field | undefined {
  const [card, ...names] = path.split(".");
  const entity = schema.entities.find((each) => each.code === card);
  return entity?.fields?.find((field) => field.name === names.join("."));
}

/** "deal.close_date" in the schema's words. */
export function fieldWords(known: Known, path: string): string {
  const name = path.split(".").slice(1).join(".") || path;
  return fieldOf(known, path)?.title ?? humanise(name).toLowerCase();
}

export function timingWords(known: Known, timing: Timing | undefined): string {
  const delay = delayWords(timing?.delay);
  const field = timing?.field === undefined ? null : fieldWords(known, timing.field);
  const time = timing?.time ?? "";
  switch (timing?.run ?? "immediately") {
    case "immediately":
      return t("timing.immediately");
    case "after":
      return field === null ? t("timing.after", { delay }) : t("timing.afterField", { delay, field });
    case "before":
      return t("timing.before", { delay, field: field ?? "" });
    case "at":
      return field === null ? t("timing.at", { time }) : t("timing.atField", { time, field });
  }
}

export function isTest(node: Test | Conditions): node is Test {
  return "field" in node;
}

/** The tests of a flat list; null for conditions in groups, which are kept as they are. */
export function flatTests(conditions: Conditions | undefined): readonly Test[] | null {
  if (!conditions) return [];
  const nodes = "all" in conditions ? conditions.all : conditions.any;
  const tests = nodes.filter(isTest);
  return tests.length === nodes.length ? tests : null;
}

export const needsValue = (op: Operator): boolean => op !== "empty" && op !== "not_empty";

export function valueWords(value: Json | undefined): string {
  return Array.isArray(value) ? value.map((item) => sampleOf(item as Json)).join(", ") : sampleOf(value);
}

export function testWords(known: Known, test: Test): string {
  const op = tOr(`sign.${test.op}`, t(`op.${test.op}`));
  const isMoney = fieldOf(known, test.field)?.type === "money";
  // A bare number means the workspace's currency (formats §1).
  const currency = isMoney && typeof test.value === "string" ? ` ${known.workspace.currency ?? ""}` : "";
  const value = needsValue(test.op) ? ` ${valueWords(test.value)}${currency}` : "";
  return `${fieldWords(known, test.field)} ${op}${value}`.trimEnd();
}

export function conditionWords(known: Known, conditions: Conditions | undefined): string {
  if (!conditions) return t("condition.always");
  const nodes = "all" in conditions ? conditions.all : conditions.any;
  const first = nodes.find(isTest);
  if (!first) return t(nodes.length === 0 ? "condition.always" : "condition.nestedShort");
  const joint = t("all" in conditions ? "condition.and" : "condition.or");
  const tests = flatTests(conditions);
  const test =
    tests && tests.length <= 2
      ? tests.map((each) => testWords(known, each)).join(joint)
      : t("condition.several", { first: testWords(known, first), n: nodes.length - 1 });
  return t("condition.when", { test });
}

/** One line under a rule's name on the board. */
export function summaryWords(known: Known, rule: Rule): string {
  const words = [t(`channel.${rule.action.type}`), timingWords(known, rule.timing)];
  if (rule.conditions && conditionWords(known, rule.conditions) !== t("condition.always")) {
    words.push(conditionWords(known, rule.conditions));
  }
  return words.join(", ");
}
