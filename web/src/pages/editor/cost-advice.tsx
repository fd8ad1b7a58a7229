// One costly character as a line of the fault list.

import { decimalsMinus, moneyWords, rich, t } from "../../text";
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
        <Saving cost={cost} />
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

/** What replacing this one character saves, in segments or money; nothing where another one costs as much. */
function Saving({ cost: { price } }: { readonly cost: Cost }) {
  if (!price) return null;
  const { now, then } = price;
  const fewer = now.segments - then.segments;
  if (fewer <= 0) return <div class="quiet">{t("meter.notAlone")}</div>;
  const saved = now.amount !== null && then.amount !== null ? decimalsMinus(now.amount, then.amount) : null;
  const amount = saved === null ? "" : moneyWords(saved, now.currency);
  return (
    <div class="quiet">
      {saved === null ? t("meter.fewer", { n: fewer }) : t("meter.saves", { amount, n: fewer })}
    </div>
  );
}
