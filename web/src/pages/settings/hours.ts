// Calendars as a person writes them: "09:00-13:00, 14:00-18:00" a day, holidays a line each. Pure functions both ways.

import type { Json, JsonObject } from "../../core/types";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

const SPAN = /^(\d{1,2}:\d\d)\s*[-–—]\s*(\d{1,2}:\d\d)$/;

/** [["09:00","18:00"]] → "09:00-18:00". */
export function spansText(spans: Json | undefined): string {
  if (!Array.isArray(spans)) return "";
  return (spans as readonly Json[])
    .filter((span): span is readonly Json[] => Array.isArray(span))
    .map((span) => span.filter((moment) => typeof moment === "string").join("-"))
    .join(", ");
}

/** The spans of a text; null where a piece is none. */
export function spansOf(text: string): readonly (readonly [string, string])[] | null {
  const pieces = text
    .split(/[,;]/)
    .map((piece) => piece.trim())
    .filter(Boolean);
  const spans = pieces.map((piece) => SPAN.exec(piece));
  if (spans.includes(null)) return null;
  return spans.map((span) => [clock(span?.[1] ?? ""), clock(span?.[2] ?? "")] as const);
}

/** "9:00" → "09:00". */
function clock(text: string): string {
  return text.padStart(5, "0");
}

export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}

/** The week of a calendar with one day's text changed; days without hours are left out. */
export function withDay(week: JsonObject, day: Day, text: string): JsonObject | null {
  const spans = spansOf(text);
  if (spans === null) return null;
  const others = without(week, day);
  return spans.length === 0 ? others : { ...others, [day]: spans.map((span) => [...span]) };
}
