// A setting that names one thing by another ({"128": "project"}), as rows of two texts. Pure functions both ways.

import type { Json, JsonObject } from "../../core/types";
import type { Fault, Faults } from "./faults";

export interface Pair {
  readonly from: string;
  readonly to: string;
}

export function pairsOf(stored: Json | undefined): readonly Pair[] {
  if (stored === null || typeof stored !== "object" || Array.isArray(stored)) return [];
  return Object.entries(stored as JsonObject).flatMap(([from, to]) =>
    typeof to === "string" ? [{ from, to }] : [],
  );
}

const trimmed = ({ from, to }: Pair): Pair => ({ from: from.trim(), to: to.trim() });
const isEmpty = ({ from, to }: Pair): boolean => from === "" && to === "";

/** Undefined where there is none. */
export function objectOf(pairs: readonly Pair[]): JsonObject | undefined {
  const filled = pairs.map(trimmed).filter((pair) => !isEmpty(pair));
  return filled.length === 0 ? undefined : Object.fromEntries(filled.map(({ from, to }) => [from, to]));
}

type Says = "source.pairHalf" | "source.pairTwice" | "source.typeNumber" | "source.fieldName" | "source.code";

/** What each side has to look like. */
export interface PairShape {
  readonly path: string;
  readonly from: RegExp;
  readonly fromSays: Says;
}

export const TYPES: PairShape = { path: "/settings/types", from: /^\d{1,9}$/, fromSays: "source.typeNumber" };
export const FIELDS: PairShape = {
  path: "/settings/fields",
  from: /^UF_[A-Z0-9_]+$/i,
  fromSays: "source.fieldName",
};
const CODE = /^[a-z][a-z0-9_]*$/; // what rules and templates can name

function faultOf({ from, to }: Pair, shape: PairShape, known: ReadonlySet<string>): Fault<Says> | null {
  if (from === "" || to === "") return { says: "source.pairHalf" };
  if (!shape.from.test(from)) return { says: shape.fromSays };
  if (!CODE.test(to)) return { says: "source.code" };
  return known.has(from) ? { says: "source.pairTwice" } : null;
}

export function pairFaults(pairs: readonly Pair[], shape: PairShape): Faults<Says> {
  const known = new Set<string>();
  const found: [string, Fault<Says>][] = [];
  pairs.map(trimmed).forEach((pair, index) => {
    if (isEmpty(pair)) return;
    const fault = faultOf(pair, shape, known);
    if (fault) found.push([`${shape.path}/${index}`, fault]);
    known.add(pair.from);
  });
  return Object.fromEntries(found);
}
