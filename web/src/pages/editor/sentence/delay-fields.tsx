// A delay, part by part: numbers and units.

import { sortDelay, UNITS, type Delay, type DelayPart, type Unit } from "../../../rule/delay";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Icon } from "../../../ui/icons";

const MOST = 9999;

interface DelayFieldsProps {
  readonly delay: Delay;
  readonly change: (delay: Delay) => void;
}

export function DelayFields({ delay, change }: DelayFieldsProps) {
  const used = new Set(delay.map(({ unit }) => unit));
  const free = UNITS.filter((unit) => !used.has(unit));
  const put = (index: number, part: DelayPart | null): void => {
    const next = delay.flatMap((each, at) => (at === index ? (part ? [part] : []) : [each]));
    change(sortDelay(next));
  };
  return (
    <>
      {delay.map(({ n, unit }, index) => (
        <div key={unit} class="row">
          <input
            class="field number"
            type="number"
            min={1}
            max={MOST}
            aria-label={t("timing.amount")}
            value={n}
            onInput={({ currentTarget: { valueAsNumber: typed } }) => {
              // Half a number (nothing yet, "-") waits for the rest.
              if (Number.isInteger(typed) && typed >= 1 && typed <= MOST) put(index, { n: typed, unit });
            }}
          />
          <Choice
            label={t("timing.unit")}
            value={unit}
            options={UNITS.filter((each) => each === unit || !used.has(each)).map((each) => ({
              value: each,
              text: t(`unit.${each}`),
            }))}
            onChange={(next) => put(index, { n, unit: next as Unit })}
          />
          {delay.length > 1 ? (
            <button
              type="button"
              class="button small square"
              aria-label={t("timing.less", { unit: t(`unit.${unit}`) })}
              onClick={() => put(index, null)}
            >
              <Icon name="close" />
            </button>
          ) : null}
        </div>
      ))}
      {free[0] === undefined ? null : (
        <button
          type="button"
          class="button small"
          onClick={() => change(sortDelay([...delay, { n: 1, unit: smaller(delay, free) }]))}
        >
          {t("timing.more")}
        </button>
      )}
    </>
  );
}

/** "1 day and …" goes on with hours rather than with weeks. */
function smaller(delay: Delay, free: readonly Unit[]): Unit {
  const smallest = Math.min(...delay.map(({ unit }) => UNITS.indexOf(unit)));
  return free.filter((unit) => UNITS.indexOf(unit) < smallest).at(-1) ?? free[0] ?? "hours";
}
