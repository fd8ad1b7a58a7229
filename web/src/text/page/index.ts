// The words of the whole page.

import type { Table, Words } from "../index";
import { en } from "./en";

export const pageWords: Words<Table> = {
  english: en,
  others: {
    de: async () => (await import("./de")).de,
    es: async () => (await import("./es")).es,
    pl: async () => (await import("./pl")).pl,
    pt: async () => (await import("./pt")).pt,
  },
};
