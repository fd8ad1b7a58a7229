// The values a template or a condition can name, with what they hold for the sample customer: from the schema's
// fields, from the members that every card has, and from the open snapshot.

import { isObject, listOf, objectOf } from "../core/json";
import type { Entity, Field, Json, Schema, Snapshot } from "../core/types";
import { tOr } from "../text";

export interface Variable {
  /** "contact.first_name" */
  readonly path: string;
  /** The field in the user's words. */
  readonly title: string;
  readonly type: Field["type"];
  readonly sample: string;
}

export interface VariableGroup {
  readonly name: string;
  readonly variables: readonly Variable[];
}

/** One line that stands for a value; lists and objects say nothing useful in one line. */
export function sampleOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (isObject(value)) {
    const { amount, currency } = value;
    return typeof amount === "string" && typeof currency === "string" ? `${amount} ${currency}` : "";
  }
  return typeof value === "object" ? "" : String(value);
}

/** "first_name" in the user's language, or at least readable: "First name". */
export function humanise(name: string): string {
  const words = name.replaceAll("_", " ");
  return tOr(`field.${name}`, words.charAt(0).toUpperCase() + words.slice(1));
}

export const isList = (type: Field["type"]): boolean => type === "file" || type === "list";

function typeOf(value: Json): Field["type"] {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "decimal";
  return isObject(value) ? "money" : "text";
}

/** Members that every card of this kind has, whether the sample customer has them filled in or not. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  contact: ["first_name", "last_name", "language"],
  client: ["name"],
  company: ["name"],
  responsible: ["name"],
  workspace: ["name"],
};

function group(name: string, entity: Entity | undefined, card: Json | undefined): VariableGroup {
  const members = objectOf(card);
  const variables = new Map<string, Variable>();
  const add = (member: string, title: string, type: Field["type"]): void => {
    const path = `${name}.${member}`;
    if (!variables.has(member))
      variables.set(member, { path, title, type, sample: sampleOf(members[member]) });
  };
  for (const field of entity?.fields ?? []) {
    if (!isList(field.type)) add(field.name, field.title ?? humanise(field.name), field.type);
  }
  for (const member of ALWAYS[name] ?? []) add(member, humanise(member), "text");
  for (const [member, value] of Object.entries(members)) {
    if (sampleOf(value) !== "") add(member, humanise(member), typeOf(value));
  }
  return { name, variables: [...variables.values()] };
}

function firstOf(list: Json | undefined): Json | undefined {
  return listOf(list)[0];
}

/** The client by name: contact, else company, else the item itself. */
function clientOf(snapshot: Snapshot | null, entity: string): Json | undefined {
  const card = firstOf(snapshot?.["contacts"]) ?? snapshot?.["company"] ?? snapshot?.[entity];
  if (!isObject(card)) return undefined;
  const name =
    sampleOf(card["name"]) || [card["first_name"], card["last_name"]].map(sampleOf).join(" ").trim();
  return { name };
}

const NOW: Variable = { path: "now", title: "", type: "datetime", sample: "" };

export function variableGroups(
  schema: Schema,
  entity: string,
  snapshot: Snapshot | null,
  extra: { readonly invite?: boolean } = {},
): readonly VariableGroup[] {
  const known = (code: string): Entity | undefined => schema.entities.find((each) => each.code === code);
  const cards: readonly [string, Json | undefined][] = [
    [entity, snapshot?.[entity]],
    ["contact", firstOf(snapshot?.["contacts"])],
    ["client", clientOf(snapshot, entity)],
    ["company", snapshot?.["company"]],
    ["responsible", snapshot?.["responsible"]],
    ["workspace", snapshot?.["workspace"]],
  ];
  const invite: Variable = { path: "invite.link", title: humanise("link"), type: "text", sample: "" };
  const other = [...(extra.invite ? [invite] : []), { ...NOW, title: humanise("now") }];
  return [
    ...cards.map(([name, card]) => group(name, known(name), card)),
    { name: "other", variables: other },
  ];
}

/** The item's fields that hold files. */
export function fileFields(schema: Schema, entity: string): readonly Field[] {
  const found = schema.entities.find(({ code }) => code === entity);
  return (found?.fields ?? []).filter(({ type }) => type === "file");
}
