// The field in which a template is written: colours, faults underlined, completion. Its text belongs to the rule;
// the editor reports changes and follows what comes from elsewhere (a fix, the other version after a conflict).

import { setDiagnostics, type Diagnostic as LintDiagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Diagnostic } from "../../../core/types";
import type { VariableGroup } from "../../../liquid/variables";
import { setCostly } from "./costly";
import { createEditor, syncText } from "./setup";

/** What the rest of the page may do to the field. */
export interface FieldHandle {
  insert(text: string): void;
  select(from: number, to: number): void;
}

export interface TemplateEditorProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** The text as it is at this moment; `value` is what it was when this was drawn, some keystrokes ago. */
  readonly current: () => string;
  readonly singleLine?: boolean;
  readonly readOnly: boolean;
  /** Those of this field, made on exactly `analysed`. */
  readonly diagnostics: readonly Diagnostic[];
  readonly analysed: string;
  readonly costly: readonly string[];
  readonly groups: readonly VariableGroup[];
  readonly onChange: (text: string) => void;
  /** After a change is on its way to the screen. */
  readonly onDrawn: () => void;
  readonly onFix: (diagnostic: Diagnostic) => void;
  readonly onReady: (field: FieldHandle | null) => void;
}

function handleOf(view: EditorView): FieldHandle {
  return {
    insert(text) {
      const spot = view.state.selection.main;
      view.dispatch({
        changes: { from: spot.from, to: spot.to, insert: text },
        selection: { anchor: spot.from + text.length },
        scrollIntoView: true,
      });
      view.focus();
    },
    select(from, to) {
      const end = view.state.doc.length;
      view.dispatch({
        selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
        scrollIntoView: true,
      });
      view.focus();
    },
  };
}

function lintOf(diagnostic: Diagnostic, end: number, fix: (diagnostic: Diagnostic) => void): LintDiagnostic {
  const actions = diagnostic.fix ? [{ name: diagnostic.fix.title, apply: () => fix(diagnostic) }] : [];
  return {
    from: Math.min(diagnostic.from ?? 0, end),
    to: Math.min(diagnostic.to ?? end, end),
    severity: diagnostic.severity,
    message: diagnostic.message,
    actions,
  };
}

export function TemplateEditor(props: TemplateEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props); // what the editor's callbacks see
  latest.current = props;

  // Before anything is painted: a field that grew afterwards would push down what is below it.
  useLayoutEffect(() => {
    if (!host.current) return;
    const { label, hint, value, singleLine, readOnly } = latest.current;
    const created = createEditor(host.current, value, {
      label,
      hint,
      singleLine: singleLine ?? false,
      readOnly,
      groups: () => latest.current.groups,
      changed: (text) => latest.current.onChange(text),
      drawn: () => latest.current.onDrawn(),
    });
    view.current = created;
    latest.current.onReady(handleOf(created));
    return () => {
      latest.current.onReady(null);
      created.destroy();
      view.current = null;
    };
  }, []);

  const { value, diagnostics, analysed, costly } = props;
  useEffect(() => {
    // With `value` itself a fast typist's last letters would be taken back.
    if (view.current) syncText(view.current, latest.current.current());
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    // Places belong to the text they were found in; on a newer text they would point at the wrong words.
    if (!editor || editor.state.doc.toString() !== analysed) return;
    const fix = (diagnostic: Diagnostic): void => latest.current.onFix(diagnostic);
    const marks = diagnostics.map((diagnostic) => lintOf(diagnostic, analysed.length, fix));
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [diagnostics, analysed]);

  useEffect(() => {
    view.current?.dispatch({ effects: setCostly.of(costly) });
  }, [costly]);

  return <div ref={host} class={props.singleLine ? "template-editor is-line" : "template-editor"} />;
}
