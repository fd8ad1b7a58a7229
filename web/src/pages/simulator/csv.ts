// The timeline as a table for spreadsheets (RFC 4180).

import { isSent, wordsOf, type Line } from "./compare";

const HEAD = ["when", "rule", "entity", "id", "channel", "to", "outcome", "text", "difference"];

/** A cell that a spreadsheet would take for a formula is made text; customers write what they like into their names. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(lines: readonly Line[], nameOf: (rule: string) => string): string {
  const rows = lines.map(({ outcome, difference }) => [
    isSent(outcome) ? outcome.due : outcome.at,
    nameOf(outcome.rule),
    outcome.entity,
    outcome.entity_id,
    isSent(outcome) ? outcome.channel : "",
    isSent(outcome) ? (outcome.to.address ?? "") : "",
    isSent(outcome) ? "sent" : outcome.reason,
    wordsOf(outcome),
    ...(difference ? [difference] : []),
  ]);
  return [HEAD, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
