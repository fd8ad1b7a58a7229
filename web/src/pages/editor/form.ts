// What the forms of all channels are given, and the fields that stand in a form.

import { useMemo, useRef } from "preact/hooks";
import type { FileSource } from "../../api/files";
import type { Coverage } from "../../core/foresight-types";
import type { Analysis } from "../../core/protocol";
import type { Action, Diagnostic, Rule } from "../../core/types";
import type { VariableGroup } from "../../liquid/variables";
import { textAt } from "../../rule/edit";
import type { Catalogue } from "../../state/known";
import type { FieldHandle } from "./code/template-editor";

export interface FormProps {
  readonly rule: Rule;
  /** The rule as it is at this moment, which may be some keystrokes ahead of what is drawn. */
  readonly latest: () => Rule;
  readonly analysis: Analysis | null;
  /** Of this rule or of its state some keystrokes ago; null before the first is counted. */
  readonly coverage: Coverage | null;
  readonly groups: readonly VariableGroup[];
  readonly known: Catalogue;
  readonly readOnly: boolean;
  readonly edit: (rule: Rule) => void;
  readonly fix: (diagnostic: Diagnostic) => void;
  /** To be called when a field has drawn what was typed: by then the analysis is often there. */
  readonly drawn: () => void;
  /** Where files for attachments are; null where there is no such place. */
  readonly files: FileSource | null;
}

/** Members of the action as it is at this moment; nothing where it has become one of another kind. */
export function editAction<A extends Action>(
  { latest, edit }: FormProps,
  action: A,
  members: Partial<A>,
): void {
  const now = latest();
  if (now.action.type === action.type) edit({ ...now, action: { ...now.action, ...members } });
}

const NONE: readonly Diagnostic[] = [];

/** The diagnostics inside one template, and the text they were made on. */
export function findingsAt(
  analysis: Analysis | null,
  path: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly analysed: string } {
  if (!analysis) return { diagnostics: NONE, analysed: "" };
  const diagnostics = analysis.diagnostics.filter((found) => found.path === path && found.from !== undefined);
  return { diagnostics, analysed: textAt(analysis.rule, path) ?? "" };
}

/** The template fields of a form by the pointers of their texts, so that a fault can be shown in its place. */
export interface Fields {
  readonly keep: (path: string) => (field: FieldHandle | null) => void;
  readonly insert: (path: string) => (text: string) => void;
  readonly show: (diagnostic: Diagnostic) => void;
  readonly has: (diagnostic: Diagnostic) => boolean;
}

/** `reveal` is told first, for forms in which not every field is on the screen. */
export function useFields(paths: readonly string[], reveal?: (path: string) => void): Fields {
  const handles = useRef(new Map<string, FieldHandle>());
  const latest = useRef({ paths, reveal });
  latest.current = { paths, reveal };
  return useMemo(
    () => ({
      keep: (path) => (field) => {
        if (field) handles.current.set(path, field);
        else handles.current.delete(path);
      },
      insert: (path) => (text) => handles.current.get(path)?.insert(text),
      show(diagnostic) {
        latest.current.reveal?.(diagnostic.path);
        // A field that was not on the screen exists only after it is drawn.
        requestAnimationFrame(() =>
          handles.current.get(diagnostic.path)?.select(diagnostic.from ?? 0, diagnostic.to ?? 0),
        );
      },
      has: ({ path, from }) => from !== undefined && latest.current.paths.includes(path),
    }),
    [],
  );
}
