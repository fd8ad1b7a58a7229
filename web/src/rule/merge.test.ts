import { describe, expect, test } from "vitest";
import type { Rule } from "../core/types";
import { differences, withMine } from "./merge";

const base: Rule = {
  id: "r",
  name: "Paid",
  on: { entity: "deal", stage: "paid" },
  action: { type: "send_sms", text: "Hi", provider: "main" },
};
const text = (words: string): Rule => ({
  ...base,
  action: { ...base.action, text: words } as Rule["action"],
});

describe("two versions of a rule", () => {
  test("differ in nothing where they are equal", () => {
    expect(differences(base, { ...base }, base)).toEqual([]);
  });

  test("what only one changed is that one's change", () => {
    const mine = { ...text("Hello"), enabled: false };
    const theirs = { ...base, name: "Paid!" };
    expect(differences(mine, theirs, base)).toEqual([
      { path: ["name"], changedBy: "theirs" },
      { path: ["enabled"], changedBy: "mine" },
      { path: ["action", "text"], changedBy: "mine" },
    ]);
  });

  test("what both changed, or nobody knows, is nobody's", () => {
    expect(differences(text("Hello"), text("Hey"), base)).toEqual([
      { path: ["action", "text"], changedBy: null },
    ]);
    expect(differences(text("Hello"), base, null)).toEqual([{ path: ["action", "text"], changedBy: null }]);
  });

  test("actions of different kinds differ as a whole", () => {
    const call: Rule = { ...base, action: { type: "make_call", line: "l" } };
    expect(differences(call, base, base)).toEqual([{ path: ["action"], changedBy: "mine" }]);
    expect(withMine(base, call, [["action"]])).toEqual(call);
  });

  test("chosen parts of mine go into theirs, the rest stays theirs", () => {
    const mine = { ...text("Hello"), enabled: false, name: "Mine" };
    const theirs = { ...text("Hey"), name: "Theirs", position: 3 };
    expect(withMine(theirs, mine, [["action", "text"], ["enabled"], ["position"]])).toEqual({
      ...text("Hello"),
      name: "Theirs",
      enabled: false,
    });
  });

  test("no choice at all is theirs, all of them is mine", () => {
    const mine = { ...text("Hello"), name: "Mine" };
    const theirs = { ...text("Hey"), transactional: false };
    expect(withMine(theirs, mine, [])).toEqual(theirs);
    const all = differences(mine, theirs, null).map(({ path }) => path);
    expect(withMine(theirs, mine, all)).toEqual(mine);
  });
});
