// What a field is compared with: one value, two for a range, several for "one of"; as its type is written.

import type { Field, Json, Test } from "../../../core/types";
import { isChoiceOfMany, isRange } from "../../../rule/conditions";
import { sampleOf } from "../../../liquid/variables";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { LiveText } from "../../../ui/live-text";

interface ConditionValueProps {
  readonly test: Test;
  readonly type: Field["type"] | undefined;
  readonly change: (test: Test) => void;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];

export function ConditionValue({ test, type, change }: ConditionValueProps) {
  const values = listOf(test.value);
  if (type === "boolean" && typeof test.value === "boolean") {
    return (
      <Choice
        label={t("condition.value")}
        value={String(test.value)}
        options={[
          { value: "true", text: t("value.yes") },
          { value: "false", text: t("value.no") },
        ]}
        onChange={(value) => change({ ...test, value: value === "true" })}
      />
    );
  }
  if (isRange(test.op)) {
    const put = (index: number, text: string): void => {
      const pair = [0, 1].map((at) => (at === index ? text : (values[at] ?? "")));
      change({ ...test, value: pair });
    };
    return (
      <>
        <ValueField
          label={t("condition.lowest")}
          type={type}
          value={values[0]}
          put={(text) => put(0, text)}
        />
        <ValueField
          label={t("condition.highest")}
          type={type}
          value={values[1]}
          put={(text) => put(1, text)}
        />
      </>
    );
  }
  if (isChoiceOfMany(test.op)) {
    return (
      <LiveText
        label={t("condition.values")}
        hint={t("condition.values")}
        value={values.map(sampleOf).join(", ")}
        spell={(text) => split(text).join(", ")}
        change={(text) => change({ ...test, value: split(text) })}
      />
    );
  }
  return (
    <ValueField
      label={t("condition.value")}
      type={type}
      value={test.value}
      put={(value) => change({ ...test, value })}
    />
  );
}

function split(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

interface ValueFieldProps {
  readonly label: string;
  readonly type: Field["type"] | undefined;
  readonly value: Json | undefined;
  readonly put: (text: string) => void;
}

const NUMBERS = new Set<Field["type"] | undefined>(["money", "integer", "decimal"]);

/** A date has the browser's own picker; a moment is written, because a time of day alone is one too ("22:00"). */
function ValueField({ label, type, value, put }: ValueFieldProps) {
  const text = sampleOf(value);
  const isDay = type === "date" && /^(\d{4}-\d\d-\d\d)?$/.test(text);
  if (isDay) {
    return (
      <input
        class="field"
        type="date"
        aria-label={label}
        value={text}
        onInput={({ currentTarget }) => put(currentTarget.value)}
      />
    );
  }
  return (
    <LiveText
      label={label}
      hint={type === "datetime" ? t("condition.momentHint") : ""}
      decimal={NUMBERS.has(type)}
      value={text}
      spell={(typed) => numberText(typed, type)}
      change={put}
    />
  );
}

/** "1 000,50" is a number to half the world; the rule holds it as 1000.50. */
function numberText(text: string, type: Field["type"] | undefined): string {
  const trimmed = text.trim();
  if (!NUMBERS.has(type) || !/^-?[\d\s\u00a0]+,\d{1,2}$/.test(trimmed)) return trimmed;
  return trimmed.replaceAll(/[\s\u00a0]/g, "").replace(",", ".");
}
