// The words of the editor alone, for the element. words.test.ts holds that it asks for no others.

import type { EditorTable, Words } from "../index";
import { en } from "./en";

export const editorWords: Words<EditorTable> = {
  english: en,
  others: {
    de: async () => (await import("./de")).de,
    es: async () => (await import("./es")).es,
    pl: async () => (await import("./pl")).pl,
    pt: async () => (await import("./pt")).pt,
  },
};
