// Which rules are run.

import { newest, type RuleEntry } from "../../api/rules";
import { t } from "../../text";
import { Popover } from "../../ui/popover";

interface RulePickerProps {
  readonly entries: readonly RuleEntry[];
  readonly picked: readonly RuleEntry[];
  /** Undefined: all of them. */
  readonly change: (rules: string | undefined) => void;
}

export function RulePicker({ entries, picked, change }: RulePickerProps) {
  const all = picked.length === entries.length;
  const words = all ? t("sim.all") : picked.flatMap((entry) => newest(entry)?.name ?? []).join(", ");
  const toggle = (entry: RuleEntry, on: boolean): void => {
    const next = entries.filter((each) => (each === entry ? on : picked.includes(each)));
    const ids = next.flatMap((each) => newest(each)?.id ?? []);
    change(next.length === entries.length ? undefined : ids.join(","));
  };
  return (
    <div class="stacked">
      {t("sim.rules")}
      <Popover class="field sim-rules" face={words || "–"} label={`${words || "–"}: ${t("sim.rules")}`}>
        {() => (
          <div class="panel">
            {entries.map((entry) => {
              const rule = newest(entry);
              return rule ? (
                <label key={rule.id} class="row">
                  <input
                    type="checkbox"
                    checked={picked.includes(entry)}
                    onChange={(event) => toggle(entry, event.currentTarget.checked)}
                  />
                  {rule.name}
                </label>
              ) : null;
            })}
          </div>
        )}
      </Popover>
    </div>
  );
}
