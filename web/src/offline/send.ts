// When the connection is back: a new session's token, then the edits that wait.

import { effect } from "@preact/signals";
import { rememberCsrfToken, signedOut } from "../api/http";
import { putRule } from "../api/rules";
import { live } from "../api/stream";
import { getSession, signOut } from "../api/workspace";
import { forgetAnswers } from "./answers";
import { forgetEdits, loadOutbox, sendEdits, waiting, type Outcome } from "./outbox";
import { reachable } from "./reach";

type Listener = (id: string, outcome: Outcome) => void;

const TRY_AGAIN_MS = 10_000; // while something waits and nobody has told that the connection is back
const listeners = new Set<Listener>();

/** Returns how to stop it. */
export function onSent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function send(): Promise<void> {
  if (waiting.peek().length === 0) return;
  const session = await getSession().catch(() => null);
  if (!session || !reachable.peek() || session.csrf === "") return;
  rememberCsrfToken(session.csrf);
  await sendEdits(session.user, putRule, (id, outcome) => {
    for (const listener of [...listeners]) listener(id, outcome);
  });
}

export async function startSending(): Promise<void> {
  await loadOutbox();
  const soon = (): void => void send();
  addEventListener("online", soon);
  setInterval(soon, TRY_AGAIN_MS);
  // The stream is the first to come back.
  effect(() => {
    if (live.value === "live") soon();
  });
}

/** Everything that this browser keeps of the service goes with the session, edits too. */
export async function leave(): Promise<void> {
  await signOut();
  await Promise.all([forgetAnswers(), forgetEdits()]);
  signedOut.value = true;
}
