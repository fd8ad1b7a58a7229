// The service's lists, page by page, for the workers; without a connection as they were read last.

import { recall, remember } from "../offline/answers";
import { isFromGateway } from "../offline/gateway";
import type { Snapshot } from "./types";

const PAGE = 1000; // the longest page the service gives

interface Paged {
  readonly next: string | null;
}

export interface ListedRecord {
  readonly id: string;
  readonly pipeline?: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
}

async function readPage(path: string, isKept: boolean): Promise<string> {
  const headers = { Accept: "application/json" };
  const response = await fetch(path, { headers, credentials: "same-origin" }).catch(() => null);
  const kept = response && !isFromGateway(response.status) ? null : await recall(path);
  if (kept) return kept.text;
  if (!response?.ok) throw new Error(response ? `${response.status} ${response.statusText}` : "offline");
  const text = await response.text();
  if (isKept) void remember(path, text, response.headers.get("ETag"));
  return text;
}

/** `most`: how many pages are kept for the time without a connection. */
export async function* pagesOf<Page extends Paged>(
  path: string,
  query: Readonly<Record<string, string>>,
  most = Infinity,
): AsyncGenerator<Page> {
  let after: string | null = "";
  for (let read = 0; after !== null; read += 1) {
    const asked = new URLSearchParams({ limit: String(PAGE), ...query, ...(after && { after }) });
    const page = JSON.parse(await readPage(`${path}?${asked.toString()}`, read < most)) as Page;
    yield page;
    after = page.next;
  }
}

interface RecordPage extends Paged {
  readonly records: readonly ListedRecord[];
}

export function recordPages(
  entity: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<RecordPage> {
  return pagesOf<RecordPage>(`/api/v1/records/${encodeURIComponent(entity)}`, query);
}
