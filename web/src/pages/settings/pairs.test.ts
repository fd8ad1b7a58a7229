import { expect, test } from "vitest";
import { FIELDS, objectOf, pairFaults, pairsOf, TYPES } from "./pairs";

const pair = (from: string, to: string) => ({ from, to });
const says = (pairs: readonly { from: string; to: string }[], shape = TYPES) =>
  Object.entries(pairFaults(pairs, shape)).map(([path, fault]) => `${path} ${fault.says}`);

test("names come back as they were, none is none", () => {
  const stored = { "128": "project", "31": "bill" };
  expect(objectOf(pairsOf(stored))).toEqual(stored);
  expect(pairsOf(undefined)).toEqual([]);
  expect(pairsOf(["x"])).toEqual([]);
  expect(objectOf([pair(" ", "")])).toBeUndefined();
  expect(objectOf([pair(" 128 ", " project ")])).toEqual({ "128": "project" });
});

test.each([
  ["both sides", pair("128", "project"), []],
  ["an empty row", pair("", ""), []],
  ["half a row", pair("128", ""), ["/settings/types/0 source.pairHalf"]],
  ["the other half", pair("", "project"), ["/settings/types/0 source.pairHalf"]],
  ["no number", pair("Project", "project"), ["/settings/types/0 source.typeNumber"]],
  ["a code with a space", pair("128", "my project"), ["/settings/types/0 source.code"]],
  ["a code in capitals", pair("128", "Project"), ["/settings/types/0 source.code"]],
])("custom types: %s", (_name, row, expected) => {
  expect(says([row])).toEqual(expected);
});

test("custom fields begin with UF_; the second of the same is the wrong one", () => {
  expect(says([pair("UF_CRM_1", "a"), pair("TITLE", "b"), pair("UF_CRM_1", "c")], FIELDS)).toEqual([
    "/settings/fields/1 source.fieldName",
    "/settings/fields/2 source.pairTwice",
  ]);
});
