import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import { expect, test } from "vitest";
import { liquid } from "./language";

const names = tagHighlighter([
  { tag: tags.bracket, class: "b" },
  { tag: tags.variableName, class: "v" },
  { tag: tags.function(tags.variableName), class: "f" },
  { tag: tags.keyword, class: "k" },
  { tag: tags.string, class: "s" },
  { tag: tags.number, class: "n" },
  { tag: tags.operator, class: "o" },
  { tag: tags.comment, class: "c" },
]);

/** "{{|b contact.name|v …": each coloured stretch with its colour. */
function dump(text: string): string {
  const parts: string[] = [];
  highlightTree(liquid.parser.parse(text), names, (from, to, colour) => {
    parts.push(`${text.slice(from, to)}/${colour}`);
  });
  return parts.join(" ");
}

test.each([
  ["Hi there", ""],
  ["{{ contact.first_name }}", "{{/b contact.first_name/v }}/b"],
  ['{{ a | default: "x" }}', '{{/b a/v |/o default/f "x"/s }}/b'],
  ["{%- if a > 10 -%}x{% endif %}", "{%-/b if/k a/v 10/n -%}/b {%/b endif/k %}/b"],
  ["{% comment %}{{ a }}{% endcomment %}", "{%/b comment/k %}/b {{ a }}/c {%/b endcomment/k %}/b"],
  ["{% raw %}{{ a }}{% endraw %} {{ b }}", "{%/b raw/k %}/b {%/b endraw/k %}/b {{/b b/v }}/b"],
  ['{{ "}}" }}', '{{/b "}}"/s }}/b'],
  ["{ not liquid }", ""],
])("%s", (text, expected) => {
  expect(dump(text)).toBe(expected);
});
