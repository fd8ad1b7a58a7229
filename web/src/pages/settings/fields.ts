// The settings of a provider as a form keeps them: texts, and lists of rows of texts. Pure functions both ways, so
// that what is stored and not touched comes back as it was.

import type { SettingField } from "../../api/settings";
import { listOf, objectOf } from "../../core/json";
import type { Json, JsonObject } from "../../core/types";

/** The columns of a setting that is a list of objects, or one object. */
export const COLUMNS: Readonly<Partial<Record<SettingField["type"], readonly string[]>>> = {
  lines: ["id", "number", "name"],
  mailboxes: ["address", "name"],
  prices: ["prefix", "per", "amount", "currency"],
  templates: ["name", "language", "text"],
  rate: ["messages_per_second", "segments_per_second", "concurrent"],
  success: ["pointer", "value"],
};

/** Settings that are one object, not a list of them. */
const SINGLE: ReadonlySet<SettingField["type"]> = new Set(["rate", "success"]);
export const isSingle = (type: SettingField["type"]): boolean => SINGLE.has(type);

export type Row = Readonly<Record<string, string>>;
export type FieldValue = string | readonly Row[];
export type Draft = Readonly<Record<string, FieldValue>>;

const asText = (value: Json | undefined): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

function rowOf(value: Json, columns: readonly string[]): Row {
  const object = objectOf(value);
  return Object.fromEntries(columns.map((column) => [column, asText(object[column])]));
}

export function draftOf(settings: JsonObject, fields: readonly SettingField[]): Draft {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const columns = COLUMNS[type];
      return [name, columns ? rowsOf(settings[name], type, columns) : asText(settings[name])];
    }),
  );
}

function rowsOf(
  value: Json | undefined,
  type: SettingField["type"],
  columns: readonly string[],
): readonly Row[] {
  if (isSingle(type)) return value === undefined ? [] : [rowOf(value, columns)];
  const list = listOf(value);
  return list.map((each) => rowOf(each, columns));
}

const NUMBERS: ReadonlySet<string> = new Set(COLUMNS.rate);

/** A cell as it is stored: numbers of a rate are numbers, everything else is text; empty ones are left out. */
function cells(row: Row): JsonObject {
  const filled = Object.entries(row).filter(([, value]) => value.trim() !== "");
  return Object.fromEntries(filled.map(([name, value]) => [name, cell(name, value.trim())]));
}

function cell(name: string, value: string): Json {
  return NUMBERS.has(name) && Number.isFinite(Number(value)) ? Number(value) : value;
}

function stored(type: SettingField["type"], value: FieldValue): Json | undefined {
  if (typeof value !== "string") {
    const rows = value.map(cells).filter((row) => Object.keys(row).length > 0);
    if (isSingle(type)) return rows[0];
    return rows.length > 0 ? rows : undefined;
  }
  const text = value.trim();
  if (text === "") return undefined;
  if (type === "count" && /^\d+$/.test(text)) return Number(text);
  return type === "texts" || type === "flag" ? parsed(text) : text;
}

/** An object written as JSON; what is none stays a text, and the service says what is wrong with it. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The settings to store: what the form has over what was there; what the form does not know stays. */
export function settingsOf(draft: Draft, fields: readonly SettingField[], before: JsonObject): JsonObject {
  const known = new Set(fields.map(({ name }) => name));
  const kept = Object.entries(before).filter(([name]) => !known.has(name));
  const given = fields.flatMap(({ name, type }): [string, Json][] => {
    const value = stored(type, draft[name] ?? "");
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...kept, ...given]);
}
