// One item in full: its stage, its fields, its people and all that happened to it.

import { useCallback, useEffect } from "preact/hooks";
import { getRecord } from "../../api/records";
import { onChange } from "../../api/stream";
import { objectOf, textOf } from "../../core/json";
import type { Entity, Snapshot } from "../../core/types";
import { t, tOr } from "../../text";
import { Icon } from "../../ui/icons";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { factsOf, headingOf, peopleOf, type Person } from "./facts";
import { Past } from "./past";

interface ItemPanelProps {
  readonly entity: Entity;
  readonly id: string;
  readonly nameOf: (rule: string) => string;
  /** Told the item's pipeline, once it is known. */
  readonly stands: (pipeline: string) => void;
  /** Absent where this person may not move it. */
  readonly move: ((snapshot: Snapshot) => void) | undefined;
  readonly close: () => void;
}

export function ItemPanel({ entity, id, nameOf, stands, move, close }: ItemPanelProps) {
  const [record, reload] = useLoad(useCallback(() => getRecord(entity.code, id), [entity.code, id]));
  useEffect(() => onChange(reload), [reload]);
  const pipeline = record.kind === "ready" ? textOf(objectOf(record.value[entity.code])["pipeline"]) : "";
  useEffect(() => {
    if (pipeline !== "") stands(pipeline);
  }, [pipeline, stands]);
  return (
    <section class="card item-panel" aria-label={t("records.detail")}>
      <Wait state={record} retry={reload}>
        {(snapshot) => (
          <>
            <div class="card-head">
              <h2>{headingOf({ id, snapshot }, entity.code).title}</h2>
              <span class="grow" />
              {move ? (
                <button type="button" class="button small" onClick={() => move(snapshot)}>
                  {t("records.move")}
                </button>
              ) : null}
              <button
                type="button"
                class="button small square"
                aria-label={t("records.close")}
                onClick={close}
              >
                <Icon name="close" />
              </button>
            </div>
            <div class="item-columns">
              <Facts entity={entity} snapshot={snapshot} />
              <People snapshot={snapshot} />
              <Past entity={entity} id={id} snapshot={snapshot} nameOf={nameOf} />
            </div>
          </>
        )}
      </Wait>
    </section>
  );
}

function Facts({ entity, snapshot }: { readonly entity: Entity; readonly snapshot: Snapshot }) {
  return (
    <div>
      <h3>{t("records.fields")}</h3>
      <dl class="facts item-facts">
        {factsOf(snapshot, entity).map(({ title, value }) => (
          <div key={title} class="item-fact">
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function People({ snapshot }: { readonly snapshot: Snapshot }) {
  return (
    <div>
      <h3>{t("records.people")}</h3>
      <ul class="people">
        {peopleOf(snapshot).map((person, index) => (
          <li key={index}>
            <PersonCard person={person} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PersonCard({ person }: { readonly person: Person }) {
  return (
    <>
      <b>{person.name}</b> <span class="quiet">{t(`group.${person.kind}`)}</span>
      {person.addresses.map(({ type, value }) => (
        <div key={value}>
          {value} <span class="quiet">{tOr(`address.${type}`, type)}</span>
        </div>
      ))}
    </>
  );
}
