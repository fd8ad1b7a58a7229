// Deliveries and what the sandbox took, as the service tells them.

import type { Content, Diagnostic, Recipient, SmsCount } from "../core/types";
import type { DeliveryStatus } from "../routes";
import { call } from "./http";

export interface Delivery {
  readonly key: string;
  readonly status: DeliveryStatus;
  readonly rule: string;
  readonly channel: string;
  readonly provider?: string;
  readonly entity: string;
  readonly entity_id: string;
  /** What the CRM calls the item now, as far as it is known. */
  readonly item?: { readonly title?: string; readonly client?: string };
  readonly event?: string;
  readonly due: string;
  readonly created?: string;
  readonly updated?: string;
  readonly to?: Recipient;
  readonly content?: Content;
  readonly sms?: Omit<SmsCount, "parts" | "culprits">;
  readonly attempts?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly cost?: { readonly amount: string; readonly currency: string; readonly reported: boolean };
}

export interface HistoryEntry {
  readonly at: string;
  readonly what: string;
  readonly text?: string;
  readonly attempt?: number;
  readonly outcome?: string;
}

export interface DeliveryDetail extends Delivery {
  readonly timeline?: readonly HistoryEntry[];
  readonly diagnostic?: Diagnostic;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  /** Cursor of the next page; absent on the last. */
  readonly next?: string | null;
}

export interface SandboxMessage {
  readonly key: string;
  readonly provider: string;
  readonly channel: string;
  readonly to: Recipient;
  readonly content: Content;
  readonly at: string;
}

/** Which deliveries; an absent member: all of them. */
export interface DeliveryQuery {
  readonly status?: DeliveryStatus | undefined;
  /** Words of the text, the address or the item. */
  readonly q?: string | undefined;
  readonly rule?: string | undefined;
  readonly channel?: string | undefined;
  readonly provider?: string | undefined;
  /** The first day, UTC. */
  readonly from?: string | undefined;
}

export async function listDeliveries(which: DeliveryQuery, after?: string): Promise<DeliveryPage> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...which, after })) {
    if (typeof value === "string" && value !== "") query.set(name, value);
  }
  return (await call<DeliveryPage>(`/api/v1/deliveries?${query.toString()}`)).value;
}

export async function getDelivery(key: string): Promise<DeliveryDetail> {
  return (await call<DeliveryDetail>(`/api/v1/deliveries/${key}`)).value;
}

export type DeliveryCommand =
  | { readonly kind: "cancel" | "resend" }
  | { readonly kind: "resolve"; readonly outcome: "sent" | "not_sent" };

export async function command(key: string, what: DeliveryCommand): Promise<void> {
  const body = what.kind === "resolve" ? { outcome: what.outcome } : {};
  await call<unknown>(`/api/v1/deliveries/${key}/${what.kind}`, { method: "POST", body });
}

/** Which commands a delivery in this state takes; the service has the last word. */
export function commandsOf(status: DeliveryStatus): readonly DeliveryCommand[] {
  switch (status) {
    case "scheduled":
    case "due":
      return [{ kind: "cancel" }];
    case "failed":
    case "cancelled":
    case "skipped":
      return [{ kind: "resend" }];
    case "ambiguous":
      return [
        { kind: "resolve", outcome: "sent" },
        { kind: "resolve", outcome: "not_sent" },
        { kind: "resend" },
      ];
    case "in_flight":
    case "accepted":
    case "delivered":
      return [];
  }
}

export async function listSandbox(): Promise<readonly SandboxMessage[]> {
  return (await call<{ messages: readonly SandboxMessage[] }>("/api/v1/sandbox/messages")).value.messages;
}
