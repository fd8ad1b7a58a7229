// Through what the preview looks: another language than the client's, another moment than now.

import { isObject } from "../../../core/json";
import type { Json, Snapshot } from "../../../core/types";

export interface Lens {
  /** null: the client's own. */
  readonly language: string | null;
  /** RFC 3339; null: this moment. */
  readonly now: string | null;
}

export const CLEAR: Lens = { language: null, now: null };

export const LENS_LANGUAGES = [
  "en",
  "de",
  "es",
  "fr",
  "it",
  "pl",
  "pt-BR",
  "pt-PT",
  "ru",
  "tr",
  "uk",
] as const;

/** The snapshot of a client who speaks that language: on the card that the core would take for the client. */
export function inLanguage(snapshot: Snapshot, entity: string, language: string | null): Snapshot {
  if (language === null) return snapshot;
  const contacts = snapshot["contacts"];
  if (Array.isArray(contacts) && contacts.length > 0) {
    const [first, ...others] = contacts as readonly Json[];
    return isObject(first) ? { ...snapshot, contacts: [{ ...first, language }, ...others] } : snapshot;
  }
  const card = isObject(snapshot["company"]) ? "company" : entity;
  const client = snapshot[card];
  return isObject(client) ? { ...snapshot, [card]: { ...client, language } } : snapshot;
}
