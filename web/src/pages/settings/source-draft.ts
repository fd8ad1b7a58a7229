// The connection to Bitrix24 as its form keeps it. Pure functions both ways; what the form does not know stays as it is.

import type { CrmSource } from "../../api/source";
import type { Json, JsonObject } from "../../core/types";
import { FIELDS, objectOf, pairFaults, pairsOf, TYPES, type Pair } from "./pairs";

/** Ways in; of the two one is kept. */
export const WAYS = ["webhook", "access_token"] as const;
export type Way = (typeof WAYS)[number];

export interface SourceDraft {
  readonly address: string;
  readonly way: Way;
  /** Those that are to be replaced. */
  readonly secrets: Readonly<Partial<Record<Way | "application_token", string>>>;
  readonly types: readonly Pair[];
  readonly fields: readonly Pair[];
  readonly pace: string;
  readonly timeline: boolean;
}

const words = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

export const isSet = (source: CrmSource | null, name: string): boolean =>
  source?.secrets_set.includes(name) ?? false;

export function sourceDraft(source: CrmSource | null): SourceDraft {
  const before = source?.settings ?? {};
  return {
    address: words(before["base_url"]),
    way: isSet(source, "access_token") && !isSet(source, "webhook") ? "access_token" : "webhook",
    secrets: {},
    types: pairsOf(before["types"]),
    fields: pairsOf(before["fields"]),
    pace: words(before["calls_per_second"]),
    timeline: before["timeline"] !== false,
  };
}

export const sourceFaults = ({ types, fields }: SourceDraft) => ({
  ...pairFaults(types, TYPES),
  ...pairFaults(fields, FIELDS),
});

/** "5" is a number; what is none is judged by the service. */
const paceOf = (typed: string): number | string => (/^\d+$/.test(typed) ? Number(typed) : typed);

export function settingsOf(draft: SourceDraft, before: JsonObject): JsonObject {
  const pace = draft.pace.trim();
  const all = {
    ...before,
    base_url: draft.address.trim(),
    timeline: draft.timeline,
    types: objectOf(draft.types),
    fields: objectOf(draft.fields),
    calls_per_second: pace === "" ? undefined : paceOf(pace),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Null takes away what leads in the other way. */
export function secretsOf(
  { secrets, way }: SourceDraft,
  source: CrmSource | null,
): Readonly<Record<string, string | null>> {
  const other: Way = way === "webhook" ? "access_token" : "webhook";
  const typed = Object.entries(secrets).filter(([name, value]) => value !== "" && name !== other);
  return { ...Object.fromEntries(typed), ...(isSet(source, other) ? { [other]: null } : {}) };
}
