import { describe, expect, test } from "vitest";
import { cut, fill } from "./table";

describe("fill", () => {
  test.each([
    ["one fault", { one: "{n} fault", other: "{n} faults" }, { n: 1 }, "1 fault"],
    ["many faults", { one: "{n} fault", other: "{n} faults" }, { n: 3 }, "3 faults"],
    ["no fault", { one: "{n} fault", other: "{n} faults" }, { n: 0 }, "0 faults"],
    ["an argument without a value stays visible", "to {who}", {}, "to {who}"],
    ["an argument is not filled twice", "{a}", { a: "{b}", b: "no" }, "{b}"],
  ] as const)("%s", (_name, message, args, expected) => {
    expect(fill(message, "en", args)).toBe(expected);
  });

  test("Polish picks its own plural forms", () => {
    const message = { one: "{n} błąd", few: "{n} błędy", many: "{n} błędów", other: "{n} błędu" };
    expect([1, 2, 5, 22].map((n) => fill(message, "pl", { n }))).toEqual([
      "1 błąd",
      "2 błędy",
      "5 błędów",
      "22 błędy",
    ]);
  });
});

test("cut gives words and names in turn", () => {
  expect(cut("When {entity} enters {stage}.")).toEqual(["When ", "entity", " enters ", "stage", "."]);
});
