// What a word of a template means, under the pointer: a value's name and what it holds, what a filter does.

import { hoverTooltip, type Tooltip } from "@codemirror/view";
import { FILTERS } from "../../../liquid/words";
import type { VariableGroup } from "../../../liquid/variables";
import { t, tOr } from "../../../text";

const WORD = /[\p{L}\p{N}_.]+/gu;

export interface Help {
  readonly title: string;
  readonly detail: string;
}

/** Null for a word that is neither a value nor a filter. */
export function helpFor(word: string, groups: readonly VariableGroup[]): Help | null {
  for (const { name, variables } of groups) {
    const found = variables.find(({ path }) => path === word);
    if (!found) continue;
    const detail = found.sample === "" ? t("editor.noValue") : found.sample;
    return { title: `${tOr(`group.${name}`, name)}: ${found.title}`, detail };
  }
  const filter = FILTERS.find(({ name }) => name === word);
  return filter ? { title: filter.name, detail: tOr(`filter.${filter.name}`, "") } : null;
}

/** Whether the place is between the brackets of an output or a tag. */
function isInside(before: string): boolean {
  return /\{[{%](?:(?![}%]\}).)*$/s.test(before);
}

export function liquidHelp(groups: () => readonly VariableGroup[]) {
  return hoverTooltip((view, pos): Tooltip | null => {
    const line = view.state.doc.lineAt(pos);
    if (!isInside(view.state.sliceDoc(0, pos))) return null;
    for (const { 0: word, index } of line.text.matchAll(WORD)) {
      const from = line.from + index;
      if (pos < from || pos > from + word.length) continue;
      const help = helpFor(word, groups());
      return help && { pos: from, end: from + word.length, above: true, create: () => ({ dom: draw(help) }) };
    }
    return null;
  });
}

function draw({ title, detail }: Help): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "cm-help";
  const name = dom.appendChild(document.createElement("b"));
  name.textContent = title;
  const text = dom.appendChild(document.createElement("div"));
  text.textContent = detail;
  return dom;
}
