// Calendars: the working hours of each day and the holidays.

import { useId, useState } from "preact/hooks";
import type { Json, JsonObject } from "../../core/types";
import { t } from "../../text";
import { DAYS, spansText, withDay, type Day } from "./hours";
import { Line } from "./workspace";

interface CalendarsProps {
  readonly calendars: Json | undefined;
  /** The company's, for a new calendar. */
  readonly zone: string;
  readonly onChange: (calendars: Json) => void;
}

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const NINE_TO_SIX = [["09:00", "18:00"]];

export function Calendars({ calendars, zone, onChange }: CalendarsProps) {
  const list = (Array.isArray(calendars) ? (calendars as readonly Json[]) : []).filter(isObject);
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
  const week = isObject(calendar["week"] ?? null) ? (calendar["week"] as JsonObject) : {};
  const name = text(calendar["name"]) || text(calendar["id"]);
  return (
    <fieldset class="setting-rows">
      <legend>{name}</legend>
      <div class="row">
        <Line
          label={t("calendar.id")}
          value={text(calendar["id"])}
          onChange={(id) => change({ ...calendar, id })}
        />
        <Line
          label={t("workspace.time_zone")}
          value={text(calendar["time_zone"])}
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
  const id = useId();
  const enter = (value: string): void => {
    setTyped(value);
    setWrong(!change(value));
  };
  return (
    <div class="setting-line">
      <label for={id}>{t(`day.${day}`)}</label>
      <input
        id={id}
        class="field"
        placeholder={t("calendar.closed")}
        value={typed}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={(event) => enter(event.currentTarget.value)}
      />
      {wrong ? (
        <span id={`${id}-wrong`} class="bad">
          {t("calendar.wrong")}
        </span>
      ) : null}
    </div>
  );
}

interface HolidaysProps {
  readonly holidays: Json | undefined;
  readonly onChange: (holidays: Json) => void;
}

function Holidays({ holidays, onChange }: HolidaysProps) {
  const id = useId();
  const list = Array.isArray(holidays) ? (holidays as readonly Json[]).map(String) : [];
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
