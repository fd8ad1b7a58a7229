// How people call what a snapshot is about.

import { listOf, objectOf, textOf } from "./json";
import type { Json, JsonObject } from "./types";

const member = (value: Json | undefined, name: string): Json | undefined => objectOf(value)[name];

const personIn = (card: Json | undefined): string =>
  [member(card, "first_name"), member(card, "last_name")].map(textOf).filter(Boolean).join(" ");

/** First contact, else company, else the item itself (a lead is its own client); "": none is named. */
export function clientIn(snapshot: JsonObject, entity: string): string {
  const [contact] = listOf(snapshot["contacts"]);
  return personIn(contact) || textOf(member(snapshot["company"], "name")) || personIn(snapshot[entity]);
}

export const titleIn = (snapshot: JsonObject, entity: string): string =>
  textOf(member(snapshot[entity], "title"));
