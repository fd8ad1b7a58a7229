import { expect, test } from "vitest";
import type { Rule } from "../../core/types";
import { placed } from "./actions";

const rule = (id: string, position: number): Rule => ({
  id,
  name: id,
  position,
  on: { entity: "deal", stage: "s" },
  action: { type: "send_chat_message", text: "" },
});
const dump = (rules: readonly Rule[]): string =>
  rules.map(({ id, position }) => `${id}:${position ?? 0}`).join(" ");

test.each([
  ["between two", [10, 20], 1, "m:15"],
  ["before the first", [10, 20], 0, "m:0"],
  ["after the last", [10, 20], 2, "m:30"],
  ["far past the end", [10, 20], 9, "m:30"],
  ["into an empty stage", [], 0, "m:10"],
  ["between neighbours without room: all are numbered anew", [1, 2], 1, "a:10 m:20 b:30"],
  ["among rules of one position", [0, 0], 1, "a:10 m:20 b:30"],
  ["anew, but those that stand right are left alone", [10, 11], 1, "m:20 b:30"],
] as const)("%s", (_name, positions, index, expected) => {
  const others = positions.map((position, n) => rule("ab"[n] ?? "", position));
  expect(dump(placed(rule("m", 99), others, { stage: "t", index }))).toBe(expected);
});

test("the moved rule goes to the stage, the others stay in theirs", () => {
  const [first, second] = placed(rule("m", 99), [rule("a", 5)], { stage: "t", index: 0 });
  expect(first?.on.stage).toBe("t");
  expect(second).toBeUndefined();
});
