// A rule as it is kept: a newest text (draft or not) and, beside it, the revision that runs.

import type { Diagnostic, Rule } from "../core/types";

export interface RuleEntry {
  /** What runs; null where nothing was ever published. */
  readonly rule: Rule | null;
  /** The newest text where it differs from what runs. */
  readonly draft: Rule | null;
  readonly published_revision: number | null;
  /** Judged on the newest text. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface StoredRule {
  readonly entry: RuleEntry;
  readonly etag: string | null;
  /** Not with the service yet: it waits in this browser for a connection. */
  readonly waiting?: true;
}

/** The text that an editor shows. */
export function newest(entry: RuleEntry): Rule | null {
  return entry.draft ?? entry.rule;
}

export interface Revision {
  readonly revision: number;
  readonly rule: Rule;
  readonly published_at: string;
  readonly published_by: string;
}
