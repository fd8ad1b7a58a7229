// One delivery in the list.

import type { Delivery } from "../../api/deliveries";
import type { DeliveryStatus } from "../../routes";
import { moment, t, tOr } from "../../text";

const TONE: Readonly<Record<DeliveryStatus, string>> = {
  scheduled: "pill",
  due: "pill",
  in_flight: "pill",
  accepted: "pill good",
  delivered: "pill good",
  failed: "pill bad",
  ambiguous: "pill warn",
  cancelled: "pill",
  skipped: "pill",
};

export function StatusPill({ status }: { readonly status: DeliveryStatus }) {
  return <span class={TONE[status]}>{t(`status.${status}`)}</span>;
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  /** Name of the rule that sent it. */
  readonly rule: string;
  readonly chosen: boolean;
  readonly select: () => void;
}

export function DeliveryRow({ delivery, rule, chosen, select }: DeliveryRowProps) {
  const { status, channel, to, entity_id: id, item = {}, due, content, message: why } = delivery;
  const name = item.client ?? item.title ?? to?.address ?? id;
  const facts = [to?.address === name ? "" : to?.address, tOr(`channel.${channel}`, channel), rule];
  const words = why ?? content?.subject ?? content?.text ?? "";
  return (
    <button type="button" class="delivery-row" aria-pressed={chosen} onClick={select}>
      <span class="delivery-line">
        <StatusPill status={status} />
        <b>{name}</b>
        <span class="quiet">{facts.filter(Boolean).join(" · ")}</span>
        <span class="grow" />
        <time class="quiet" dateTime={due}>
          {moment(due)}
        </time>
      </span>
      {words === "" ? null : <span class="delivery-words">{words}</span>}
    </button>
  );
}
