// All words of the page come through here. English is there from the start; every other language is a table of the
// same keys that is fetched when somebody wants it. Who draws with t() is drawn anew when the language changes.

import { signal } from "@preact/signals";
import { en } from "./en";
import { cut, fill, type Arguments, type Message } from "./table";

export type Key = keyof typeof en;
export type Table = Readonly<Record<Key, Message>>;

interface Language {
  /** As people name it in it. */
  readonly name: string;
  readonly load: () => Promise<Table>;
}

export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: { name: "English", load: () => Promise.resolve(en) },
  de: { name: "Deutsch", load: async () => (await import("./de")).de },
  es: { name: "Español", load: async () => (await import("./es")).es },
  pl: { name: "Polski", load: async () => (await import("./pl")).pl },
  pt: { name: "Português (Brasil)", load: async () => (await import("./pt")).pt },
};

interface Spoken {
  readonly language: string;
  /** The language with the region the user has, for dates, amounts and plurals. */
  readonly locale: string;
  readonly table: Table;
}

const spoken = signal<Spoken>({ language: "en", locale: "en", table: en });
let wishes = 0; // of two the later counts, whichever table comes first
const REMEMBERED = "recado.language";

function localeFor(language: string, wanted: readonly string[]): string {
  const own = wanted.find((tag) => tag.split("-")[0] === language);
  return own ?? (language === "pt" ? "pt-BR" : language);
}

/** The first of the wanted languages that there is a table for. */
export function chooseLanguage(wanted: readonly string[]): string {
  const bases = wanted.map((tag) => tag.split("-")[0]?.toLowerCase() ?? "");
  return bases.find((base) => LANGUAGES[base] !== undefined) ?? "en";
}

/** Speaks the language once its table is there; what is drawn until then stays. */
export async function speak(
  language: string,
  wanted: readonly string[] = navigator.languages,
): Promise<void> {
  const wish = ++wishes;
  const table = await LANGUAGES[language]?.load();
  if (!table || wish !== wishes) return;
  spoken.value = { language, locale: localeFor(language, wanted), table };
}

/** The language chosen here before, else the browser's. */
export function preferredLanguage(): string {
  const remembered = localStorage.getItem(REMEMBERED);
  return remembered !== null && LANGUAGES[remembered] ? remembered : chooseLanguage(navigator.languages);
}

export async function switchLanguage(language: string): Promise<void> {
  await speak(language);
  localStorage.setItem(REMEMBERED, language);
}

/** Base tag: "pt". */
export function currentLanguage(): string {
  return spoken.value.language;
}
export function currentLocale(): string {
  return spoken.value.locale;
}

export function t(key: Key, args: Arguments = {}): string {
  const { table, language } = spoken.value;
  return fill(table[key], language, args);
}

/** The message for a value that comes from outside, or the value itself where the table does not know it. */
export function tOr(key: string, fallback: string, args: Arguments = {}): string {
  return key in spoken.value.table ? t(key as Key, args) : fallback;
}

/** The pieces of a message: even places are text, odd ones name what belongs there. */
export function pieces(key: Key): readonly string[] {
  const message = spoken.value.table[key];
  return cut(typeof message === "string" ? message : message.other);
}

export { dayWords, decimalsMinus, languageName, moment, moneyWords, numberWords } from "./formats";
export { rich } from "./rich";
