// What an administrator sets: providers, pauses, tokens, the workspace; and the log of who changed what.

import type { Diagnostic, Json, JsonObject } from "../core/types";
import { call } from "./http";

export type SettingType =
  | "text"
  | "id"
  | "url"
  | "mail_url"
  | "count"
  | "duration"
  | "lines"
  | "mailboxes"
  | "prices"
  | "rate"
  | "tls"
  | "texts"
  | "success"
  | "templates"
  | "list_unsubscribe"
  | "flag"
  | "mail_address";

export interface SettingField {
  readonly name: string;
  readonly type: SettingType;
  readonly required: boolean;
}
export interface SecretField {
  readonly name: string;
  readonly required: boolean;
}
/** What a kind of provider takes. */
export interface ProviderKind {
  readonly kind: string;
  readonly settings: readonly SettingField[];
  readonly secrets: readonly SecretField[];
}

export interface StoredProvider {
  readonly id: string;
  readonly kind: string;
  readonly settings: JsonObject;
  /** Names only: a secret can be replaced, never read. */
  readonly secrets_set: readonly string[];
  readonly paused: boolean;
  readonly updated_at: string;
  readonly hook_url?: string;
  readonly etag?: string;
}

export interface ProviderInput {
  readonly id: string;
  readonly kind: string;
  readonly settings: JsonObject;
  /** Those that are to be replaced. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Paused {
  readonly all: boolean;
  readonly providers: readonly string[];
}

export interface Tested {
  readonly outcome: "accepted" | "refused" | "not_now" | "unknown";
  readonly text?: string;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly created_at: string;
  readonly revoked_at?: string;
}

export interface AuditEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

const provider = (id: string): string => `/api/v1/providers/${encodeURIComponent(id)}`;

export async function listProviderKinds(): Promise<readonly ProviderKind[]> {
  return (await call<{ kinds: readonly ProviderKind[] }>("/api/v1/provider-kinds")).value.kinds;
}

export async function listProviders(): Promise<readonly StoredProvider[]> {
  return (await call<{ providers: readonly StoredProvider[] }>("/api/v1/providers")).value.providers;
}

/** `etag` is that of the version being replaced; null for a provider that is new. Gives the warnings. */
export async function putProvider(input: ProviderInput, etag: string | null): Promise<readonly Diagnostic[]> {
  const { id, kind, settings, secrets } = input;
  const body = { kind, settings, secrets };
  const { value } = await call<{ diagnostics?: readonly Diagnostic[] }>(provider(id), {
    method: "PUT",
    body,
    replaces: etag,
  });
  return value.diagnostics ?? [];
}

export async function deleteProvider(id: string): Promise<void> {
  await call<unknown>(provider(id), { method: "DELETE" });
}

/** Sends one message now, and says what the vendor answered. */
export async function testProvider(id: string, to: string): Promise<Tested> {
  return (await call<Tested>(`${provider(id)}/test`, { method: "POST", body: { to } })).value;
}

export async function getPaused(): Promise<Paused> {
  return (await call<Paused>("/api/v1/pause")).value;
}

/** Without a provider: all sending. */
export async function setPaused(paused: boolean, id?: string): Promise<void> {
  const body = id === undefined ? {} : { provider: id };
  await call<Paused>(paused ? "/api/v1/pause" : "/api/v1/resume", { method: "POST", body });
}

export async function listTokens(): Promise<readonly Token[]> {
  return (await call<{ tokens: readonly Token[] }>("/api/v1/tokens")).value.tokens;
}

/** The secret is shown this once. */
export async function createToken(name: string, role: string): Promise<string> {
  const answer = await call<{ token: string }>("/api/v1/tokens", { method: "POST", body: { name, role } });
  return answer.value.token;
}

export async function revokeToken(id: string): Promise<void> {
  await call<unknown>(`/api/v1/tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function listAudit(): Promise<readonly AuditEntry[]> {
  return (await call<{ entries: readonly AuditEntry[] }>("/api/v1/audit?limit=200")).value.entries;
}

export async function readWorkspace(): Promise<{ readonly value: JsonObject; readonly etag: string | null }> {
  return call<JsonObject>("/api/v1/workspace");
}

export async function writeWorkspace(workspace: JsonObject, etag: string | null): Promise<void> {
  const body: Json = workspace;
  await call<unknown>("/api/v1/workspace", {
    method: "PUT",
    body,
    ...(etag === null ? {} : { replaces: etag }),
  });
}
