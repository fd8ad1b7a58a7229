// One item in full: its stage, its fields, its people and all that happened to it.

import { useCallback, useEffect } from "preact/hooks";
import { getRecord, recordTimeline, type TimelineEntry } from "../../api/records";
import { onChange } from "../../api/stream";
import type { Entity, Snapshot } from "../../core/types";
import { moment, t, tOr } from "../../text";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { factsOf, headingOf, peopleOf, type Person } from "./facts";

interface ItemPanelProps {
  readonly entity: Entity;
  readonly id: string;
  readonly nameOf: (rule: string) => string;
  /** Absent where this person may not move it. */
  readonly move: (() => void) | undefined;
  readonly close: () => void;
}

export function ItemPanel({ entity, id, nameOf, move, close }: ItemPanelProps) {
  const [record, reload] = useLoad(useCallback(() => getRecord(entity.code, id), [entity.code, id]));
  const [past, reread] = useLoad(useCallback(() => recordTimeline(entity.code, id), [entity.code, id]));
  useEffect(
    () =>
      onChange(() => {
        reload();
        reread();
      }),
    [reload, reread],
  );
  return (
    <section class="card item-panel" aria-label={t("records.detail")}>
      <Wait state={record} retry={reload}>
        {(snapshot) => (
          <>
            <div class="card-head">
              <h2>{headingOf({ id, snapshot }, entity.code).title}</h2>
              <span class="grow" />
              {move ? (
                <button type="button" class="button small" onClick={move}>
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
              <div>
                <h3>{t("records.timeline")}</h3>
                <Wait state={past} retry={reread}>
                  {(entries) => <Past entries={entries} nameOf={nameOf} />}
                </Wait>
              </div>
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

interface PastProps {
  readonly entries: readonly TimelineEntry[];
  readonly nameOf: (rule: string) => string;
}

function Past({ entries, nameOf }: PastProps) {
  if (entries.length === 0) return <p class="quiet">{t("records.noTimeline")}</p>;
  return (
    <ol class="history">
      {entries.map((entry, index) => (
        <li key={index}>
          <PastEntry entry={entry} nameOf={nameOf} />
        </li>
      ))}
    </ol>
  );
}

function PastEntry({
  entry,
  nameOf,
}: {
  readonly entry: TimelineEntry;
  readonly nameOf: (rule: string) => string;
}) {
  const { at, what, text, delivery, rule, channel } = entry;
  const words = tOr(`status.${what}`, tOr(`happened.${what}`, what));
  return (
    <>
      <b>{words}</b>
      <time class="quiet" dateTime={at}>
        {moment(at)}
      </time>
      {delivery === undefined ? null : (
        <div>
          <Link to={{ page: "deliveries", key: delivery }}>
            {tOr(`channel.${channel ?? ""}`, channel ?? "")} · {nameOf(rule ?? "")}
          </Link>
        </div>
      )}
      {text ? <div class="quiet">{text}</div> : null}
    </>
  );
}
