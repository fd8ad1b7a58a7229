import { describe, expect, test } from "vitest";
import { editorWords } from "./editor";
import { chooseLanguage, decimalsMinus, LANGUAGES, speak, t, type Language, type Words } from "./index";
import { pageWords } from "./page";
import { en } from "./page/en";
import { cut, type Message, type Messages } from "./table";

const forms = (message: Message): readonly string[] =>
  typeof message === "string" ? [message] : Object.values(message as unknown as Record<string, string>);
const names = (form: string): readonly string[] =>
  [...new Set(cut(form).filter((_, at) => at % 2 === 1))].sort();

/** What a message needs filled in, over all its forms. */
const placeholders = (message: Message): readonly string[] =>
  [...new Set(forms(message).flatMap(names))].sort();

/** Signs and formats are the same everywhere, and some words are. */
const isWord = (text: string): boolean => /\p{L}{4}/u.test(text.replaceAll(/\{\w+\}/g, ""));

const tableOf = async ({ english, others }: Words, language: Language): Promise<Messages> =>
  language === "en" ? english : others[language]();

/** The parts of a language, one a view. */
const parts = import.meta.glob<Readonly<Record<string, Messages>>>("./{en,de,es,pl,pt}/*.ts", {
  eager: true,
});
const partsOf = (language: Language): readonly Messages[] =>
  Object.entries(parts)
    .filter(([path]) => path.startsWith(`./${language}/`))
    .flatMap(([, part]) => Object.values(part));

for (const language of Object.keys(LANGUAGES) as readonly Language[]) {
  describe(language, async () => {
    const table = await tableOf(pageWords, language);
    const editorTable = await tableOf(editorWords, language);

    test("has every message, and no other", () => {
      expect(Object.keys(table).sort()).toEqual(Object.keys(en).sort());
    });

    test("has every message in one part, and every part in the whole", () => {
      expect(partsOf(language).flatMap(Object.keys).sort()).toEqual(Object.keys(table).sort());
    });

    test("the editor's part says the same as the whole", () => {
      expect(Object.keys(editorTable).sort()).toEqual(Object.keys(editorWords.english).sort());
      expect(table).toMatchObject(editorTable);
    });

    test("no message is empty, none is left without what belongs into it", () => {
      const wrong = Object.entries(table).filter(
        ([key, message]) =>
          forms(message).some((form) => form.trim() === "") ||
          placeholders(message).join() !== placeholders(en[key as keyof typeof en]).join(),
      );
      expect(wrong.map(([key]) => key)).toEqual([]);
    });

    test("messages that count have every plural form of the language", () => {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      // "many" of Spanish and Portuguese is for whole millions; there the form for others is right.
      const needed = language === "es" || language === "pt" ? ["one", "other"] : wanted;
      const wrong = Object.entries(table).filter(
        ([, message]) => typeof message !== "string" && needed.some((form) => !(form in message)),
      );
      expect(wrong.map(([key]) => key)).toEqual([]);
    });

    test("nothing is left in English", () => {
      if (language === "en") return;
      const same = Object.entries(table).filter(
        ([key, message]) =>
          typeof message === "string" &&
          isWord(message) &&
          !key.startsWith("kind.") && // what vendors call themselves
          message === en[key as keyof typeof en],
      );
      expect(same.length).toBeLessThan(30); // names, and words that the languages share
    });
  });
}

test("messages are said in the language that was switched to, with its plurals", async () => {
  await speak("pl", []);
  expect([1, 3, 5].map((n) => t("state.faults", { n }))).toEqual(["1 błąd", "3 błędy", "5 błędów"]);
  expect(t("nav.rules")).toBe("Reguły");
  await speak("en", []);
  expect(t("nav.rules")).toBe("Rules");
});

test.each([
  [["pt-BR", "en"], "pt"],
  [["fr-FR", "de-AT"], "de"],
  [["nl"], "en"],
  [["toString", "constructor"], "en"],
  [[], "en"],
])("whoever wants %j gets %s", (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});

test.each([
  ["0.14", "0.07", "0.07"],
  ["1", "0.045", "0.955"],
  ["0.07", "0.14", "-0.07"],
  ["3", "3", "0"],
])("%s − %s is %s", (a, b, difference) => {
  expect(decimalsMinus(a, b)).toBe(difference);
});
