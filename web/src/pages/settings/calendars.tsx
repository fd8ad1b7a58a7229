// Calendars: the working hours of each day and the holidays.

import { useId, useState } from "preact/hooks";
import { listOf, objectOf, objectsOf, textOf } from "../../core/json";
import type { Json, JsonObject } from "../../core/types";
import { t } from "../../text";
import { TextLine } from "../../ui/form";
import { DAYS, spansText, withDay, type Day } from "./hours";

interface CalendarsProps {
  readonly calendars: Json | undefined;
  /** The company's, for a new calendar. */
  readonly zone: string;
  readonly onChange: (calendars: Json) => void;
}

const NINE_TO_SIX = [["09:00", "18:00"]];

export function Calendars({ calendars, zone, onChange }: CalendarsProps) {
  const list = objectsOf(calendars);
  const fresh = (): JsonObject => ({
    id: `hours-${list.length + 1}`,
    ...(zone === "" ? {} : { time_zone: zone }),
    week: Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, NINE_TO_SIX])),
  });
  return (
    <>
      <h2>{t("calendar.title")}</h2>
      {list.map((calendar, index) => (
        <Calendar
          key={index}
          calendar={calendar}
          change={(next) => onChange(list.map((each, at) => (at === index ? next : each)))}
          remove={() => onChange(list.filter((_, at) => at !== index))}
        />
      ))}
      <button type="button" class="button" onClick={() => onChange([...list, fresh()])}>
        {t("calendar.add")}
      </button>
    </>
  );
}

interface CalendarProps {
  readonly calendar: JsonObject;
  readonly change: (calendar: JsonObject) => void;
  readonly remove: () => void;
}

function Calendar({ calendar, change, remove }: CalendarProps) {
  const week = objectOf(calendar["week"]);
  const name = textOf(calendar["name"]) || textOf(calendar["id"]);
  return (
    <fieldset class="setting-rows">
      <legend>{name}</legend>
      <div class="row">
        <TextLine
          label={t("calendar.id")}
          value={textOf(calendar["id"])}
          onChange={(id) => change({ ...calendar, id })}
        />
        <TextLine
          label={t("workspace.time_zone")}
          value={textOf(calendar["time_zone"])}
          onChange={(zone) => change({ ...calendar, time_zone: zone })}
        />
      </div>
      <div class="calendar-days">
        {DAYS.map((day) => (
          <DayLine
            key={day}
            day={day}
            hours={spansText(week[day])}
            change={(hours) => {
              const next = withDay(week, day, hours);
              if (next) change({ ...calendar, week: next });
              return next !== null;
            }}
          />
        ))}
      </div>
      <Holidays holidays={calendar["holidays"]} onChange={(holidays) => change({ ...calendar, holidays })} />
      <button type="button" class="button small" onClick={remove}>
        {t("calendar.remove", { name })}
      </button>
    </fieldset>
  );
}

interface DayLineProps {
  readonly day: Day;
  readonly hours: string;
  /** False where the text means no hours. */
  readonly change: (hours: string) => boolean;
}

function DayLine({ day, hours, change }: DayLineProps) {
  const [typed, setTyped] = useState(hours);
  const [wrong, setWrong] = useState(false);
  return (
    <TextLine
      label={t(`day.${day}`)}
      placeholder={t("calendar.closed")}
      value={typed}
      {...(wrong ? { wrong: t("calendar.wrong") } : {})}
      onChange={(value) => {
        setTyped(value);
        setWrong(!change(value));
      }}
    />
  );
}

interface HolidaysProps {
  readonly holidays: Json | undefined;
  readonly onChange: (holidays: Json) => void;
}

function Holidays({ holidays, onChange }: HolidaysProps) {
  const id = useId();
  const list = listOf(holidays).map(String);
  const [typed, setTyped] = useState(list.join("\n"));
  return (
    <div class="setting-line">
      <label for={id}>{t("calendar.holidays")}</label>
      <textarea
        id={id}
        class="field"
        rows={3}
        placeholder="2026-12-25"
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          onChange(event.currentTarget.value.split(/[\s,;]+/).filter(Boolean));
        }}
      />
    </div>
  );
}
