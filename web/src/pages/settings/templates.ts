// WhatsApp templates as the form keeps them: rows of texts. What a row does not know of its template stays as it was.

import { isObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/types";
import type { Fault, Faults } from "./faults";

export const TEMPLATE_FIELDS = ["provider", "name", "language", "parameters", "text"] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

export type TemplateDraft = Readonly<Record<TemplateField, string>> & { readonly before: JsonObject };

type Says =
  | "templates.noProvider"
  | "templates.noName"
  | "templates.badLanguage"
  | "templates.badCount"
  | "templates.textCount"
  | "templates.twice";

const MOST_VALUES = 100; // the core's bound

const text = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

function draftOf(before: JsonObject): TemplateDraft {
  const [provider, name, language, parameters, words] = TEMPLATE_FIELDS.map((field) => text(before[field]));
  return {
    before,
    provider: provider ?? "",
    name: name ?? "",
    language: language ?? "",
    parameters: parameters === undefined || parameters === "" ? "0" : parameters,
    text: words ?? "",
  };
}

export function templateDrafts(stored: Json | undefined): readonly TemplateDraft[] {
  const list = Array.isArray(stored) ? (stored as readonly Json[]) : [];
  return list.filter(isObject).map(draftOf);
}

/** A new one goes the way that the last one goes, or the only way there is. */
export function freshTemplate(before: readonly TemplateDraft[], providers: readonly string[]): TemplateDraft {
  const last = before.at(-1);
  const provider = last?.provider ?? (providers.length === 1 ? (providers[0] ?? "") : "");
  return { ...draftOf({}), provider, language: last?.language ?? "" };
}

/** {{1}} and {{first_name}}: how many different ones. */
export function valuesIn(words: string): number {
  return new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name)).size;
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const isCount = (typed: string): boolean => /^\d{1,3}$/.test(typed) && Number(typed) <= MOST_VALUES;
const identity = ({ provider, name, language }: TemplateDraft): string =>
  JSON.stringify([provider, name, language].map((each) => each.trim()));

/** The first thing that is wrong with each of a row's fields. */
function faultsOf(
  row: TemplateDraft,
  known: ReadonlySet<string>,
): Partial<Record<TemplateField, Fault<Says>>> {
  const count = row.parameters.trim();
  const inText = valuesIn(row.text);
  const differs = row.text.trim() !== "" && isCount(count) && inText !== Number(count);
  return {
    ...(row.provider === "" ? { provider: { says: "templates.noProvider" } } : {}),
    ...(row.name.trim() === "" ? { name: { says: "templates.noName" } } : {}),
    ...(row.name.trim() !== "" && known.has(identity(row)) ? { name: { says: "templates.twice" } } : {}),
    ...(row.language.trim() === "" || isLanguage(row.language.trim())
      ? {}
      : { language: { says: "templates.badLanguage" } }),
    ...(isCount(count) ? {} : { parameters: { says: "templates.badCount" } }),
    ...(differs ? { text: { says: "templates.textCount", args: { inText, count } } } : {}),
  };
}

export function templateFaults(rows: readonly TemplateDraft[]): Faults<Says> {
  const known = new Set<string>();
  const found: [string, Fault<Says>][] = [];
  rows.forEach((row, index) => {
    for (const [field, fault] of Object.entries(faultsOf(row, known)))
      found.push([`/templates/${index}/${field}`, fault]);
    known.add(identity(row));
  });
  return Object.fromEntries(found);
}

function templateOf({ before, ...row }: TemplateDraft): JsonObject {
  const { provider, name, language, parameters, text: words } = row;
  const others = Object.entries(before).filter(([member]) => !(member in row));
  return {
    ...Object.fromEntries(others),
    provider,
    name: name.trim(),
    ...(language.trim() === "" ? {} : { language: language.trim() }),
    parameters: Number(parameters.trim()),
    ...(words.trim() === "" ? {} : { text: words.trim() }),
  };
}

export function templatesOf(rows: readonly TemplateDraft[]): readonly JsonObject[] | undefined {
  return rows.length === 0 ? undefined : rows.map(templateOf);
}
