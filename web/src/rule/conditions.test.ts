import { describe, expect, test } from "vitest";
import type { Conditions, Test } from "../core/types";
import { operatorsFor, replaceAt, testsOf, withField, withOperator } from "./conditions";

const is = (field: string): Test => ({ field, op: "not_empty" });
const tree: Conditions = { all: [is("a"), { any: [is("b"), { all: [is("c")] }] }] };

describe("replaceAt", () => {
  test("replaces a test inside groups and leaves the original alone", () => {
    expect(replaceAt(tree, [1, 0], is("x"))).toEqual({
      all: [is("a"), { any: [is("x"), { all: [is("c")] }] }],
    });
    expect(testsOf(tree).map(({ field }) => field)).toEqual(["a", "b", "c"]);
  });
  test("a group that becomes empty goes with its last test", () => {
    expect(replaceAt(tree, [1, 1, 0], null)).toEqual({ all: [is("a"), { any: [is("b")] }] });
  });
  test("without its last test nothing is left", () => {
    expect(replaceAt({ any: [is("a")] }, [0], null)).toBeNull();
    expect(replaceAt({ any: [{ all: [is("a")] }] }, [0, 0], null)).toBeNull();
  });
  test("a path that leads into a test changes nothing", () => {
    expect(replaceAt(tree, [0, 3], is("x"))).toEqual(tree);
  });
  test("the empty path replaces the whole tree, but never by a bare test", () => {
    expect(replaceAt(tree, [], { any: [is("z")] })).toEqual({ any: [is("z")] });
    expect(replaceAt(tree, [], is("z"))).toBeNull();
  });
});

describe("the value takes the shape of its comparison", () => {
  test.each([
    [{ field: "f", op: "eq", value: "1" }, "between", { field: "f", op: "between", value: ["1", ""] }],
    [{ field: "f", op: "between", value: ["1", "2"] }, "ge", { field: "f", op: "ge", value: "1" }],
    [{ field: "f", op: "eq", value: "a" }, "in", { field: "f", op: "in", value: ["a"] }],
    [{ field: "f", op: "eq", value: "a" }, "empty", { field: "f", op: "empty" }],
    [{ field: "f", op: "empty" }, "eq", { field: "f", op: "eq", value: "" }],
  ] as const)("%j as %s", (from, op, to) => {
    expect(withOperator(from, op, "text")).toEqual(to);
  });
  test("a yes-or-no field is compared with yes or no", () => {
    expect(withOperator({ field: "f", op: "empty" }, "eq", "boolean")).toEqual({
      field: "f",
      op: "eq",
      value: false,
    });
  });
});

test("another field keeps the comparison only where it means something", () => {
  expect(withField({ field: "a", op: "ge", value: "3" }, "b", "money")).toEqual({
    field: "b",
    op: "ge",
    value: "",
  });
  expect(withField({ field: "a", op: "contains", value: "x" }, "b", "date")).toEqual({
    field: "b",
    op: "not_empty",
  });
});

test("a comparison that the rule has already is offered even where it is odd", () => {
  expect(operatorsFor("boolean", "contains")).toContain("contains");
  expect(operatorsFor("boolean", "eq")).not.toContain("contains");
});
