import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import { expect, test } from "vitest";
import { liquid } from "./language";

const names = tagHighlighter([
  { tag: tags.meta, class: "m" },
  { tag: tags.function(tags.variableName), class: "f" },
  { tag: tags.keyword, class: "k" },
  { tag: tags.comment, class: "c" },
]);

/** "[{{ a | ]m [default]f [ }}]m": each element of the line with its colour. */
function dump(text: string): string {
  const parts: string[] = [];
  highlightTree(liquid.parser.parse(text), names, (from, to, colour) => {
    parts.push(`[${text.slice(from, to)}]${colour}`);
  });
  return parts.join(" ");
}

test.each([
  ["Hi there", ""],
  ["{{ contact.first_name }}", "[{{ contact.first_name }}]m"],
  ['{{ a | default: "x" }}', '[{{ a | ]m [default]f [: "x" }}]m'],
  [
    "{%- if a > 10 and b -%}x{% endif %}",
    "[{%- ]m [if]k [ a > 10 ]m [and]k [ b -%}]m [{% ]m [endif]k [ %}]m",
  ],
  ["{% comment %}{{ a }}{% endcomment %}", "[{% ]m [comment]k [ %}]m [{{ a }}]c [{% ]m [endcomment]k [ %}]m"],
  ["{% raw %}{{ a }}{% endraw %} {{ b }}", "[{% ]m [raw]k [ %}]m [{% ]m [endraw]k [ %}]m [{{ b }}]m"],
  ['{{ "}}" }}', '[{{ "}}" }}]m'],
  ["{ not liquid }", ""],
])("%s", (text, expected) => {
  expect(dump(text)).toBe(expected);
});
