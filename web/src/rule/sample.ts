// A customer to write for: what the preview shows and names.

import type { Json, Snapshot } from "../core/types";

/** A record of the CRM, with what a snapshot says of it. */
export interface Sample {
  readonly id: string;
  readonly pipeline?: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const member = (value: Json | undefined, name: string): Json | undefined =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Snapshot)[name]
    : undefined;

/** The customer as people call them: first contact, else company, else the item's title. */
export function customerName(sample: Sample, entity: string): string {
  const contacts = sample.snapshot["contacts"];
  const contact = Array.isArray(contacts) ? (contacts as readonly Json[])[0] : undefined;
  const person = [member(contact, "first_name"), member(contact, "last_name")]
    .map(text)
    .filter(Boolean)
    .join(" ");
  return (
    person ||
    text(member(sample.snapshot["company"], "name")) ||
    text(member(sample.snapshot[entity], "title")) ||
    sample.id
  );
}
