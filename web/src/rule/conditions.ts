// Condition trees: groups of tests and of further groups. Changes are made at a path of indices; a tree comes out.

import type { Conditions, Field, Json, Operator, Test } from "../core/types";

export type Node = Test | Conditions;
export type Mode = "all" | "any";
export type Path = readonly number[];

/** As deep as the core takes them (formats §1). */
export const MOST_DEEP = 8;

export function isTest(node: Node): node is Test {
  return "field" in node;
}
export function nodesOf(group: Conditions): readonly Node[] {
  return "all" in group ? group.all : group.any;
}
export function modeOf(group: Conditions): Mode {
  return "any" in group ? "any" : "all";
}
export function makeGroup(mode: Mode, nodes: readonly Node[]): Conditions {
  return mode === "all" ? { all: nodes } : { any: nodes };
}

/** The tree with the node at the path replaced, or taken out (null); a group that becomes empty goes too. */
export function replaceAt(tree: Conditions, path: Path, node: Node | null): Conditions | null {
  const [index, ...rest] = path;
  if (index === undefined) return node && !isTest(node) ? node : null;
  const nodes = nodesOf(tree).flatMap((child, at) => {
    if (at !== index) return [child];
    if (rest.length === 0) return node ? [node] : [];
    const changed = isTest(child) ? child : replaceAt(child, rest, node);
    return changed ? [changed] : [];
  });
  return nodes.length === 0 ? null : makeGroup(modeOf(tree), nodes);
}

/** All tests of the tree, from left to right. */
export function testsOf(tree: Conditions | undefined): readonly Test[] {
  const found: Test[] = [];
  const open: Node[] = tree ? [...nodesOf(tree)].reverse() : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isTest(node)) found.push(node);
    else open.push(...[...nodesOf(node)].reverse());
  }
  return found;
}

export const needsValue = (op: Operator): boolean => op !== "empty" && op !== "not_empty";
export const isRange = (op: Operator): boolean => op === "between" || op === "not_between";
export const isChoiceOfMany = (op: Operator): boolean => op === "in" || op === "not_in";

const TEXT: readonly Operator[] = [
  ...["eq", "ne", "contains", "not_contains", "starts_with", "ends_with", "in", "not_in"],
] as Operator[];
const ORDERED: readonly Operator[] = [
  ...["eq", "ne", "gt", "ge", "lt", "le", "between", "not_between", "in", "not_in"],
] as Operator[];
const FILLED: readonly Operator[] = ["empty", "not_empty"];

/** The comparisons that mean something for a field; what the rule has already is always among them. */
export function operatorsFor(type: Field["type"] | undefined, now: Operator): readonly Operator[] {
  const own: readonly Operator[] =
    type === "boolean"
      ? ["eq"]
      : type === "file"
        ? []
        : type === "list"
          ? ["contains", "not_contains"]
          : type === undefined || type === "text"
            ? TEXT
            : ORDERED;
  const ops = [...own, ...FILLED];
  return ops.includes(now) ? ops : [...ops, now];
}

const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined || value === "" ? [] : [value];

/** The test with another comparison; its value takes the shape that the comparison wants. */
export function withOperator(test: Test, op: Operator, type: Field["type"] | undefined): Test {
  const { field, value } = test;
  if (!needsValue(op)) return { field, op };
  const list = asList(value);
  if (isRange(op)) return { field, op, value: [list[0] ?? "", list[1] ?? ""] };
  if (isChoiceOfMany(op)) return { field, op, value: list };
  return { field, op, value: type === "boolean" ? list[0] === true : (list[0] ?? "") };
}

/** The test on another field: the comparison stays where the field knows it, the value does not. */
export function withField(test: Test, field: string, type: Field["type"] | undefined): Test {
  const fits = operatorsFor(type, "not_empty").includes(test.op);
  return withOperator({ field, op: test.op }, fits ? test.op : "not_empty", type);
}
