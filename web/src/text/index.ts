// All words of the page come through here. A further language is one more table of the same keys.

import type { ComponentChildren } from "preact";
import { en } from "./en";
import { cut, fill, type Arguments, type Message } from "./table";

export type Key = keyof typeof en;
export type Table = Readonly<Record<Key, Message>>;

const tables: Readonly<Record<string, Table>> = { en };

let language = "en";
let locale = "en"; // the language with the region the user has, for dates
let table: Table = en;

/** Takes the first of the wanted languages that there is a table for. */
export function speak(wanted: readonly string[]): string {
  const bases = wanted.flatMap((tag) => [tag, tag.split("-")[0] ?? ""]);
  language = bases.find((tag) => tables[tag] !== undefined) ?? "en";
  locale = wanted.find((tag) => tag.split("-")[0] === language) ?? language;
  table = tables[language] ?? en;
  return language;
}

export function currentLanguage(): string {
  return language;
}

export function t(key: Key, args: Arguments = {}): string {
  return fill(table[key], language, args);
}

/** The message for a value that comes from outside, or the value itself where the table does not know it. */
export function tOr(key: string, fallback: string): string {
  return key in table ? t(key as Key) : fallback;
}

/** A message whose placeholders are parts of the page: a sentence made of words and pickers. */
export function rich(key: Key, parts: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
  const message = table[key];
  const form = typeof message === "string" ? message : message.other;
  return cut(form).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? null)));
}

/** A moment in the words of the user's own clock. For the customer's clock, ask the core. */
export function moment(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }).format(date);
}
