// What a rule's card says about it at a glance.

import { newest, type RuleEntry } from "./entry";
import type { Diagnostic } from "../core/types";

export type RuleState =
  { readonly kind: "faults"; readonly n: number } | { readonly kind: "off" | "draft" | "changed" | "live" };

export function errorsOf(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
}

export function ruleState(entry: RuleEntry): RuleState {
  const faults = errorsOf(entry.diagnostics);
  if (faults > 0) return { kind: "faults", n: faults };
  if (newest(entry)?.enabled === false) return { kind: "off" };
  if (entry.published_revision === null) return { kind: "draft" };
  return { kind: entry.draft ? "changed" : "live" };
}
