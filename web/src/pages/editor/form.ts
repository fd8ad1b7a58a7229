// What the forms of all channels are given.

import type { Analysis } from "../../core/protocol";
import type { Diagnostic, Rule } from "../../core/types";
import type { VariableGroup } from "../../liquid/variables";
import { textAt } from "../../rule/edit";
import type { Catalogue } from "../../state/catalogue";

export interface FormProps {
  readonly rule: Rule;
  /** The rule as it is at this moment, which may be some keystrokes ahead of what is drawn. */
  readonly latest: () => Rule;
  readonly analysis: Analysis | null;
  readonly groups: readonly VariableGroup[];
  readonly known: Catalogue;
  readonly readOnly: boolean;
  readonly edit: (rule: Rule) => void;
  readonly fix: (diagnostic: Diagnostic) => void;
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
