import { describe, expect, it } from "vitest";
import type { SettingField } from "../../api/settings";
import type { JsonObject } from "../../core/types";
import { draftOf, settingsOf } from "./fields";

const FIELDS: readonly SettingField[] = [
  { name: "from", type: "text", required: true },
  { name: "daily_limit", type: "count", required: false },
  { name: "lines", type: "lines", required: false },
  { name: "rate", type: "rate", required: false },
  { name: "headers", type: "texts", required: false },
];
const again = (settings: JsonObject): JsonObject => settingsOf(draftOf(settings, FIELDS), FIELDS, settings);

describe("the form of a provider's settings", () => {
  it.each<JsonObject>([
    {},
    { from: "Shop" },
    { from: "Shop", daily_limit: 100 },
    {
      lines: [
        { id: "a", number: "+49301234" },
        { id: "b", name: "B" },
      ],
    },
    { rate: { messages_per_second: 10, concurrent: 2 } },
    { headers: { "X-A": "1" } },
    { unknown_to_the_form: { a: [1] } },
  ])("leaves %j as it is", (settings) => {
    expect(again(settings)).toEqual(settings);
  });

  it("takes an emptied field out", () => {
    expect(settingsOf({ ...draftOf({ from: "x" }, FIELDS), from: " " }, FIELDS, { from: "x" })).toEqual({});
  });

  it("leaves out rows in which nothing stands", () => {
    const draft = { ...draftOf({}, FIELDS), lines: [{ id: "", number: " ", name: "" }] };
    expect(settingsOf(draft, FIELDS, {})).toEqual({});
  });

  it("keeps what is no number or no JSON as a text, for the service to refuse with its place", () => {
    const draft = { ...draftOf({}, FIELDS), daily_limit: "many", headers: "{" };
    expect(settingsOf(draft, FIELDS, {})).toEqual({ daily_limit: "many", headers: "{" });
  });
});
