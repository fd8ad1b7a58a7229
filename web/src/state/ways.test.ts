import { expect, test } from "vitest";
import type { Provider, Workspace } from "../core/types";
import { firstWays, smsProviders, telegramChannels, whatsappProviders } from "./ways";

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
