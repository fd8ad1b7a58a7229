// One condition: field, comparison, value.

import type { Entity, Field, Json, Operator, Test } from "../../../core/types";
import { humanise } from "../../../liquid/variables";
import { needsValue, valueWords } from "../../../rule/words";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Icon } from "../../../ui/icons";

const TEXT_OPS: readonly Operator[] = [
  "eq",
  "ne",
  "contains",
  "not_contains",
  "starts_with",
  "ends_with",
  "in",
];
const NUMBER_OPS: readonly Operator[] = ["eq", "ne", "gt", "ge", "lt", "le", "between"];
const ALWAYS: readonly Operator[] = ["empty", "not_empty"];

function operatorsFor(type: Field["type"] | undefined, now: Operator): readonly Operator[] {
  const isOrdered = type !== undefined && ["integer", "decimal", "money", "date", "datetime"].includes(type);
  const ops = [...(isOrdered ? NUMBER_OPS : type === "boolean" ? (["eq"] as const) : TEXT_OPS), ...ALWAYS];
  return ops.includes(now) ? ops : [...ops, now];
}

/** The value as the rule document holds it; several are written with commas. */
function valueFor(op: Operator, text: string): Json {
  const isList = op === "in" || op === "not_in" || op === "between" || op === "not_between";
  return isList ? text.split(",").map((part) => part.trim()) : text;
}

interface ConditionRowProps {
  readonly test: Test;
  readonly number: number;
  readonly entity: Entity | undefined;
  readonly code: string;
  readonly change: (test: Test) => void;
  readonly remove: () => void;
}

export function ConditionRow({ test, number, entity, code, change, remove }: ConditionRowProps) {
  const fields = entity?.fields ?? [];
  const type = fields.find(({ name }) => `${code}.${name}` === test.field)?.type;
  const setOp = (op: Operator): void => {
    const { value, ...rest } = test;
    change(needsValue(op) ? { ...rest, op, value: valueFor(op, valueWords(value)) } : { ...rest, op });
  };
  return (
    <div class="row condition">
      <Choice
        label={t("condition.field")}
        value={test.field}
        options={fields.map(({ name, title }) => ({
          value: `${code}.${name}`,
          text: title ?? humanise(name),
        }))}
        onChange={(field) => change({ ...test, field })}
      />
      <Choice
        label={t("condition.op")}
        value={test.op}
        options={operatorsFor(type, test.op).map((op) => ({ value: op, text: t(`op.${op}`) }))}
        onChange={(op) => setOp(op as Operator)}
      />
      {needsValue(test.op) ? (
        <input
          class="field"
          aria-label={t("condition.value")}
          value={valueWords(test.value)}
          onChange={(event) => change({ ...test, value: valueFor(test.op, event.currentTarget.value) })}
        />
      ) : null}
      <button
        type="button"
        class="button small square"
        aria-label={t("condition.remove", { n: number })}
        onClick={remove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
