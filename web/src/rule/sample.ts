// A customer to write for: what the preview shows and names.

import { listOf, objectOf, textOf } from "../core/json";
import type { Json, Snapshot } from "../core/types";

/** A record of the CRM, with what a snapshot says of it. */
export interface Sample {
  readonly id: string;
  readonly pipeline?: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
}

const member = (value: Json | undefined, name: string): Json | undefined => objectOf(value)[name];

/** The customer as people call them: first contact, else company, else the item's title. */
export function customerName(sample: Sample, entity: string): string {
  const [contact] = listOf(sample.snapshot["contacts"]);
  const person = [member(contact, "first_name"), member(contact, "last_name")]
    .map(textOf)
    .filter(Boolean)
    .join(" ");
  return (
    person ||
    textOf(member(sample.snapshot["company"], "name")) ||
    textOf(member(sample.snapshot[entity], "title")) ||
    sample.id
  );
}
