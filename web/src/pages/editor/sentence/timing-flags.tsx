// What a message waits for beside its moment: working hours, earlier rules; and whose clock counts.

import type { Timing } from "../../../core/types";
import { without, withMember } from "../../../rule/actions";
import { calendarName, type Known } from "../../../rule/words";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";

interface TimingFlagsProps {
  readonly timing: Timing;
  readonly known: Known;
  readonly change: (timing: Timing) => void;
}

export function TimingFlags({ timing, known, change }: TimingFlagsProps) {
  const calendars = (known.workspace.calendars ?? []).map(({ id }) => ({
    value: id,
    text: calendarName(known, id),
  }));
  const hours = timing.business_hours ?? "";
  return (
    <div class="timing-flags">
      {calendars.length > 0 || hours !== "" ? (
        <label class="row">
          {t("timing.hours")}
          <Choice
            label={t("timing.hours")}
            value={hours}
            options={[{ value: "", text: t("timing.anyHours") }, ...calendars]}
            onChange={(id) =>
              change(id === "" ? without(timing, "business_hours") : { ...timing, business_hours: id })
            }
          />
        </label>
      ) : null}
      <Flag
        text={t("timing.responsible")}
        on={timing.responsible_hours ?? false}
        change={(on) => change(withMember(timing, "responsible_hours", on, false))}
      />
      <Flag
        text={t("timing.wait")}
        on={timing.wait_for_previous ?? false}
        change={(on) => change(withMember(timing, "wait_for_previous", on, false))}
      />
      <label class="row">
        {t("timing.zone")}
        <Choice
          label={t("timing.zone")}
          value={timing.zone ?? "workspace"}
          options={(["workspace", "client"] as const).map((zone) => ({
            value: zone,
            text: t(`zone.${zone}`),
          }))}
          onChange={(zone) => change(withMember(timing, "zone", zone as "workspace" | "client", "workspace"))}
        />
      </label>
    </div>
  );
}

interface FlagProps {
  readonly text: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
}

export function Flag({ text, on, change }: FlagProps) {
  return (
    <label class="row">
      <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
      {text}
    </label>
  );
}
