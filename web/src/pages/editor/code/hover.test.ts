import { expect, test } from "vitest";
import type { VariableGroup } from "../../../liquid/variables";
import { helpFor } from "./hover";

const groups: readonly VariableGroup[] = [
  {
    name: "contact",
    variables: [
      { path: "contact.first_name", title: "First name", type: "text", sample: "Ana" },
      { path: "contact.last_name", title: "Last name", type: "text", sample: "" },
    ],
  },
];

test.each([
  ["contact.first_name", { title: "Client’s contact: First name", detail: "Ana" }],
  ["contact.last_name", { title: "Client’s contact: Last name", detail: "no value" }],
  ["money", { title: "money", detail: "Amount with its currency, in the client’s language" }],
  ["contact.frist_name", null],
  ["hello", null],
])("%s", (word, expected) => {
  expect(helpFor(word, groups)).toEqual(expected);
});
