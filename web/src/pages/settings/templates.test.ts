import { describe, expect, test } from "vitest";
import { retentionDraft, retentionFaults, retentionOf } from "./retention";
import { freshTemplate, templateDrafts, templateFaults, templatesOf, valuesIn } from "./templates";

const PAID = { provider: "wa", name: "order_paid", language: "en", parameters: 2 };
const rows = (...stored: object[]) => templateDrafts(stored as never);
const faults = (...stored: object[]) =>
  Object.entries(templateFaults(rows(...stored))).map(([path, { says }]) => `${path} ${says}`);

describe("WhatsApp templates", () => {
  test("come back as they were, also what the form does not know", () => {
    const stored = [PAID, { ...PAID, name: "thanks", text: "{{1}} and {{2}}", category: "utility" }];
    expect(templatesOf(rows(...stored))).toEqual(stored);
  });

  test("an empty list is no list", () => {
    expect(templatesOf(templateDrafts(undefined))).toBeUndefined();
    expect(templateDrafts("nonsense")).toEqual([]);
  });

  test.each([
    ["a complete one", PAID, []],
    ["one without a provider", { ...PAID, provider: "" }, ["/templates/0/provider templates.noProvider"]],
    ["one without a name", { ...PAID, name: " " }, ["/templates/0/name templates.noName"]],
    ["one without a language", { ...PAID, language: "" }, []],
    ["an underscore", { ...PAID, language: "pt_BR" }, ["/templates/0/language templates.badLanguage"]],
    ["too many values", { ...PAID, parameters: 101 }, ["/templates/0/parameters templates.badCount"]],
    ["the most values", { ...PAID, parameters: 100 }, []],
    ["half a value", { ...PAID, parameters: 1.5 }, ["/templates/0/parameters templates.badCount"]],
    ["fewer in the text", { ...PAID, text: "Hi {{1}}" }, ["/templates/0/text templates.textCount"]],
    ["the same value twice", { ...PAID, parameters: 1, text: "{{1}}, yes, {{ 1 }}" }, []],
    ["named values", { ...PAID, text: "Hi {{name}}, {{number}}" }, []],
  ])("%s", (_name, stored, expected) => {
    expect(faults(stored)).toEqual(expected);
  });

  test("the second of the same name and language is the wrong one", () => {
    expect(faults(PAID, { ...PAID, language: "de" }, { ...PAID, parameters: 1 })).toEqual([
      "/templates/2/name templates.twice",
    ]);
  });

  test("a new one goes the way of the last one, or the only way there is", () => {
    expect(freshTemplate(rows(PAID), ["a", "b"])).toMatchObject({ provider: "wa", language: "en" });
    expect(freshTemplate([], ["only"]).provider).toBe("only");
    expect(freshTemplate([], ["a", "b"]).provider).toBe("");
  });

  test("values are counted by their names", () => {
    expect(["", "{{1}}{{2}}", "{1}", "{{1}} {{1}}"].map(valuesIn)).toEqual([0, 2, 0, 1]);
  });
});

describe("how long what is kept", () => {
  const draft = (content_days: string, deliveries_days = "") => ({ content_days, deliveries_days });

  test("days come back as they were, none means for ever", () => {
    const kept = { content_days: 90, deliveries_days: 730 };
    expect(retentionOf(retentionDraft(kept))).toEqual(kept);
    expect(retentionOf(retentionDraft({ content_days: 90 }))).toEqual({ content_days: 90 });
    expect(retentionOf(retentionDraft(undefined))).toBeUndefined();
    expect(retentionOf(draft(" 90 "))).toEqual({ content_days: 90 });
  });

  test.each([
    ["", true],
    ["1", true],
    ["36500", true],
    ["0", false],
    ["36501", false],
    ["1.5", false],
    ["-3", false],
    ["a year", false],
    ["1e3", false],
  ])("“%s” days: %s", (typed, fine) => {
    expect(Object.keys(retentionFaults(draft("", typed)))).toEqual(
      fine ? [] : ["/retention/deliveries_days"],
    );
  });
});
