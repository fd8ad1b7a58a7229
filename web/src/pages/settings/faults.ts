// Faults of a form by the JSON pointer of what is wrong, as the service names it too.

import type { Problem } from "../../state/problem";
import { t, type Key } from "../../text";
import type { Arguments } from "../../text/table";

export interface Fault<Says extends Key = Key> {
  readonly says: Says;
  readonly args?: Arguments;
}
export type Faults<Says extends Key = Key> = Readonly<Record<string, Fault<Says>>>;
/** What stands under each field. */
export type FaultTexts = Readonly<Record<string, string>>;

export const faultTexts = (faults: Faults): FaultTexts =>
  Object.fromEntries(Object.entries(faults).map(([path, { says, args }]) => [path, t(says, args)]));

/** What the service said of fields that this form has; its other faults stand above the button. */
export function refusedFields(problem: Problem, fields: (path: string) => boolean): FaultTexts {
  const known = problem.diagnostics.filter(({ path, severity }) => severity === "error" && fields(path));
  return Object.fromEntries(known.map(({ path, message }) => [path, message]));
}
