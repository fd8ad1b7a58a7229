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
export function tOr(key: string, fallback: string, args: Arguments = {}): string {
  return key in table ? t(key as Key, args) : fallback;
}

/** A message whose placeholders are parts of the page: a sentence made of words and pickers. */
export function rich(key: Key, parts: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
  const message = table[key];
  const form = typeof message === "string" ? message : message.other;
  return cut(form).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? null)));
}

/** The pieces of a message: even places are text, odd ones name what belongs there. */
export function pieces(key: Key): readonly string[] {
  const message = table[key];
  return cut(typeof message === "string" ? message : message.other);
}

/** "pt-BR" in the user's language. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // not a language tag
  }
}

/** A day as people write it: "2026-12-01" → "1 Dec 2026"; anything else as it is. */
export function dayWords(date: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(day);
}

/** An amount in the locale's form. Exact: Intl takes the decimal text, no number comes between. */
export function moneyWords(amount: string, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 4 });
    return format.format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`; // a currency that is none
  }
}

/** Exact difference of two decimal texts; prices have a few decimals, which integers hold easily. */
export function decimalsMinus(a: string, b: string): string {
  const places = Math.max(...[a, b].map((text) => text.split(".")[1]?.length ?? 0));
  const units = (text: string): bigint => {
    const [whole = "0", part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  };
  const digits = (units(a) - units(b)).toString();
  const size = digits.replace("-", "").padStart(places + 1, "0");
  const text = places === 0 ? size : `${size.slice(0, -places)}.${size.slice(-places)}`;
  return digits.startsWith("-") ? `-${text}` : text;
}

export function numberWords(n: number): string {
  return new Intl.NumberFormat(locale).format(n);
}

/** A moment in the words of the user's own clock. For the customer's clock, ask the core. */
export function moment(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }).format(date);
}
