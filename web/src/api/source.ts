// The CRM that records come from, where it is not our own directory.

import type { Diagnostic, JsonObject, Schema } from "../core/types";
import { call } from "./http";

export interface CrmSource {
  readonly kind: string;
  readonly settings: JsonObject;
  readonly secrets_set: readonly string[];
  readonly status: { readonly working: boolean; readonly diagnostics: readonly Diagnostic[] };
  /** Where the CRM's outbound webhook must call; administrators see it. */
  readonly hook_url?: string;
  readonly updated_at: string;
}

export interface SourceTest {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly user?: JsonObject;
}

const PATH = "/api/v1/crm-source";

/** Null: records are those of our own directory. */
export async function getSource(): Promise<{
  readonly source: CrmSource | null;
  readonly etag: string | null;
}> {
  const { value, etag } = await call<CrmSource | null>(PATH);
  return value ? { source: value, etag } : { source: null, etag: null };
}

/** Secrets that are not given stay as they are; null takes one away. */
export async function putSource(
  settings: JsonObject,
  secrets: Readonly<Record<string, string | null>>,
  etag: string | null,
): Promise<void> {
  const body = { kind: "bitrix24", settings, secrets };
  await call<CrmSource>(PATH, { method: "PUT", body, ...(etag === null ? {} : { replaces: etag }) });
}

export async function deleteSource(): Promise<void> {
  await call<unknown>(PATH, { method: "DELETE" });
}

export async function testSource(): Promise<SourceTest> {
  return (await call<SourceTest>(`${PATH}/test`, { method: "POST", body: {} })).value;
}

export async function takeSchema(): Promise<Schema> {
  return (await call<Schema>(`${PATH}/schema`, { method: "POST", body: {} })).value;
}
