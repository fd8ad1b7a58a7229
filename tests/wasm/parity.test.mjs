// The parity proof itself: that a difference is found, and comes out in its smallest form.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { prove, withKinds } from "./parity.mjs";
import { compare, inUtf16 } from "./parity_kinds.mjs";
import { shrink } from "./shrink.mjs";

/** The smallest questions that are reported when the package's answers are changed by `corrupt`. */
function found(kinds, name, cases, corrupt) {
  const kind = kinds[name];
  const reported = [];
  const wasm = (question) => corrupt(structuredClone(kind.wasm(question)), question);
  prove({ ...kind, wasm }, name, cases, 1, (one) => reported.push(one.question), { mostReported: 1 });
  return reported;
}

describe("a difference is found and shrunk", () => {
  test("of a count: to the one letter", () =>
    withKinds((kinds) => {
      const questions = found(kinds, "sms", 100, (answer, { text }) => (text.includes("ß") ? { ...answer, units: answer.units + 1 } : answer));
      assert.ok(questions.length > 0);
      for (const question of questions) assert.deepEqual(question, { text: "ß" });
    }));

  test("of a rendering: to the text that makes it, without what it does not need", () =>
    withKinds((kinds) => {
      const questions = found(kinds, "render", 200, (answer) => (answer.text?.includes("ü") ? { text: `${answer.text} ` } : answer));
      assert.ok(questions.length > 0);
      for (const { template, data, ...question } of questions) {
        assert.deepEqual(Object.keys(question), ["now"]);
        if (data === undefined) assert.equal(template, "ü");
        else assert.equal(JSON.stringify(data).replaceAll(/[^\p{L}]/gu, "").replaceAll(/\w/g, ""), "ü", JSON.stringify(data));
        assert.ok(template.length < 60, template); // tags that need each other may stay
      }
    }));

  test("of a rule: to the action that makes it", () =>
    withKinds((kinds) => {
      const questions = found(kinds, "validate", 40, (answer, { rules }) =>
        answer.map((findings, index) => (rules[index].action?.type === "make_call" ? [] : findings)),
      );
      assert.ok(questions.length > 0);
      for (const question of questions) {
        assert.deepEqual(question, { rules: [{ action: { type: "make_call" } }], context: {} });
      }
    }));

  test("of a history: to one event", () =>
    withKinds((kinds) => {
      const questions = found(kinds, "simulate", 2, (answer) => ({ ...answer, waiting: answer.waiting + 1 }));
      assert.ok(questions.length > 0);
      for (const question of questions) assert.deepEqual(question, { rules: [], context: {}, lines: [] });
    }));
});

describe("what counts as different", () => {
  const kind = (answer) => ({ wasm: () => answer, expected: (_question, native) => native });
  const rows = [
    ["a value", { a: 1 }, { a: 2 }],
    ["a member more", { a: 1 }, { a: 1, b: 2 }],
    ["the order of members", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["null in the place of nothing", { a: null }, {}],
    ["a program that died", { died: "AddressSanitizer" }, { a: 1 }],
    ["an error for an answer", { a: 1 }, { error: {} }],
    ["an answer for a refusal", { error: "refused" }, { a: 1 }],
  ];
  for (const [what, native, wasm] of rows) {
    test(what, () => assert.notEqual(compare(kind(wasm), {}, native), undefined));
  }
  test("a package that throws", () => {
    const throws = { wasm: () => assert.fail("out of memory"), expected: (_question, native) => native };
    assert.match(compare(throws, {}, { a: 1 }).actual.thrown, /out of memory/);
  });
  test("equal answers do not", () => assert.equal(compare(kind({ a: [1, "ß"] }), {}, { a: [1, "ß"] }), undefined));
});

describe("offsets become UTF-16", () => {
  test("inside the text that a path names", () => {
    const answer = [{ path: "/a", from: 4, to: 6 }, { path: "", from: 1, to: 2 }];
    const texts = { "/a": "😀ß" };
    assert.deepEqual(inUtf16(answer, "ab", (path) => texts[path]), [{ path: "/a", from: 2, to: 3 }, { path: "", from: 1, to: 2 }]);
  });
  test("an offset inside a character differs from any of JavaScript's", () => assert.equal(inUtf16({ to: 2 }, "😀").to, 1));
});

describe("shrinking", () => {
  const rows = [
    ["takes away members, elements and letters", { a: [1, 2, { b: "xyz" }], c: 7 }, (v) => v.a?.some?.((e) => e?.b?.includes?.("y")), { a: [{ b: "y" }] }],
    ["keeps two that need each other", { text: "-a--b-" }, (v) => /a.*b/.test(v.text), { text: "ab" }],
    ["keeps a character of two code units whole", { text: "x😀y" }, (v) => v.text?.includes("😀"), { text: "😀" }],
    ["leaves what can't be smaller", { a: null }, (v) => "a" in v, { a: null }],
  ];
  for (const [what, value, holds, smallest] of rows) {
    test(what, () => assert.deepEqual(shrink(value, (v) => Boolean(holds(v))), smallest));
  }
  test("stops at its budget", () => {
    let asked = 0;
    shrink("x".repeat(1000), () => ++asked < 0, 10);
    assert.equal(asked, 10);
  });
});
