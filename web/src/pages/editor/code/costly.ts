// Marks the characters of the template that make the message dearer.

import { RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

export const setCostly = StateEffect.define<readonly string[]>();

const mark = Decoration.mark({ class: "cm-costly" });

function find(doc: Text, characters: readonly string[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const text = doc.toString();
  const places = characters.flatMap((character) => occurrences(text, character));
  for (const { from, to } of places.sort((a, b) => a.from - b.from)) builder.add(from, to, mark);
  return builder.finish();
}

/** Where `part` stands in `text`, from left to right, without overlap. */
export function occurrences(text: string, part: string): { readonly from: number; readonly to: number }[] {
  const places = [];
  if (part === "") return [];
  for (let from = text.indexOf(part); from >= 0; from = text.indexOf(part, from + part.length)) {
    places.push({ from, to: from + part.length });
  }
  return places;
}

interface Costly {
  readonly characters: readonly string[];
  readonly marks: DecorationSet;
}

const field = StateField.define<Costly>({
  create: () => ({ characters: [], marks: Decoration.none }),
  update(costly, transaction) {
    let { characters } = costly;
    for (const effect of transaction.effects) if (effect.is(setCostly)) characters = effect.value;
    if (characters === costly.characters && !transaction.docChanged) return costly;
    return { characters, marks: find(transaction.newDoc, characters) };
  },
  provide: (self) => EditorView.decorations.from(self, ({ marks }) => marks),
});

export const costlyMarks: Extension = field;
