// When the message goes out: the run, and what else it waits for.

import { useId } from "preact/hooks";
import type { Timing } from "../../../core/types";
import { variableGroups } from "../../../liquid/variables";
import { without } from "../../../rule/actions";
import { formatDelay, parseDelay, type Delay } from "../../../rule/delay";
import { timingWords } from "../../../rule/words";
import { t } from "../../../text";
import { Choice, type Option } from "../../../ui/choice";
import { Popover } from "../../../ui/popover";
import { DelayFields } from "./delay-fields";
import type { SentenceProps } from "./sentence";
import { TimingFlags } from "./timing-flags";

const FIRST_DELAY: Delay = [{ n: 1, unit: "hours" }];
const FIRST_TIME = "10:00";
const RUNS = ["immediately", "after", "before", "at"] as const;

export function TimingPicker(props: SentenceProps) {
  const { rule, known, readOnly, edit } = props;
  const words = timingWords(known, rule.timing);
  if (readOnly) return <b>{words}</b>;
  const timing = rule.timing ?? { run: "immediately" };
  return (
    <Popover class="pick" face={words} label={`${t("timing.title")}: ${words}`}>
      {() => (
        <TimingForm {...props} timing={timing} change={(next: Timing) => edit({ ...rule, timing: next })} />
      )}
    </Popover>
  );
}

/** The item's dates, which a run can count from. */
function dateFields({ rule, known }: SentenceProps): readonly Option[] {
  const [item] = variableGroups(known.schema, rule.on.entity, null);
  return (item?.variables ?? [])
    .filter(({ type }) => type === "date" || type === "datetime")
    .map(({ path, title }) => ({ value: path, text: title }));
}

/** Another run with what it needs; what it cannot use would be a fault. */
function withRun(timing: Timing, run: Timing["run"], field: string | undefined): Timing {
  const { delay, field: own, time, ...flags } = timing;
  const kept = own ?? field;
  const date = kept === undefined ? {} : { field: kept };
  switch (run) {
    case "immediately":
      return { ...flags, run };
    case "after":
      return {
        ...flags,
        run,
        delay: delay ?? formatDelay(FIRST_DELAY),
        ...(own === undefined ? {} : { field: own }),
      };
    case "before":
      return { ...flags, run, delay: delay ?? formatDelay(FIRST_DELAY), ...date };
    case "at":
      return { ...flags, run, time: time ?? FIRST_TIME, ...(own === undefined ? {} : { field: own }) };
  }
}

function withField(timing: Timing, field: string): Timing {
  return field === "" ? without(timing, "field") : { ...timing, field };
}

interface TimingFormProps extends SentenceProps {
  readonly timing: Timing;
  readonly change: (timing: Timing) => void;
}

function TimingForm(props: TimingFormProps) {
  const { timing, known, change } = props;
  const name = useId();
  const fields = dateFields(props);
  // Before a date needs a date.
  const runs = RUNS.filter((run) => run !== "before" || fields.length > 0 || timing.run === "before");
  return (
    <fieldset class="panel timing">
      <legend>{t("timing.title")}</legend>
      {runs.map((run) => (
        <div key={run} class="timing-run">
          <label class="row">
            <input
              type="radio"
              name={name}
              checked={timing.run === run}
              onChange={() => change(withRun(timing, run, fields[0]?.value))}
            />
            {t(`timing.run.${run}`)}
          </label>
          {timing.run === run ? <RunFields timing={timing} fields={fields} change={change} /> : null}
        </div>
      ))}
      <TimingFlags timing={timing} known={known} change={change} />
    </fieldset>
  );
}

interface RunFieldsProps {
  readonly timing: Timing;
  readonly fields: readonly Option[];
  readonly change: (timing: Timing) => void;
}

function RunFields({ timing, fields, change }: RunFieldsProps) {
  const { run } = timing;
  if (run === "immediately") return null;
  const delay = parseDelay(timing.delay ?? "");
  const blank = { value: "", text: t(run === "at" ? "timing.today" : "timing.entry") };
  const dates = run === "before" ? fields : [blank, ...fields];
  return (
    <div class="run-fields">
      {run === "at" ? (
        <input
          type="time"
          class="field"
          aria-label={t("timing.time")}
          value={timing.time ?? FIRST_TIME}
          onChange={({ currentTarget: { value } }) => {
            if (value !== "") change({ ...timing, time: value });
          }}
        />
      ) : delay ? (
        <DelayFields delay={delay} change={(next) => change({ ...timing, delay: formatDelay(next) })} />
      ) : (
        <code>{timing.delay}</code>
      )}
      {dates.length > 1 || run === "before" ? (
        <label class="row">
          {t(`timing.from.${run}`)}
          <Choice
            label={t(`timing.from.${run}`)}
            value={timing.field ?? ""}
            options={dates}
            onChange={(field) => change(withField(timing, field))}
          />
        </label>
      ) : null}
    </div>
  );
}
