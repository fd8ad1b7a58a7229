// Rows of two texts: what the CRM calls something, and what rules call it.

import { useId } from "preact/hooks";
import { t } from "../../text";
import { Wrong } from "../../ui/form";
import { Icon } from "../../ui/icons";
import type { FaultTexts } from "./faults";
import type { Pair } from "./pairs";

interface PairRowsProps {
  readonly title: string;
  readonly hint: string;
  readonly from: string;
  readonly to: string;
  /** Examples of both sides. */
  readonly example: Pair;
  readonly pairs: readonly Pair[];
  readonly path: string;
  readonly faults: FaultTexts;
  readonly onChange: (pairs: readonly Pair[]) => void;
}

export function PairRows(props: PairRowsProps) {
  const { title, hint, from, to, example, pairs, path, faults, onChange } = props;
  const id = useId();
  const put = (index: number, pair: Pair): void =>
    onChange(pairs.map((each, at) => (at === index ? pair : each)));
  const field = (index: number, side: keyof Pair, words: string) => ({
    class: "field",
    "aria-label": `${title}, ${words} ${index + 1}`,
    "aria-invalid": faults[`${path}/${index}`] !== undefined,
    "aria-describedby": faults[`${path}/${index}`] === undefined ? undefined : `${id}-${index}`,
    placeholder: example[side],
    value: pairs[index]?.[side] ?? "",
  });
  return (
    <fieldset class="setting-rows">
      <legend>{title}</legend>
      <p class="quiet">{hint}</p>
      {pairs.map((pair, index) => {
        const fault = faults[`${path}/${index}`];
        return (
          <div key={index} class="setting-line">
            <div class="setting-row">
              <input
                {...field(index, "from", from)}
                onInput={(event) => put(index, { ...pair, from: event.currentTarget.value })}
              />
              <input
                {...field(index, "to", to)}
                onInput={(event) => put(index, { ...pair, to: event.currentTarget.value })}
              />
              <button
                type="button"
                class="button small square"
                aria-label={t("settings.removeRow", { name: title, n: index + 1 })}
                onClick={() => onChange(pairs.filter((_, at) => at !== index))}
              >
                <Icon name="close" />
              </button>
            </div>
            {fault === undefined ? null : <Wrong id={`${id}-${index}`}>{fault}</Wrong>}
          </div>
        );
      })}
      {faults[path] === undefined ? null : <p class="bad">{faults[path]}</p>}
      <button type="button" class="button small" onClick={() => onChange([...pairs, { from: "", to: "" }])}>
        {t("settings.addRow", { name: title })}
      </button>
    </fieldset>
  );
}
