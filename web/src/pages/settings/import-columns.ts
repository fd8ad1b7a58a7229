// The columns of a table before the service has looked at it, and what a column can become.

import type { TrialColumn } from "../../api/imports";
import type { Entity } from "../../core/types";

/** What the importer knows besides the fields of the item itself (native/crm/columns.cc). */
const OF_PEOPLE = [
  "contact.id",
  "contact.name",
  "contact.first_name",
  "contact.last_name",
  "contact.phone",
  "contact.phone.mobile",
  "contact.phone.work",
  "contact.phone.home",
  "contact.email",
  "contact.language",
  "contact.time_zone",
  "company.name",
  "responsible.name",
] as const;
const OF_ITEMS = ["id", "title", "number", "amount", "currency", "pipeline", "stage"] as const;

/** Everything a column can become, each once: the item's own first. */
export function targetsOf(entity: Entity | undefined, columns: readonly TrialColumn[]): readonly string[] {
  const fields = (entity?.fields ?? []).filter(({ type }) => type !== "file").map(({ name }) => name);
  const guessed = columns.flatMap(({ field }) => field ?? []);
  return [...new Set([...OF_ITEMS, ...fields, ...OF_PEOPLE, ...guessed])];
}

const DELIMITERS = [";", "\t", ","] as const;

/** The cells of a table's first line; a quoted cell may hold the delimiter. */
export function headOf(text: string): readonly string[] {
  const line = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/, 1)[0] ?? "";
  const count = (sign: string): number => line.split(sign).length;
  const delimiter = DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  return [...cells, cell.trim()].filter((name) => name !== "");
}

/** The columns as nobody has guessed them yet. */
export function unguessed(head: readonly string[]): readonly TrialColumn[] {
  return head.map((column) => ({ column, field: null, guessed: false }));
}
