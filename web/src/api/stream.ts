// The live stream. One connection for the whole page; the browser reconnects by itself, and after each gap
// everybody who listens is told to read anew, because what happened meanwhile is not repeated.

import { signal } from "@preact/signals";
import { reachable } from "../offline/reach";

export const live = signal<"connecting" | "live" | "lost">("connecting");

const EVENTS = ["delivery", "sandbox", "rule", "record", "incoming", "resync"] as const;
const READ_AGAIN_MS = 150; // a burst of changes is read once
const RETRY_MS = 3_000; // after the browser has given up (a closed stream is not retried by itself)

const listeners = new Set<() => void>();
let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Calls `changed` when something was committed; at most once in READ_AGAIN_MS. Returns how to stop it. */
export function onChange(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function tellSoon(): void {
  timer ??= setTimeout(() => {
    timer = null;
    for (const listener of [...listeners]) listener();
  }, READ_AGAIN_MS);
}

/** Opens the stream; once for the whole page, when somebody is signed in. */
export function connect(): void {
  if (source) return;
  const opened = new EventSource("/api/v1/stream");
  source = opened;
  opened.onopen = () => {
    reachable.value = true;
    if (live.value === "lost") tellSoon();
    live.value = "live";
  };
  opened.onerror = () => {
    live.value = "lost";
    if (opened.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(connect, RETRY_MS);
  };
  opened.onmessage = tellSoon;
  for (const name of EVENTS) opened.addEventListener(name, tellSoon);
}
