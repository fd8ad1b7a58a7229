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
  ['{{ a | default: "th', { place: "argument", word: '"th', filter: "default" }],
  ["{{ a | datetime: ", { place: "argument", word: "", filter: "datetime" }],
  ['{{ a | date: "%d', { place: "argument", word: '"%d', filter: "date" }],
  ['{{ a | default: "x" ', { place: "value", word: "" }],
  ['{{ a | default: "x" | up', { place: "filter", word: "up" }],
  ["{% ", { place: "tag", word: "" }],
  ["{%- i", { place: "tag", word: "i" }],
  ["{% if de", { place: "value", word: "de" }],
  ["{% if a %}", null],
] as const)("%s completes %j", (before, expected) => {
  expect(placeAt(before)).toEqual(expected);
});
