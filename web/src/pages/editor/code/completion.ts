// Completion inside Liquid: values with what they hold for the sample client, filters with what they do, tags.

import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { placeAt } from "../../../liquid/place";
import { FILTERS, TAGS } from "../../../liquid/words";
import type { VariableGroup } from "../../../liquid/variables";
import { t, tOr } from "../../../text";

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
