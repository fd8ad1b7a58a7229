// Whose message the preview shows: the one before, the next, or any by name.

import { useState } from "preact/hooks";
import { customerName, type Sample } from "../../../rule/sample";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Icon } from "../../../ui/icons";
import { Popover } from "../../../ui/popover";
import { SearchField } from "../../../ui/search-field";

interface CustomerSwitchProps {
  readonly samples: readonly Sample[];
  readonly sample: Sample | null;
  readonly entity: string;
  readonly choose: (id: string) => void;
}

export function CustomerSwitch({ samples, sample, entity, choose }: CustomerSwitchProps) {
  if (!sample) return <span class="quiet">{t("preview.noClients")}</span>;
  const index = samples.indexOf(sample);
  const step = (by: number): void => {
    const next = samples[(index + by + samples.length) % samples.length];
    if (next) choose(next.id);
  };
  return (
    <div class="customer">
      <button
        type="button"
        class="button small square"
        aria-label={t("preview.previous")}
        onClick={() => step(-1)}
      >
        <Icon name="left" />
      </button>
      <Choice
        label={t("preview.client")}
        value={sample.id}
        options={samples.map((each) => ({ value: each.id, text: customerName(each, entity) }))}
        onChange={choose}
      />
      <button
        type="button"
        class="button small square"
        aria-label={t("preview.next")}
        onClick={() => step(1)}
      >
        <Icon name="right" />
      </button>
      <Popover class="button small square" face={<Icon name="search" />} label={t("preview.find")}>
        {(close) => (
          <Search
            samples={samples}
            entity={entity}
            choose={(id) => {
              close();
              choose(id);
            }}
          />
        )}
      </Popover>
    </div>
  );
}

const MOST_FOUND = 20; // more than that is not found but listed

/** By name, id, or anything else the card says: a number, an order, a company. */
function Search({ samples, entity, choose }: Omit<CustomerSwitchProps, "sample">) {
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLowerCase();
  const found = samples.filter((each) => JSON.stringify(each.snapshot).toLowerCase().includes(needle));
  return (
    <div class="values">
      <SearchField
        label={t("preview.find")}
        hint={t("preview.findHint")}
        value={wanted}
        onChange={setWanted}
      />
      {found.length === 0 ? <p class="quiet">{t("preview.notFound")}</p> : null}
      <ul>
        {found.slice(0, MOST_FOUND).map((each) => (
          <li key={each.id}>
            <button type="button" class="value" onClick={() => choose(each.id)}>
              <span>{customerName(each, entity)}</span>
              <span class="quiet">{each.id}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
