// All words come through here. What there is to say is placed once, at the start: by the page all of it (page/), by the
// editor in somebody else's page only the editor's part (editor/). English is there from the start; every other language
// is a table of the same keys that is fetched when somebody wants it. Who draws with t() is drawn anew when the language
// changes.

import { signal } from "@preact/signals";
import type { en as editorEnglish } from "./editor/en";
import type { en as pageEnglish } from "./page/en";
import { cut, fill, type Arguments, type Message, type Translation } from "./table";

export type Key = keyof typeof pageEnglish;
export type Table = Translation<typeof pageEnglish>;
export type EditorTable = Translation<typeof editorEnglish>;

/** As people name each in it. */
export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  pl: "Polski",
  pt: "Português (Brasil)",
} as const;
export type Language = keyof typeof LANGUAGES;

/** A page's words; `All` is Table or a part of it. */
export interface Words<All extends Partial<Table> = Partial<Table>> {
  readonly english: All;
  readonly others: Readonly<Record<Exclude<Language, "en">, () => Promise<All>>>;
}

interface Spoken {
  readonly language: Language;
  /** The language with the region the user has, for dates, amounts and plurals. */
  readonly locale: string;
  readonly table: Partial<Table>;
}

const spoken = signal<Spoken>({ language: "en", locale: "en", table: {} });
let words: Words | null = null;
let wishes = 0; // of two the later counts, whichever table comes first
const REMEMBERED = "recado.language";

/** Comes before anything is drawn. */
export function placeWords(all: Words): void {
  words = all;
  spoken.value = { language: "en", locale: "en", table: all.english };
}

const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

async function tableOf(language: Language): Promise<Partial<Table> | undefined> {
  return language === "en" ? words?.english : words?.others[language]();
}

function localeFor(language: string, wanted: readonly string[]): string {
  const own = wanted.find((tag) => tag.split("-")[0] === language);
  return own ?? (language === "pt" ? "pt-BR" : language);
}

/** The first of the wanted languages that there is a table for. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const bases = wanted.map((tag) => tag.split("-")[0]?.toLowerCase() ?? "");
  return bases.find(isLanguage) ?? "en";
}

/** Speaks the language once its table is there; what is drawn until then stays. */
export async function speak(
  language: Language,
  wanted: readonly string[] = navigator.languages,
): Promise<void> {
  const wish = ++wishes;
  const table = await tableOf(language);
  if (!table || wish !== wishes) return;
  spoken.value = { language, locale: localeFor(language, wanted), table };
}

/** The language chosen here before, else the browser's. */
export function preferredLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED);
  return remembered !== null && isLanguage(remembered) ? remembered : chooseLanguage(navigator.languages);
}

export async function switchLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(REMEMBERED, language);
}

/** Base tag: "pt". */
export function currentLanguage(): Language {
  return spoken.value.language;
}
export function currentLocale(): string {
  return spoken.value.locale;
}

function said(key: Key): Message {
  const message = spoken.value.table[key];
  if (message === undefined) throw new Error(`No words were placed for ${key}.`);
  return message;
}

export function t(key: Key, args: Arguments = {}): string {
  return fill(said(key), spoken.value.language, args);
}

/** The message for a value that comes from outside, or the value itself where the table does not know it. */
export function tOr(key: string, fallback: string, args: Arguments = {}): string {
  return key in spoken.value.table ? t(key as Key, args) : fallback;
}

/** The pieces of a message: even places are text, odd ones name what belongs there. */
export function pieces(key: Key): readonly string[] {
  const message = said(key);
  return cut(typeof message === "string" ? message : message.other);
}

export { dayWords, decimalsMinus, languageName, moment, moneyWords, numberWords } from "./formats";
export { rich } from "./rich";
