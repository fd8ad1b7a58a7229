// Addresses that are never to be used.

import { call, sendText } from "./http";

export const SUPPRESSION_KINDS = [
  "unsubscribed",
  "stop_word",
  "hard_bounce",
  "complaint",
  "manual",
  "import",
] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

export interface Suppression {
  readonly address: string;
  /** Null: every channel. */
  readonly channel: string | null;
  readonly kind: SuppressionKind;
  readonly reason: string;
  readonly by: string;
  readonly created_at: string;
  /** Key of the message that led to it. */
  readonly delivery?: string;
}
export interface SuppressionPage {
  readonly suppressions: readonly Suppression[];
  readonly next: string | null;
}
export interface ListReport {
  readonly added: number;
  readonly known: number;
  readonly bad: number;
  /** The first of the bad rows. */
  readonly rows: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

const PATH = "/api/v1/suppressions";

export async function listSuppressions(
  address: string,
  kind: string,
  after?: string,
): Promise<SuppressionPage> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ address, kind, after })) if (value) query.set(name, value);
  return (await call<SuppressionPage>(`${PATH}?${query.toString()}`)).value;
}

export async function addSuppression(address: string, channel: string, reason: string): Promise<void> {
  const body = { address, kind: "manual", ...(channel ? { channel } : {}), ...(reason ? { reason } : {}) };
  await call<Suppression>(PATH, { method: "POST", body });
}

export async function liftSuppression({ address, channel }: Suppression): Promise<void> {
  const query = new URLSearchParams({ address, ...(channel === null ? {} : { channel }) });
  await call<unknown>(`${PATH}?${query.toString()}`, { method: "DELETE" });
}

/** A list as CSV (address, channel, reason) or NDJSON; `channel` is for rows that name none. */
export async function importSuppressions(file: File, channel: string): Promise<ListReport> {
  const query = channel === "" ? "" : `?channel=${encodeURIComponent(channel)}`;
  const type = /\.(ndjson|jsonl|json)$/i.test(file.name) ? "application/x-ndjson" : "text/csv";
  return sendText<ListReport>(`${PATH}${query}`, file, type);
}
