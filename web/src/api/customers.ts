// Everything known of one customer, and forgetting one.

import type { JsonObject } from "../core/types";
import { call } from "./http";

export const KNOWN_OF = [
  "records",
  "deliveries",
  "events",
  "incoming",
  "chats",
  "suppressions",
  "sandbox",
] as const;
export type KnownOf = (typeof KNOWN_OF)[number];

export type CustomerExport = JsonObject &
  Readonly<Record<KnownOf, readonly JsonObject[]>> & { readonly addresses: readonly string[] };

/** Exactly one of them: a contact's id, or an address. */
export type WhichCustomer = { readonly contact: string } | { readonly address: string };

const query = (which: WhichCustomer): string => new URLSearchParams(which).toString();

export async function exportCustomer(which: WhichCustomer): Promise<CustomerExport> {
  return (await call<CustomerExport>(`/api/v1/customers/export?${query(which)}`)).value;
}

export interface Erased {
  readonly records: number;
  readonly deliveries: number;
  readonly events: number;
  readonly addresses: number;
}

export async function eraseCustomer(which: WhichCustomer): Promise<Erased> {
  const path = `/api/v1/customers?${query(which)}`;
  return (await call<{ erased: Erased }>(path, { method: "DELETE" })).value.erased;
}
