// CodeMirror in the page's own tokens. The custom properties reach into the editor's shadow tree.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const highlight = HighlightStyle.define([
  { tag: tags.meta, color: "var(--info)" },
  { tag: tags.keyword, color: "var(--info)", fontWeight: "600" },
  { tag: tags.function(tags.variableName), color: "var(--accent)" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
]);

const wavy = (token: string): Record<string, string> => ({
  backgroundImage: "none", // the stock underline is a data: URL
  textDecoration: `underline wavy var(${token})`,
  textUnderlineOffset: "4px",
  textDecorationSkipInk: "none",
});

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "3px solid var(--info)", outlineOffset: "-3px", borderRadius: "4px" },
  ".cm-scroller": { font: "14.5px/1.75 var(--mono)", overflow: "auto" },
  ".cm-content": { padding: "16px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    background: "light-dark(#bfdcf7, #274a73) !important",
  },
  ".cm-lintRange-error": wavy("--error"),
  ".cm-lintRange-warning": wavy("--warn"),
  ".cm-lintRange-info": wavy("--info"),
  ".cm-costly": { background: "var(--warn-soft)", boxShadow: "inset 0 -2px var(--warn)" },
  ".cm-placeholder": { color: "var(--ink-2)" },
  ".cm-tooltip": {
    background: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "8px",
    boxShadow: "0 8px 32px rgb(0 0 0 / .2)",
    font: "14px/1.45 var(--sans)",
    maxWidth: "min(420px, 90vw)",
  },
  ".cm-diagnostic": { padding: "8px 12px", borderLeftWidth: "3px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnosticAction": {
    font: "inherit",
    fontSize: "13px",
    margin: "6px 6px 0 0",
    padding: "3px 10px",
    border: "1px solid var(--line-strong)",
    borderRadius: "8px",
    background: "var(--surface)",
    color: "var(--ink)",
    cursor: "pointer",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "14px/1.5 var(--mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 12px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent-soft)",
    color: "var(--accent)",
  },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--ink-2)" },
  ".cm-help": { padding: "8px 12px" },
  ".cm-completionInfo": { padding: "8px 12px" },
});

const oneLine = EditorView.theme({
  ".cm-content": { padding: "9px 16px" },
  ".cm-scroller": { overflow: "hidden" },
});
const manyLines = EditorView.theme({ ".cm-content": { minHeight: "132px" } });

export function themeFor(singleLine: boolean): Extension {
  return [look, singleLine ? oneLine : manyLines, syntaxHighlighting(highlight)];
}
