// One delivery in full: what exactly went out, what happened, why not, and what can be done.

import { useCallback, useEffect } from "preact/hooks";
import {
  command,
  commandsOf,
  getDelivery,
  type DeliveryCommand,
  type DeliveryDetail,
} from "../../api/deliveries";
import { onChange } from "../../api/stream";
import { mayOperate, type Catalogue } from "../../state/catalogue";
import { templateWords } from "../../state/ways";
import { currentLanguage, moment, moneyWords, t, tOr } from "../../text";
import { announce } from "../../ui/announce";
import { Fault, useTask } from "../../ui/form";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { useLoad } from "../../ui/load";
import { MessageContent } from "../../ui/message";
import { Wait } from "../../ui/notice";
import { History } from "./history";
import { StatusPill } from "./row";

interface DeliveryDetailPanelProps {
  readonly id: string;
  readonly known: Catalogue;
  readonly nameOf: (rule: string) => string;
  readonly close: () => void;
}

export function DeliveryDetailPanel({ id, known, nameOf, close }: DeliveryDetailPanelProps) {
  const [detail, reload] = useLoad(useCallback(() => getDelivery(id), [id]));
  useEffect(() => onChange(reload), [reload]);
  return (
    <section class="card delivery-detail" aria-label={t("deliveries.detail")}>
      <div class="card-head">
        <h2>{t("deliveries.detail")}</h2>
        <span class="grow" />
        <button type="button" class="button small square" aria-label={t("deliveries.close")} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <Wait state={detail} retry={reload}>
        {(delivery) => (
          <>
            <Facts delivery={delivery} name={nameOf(delivery.rule)} />
            {delivery.reason ? (
              <div class="delivery-part">
                <h3>{t("deliveries.why")}</h3>
                <Why reason={delivery.reason} message={delivery.message} />
              </div>
            ) : null}
            {delivery.status === "ambiguous" ? (
              <div class="delivery-part doubt">
                <h3>{t("doubt.title")}</h3>
                <p>{t("doubt.text")}</p>
              </div>
            ) : null}
            {mayOperate(known.session) ? <Commands delivery={delivery} changed={reload} /> : null}
            <div class="delivery-part">
              <h3>{t("deliveries.content")}</h3>
            </div>
            {delivery.content ? (
              <MessageContent
                content={delivery.content}
                words={templateWords(known.workspace, { ...delivery, content: delivery.content })}
                to={delivery.to?.address ?? ""}
                at={delivery.due}
              />
            ) : (
              <p class="delivery-part quiet">{t("deliveries.noContent")}</p>
            )}
            <History entries={delivery.timeline ?? []} />
          </>
        )}
      </Wait>
    </section>
  );
}

/** The reason in this page's language; the service's own sentence is in English, with the details. */
function Why({ reason, message }: { readonly reason: string; readonly message: string | undefined }) {
  const short = tOr(`reason.${reason}`, "");
  if (short === "" || (message !== undefined && currentLanguage() === "en"))
    return <p>{message ?? reason}</p>;
  return (
    <>
      <p class="why">{short}</p>
      {message === undefined ? null : (
        <p class="quiet" lang="en">
          {message}
        </p>
      )}
    </>
  );
}

function Facts({ delivery, name }: { readonly delivery: DeliveryDetail; readonly name: string }) {
  const { status, channel, rule, entity, entity_id: id, item, to, due, provider, sms, cost } = delivery;
  return (
    <dl class="facts">
      <dt class="hidden-text">{t("find.status")}</dt>
      <dd class="wide">
        <StatusPill status={status} /> {tOr(`channel.${channel}`, channel)}
        {sms ? `, ${t("deliveries.size", { n: sms.segments })}` : ""}
      </dd>
      <dt>{t("deliveries.rule")}</dt>
      <dd>
        <Link to={{ page: "rule", id: rule, record: id }}>{name}</Link>
      </dd>
      <dt>{t("deliveries.item")}</dt>
      <dd>
        <Link to={{ page: "records", entity, id }}>
          {item?.title ?? `${tOr(`group.${entity}`, entity)} ${id}`}
        </Link>
        {item?.client === undefined ? "" : ` · ${item.client}`}
      </dd>
      {to?.address === undefined ? null : (
        <>
          <dt>{t("deliveries.to")}</dt>
          <dd>{to.address}</dd>
        </>
      )}
      <dt>{t("deliveries.due")}</dt>
      <dd>{moment(due)}</dd>
      {provider === undefined ? null : (
        <>
          <dt>{t("deliveries.provider")}</dt>
          <dd>{provider}</dd>
        </>
      )}
      {cost === undefined ? null : (
        <>
          <dt>{t("stats.cost")}</dt>
          <dd>{moneyWords(cost.amount, cost.currency)}</dd>
        </>
      )}
    </dl>
  );
}

function commandWords(what: DeliveryCommand): string {
  return what.kind === "resolve" ? t(`deliveries.resolve.${what.outcome}`) : t(`deliveries.${what.kind}`);
}

function Commands({
  delivery,
  changed,
}: {
  readonly delivery: DeliveryDetail;
  readonly changed: () => void;
}) {
  const task = useTask();
  const commands = commandsOf(delivery.status);
  const run = (what: DeliveryCommand): void =>
    task.run(async () => {
      await command(delivery.key, what);
      announce(t("deliveries.done"));
      changed();
    });
  if (commands.length === 0) return null;
  return (
    <div class="delivery-part row">
      {commands.map((what) => (
        <button
          key={commandWords(what)}
          type="button"
          class="button"
          disabled={task.busy}
          onClick={() => run(what)}
        >
          {commandWords(what)}
        </button>
      ))}
      <Fault text={task.fault} />
    </div>
  );
}
