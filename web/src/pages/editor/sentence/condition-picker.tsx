// The rule's conditions as a flat list, all or any of which must hold. Groups inside groups are shown and kept.

import { useId } from "preact/hooks";
import type { Conditions, Entity, Test } from "../../../core/types";
import { withConditions } from "../../../rule/edit";
import { conditionWords, flatTests } from "../../../rule/words";
import { entityOf } from "../../../state/catalogue";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Popover } from "../../../ui/popover";
import { ConditionRow } from "./condition-row";
import type { SentenceProps } from "./sentence";

type Mode = "all" | "any";

export function ConditionPicker({ rule, known, readOnly, edit }: SentenceProps) {
  const words = conditionWords(known, rule.conditions);
  if (readOnly) return <b>{words}</b>;
  const change = (conditions: Conditions | null): void => {
    edit(withConditions(rule, conditions));
  };
  return (
    <Popover class="pick" face={words} label={`${t("condition.title")}: ${words}`}>
      {() => (
        <ConditionForm
          conditions={rule.conditions}
          entity={entityOf(known.schema, rule.on.entity)}
          code={rule.on.entity}
          change={change}
        />
      )}
    </Popover>
  );
}

interface ConditionFormProps {
  readonly conditions: Conditions | undefined;
  readonly entity: Entity | undefined;
  readonly code: string;
  readonly change: (conditions: Conditions | null) => void;
}

function withTests(mode: Mode, tests: readonly Test[]): Conditions | null {
  if (tests.length === 0) return null;
  return mode === "all" ? { all: tests } : { any: tests };
}

function ConditionForm({ conditions, entity, code, change }: ConditionFormProps) {
  const title = useId();
  const tests = flatTests(conditions);
  if (!tests) return <p class="panel">{t("condition.nested")}</p>;
  const mode: Mode = conditions && "any" in conditions ? "any" : "all";
  const put = (next: readonly Test[]): void => change(withTests(mode, next));
  const first = entity?.fields?.[0]?.name ?? "id";
  return (
    <div class="panel" role="group" aria-labelledby={title}>
      <div class="row">
        <b id={title}>{t("condition.title")}</b>
        {tests.length > 1 ? (
          <Choice
            label={t("condition.mode")}
            value={mode}
            options={(["all", "any"] as const).map((each) => ({ value: each, text: t(`condition.${each}`) }))}
            onChange={(next) => change(withTests(next as Mode, tests))}
          />
        ) : null}
      </div>
      {tests.length === 0 ? <p class="quiet">{t("condition.none")}</p> : null}
      <ol class="conditions">
        {tests.map((test, index) => (
          <li key={index}>
            <ConditionRow
              test={test}
              number={index + 1}
              entity={entity}
              code={code}
              change={(next) => put(tests.map((each, other) => (other === index ? next : each)))}
              remove={() => put(tests.filter((_, other) => other !== index))}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="button small"
        onClick={() => put([...tests, { field: `${code}.${first}`, op: "not_empty" }])}
      >
        {t("condition.add")}
      </button>
    </div>
  );
}
