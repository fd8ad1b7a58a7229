// One call to the service. Writes carry the session's CSRF token; errors are RFC 9457 problem documents and
// become a Problem, which every caller may show as it is.

import { signal } from "@preact/signals";
import type { Diagnostic } from "../core/types";
import { forgetAnswers, recall, remember } from "../offline/answers";
import { isFromGateway } from "../offline/gateway";
import { reachable } from "../offline/reach";
import { Problem } from "../state/problem";
import { t } from "../text";

export { isConflict, Problem, problemText } from "../state/problem";

export interface Answer<T> {
  readonly value: T;
  readonly etag: string | null;
}

interface ProblemDocument {
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

let csrf = "";
/** Set once the session is known; every write carries it. */
export function rememberCsrfToken(token: string): void {
  csrf = token;
}

/** Turns true when the service no longer knows our session. */
export const signedOut = signal(false);

/** What was kept here belongs to whoever was signed in. */
function signOutHere(): void {
  signedOut.value = true;
  void forgetAnswers();
}

export interface CallOptions {
  readonly method?: "GET" | "PUT" | "POST" | "DELETE";
  readonly body?: unknown;
  /** The version that a write replaces; null: there must be none yet. */
  readonly replaces?: string | null;
}

export async function call<T>(path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const method = options.method ?? "GET";
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-CSRF-Token", csrf);
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.replaces === null) headers.set("If-None-Match", "*");
  else if (options.replaces !== undefined) headers.set("If-Match", options.replaces);
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const response = await fetch(path, { method, headers, body, credentials: "same-origin" }).catch(() => null);
  reachable.value = response !== null && !isFromGateway(response.status);
  if (!response || !reachable.value) {
    const kept = method === "GET" ? await recall(path) : null;
    if (kept) return { value: valueOf(kept.text) as T, etag: kept.etag };
    throw new Problem(0, t("problem.unreachable"));
  }
  if (response.status === 401) signOutHere();
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  if (method === "GET") void remember(path, text, response.headers.get("ETag"));
  return { value: valueOf(text) as T, etag: response.headers.get("ETag") };
}

/** Null where the service had nothing to say (204). */
function valueOf(text: string): unknown {
  return text === "" ? null : JSON.parse(text);
}

/** Sends a file as it is. */
export async function sendFile<T>(path: string, file: File): Promise<T> {
  return sendText(path, file, file.type || "application/octet-stream");
}

/** Sends a file as text of this media type, whatever the browser takes it for. */
export async function sendText<T>(path: string, file: File, type: string): Promise<T> {
  const headers = new Headers({ Accept: "application/json", "X-CSRF-Token": csrf });
  headers.set("Content-Type", type);
  let response: Response;
  try {
    response = await fetch(path, { method: "POST", headers, body: file, credentials: "same-origin" });
  } catch {
    throw new Problem(0, t("problem.unreachable"));
  }
  if (response.status === 401) signOutHere();
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const document = (await response.json().catch(() => ({}))) as ProblemDocument;
  const text = document.detail ?? document.title ?? t("problem.status", { status: response.status });
  return new Problem(response.status, text, document.code, document.diagnostics);
}
