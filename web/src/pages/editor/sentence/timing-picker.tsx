// When the message goes out: immediately or after a delay. Timings of other kinds are shown and kept.

import { useId } from "preact/hooks";
import type { Timing } from "../../../core/types";
import { formatDelay, parseDelay, UNITS, type Delay, type Unit } from "../../../rule/delay";
import { timingWords } from "../../../rule/words";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Popover } from "../../../ui/popover";
import type { SentenceProps } from "./sentence";

const FIRST_DELAY: Delay = { n: 1, unit: "hours" };
const MOST = 9999;

/** Null for a timing that is not edited here. */
function editable(timing: Timing | undefined): Delay | "now" | null {
  if (!timing || timing.run === "immediately") return "now";
  return timing.run === "after" && timing.field === undefined ? parseDelay(timing.delay ?? "") : null;
}

export function TimingPicker({ rule, known, readOnly, edit }: SentenceProps) {
  const words = timingWords(known, rule.timing);
  if (readOnly) return <b>{words}</b>;
  return (
    <Popover class="pick" face={words} label={`${t("timing.title")}: ${words}`}>
      {() => <TimingForm timing={rule.timing} words={words} change={(timing) => edit({ ...rule, timing })} />}
    </Popover>
  );
}

interface TimingFormProps {
  readonly timing: Timing | undefined;
  readonly words: string;
  readonly change: (timing: Timing) => void;
}

function TimingForm({ timing, words, change }: TimingFormProps) {
  const name = useId();
  const now = editable(timing);
  const delay = now === "now" || now === null ? FIRST_DELAY : now;
  const setDelay = (next: Delay): void => {
    change({ ...timing, run: "after", delay: formatDelay(next) });
  };
  // What belonged to a delay (its field, its calendar) would be a fault beside "immediately".
  const setNow = (): void => change({ run: "immediately" });
  return (
    <fieldset class="panel">
      <legend>{t("timing.title")}</legend>
      {now === null ? <p class="quiet">{t("timing.kept", { timing: words })}</p> : null}
      <label class="row">
        <input type="radio" name={name} checked={now === "now"} onChange={setNow} />
        {t("timing.now")}
      </label>
      <label class="row">
        <input
          type="radio"
          name={name}
          checked={now !== "now" && now !== null}
          onChange={() => setDelay(delay)}
        />
        {t("timing.delayed")}
      </label>
      {now === "now" || now === null ? null : (
        <div class="row">
          <input
            class="field number"
            type="number"
            min={1}
            max={MOST}
            aria-label={t("timing.amount")}
            value={delay.n}
            onChange={(event) => setDelay({ ...delay, n: clampAmount(event.currentTarget.valueAsNumber) })}
          />
          <Choice
            label={t("timing.unit")}
            value={delay.unit}
            options={UNITS.map((unit) => ({ value: unit, text: t(`unit.${unit}`) }))}
            onChange={(unit) => setDelay({ ...delay, unit: unit as Unit })}
          />
        </div>
      )}
    </fieldset>
  );
}

function clampAmount(n: number): number {
  return Number.isFinite(n) ? Math.min(MOST, Math.max(1, Math.round(n))) : 1;
}
