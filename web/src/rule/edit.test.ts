import { describe, expect, test } from "vitest";
import type { Diagnostic, Json, Rule } from "../core/types";
import { applyFix, canFix, textAt, withConditions, withValue } from "./edit";

const rule: Rule = {
  id: "r",
  name: "R",
  on: { entity: "deal", stage: "paid" },
  conditions: { all: [{ field: "deal.amout", op: "eq", value: "1" }] },
  action: { type: "send_sms", text: "Hi {{ contact.frist_name }}", provider: "p" },
};
const found = (
  path: string,
  from: number | undefined,
  to: number | undefined,
  replacement: string,
): Diagnostic => ({
  code: "unknown_variable",
  severity: "error",
  path,
  ...(from === undefined || to === undefined ? {} : { from, to }),
  message: "",
  fix: { title: "", replacement },
});

describe("applyFix", () => {
  test("replaces the span and leaves the original alone", () => {
    const fixed = applyFix(rule, found("/action/text", 6, 24, "contact.first_name"));
    expect(fixed.action).toMatchObject({ text: "Hi {{ contact.first_name }}" });
    expect(rule.action).toMatchObject({ text: "Hi {{ contact.frist_name }}" });
  });
  test("without a span the whole value is replaced", () => {
    const fixed = applyFix(rule, found("/conditions/all/0/field", undefined, undefined, "deal.amount"));
    expect(fixed.conditions).toEqual({ all: [{ field: "deal.amount", op: "eq", value: "1" }] });
  });
  test.each(["/action/nothing", "/conditions", "/action/text/0", ""])(
    "a path to no text (%s) changes nothing",
    (path) => {
      const diagnostic = found(path, 0, 1, "x");
      expect(canFix(rule, diagnostic)).toBe(false);
      expect(applyFix(rule, diagnostic)).toBe(rule);
    },
  );
});

test("pointers unescape ~1 and ~0, in this order", () => {
  const document: Json = { "a/b": { "c~1": "x" } };
  expect(textAt(document, "/a~1b/c~01")).toBe("x");
  expect(withValue(document, "/a~1b/c~01", "y")).toEqual({ "a/b": { "c~1": "y" } });
});

test("no conditions leave no empty member behind", () => {
  expect("conditions" in withConditions(rule, null)).toBe(false);
});
