// Completion inside Liquid: values with what they hold for the sample client, filters with what they do, tags.

import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { FILTERS, TAGS } from "../../../liquid/words";
import type { VariableGroup } from "../../../liquid/variables";
import { t, tOr } from "../../../text";

type Place = "value" | "filter" | "tag";

/** Where in Liquid the text ends, and from where on the word being typed stands; null outside of Liquid. */
export function placeAt(before: string): { readonly place: Place; readonly word: string } | null {
  const open = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
  if (open < 0) return null;
  const inside = before.slice(open + 2);
  if (/[}%]\}/.test(inside)) return null;
  const word = /[\p{L}\p{N}_.]*$/u.exec(inside)?.[0] ?? "";
  const ahead = inside.slice(0, inside.length - word.length).replace(/^-/, "");
  if (isInString(ahead)) return null;
  if (/\|\s*$/.test(ahead)) return { place: "filter", word };
  if (before.startsWith("{%", open) && ahead.trim() === "") return { place: "tag", word };
  return { place: "value", word };
}

function isInString(text: string): boolean {
  return text.replace(/"[^"]*"|'[^']*'/g, "").search(/["']/) >= 0;
}

const filters: readonly Completion[] = FILTERS.map(({ name, arguments: args }) => {
  const completion: Completion = { label: name, type: "function", info: tOr(`filter.${name}`, name) };
  return args === "" ? completion : snippetCompletion(`${name}${args.replace('""', '"${}"')}`, completion);
});
const tags: readonly Completion[] = TAGS.map((label) => ({ label, type: "keyword" }));

function values(groups: readonly VariableGroup[]): readonly Completion[] {
  return groups.flatMap(({ name, variables }) =>
    variables.map(({ path, title, sample }) => ({
      label: path,
      detail: sample === "" ? t("editor.noValue") : sample,
      info: `${tOr(`group.${name}`, name)}: ${title}`,
      type: "variable",
    })),
  );
}

/** `groups` is asked for at each completion, so that another sample client is noticed. */
export function liquidCompletion(groups: () => readonly VariableGroup[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const found = placeAt(context.state.sliceDoc(0, context.pos));
    if (!found) return null;
    const { place, word } = found;
    const options = place === "filter" ? filters : place === "tag" ? tags : values(groups());
    return { from: context.pos - word.length, options: [...options], validFor: /^[\p{L}\p{N}_.]*$/u };
  };
}
