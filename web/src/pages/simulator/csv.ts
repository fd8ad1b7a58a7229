// The timeline as a table for spreadsheets.

import { csv } from "../../text/csv";
import { isSent, wordsOf, type Line, type Outcome } from "./compare";

const HEAD = ["when", "rule", "entity", "id", "item", "channel", "to", "outcome", "text", "difference"];

export function csvOf(
  lines: readonly Line[],
  nameOf: (rule: string) => string,
  nameOfItem: (outcome: Outcome) => string,
): string {
  const rows = lines.map(({ outcome, difference }) => [
    isSent(outcome) ? outcome.due : outcome.at,
    nameOf(outcome.rule),
    outcome.entity,
    outcome.entity_id,
    nameOfItem(outcome),
    isSent(outcome) ? outcome.channel : "",
    isSent(outcome) ? (outcome.to.address ?? "") : "",
    isSent(outcome) ? "sent" : outcome.reason,
    wordsOf(outcome),
    ...(difference ? [difference] : []),
  ]);
  return csv([HEAD, ...rows]);
}
