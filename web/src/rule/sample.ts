// A customer to write for: what the preview shows and names.

import { clientIn, titleIn } from "../core/names";
import type { Snapshot } from "../core/types";

/** A record of the CRM, with what a snapshot says of it. */
export interface Sample {
  readonly id: string;
  readonly pipeline?: string;
  readonly stage: string;
  readonly snapshot: Snapshot;
}

/** The customer as people call them: first contact, else company, else the item's title. */
export function customerName({ id, snapshot }: Sample, entity: string): string {
  return clientIn(snapshot, entity) || titleIn(snapshot, entity) || id;
}

/** Those of both lists, each once. */
export function together<T extends { readonly id: string }>(
  first: readonly T[],
  more: readonly T[],
): readonly T[] {
  const known = new Set(first.map(({ id }) => id));
  return more.length === 0 ? first : [...first, ...more.filter(({ id }) => !known.has(id))];
}
