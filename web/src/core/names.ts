// How people call what a snapshot is about.

import { listOf, objectOf, textOf } from "./json";
import type { Json, JsonObject } from "./types";

const member = (value: Json | undefined, name: string): Json | undefined => objectOf(value)[name];

function nameOf(card: Json | undefined): string {
  const parts = [member(card, "first_name"), member(card, "last_name")].map(textOf);
  return parts.filter(Boolean).join(" ") || textOf(member(card, "name"));
}

/** First contact, else company, else the lead, which then is its own client; "": none is named. */
export function clientIn(snapshot: JsonObject, entity: string): string {
  const [contact] = listOf(snapshot["contacts"]);
  const lead = entity === "lead" ? nameOf(snapshot[entity]) : "";
  return nameOf(contact) || nameOf(snapshot["company"]) || lead;
}

export const titleIn = (snapshot: JsonObject, entity: string): string =>
  textOf(member(snapshot[entity], "title"));
