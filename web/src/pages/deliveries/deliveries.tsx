// What was sent, what waits, and what was not sent and why; live.

import { useCallback, useEffect, useMemo } from "preact/hooks";
import { listDeliveries, type DeliveryQuery } from "../../api/deliveries";
import { firstDay } from "../../api/statistics";
import { onChange } from "../../api/stream";
import type { Catalogue } from "../../state/catalogue";
import { amend } from "../../state/navigation";
import { useRules } from "../../state/rule-names";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { DeliveryDetailPanel } from "./detail";
import { Filters, isFiltered, type DeliveriesAt } from "./filters";
import { DeliveryList } from "./list";
import { StatisticsPanel } from "./statistics";
import "./deliveries.css";

interface DeliveriesProps {
  readonly at: DeliveriesAt;
  readonly known: Catalogue;
}

const USUAL_DAYS = 30;

const ambiguous = () => listDeliveries({ status: "ambiguous" });

function useQuery({ status, q, rule, channel, provider, days }: DeliveriesAt): DeliveryQuery {
  const from = days === undefined ? undefined : firstDay(Number(days));
  return useMemo(
    () => ({ status, q, rule, channel, provider, from }),
    [status, q, rule, channel, provider, from],
  );
}

export function Deliveries({ at, known }: DeliveriesProps) {
  const query = useQuery(at);
  const [page, reload] = useLoad(useCallback(() => listDeliveries(query), [query]));
  const rules = useRules();
  const nameOf = useCallback((rule: string) => rules.get(rule) ?? rule, [rules]);
  const [doubts, reloadDoubts] = useLoad(ambiguous);
  useEffect(() => onChange(reload), [reload]);
  useEffect(() => onChange(reloadDoubts), [reloadDoubts]);
  const doubtful = doubts.kind === "ready" ? doubts.value.deliveries.length : 0;
  const select = (key: string | undefined): void => amend({ ...at, key });
  const detail =
    at.key === undefined ? (
      <p class="card notice quiet delivery-hint">{t("deliveries.pick")}</p>
    ) : (
      <DeliveryDetailPanel
        key={at.key}
        id={at.key}
        known={known}
        nameOf={nameOf}
        close={() => select(undefined)}
      />
    );
  return (
    <>
      <div class="top">
        <h1>{t("deliveries.title")}</h1>
      </div>
      <StatisticsPanel days={Number(at.days ?? USUAL_DAYS)} />
      <Filters at={at} rules={rules} providers={(known.workspace.providers ?? []).map(({ id }) => id)} />
      {/* The list comes when it is known what stands above it, or it would move. */}
      <Wait state={doubts.kind === "loading" ? doubts : page} retry={reload}>
        {({ deliveries, next }) => (
          <>
            {at.status === "ambiguous" ? null : <Doubtful n={doubtful} />}
            {deliveries.length === 0 && at.key === undefined ? (
              <Notice text={t(isFiltered(at) ? "find.nothing" : "deliveries.empty")} />
            ) : (
              <div class="delivery-columns">
                <DeliveryList
                  first={deliveries}
                  cursor={next ?? null}
                  query={query}
                  chosen={at.key}
                  select={select}
                  nameOf={nameOf}
                />
                {detail}
              </div>
            )}
          </>
        )}
      </Wait>
    </>
  );
}

/** Messages of which nobody knows whether they went out wait for a person: they are pointed at until there are none. */
function Doubtful({ n }: { readonly n: number }) {
  if (n === 0) return null;
  return (
    <div class="card doubtful">
      <span>{t("doubt.some", { n })}</span>
      <button type="button" class="button" onClick={() => amend({ page: "deliveries", status: "ambiguous" })}>
        {t("doubt.show")}
      </button>
    </div>
  );
}
