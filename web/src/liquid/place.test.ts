import { expect, test } from "vitest";
import { placeAt } from "./place";

test.each([
  ["Hi", null],
  ["{{ a }} and", null],
  ["{{ ", { place: "value", word: "" }],
  ["{{ contact.fi", { place: "value", word: "contact.fi" }],
  ["{{- contact", { place: "value", word: "contact" }],
  ["{{ a | ", { place: "filter", word: "" }],
  ["{{ a | de", { place: "filter", word: "de" }],
  ['{{ a | default: "th', null],
  ['{{ a | default: "x" | up', { place: "filter", word: "up" }],
  ["{% ", { place: "tag", word: "" }],
  ["{%- i", { place: "tag", word: "i" }],
  ["{% if de", { place: "value", word: "de" }],
  ["{% if a %}", null],
] as const)("%s completes %j", (before, expected) => {
  expect(placeAt(before)).toEqual(expected);
});
