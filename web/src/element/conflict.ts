// What the page that keeps the rules says when somebody else was quicker.

import type { Rule } from "../core/types";

export class RuleConflict extends Error {
  constructor(
    /** The rule as it is kept now. */
    readonly theirs: Rule,
    message = "Somebody else has changed this rule.",
  ) {
    super(message);
    this.name = "RuleConflict";
  }
}

/** Also an error of the page's own that has `theirs`: its bundler may have loaded this module twice. */
export function theirsIn(error: unknown): Rule | null {
  if (!(error instanceof Error) || !("theirs" in error)) return null;
  const { theirs } = error;
  return typeof theirs === "object" && theirs !== null && "action" in theirs ? (theirs as Rule) : null;
}
