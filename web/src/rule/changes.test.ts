import { expect, test } from "vitest";
import type { Rule } from "../core/types";
import { changesBetween } from "./changes";
import type { Known } from "./words";

const known: Known = {
  schema: {
    entities: [
      {
        code: "deal",
        name: "Deal",
        pipelines: [{ id: "sales", name: "Sales", stages: [{ id: "paid", name: "Paid" }] }],
        fields: [{ name: "amount", type: "money" }],
      },
    ],
  },
  workspace: { currency: "EUR", providers: [{ id: "p", kind: "twilio", name: "Twilio main" }] },
};
const rule: Rule = {
  id: "r",
  name: "R",
  on: { entity: "deal", pipeline: "sales", stage: "paid" },
  action: { type: "send_sms", text: "Hi", provider: "p" },
};

test("a rule that is the same has no changes, also where it spells out what holds anyway", () => {
  expect(
    changesBetween(known, rule, { ...rule, enabled: true, policy: "at_most_once", position: 0 }),
  ).toEqual([]);
});

test("each changed part is told before and after", () => {
  const changed: Rule = {
    ...rule,
    timing: { run: "after", delay: "PT2H" },
    conditions: { all: [{ field: "deal.amount", op: "ge", value: "100" }] },
    action: { type: "send_sms", text: "Hello", provider: "p" },
  };
  expect(changesBetween(known, rule, changed)).toEqual([
    { what: "When the message goes out", before: "immediately", after: "2 hours later" },
    { what: "Only under these conditions", before: "always", after: "amount ≥ 100 EUR" },
    { what: "Text", before: "Hi", after: "Hello" },
  ]);
});

test("what the old action had and the new one has not is told too", () => {
  const changes = changesBetween(known, rule, {
    ...rule,
    action: { type: "send_chat_message", text: "Hi" },
  });
  expect(changes).toContainEqual({ what: "Sent through", before: "Twilio main", after: "" });
  expect(changes).toContainEqual({ what: "Message", before: "SMS", after: "Chat message" });
});

test("of a new rule everything is told, as new", () => {
  const changes = changesBetween(known, null, rule);
  expect(changes.every(({ before, after }) => before === "" && after !== "")).toBe(true);
  expect(changes).toContainEqual({ what: "Stage", before: "", after: "Deal › Sales › Paid" });
});
