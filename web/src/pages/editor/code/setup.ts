// One CodeMirror for a template. It lives in a shadow tree, where its style rules are adopted style sheets and not
// <style> elements: so the content security policy needs no exception for it.

import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import { liquid } from "../../../liquid/language";
import type { VariableGroup } from "../../../liquid/variables";
import { liquidCompletion } from "./completion";
import { costlyMarks } from "./costly";
import { liquidHelp } from "./hover";
import { themeFor } from "./theme";
import { directTyping } from "./typing";

export interface EditorOptions {
  readonly label: string;
  readonly hint: string;
  readonly singleLine: boolean;
  readonly readOnly: boolean;
  readonly groups: () => readonly VariableGroup[];
  readonly changed: (text: string) => void;
  /** Called after a changed text was drawn, in the same turn. */
  readonly drawn: () => void;
}

// A subject has one line: a line break that is pasted becomes a space.
const noLineBreaks = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, " ");
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: text.length },
  };
});

function extensionsFor(options: EditorOptions): Extension {
  return [
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    liquid,
    themeFor(options.singleLine),
    options.singleLine ? noLineBreaks : [],
    EditorState.readOnly.of(options.readOnly),
    EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "true" }),
    placeholder(options.hint),
    closeBrackets(),
    autocompletion({
      override: [liquidCompletion(options.groups)],
      icons: false,
      interactionDelay: 0, // it opens only inside {{ }}, where nobody hits Enter for a new line by accident
    }),
    liquidHelp(options.groups),
    tooltips({ position: "fixed" }),
    costlyMarks,
    directTyping,
    // Tab leaves the field unless a completion is open: no keyboard trap.
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
  ];
}

export function createEditor(host: HTMLElement, text: string, options: EditorOptions): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const state = EditorState.create({ doc: text, extensions: extensionsFor(options) });
  return new EditorView({
    state,
    parent: root,
    root,
    // Told before it is drawn: the core works while the browser does.
    dispatchTransactions(transactions, view) {
      const last = transactions.at(-1);
      const isChanged = last !== undefined && transactions.some(({ docChanged }) => docChanged);
      if (isChanged) options.changed(last.newDoc.toString());
      view.update(transactions);
      if (isChanged) options.drawn();
    },
  });
}

/** Brings the editor to a text that came from elsewhere, changing only what differs, so that the cursor stays. */
export function syncText(view: EditorView, text: string): void {
  const current = view.state.doc.toString();
  if (current === text) return;
  let from = 0;
  while (from < current.length && from < text.length && current[from] === text[from]) from++;
  let tail = 0;
  const most = Math.min(current.length, text.length) - from;
  while (tail < most && current[current.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  view.dispatch({
    changes: { from, to: current.length - tail, insert: text.slice(from, text.length - tail) },
  });
}
