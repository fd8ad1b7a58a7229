// One costly character as a line of the fault list.

import { rich, t } from "../../text";
import { Icon } from "../../ui/icons";
import type { Cost } from "./costs";

interface CostAdviceProps {
  readonly cost: Cost;
  readonly readOnly: boolean;
  readonly replace: (replacement: string) => void;
}

export function CostAdvice({ cost, readOnly, replace }: CostAdviceProps) {
  const { character, replacement, inTemplate, segments, better } = cost;
  const shown = <code class="character">{character}</code>;
  return (
    <li class="fault is-warning">
      <Icon name="warning" />
      <div>
        <span class="hidden-text">{t("faults.warning")}: </span>
        {rich(better < segments ? "meter.cost" : "meter.costSame", { character: shown, segments, better })}
        {inTemplate ? null : <div class="quiet">{t("meter.fromData")}</div>}
      </div>
      {inTemplate && replacement !== null && !readOnly ? (
        <button type="button" class="button small" onClick={() => replace(replacement)}>
          {replacement === "" ? t("meter.remove") : t("meter.replace", { replacement })}
        </button>
      ) : null}
    </li>
  );
}
