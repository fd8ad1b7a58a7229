// Whose message the preview shows: the one before, the next, or any by name.

import { useMemo, useState } from "preact/hooks";
import { customerName, together, type Sample } from "../../../rule/sample";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { useFound } from "../../../ui/found";
import { Icon } from "../../../ui/icons";
import { Popover } from "../../../ui/popover";
import { SearchField } from "../../../ui/search-field";

/** Those of an entity that have all these words, among all that there are. */
export type FindSamples = (entity: string, words: string) => Promise<readonly Sample[]>;

interface CustomerSwitchProps {
  readonly samples: readonly Sample[];
  readonly find: FindSamples | null;
  readonly sample: Sample | null;
  readonly entity: string;
  readonly choose: (id: string) => void;
}

export function CustomerSwitch({ samples, find, sample, entity, choose }: CustomerSwitchProps) {
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
            find={find}
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
function Search({ samples, find, entity, choose }: Omit<CustomerSwitchProps, "sample">) {
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLowerCase();
  const here = samples.filter((each) => JSON.stringify(each.snapshot).toLowerCase().includes(needle));
  const ask = useMemo(() => find && ((words: string) => find(entity, words)), [find, entity]);
  const [others] = useFound(ask, wanted);
  const found = together(here, others);
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
