import { expect, test } from "vitest";
import { madeUpPassword } from "./password";
import { headOf, targetsOf, unguessed } from "./import-columns";

test.each([
  ["Kunde;Telefon;Betrag\n1;2;3", ["Kunde", "Telefon", "Betrag"]],
  ['\uFEFF"Name, first",Phone\r\n', ["Name, first", "Phone"]],
  ["a\tb, c\td", ["a", "b, c", "d"]],
  ["alone", ["alone"]],
  ["", []],
])("the head of %j is %j", (text, head) => {
  expect(headOf(text)).toEqual(head);
});

test("a column can become a field of the item, of its people, or what was guessed; each once", () => {
  const entity = {
    code: "deal",
    name: "Deal",
    fields: [
      { name: "number", type: "text" as const },
      { name: "frame", type: "text" as const },
      { name: "contract", type: "file" as const },
    ],
  };
  const targets = targetsOf(entity, [
    ...unguessed(["x"]),
    { column: "y", field: "contact.email.home", guessed: true },
  ]);
  expect(targets).toContain("frame");
  expect(targets).toContain("contact.email.home");
  expect(targets).not.toContain("contract");
  expect(new Set(targets).size).toBe(targets.length);
});

test("made-up passwords are long enough for the service and never the same", () => {
  expect(madeUpPassword()).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
  expect(madeUpPassword()).not.toBe(madeUpPassword());
});
