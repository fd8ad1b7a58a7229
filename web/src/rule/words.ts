// A rule's parts in the user's words: the captions of cards and of the sentence's pickers.

import type { Conditions, Field, Json, Rule, Schema, Test, Timing, Workspace } from "../core/types";
import { humanise, sampleOf } from "../liquid/variables";
import { dayWords, t, tOr } from "../text";
import { isChoiceOfMany, isRange, isTest, modeOf, needsValue, nodesOf, testsOf } from "./conditions";
import { parseDelay } from "./delay";

export function delayWords(iso: string | undefined): string {
  const parts = parseDelay(iso ?? "");
  return parts ? parts.map(({ n, unit }) => t(`delay.${unit}`, { n })).join(" ") : (iso ?? "");
}

/** What the words for a rule are taken from. */
export interface Known {
  readonly schema: Schema;
  readonly workspace: Workspace;
  /** What the core judges by, where that is not the same: nothing at all where schema and workspace are only assumed. */
  readonly judgedBy?: { readonly schema?: Schema; readonly workspace?: Workspace };
}

export function fieldOf({ schema }: Known, path: string): Field | undefined {
  const [card, ...names] = path.split(".");
  const entity = schema.entities.find((each) => each.code === card);
  return entity?.fields?.find((field) => field.name === names.join("."));
}

const uncapital = (text: string): string =>
  t("field.inSentence") === "lower" ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** "deal.close_date" in the schema's words; of other cards than the item's with whose it is. */
export function fieldWords(known: Known, path: string): string {
  const [card, ...names] = path.split(".");
  const name = names.join(".") || path;
  const field = fieldOf(known, path)?.title ?? uncapital(humanise(name));
  return tOr(`of.${card ?? ""}`, field, { field });
}

/** When, without the flags. */
function runWords(known: Known, timing: Timing | undefined): string {
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

export function calendarName({ workspace }: Known, id: string): string {
  return workspace.calendars?.find((calendar) => calendar.id === id)?.name ?? id;
}

export function timingWords(known: Known, timing: Timing | undefined): string {
  const words = [runWords(known, timing)];
  if (timing?.business_hours !== undefined) {
    words.push(t("timing.inHours", { calendar: calendarName(known, timing.business_hours) }));
  }
  if (timing?.responsible_hours) words.push(t("timing.inResponsibleHours"));
  if (timing?.zone === "client") words.push(t("timing.inClientZone"));
  if (timing?.wait_for_previous) words.push(t("timing.afterPrevious"));
  return words.join(", ");
}

function oneValue(value: Json, type: Field["type"] | undefined): string {
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  const text = sampleOf(value);
  return type === "date" || type === "datetime" ? dayWords(text) : text;
}

function valueWords({ op, value }: Test, type: Field["type"] | undefined): string {
  if (!Array.isArray(value)) return oneValue(value ?? "", type);
  const words = (value as readonly Json[]).map((each) => oneValue(each, type));
  if (isRange(op)) return words.join(t("condition.and"));
  return isChoiceOfMany(op) ? words.join(", ") : words.join(" ");
}

export function testWords(known: Known, test: Test): string {
  const type = fieldOf(known, test.field)?.type;
  const op = tOr(`sign.${test.op}`, t(`op.${test.op}`));
  // A bare number means the workspace's currency (formats §1).
  const currency =
    type === "money" && typeof test.value === "string" ? ` ${known.workspace.currency ?? ""}` : "";
  const value = needsValue(test.op) ? ` ${valueWords(test, type)}${currency}` : "";
  return `${fieldWords(known, test.field)} ${op}${value}`.trimEnd();
}

/** The whole tree in words; groups inside groups stand in brackets. */
export function treeWords(known: Known, group: Conditions): string {
  const joint = t(modeOf(group) === "all" ? "condition.and" : "condition.or");
  return nodesOf(group)
    .map((node) => (isTest(node) ? testWords(known, node) : `(${treeWords(known, node)})`))
    .join(joint);
}

const FEW = 2; // tests that still read as part of a sentence

export function conditionWords(known: Known, conditions: Conditions | undefined): string {
  const tests = testsOf(conditions);
  const [first] = tests;
  if (!conditions || !first) return t("condition.always");
  const test =
    tests.length <= FEW
      ? treeWords(known, conditions)
      : t("condition.several", { first: testWords(known, first), n: tests.length - 1 });
  return t("condition.when", { test });
}

/** One line under a rule's name on the board. */
export function summaryWords(known: Known, rule: Rule): string {
  const words = [t(`channel.${rule.action.type}`), timingWords(known, rule.timing)];
  if (testsOf(rule.conditions).length > 0) words.push(conditionWords(known, rule.conditions));
  return words.join(", ");
}
