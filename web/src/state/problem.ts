// What went wrong between the page and whoever keeps its rules, as something that may be shown as it is.

export class Problem extends Error {
  constructor(
    /** HTTP status; 0 where the service could not be reached. */
    readonly status: number,
    message: string,
    /** The first diagnostic's, where the service gave one. */
    readonly code = "",
  ) {
    super(message);
    this.name = "Problem";
  }
}

export function problemText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
