// Two runs over the same events, message by message: what is as it was, what is new, changed, or no longer sent.

import type { Entry, NotSent, Sent, Simulation } from "../../core/foresight-types";

export type Outcome = Sent | NotSent;
export type Difference = "same" | "new" | "changed" | "gone";

export interface Line {
  readonly outcome: Outcome;
  /** Null where nothing is compared. */
  readonly difference: Difference | null;
  /** What is live, where it differs. */
  readonly before: Outcome | null;
}

export const isSent = (outcome: Outcome): outcome is Sent => "content" in outcome;
export const isOutcome = (entry: Entry): entry is Outcome => "rule" in entry;

const nameOf = ({ event, entity, entity_id, rule }: Outcome): string =>
  JSON.stringify([event, entity, entity_id, rule]);

/** What a client would notice: whether, when, where to and what. */
function substance(outcome: Outcome): string {
  if (!isSent(outcome)) return JSON.stringify(["no", outcome.reason]);
  return JSON.stringify(["yes", outcome.due, outcome.to, outcome.content]);
}

function differenceOf(now: Outcome, before: Outcome | undefined): Difference {
  if (!before) return "new";
  if (substance(now) === substance(before)) return "same";
  if (isSent(now) !== isSent(before)) return isSent(now) ? "new" : "gone";
  return "changed";
}

const whenOf = (outcome: Outcome): string => (isSent(outcome) ? outcome.due : outcome.at);

export function compare(run: Simulation, against: Simulation | null): readonly Line[] {
  const now = run.entries.filter(isOutcome);
  if (!against) return now.map((outcome) => ({ outcome, difference: null, before: null }));
  const old = new Map(against.entries.filter(isOutcome).map((outcome) => [nameOf(outcome), outcome]));
  const lines = now.map((outcome): Line => {
    const before = old.get(nameOf(outcome));
    old.delete(nameOf(outcome));
    const difference = differenceOf(outcome, before);
    return { outcome, difference, before: difference === "same" ? null : (before ?? null) };
  });
  const gone = [...old.values()].map((outcome): Line => ({ outcome, difference: "gone", before: outcome }));
  return [...lines, ...gone].sort((a, b) => (whenOf(a.outcome) < whenOf(b.outcome) ? -1 : 1));
}

/** What was said, in one line. */
export function wordsOf(outcome: Outcome): string {
  if (!isSent(outcome)) return outcome.message ?? outcome.reason;
  const { subject, text, say, play, template, parameters } = outcome.content;
  if (template !== undefined) return [template, ...Object.values(parameters ?? {})].join(" · ");
  return [subject, text ?? say?.text ?? play?.url].filter(Boolean).join(": ");
}
