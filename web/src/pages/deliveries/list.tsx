// The list of deliveries. Its first page is live; older ones are fetched on demand and stay as they were.

import { useEffect, useState } from "preact/hooks";
import { listDeliveries, type Delivery, type DeliveryQuery } from "../../api/deliveries";
import { problemText } from "../../api/http";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { DeliveryRow } from "./row";

interface DeliveryListProps {
  readonly first: readonly Delivery[];
  readonly cursor: string | null;
  readonly query: DeliveryQuery;
  readonly chosen: string | undefined;
  readonly select: (key: string) => void;
  readonly nameOf: (rule: string) => string;
}

interface Older {
  readonly deliveries: readonly Delivery[];
  readonly cursor: string | null;
}

export function DeliveryList({ first, cursor, query, chosen, select, nameOf }: DeliveryListProps) {
  const [older, setOlder] = useState<Older | null>(null);
  useEffect(() => setOlder(null), [query]);
  const from = older ? older.cursor : cursor;
  const more = (): void => {
    if (from === null) return;
    listDeliveries(query, from).then(
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
