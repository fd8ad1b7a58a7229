import { expect, test } from "vitest";
import type { Provider, Workspace } from "../core/types";
import { firstWays, smsProviders, telegramChannels, templateWords, whatsappProviders } from "./ways";

const sandbox = (id: string, settings: Provider["settings"] = {}): Provider => ({
  id,
  kind: "sandbox",
  settings,
});
const ids = (providers: readonly Provider[]): string => providers.map(({ id }) => id).join(" ");
const templates = [{ provider: "wa", name: "paid" }];

const MANY: Workspace = {
  providers: [
    sandbox("any"),
    sandbox("bot", { bot_username: "shop_bot" }),
    sandbox("calls", { lines: [] }),
    sandbox("mail", { mailboxes: [] }),
    sandbox("wa"),
    { id: "plug-in", kind: "own" },
    { id: "sms", kind: "twilio" },
  ],
  templates,
};

test.each([
  ["sms", smsProviders, "sms any plug-in"],
  ["whatsapp", whatsappProviders, "wa any plug-in"],
  ["telegram", telegramChannels, "bot any plug-in"],
] as const)("%s: those made for it first, then those that may be anything", (_, providers, expected) => {
  expect(ids(providers(MANY))).toBe(expected);
});

test("a sandbox alone is every way out, and a new action takes it", () => {
  const ways = firstWays({ providers: [sandbox("any")] });
  expect(ways).toMatchObject({ sms: "any", whatsapp: "any", telegram: "any", line: "" });
});

test("without templates of its own a sandbox is no WhatsApp account in particular", () => {
  expect(ids(whatsappProviders({ ...MANY, templates: [] }))).toBe("any wa plug-in");
});

test.each([
  ["with its values", "paid", "en", { 1: "Ana", no: "7" }, "Hi Ana, order 7 is paid. Ana!"],
  [
    "with the value's place where it has none",
    "paid",
    "en",
    { 1: "Ana" },
    "Hi Ana, order {{no}} is paid. Ana!",
  ],
  ["not in a language it does not have", "paid", "de", { 1: "Ana" }, undefined],
  ["not where nobody wrote its text down", "sent", "en", {}, undefined],
] as const)("a template reads as the client sees it: %s", (_, template, language, parameters, words) => {
  const made = [
    { provider: "wa", name: "paid", language: "en", text: "Hi {{1}}, order {{ no }} is paid. {{1}}!" },
    { provider: "wa", name: "sent", language: "en" },
  ];
  const content = { template, language, parameters };
  expect(templateWords({ templates: made }, { provider: "wa", content })).toBe(words);
});
