// The values a template can name, with what they hold for the sample customer: from the schema's fields and from
// the members of the open snapshot.

import type { Entity, Json, JsonObject, Schema, Snapshot } from "../core/types";

export interface Variable {
  /** "contact.first_name" */
  readonly path: string;
  /** The field in the user's words. */
  readonly title: string;
  readonly sample: string;
}

export interface VariableGroup {
  readonly name: string;
  readonly variables: readonly Variable[];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** One line that stands for a value; lists and objects say nothing useful in one line. */
export function sampleOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (isObject(value)) {
    const { amount, currency } = value;
    return typeof amount === "string" && typeof currency === "string" ? `${amount} ${currency}` : "";
  }
  return typeof value === "object" ? "" : String(value);
}

/** "first_name" → "First name" */
export function humanise(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isSimple = (value: Json): boolean =>
  !Array.isArray(value) && (!isObject(value) || sampleOf(value) !== "");

function group(name: string, entity: Entity | undefined, card: Json | undefined): VariableGroup {
  const members = isObject(card) ? card : {};
  const variables = new Map<string, Variable>();
  for (const field of entity?.fields ?? []) {
    if (field.type === "file" || field.type === "list") continue;
    const title = field.title ?? humanise(field.name);
    variables.set(field.name, {
      path: `${name}.${field.name}`,
      title,
      sample: sampleOf(members[field.name]),
    });
  }
  for (const [member, value] of Object.entries(members)) {
    if (variables.has(member) || !isSimple(value)) continue;
    variables.set(member, { path: `${name}.${member}`, title: humanise(member), sample: sampleOf(value) });
  }
  return { name, variables: [...variables.values()] };
}

export function variableGroups(
  schema: Schema,
  entity: string,
  snapshot: Snapshot | null,
): readonly VariableGroup[] {
  const known = (code: string): Entity | undefined => schema.entities.find((each) => each.code === code);
  const contacts = snapshot?.["contacts"];
  const contact = Array.isArray(contacts) ? (contacts as readonly Json[])[0] : undefined;
  const cards: readonly [string, Json | undefined][] = [
    [entity, snapshot?.[entity]],
    ["contact", contact],
    ["company", snapshot?.["company"]],
    ["responsible", snapshot?.["responsible"]],
    ["workspace", snapshot?.["workspace"]],
  ];
  return cards
    .map(([name, card]) => group(name, known(name), card))
    .filter(({ variables }) => variables.length > 0);
}
