// What a record's snapshot says, as a person reads it: title, customer, amount; every field with its title; people
// with their addresses. Pure functions of the snapshot and the schema.

import type { CrmRecord } from "../../api/records";
import { isObject, objectOf, objectsOf, textOf } from "../../core/json";
import type { Entity, Field, Json, JsonObject, Snapshot } from "../../core/types";
import { humanise } from "../../liquid/variables";
import { dayWords, moment, moneyWords, t, tOr } from "../../text";

/** A value in the locale's form; "" where it has none that fits in a line. */
export function valueWords(value: Json | undefined, type?: Field["type"]): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (type === "datetime") return moment(value);
    return type === "date" || type === undefined ? dayWords(value) : value;
  }
  if (isObject(value)) {
    const { amount, currency } = value;
    return typeof amount === "string" && typeof currency === "string" ? moneyWords(amount, currency) : "";
  }
  const names = objectsOf(value).map((file) => textOf(file["name"]) || textOf(file["file"]));
  return names.filter(Boolean).join(", ");
}

export interface Person {
  readonly kind: "contact" | "company" | "lead" | "responsible";
  readonly name: string;
  readonly addresses: readonly { readonly type: string; readonly value: string }[];
}

function nameOf(card: JsonObject): string {
  const parts = [textOf(card["first_name"]), textOf(card["last_name"])].filter(Boolean);
  return parts.join(" ") || textOf(card["name"]) || textOf(card["id"]);
}

function addressesOf(card: JsonObject): Person["addresses"] {
  const lists = [...objectsOf(card["phones"]), ...objectsOf(card["emails"])];
  const chats = objectsOf(card["chats"]).map((chat) => ({
    type: textOf(chat["channel"]),
    value: textOf(chat["id"]),
  }));
  return [...lists.map((each) => ({ type: textOf(each["type"]), value: textOf(each["value"]) })), ...chats];
}

/** The people of an item, the client first. A lead without contact and company is its own client. */
export function peopleOf(snapshot: Snapshot): readonly Person[] {
  const one = (kind: Person["kind"], card: Json | undefined): readonly Person[] =>
    isObject(card) ? [{ kind, name: nameOf(card), addresses: addressesOf(card) }] : [];
  const contacts = objectsOf(snapshot["contacts"]).flatMap((card) => one("contact", card));
  const clients = [...contacts, ...one("company", snapshot["company"])];
  return [
    ...(clients.length > 0 ? clients : one("lead", snapshot["lead"])),
    ...one("responsible", snapshot["responsible"]),
  ];
}

export interface Fact {
  readonly title: string;
  readonly value: string;
}

const NOT_LISTED: ReadonlySet<string> = new Set(["id", "title", "stage", "pipeline"]); // shown elsewhere

/** Every field of the item that has a value: the schema's in its order, then the others. */
export function factsOf(snapshot: Snapshot, entity: Entity): readonly Fact[] {
  const card = snapshot[entity.code];
  if (!isObject(card)) return [];
  const fields = new Map((entity.fields ?? []).map((field) => [field.name, field]));
  const names = [...fields.keys(), ...Object.keys(card).filter((name) => !fields.has(name))];
  return names
    .filter((name) => !NOT_LISTED.has(name))
    .map((name) => {
      const field = fields.get(name);
      return { title: field?.title ?? humanise(name), value: valueWords(card[name], field?.type) };
    })
    .filter(({ value }) => value !== "");
}

export interface Heading {
  readonly title: string;
  readonly client: string;
  readonly amount: string;
}

export function headingOf({ id, snapshot }: Pick<CrmRecord, "id" | "snapshot">, entity: string): Heading {
  const card = snapshot[entity];
  const item = objectOf(card);
  const client = peopleOf(snapshot).find(({ kind }) => kind !== "responsible");
  return {
    title: textOf(item["title"]) || `${tOr(`group.${entity}`, entity)} ${id}`,
    client: client?.name ?? "",
    amount: valueWords(item["amount"]),
  };
}

/** Whether a record has all the words, in its heading, its id or its people's addresses. */
export function matches(record: CrmRecord, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const { title, client, amount } = headingOf(record, record.entity);
  const addresses = peopleOf(record.snapshot).flatMap((person) => person.addresses.map(({ value }) => value));
  const all = [record.id, title, client, amount, ...addresses].join("\n").toLowerCase();
  return wanted.every((word) => all.includes(word));
}
