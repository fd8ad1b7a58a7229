// Typed characters go straight into the editor's state. Left to itself the browser edits the paragraph first, then
// CodeMirror reads back what changed; in a long paragraph the browser's part alone takes tens of milliseconds.
// Everything that is not plain typing (input methods, spelling corrections, drops) still goes that way.

import { EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Chromium's and Safari's; elsewhere the document's selection reaches into shadow trees. */
interface WithSelection {
  getSelection?: () => Selection | null;
}

/** Whether what the browser would replace is what the editor has selected: not after moves it has not heard of yet. */
function isInStep(view: EditorView): boolean {
  const selection = (view.root as WithSelection).getSelection?.() ?? null;
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode) return false;
  if (!view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode)) return false;
  const { anchor, head } = view.state.selection.main;
  return (
    view.state.selection.ranges.length === 1 &&
    view.posAtDOM(anchorNode, selection.anchorOffset) === anchor &&
    view.posAtDOM(focusNode, selection.focusOffset) === head
  );
}

function insert(event: InputEvent, view: EditorView): boolean {
  const text = event.data;
  const isTyping = event.inputType === "insertText" && !event.isComposing && !view.composing;
  if (!isTyping || text === null || view.state.facet(EditorState.readOnly)) return false;
  if (!isInStep(view)) return false;
  const { from, to } = view.state.selection.main;
  const typed = (): TransactionSpec => ({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    userEvent: "input.type",
    scrollIntoView: true,
  });
  const handlers = view.state.facet(EditorView.inputHandler); // closing brackets, for one
  const handled = handlers.some((handle) => handle(view, from, to, text, () => view.state.update(typed())));
  if (!handled) view.dispatch(typed());
  event.preventDefault();
  return true;
}

export const directTyping: Extension = EditorView.domEventHandlers({ beforeinput: insert });
