// One condition: field, comparison, value.

import type { Field, Operator, Test } from "../../../core/types";
import type { VariableGroup } from "../../../liquid/variables";
import { needsValue, operatorsFor, withField, withOperator } from "../../../rule/conditions";
import { t, tOr } from "../../../text";
import { Choice, GroupedChoice } from "../../../ui/choice";
import { Icon } from "../../../ui/icons";
import { ConditionValue } from "./condition-value";

interface ConditionRowProps {
  readonly test: Test;
  /** "2" or "3.1" */
  readonly place: string;
  readonly fields: readonly VariableGroup[];
  readonly change: (test: Test) => void;
  readonly remove: () => void;
}

function typeOf(fields: readonly VariableGroup[], path: string): Field["type"] | undefined {
  for (const { variables } of fields) {
    const found = variables.find((variable) => variable.path === path);
    if (found) return found.type;
  }
  return undefined;
}

/** "equal to" reads oddly for yes and no, and "more than" for days: a table may have words of its own for a type. */
function operatorWords(op: Operator, type: Field["type"] | undefined): string {
  const kind = type === "date" || type === "datetime" ? "date" : (type ?? "text");
  return tOr(`op.${op}.${kind}`, t(`op.${op}`));
}

export function ConditionRow({ test, place, fields, change, remove }: ConditionRowProps) {
  const type = typeOf(fields, test.field);
  return (
    <div class="row condition">
      <GroupedChoice
        label={t("condition.field")}
        value={test.field}
        groups={fields.map(({ name, variables }) => ({
          label: tOr(`group.${name}`, name),
          options: variables.map(({ path, title }) => ({ value: path, text: title })),
        }))}
        onChange={(field) => change(withField(test, field, typeOf(fields, field)))}
      />
      <Choice
        label={t("condition.op")}
        value={test.op}
        options={operatorsFor(type, test.op).map((op) => ({ value: op, text: operatorWords(op, type) }))}
        onChange={(op) => change(withOperator(test, op as Operator, type))}
      />
      {needsValue(test.op) ? <ConditionValue test={test} type={type} change={change} /> : null}
      <button
        type="button"
        class="button small square"
        aria-label={t("condition.remove", { n: place })}
        onClick={remove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
