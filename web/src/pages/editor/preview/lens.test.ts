import { expect, test } from "vitest";
import { inLanguage } from "./lens";

const deal = { id: "D-1" };

test.each([
  [
    "the first contact",
    { deal, contacts: [{ id: "a" }, { id: "b" }] },
    { deal, contacts: [{ id: "a", language: "de" }, { id: "b" }] },
  ],
  [
    "the company without contacts",
    { deal, contacts: [], company: { id: "K" } },
    { deal, contacts: [], company: { id: "K", language: "de" } },
  ],
  ["the item itself without both", { deal }, { deal: { id: "D-1", language: "de" } }],
  ["nothing where there is no card", {}, {}],
])("the language goes to %s", (_name, snapshot, expected) => {
  expect(inLanguage(snapshot, "deal", "de")).toEqual(expected);
});

test("without a language the snapshot is left alone", () => {
  const snapshot = { deal };
  expect(inLanguage(snapshot, "deal", null)).toBe(snapshot);
});
