// Completion inside Liquid: values with what they hold for the sample client, filters with what they do, the arguments
// they take, tags.

import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { placeAt, type Found } from "../../../liquid/place";
import { FILTERS, TAGS } from "../../../liquid/words";
import type { VariableGroup } from "../../../liquid/variables";
import { t, tOr } from "../../../text";

// Made anew each time: the language of the descriptions may have changed.
function filters(): readonly Completion[] {
  return FILTERS.map(({ name, arguments: args }) => {
    const completion: Completion = { label: name, type: "function", info: tOr(`filter.${name}`, name) };
    return args === "" ? completion : snippetCompletion(`${name}${args.replace('""', '"${}"')}`, completion);
  });
}
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

function choicesOf({ filter, word }: Found): readonly Completion[] {
  const choices = FILTERS.find(({ name }) => name === filter)?.choices ?? [];
  return choices
    .filter((choice) => choice.startsWith(word))
    .map((label) => ({
      label,
      type: "constant",
      // The closing quote that the editor has typed already is taken over.
      apply: (view, _completion, from, to) => {
        const quote = label.endsWith('"') && view.state.sliceDoc(to, to + 1) === '"' ? 1 : 0;
        view.dispatch({
          changes: { from, to: to + quote, insert: label },
          selection: { anchor: from + label.length },
        });
      },
    }));
}

/** `groups` is asked for at each completion, so that another sample client is noticed. */
export function liquidCompletion(groups: () => readonly VariableGroup[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const found = placeAt(context.state.sliceDoc(0, context.pos));
    if (!found) return null;
    const { place, word } = found;
    const from = context.pos - word.length;
    if (place === "argument") {
      const options = choicesOf(found);
      return options.length === 0 ? null : { from, options: [...options], filter: false };
    }
    const options = place === "filter" ? filters() : place === "tag" ? tags : values(groups());
    return { from, options: [...options], validFor: /^[\p{L}\p{N}_.]*$/u };
  };
}
