// What was sent, what waits, and what was not sent and why; live.

import { useCallback, useEffect, useState } from "preact/hooks";
import { listDeliveries, type Delivery } from "../../api/deliveries";
import { problemText } from "../../api/http";
import { onChange } from "../../api/stream";
import { DELIVERY_STATUSES, type DeliveryStatus, type Route } from "../../routes";
import type { Catalogue } from "../../state/catalogue";
import { amend } from "../../state/navigation";
import { useRuleNames } from "../../state/rule-names";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { DeliveryDetailPanel } from "./detail";
import { DeliveryRow } from "./row";
import "./deliveries.css";

interface DeliveriesProps {
  readonly at: Extract<Route, { page: "deliveries" }>;
  readonly known: Catalogue;
}

const ALL = "all";

export function Deliveries({ at, known }: DeliveriesProps) {
  const { status, key } = at;
  const [page, reload] = useLoad(useCallback(() => listDeliveries(status), [status]));
  const nameOf = useRuleNames();
  useEffect(() => onChange(reload), [reload]);
  const filter = (value: string): void => {
    const wanted = DELIVERY_STATUSES.find((each) => each === value);
    amend({ page: "deliveries", status: wanted });
  };
  const select = (chosen: string | undefined): void => amend({ page: "deliveries", status, key: chosen });

  return (
    <>
      <div class="top">
        <h1>{t("deliveries.title")}</h1>
        <span class="grow" />
        <Choice
          label={t("deliveries.filter")}
          value={status ?? ALL}
          options={[
            { value: ALL, text: t("deliveries.all") },
            ...DELIVERY_STATUSES.map((each) => ({ value: each, text: t(`status.${each}`) })),
          ]}
          onChange={filter}
        />
      </div>
      <Wait state={page} retry={reload}>
        {({ deliveries, next }) =>
          deliveries.length === 0 && key === undefined ? (
            <Notice text={t(status ? "deliveries.emptyFilter" : "deliveries.empty")} />
          ) : (
            <div class="delivery-columns">
              <DeliveryList
                first={deliveries}
                cursor={next ?? null}
                status={status}
                chosen={key}
                select={select}
                nameOf={nameOf}
              />
              {key === undefined ? (
                <p class="card notice quiet delivery-hint">{t("deliveries.pick")}</p>
              ) : (
                <DeliveryDetailPanel
                  key={key}
                  id={key}
                  known={known}
                  nameOf={nameOf}
                  close={() => select(undefined)}
                />
              )}
            </div>
          )
        }
      </Wait>
    </>
  );
}

interface DeliveryListProps {
  readonly first: readonly Delivery[];
  readonly cursor: string | null;
  readonly status: DeliveryStatus | undefined;
  readonly chosen: string | undefined;
  readonly select: (key: string) => void;
  readonly nameOf: (rule: string) => string;
}

interface Older {
  readonly deliveries: readonly Delivery[];
  readonly cursor: string | null;
}

/** The first page is live; older ones are fetched on demand and stay as they were. */
function DeliveryList({ first, cursor, status, chosen, select, nameOf }: DeliveryListProps) {
  const [older, setOlder] = useState<Older | null>(null);
  useEffect(() => setOlder(null), [status]);
  const from = older ? older.cursor : cursor;
  const more = (): void => {
    if (from === null) return;
    listDeliveries(status, from).then(
      (page) =>
        setOlder({
          deliveries: [...(older?.deliveries ?? []), ...page.deliveries],
          cursor: page.next ?? null,
        }),
      (error: unknown) => announce(problemText(error)),
    );
  };
  const known = new Set(first.map((delivery) => delivery.key));
  const rest = (older?.deliveries ?? []).filter((delivery) => !known.has(delivery.key));
  return (
    <section class="card delivery-list" aria-label={t("deliveries.list")}>
      <ul>
        {[...first, ...rest].map((delivery) => (
          <li key={delivery.key}>
            <DeliveryRow
              delivery={delivery}
              rule={nameOf(delivery.rule)}
              chosen={delivery.key === chosen}
              select={() => select(delivery.key)}
            />
          </li>
        ))}
      </ul>
      {from === null ? null : (
        <button type="button" class="button more" onClick={more}>
          {t("deliveries.more")}
        </button>
      )}
    </section>
  );
}
