// Two versions of one rule, put together part by part: what differs, and which side's word counts.

import type { Json, JsonObject, Rule } from "../core/types";

export type Side = "mine" | "theirs";

/** A member of the rule, or of its action where both are of the same kind. */
export interface Difference {
  readonly path: readonly [string] | readonly ["action", string];
  /** Whose change it is, judged by the version both came from; null: both changed it, or that is not known. */
  readonly changedBy: Side | null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const members = (value: object): JsonObject => value as unknown as JsonObject;
const namesIn = (...all: readonly object[]): readonly string[] => [
  ...new Set(all.flatMap((each) => Object.keys(each))),
];

function sideOf(mine: Json | undefined, theirs: Json | undefined, base: Json | undefined): Side | null {
  if (same(mine, base)) return "theirs";
  return same(theirs, base) ? "mine" : null;
}

export function differences(mine: Rule, theirs: Rule, base: Rule | null): readonly Difference[] {
  const found: Difference[] = [];
  const [m, t, b] = [members(mine), members(theirs), base && members(base)];
  const sameKind = mine.action.type === theirs.action.type;
  for (const name of namesIn(mine, theirs)) {
    if (name === "action" && sameKind) continue;
    if (!same(m[name], t[name]))
      found.push({ path: [name], changedBy: b ? sideOf(m[name], t[name], b[name]) : null });
  }
  if (!sameKind) return found;
  const [ma, ta] = [members(mine.action), members(theirs.action)];
  const ba = base?.action.type === mine.action.type ? members(base.action) : null;
  for (const name of namesIn(mine.action, theirs.action)) {
    if (!same(ma[name], ta[name]))
      found.push({ path: ["action", name], changedBy: ba ? sideOf(ma[name], ta[name], ba[name]) : null });
  }
  return found;
}

function withMember(target: JsonObject, name: string, value: Json | undefined): JsonObject {
  const rest = Object.fromEntries(Object.entries(target).filter(([key]) => key !== name));
  return value === undefined ? rest : { ...target, [name]: value };
}

/** Theirs, with these parts of mine. */
export function withMine(theirs: Rule, mine: Rule, paths: readonly Difference["path"][]): Rule {
  let merged = members(theirs);
  for (const [name, inner] of paths) {
    const value = members(mine)[name];
    if (inner === undefined) merged = withMember(merged, name, value);
    else {
      const action = withMember(merged["action"] as JsonObject, inner, (value as JsonObject)[inner]);
      merged = withMember(merged, "action", action);
    }
  }
  return merged as unknown as Rule;
}
