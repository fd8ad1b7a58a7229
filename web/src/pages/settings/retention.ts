// How long what is kept, as a person writes it: days, or nothing for ever. Pure functions both ways.

import { isObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/types";
import type { Faults } from "./faults";

export const RETENTION = ["content_days", "deliveries_days"] as const;
export type RetentionName = (typeof RETENTION)[number];
export type RetentionDraft = Readonly<Record<RetentionName, string>>;

const MOST_DAYS = 36_500; // the service's bound

export function retentionDraft(stored: Json | undefined): RetentionDraft {
  const days = isObject(stored) ? stored : {};
  const words = (name: RetentionName): string => {
    const value = days[name];
    return typeof value === "number" ? String(value) : "";
  };
  return { content_days: words("content_days"), deliveries_days: words("deliveries_days") };
}

const isFine = (typed: string): boolean =>
  /^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_DAYS;

export function retentionFaults(draft: RetentionDraft): Faults<"retention.wrong"> {
  const wrong = RETENTION.filter((name) => draft[name].trim() !== "" && !isFine(draft[name].trim()));
  return Object.fromEntries(
    wrong.map((name) => [`/retention/${name}`, { says: "retention.wrong" } as const]),
  );
}

/** Undefined: everything is kept for ever. */
export function retentionOf(draft: RetentionDraft): JsonObject | undefined {
  const given = RETENTION.filter((name) => draft[name].trim() !== "");
  if (given.length === 0) return undefined;
  return Object.fromEntries(given.map((name) => [name, Number(draft[name].trim())]));
}
