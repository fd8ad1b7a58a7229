// What went wrong between the page and whoever keeps its rules, as something that may be shown as it is.

import type { Diagnostic } from "../core/types";

export class Problem extends Error {
  constructor(
    /** HTTP status; 0 where the service could not be reached. */
    readonly status: number,
    message: string,
    /** The first diagnostic's, where the service gave one. */
    readonly code = "",
    /** What is wrong, and where in what was sent. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
    this.name = "Problem";
  }
}

export function problemText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const PRECONDITION_FAILED = 412;

/** Somebody else has changed what was to be replaced. */
export function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.status === PRECONDITION_FAILED;
}
