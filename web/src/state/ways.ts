// The ways out that the workspace has: who carries SMS, WhatsApp, Telegram, calls and e-mail. Which kind carries
// what is the core's table (core/rule/check_action.cc); a kind that is not listed is trusted, as there.

import type { PlannedDelivery, Provider, WhatsappTemplate, Workspace } from "../core/types";
import type { Ways } from "../rule/actions";

type Use = "sms" | "whatsapp" | "telegram";

const USES: Readonly<Record<string, readonly Use[]>> = {
  twilio: ["sms"],
  vonage: ["sms"],
  messagebird: ["sms"],
  infobip: ["sms"],
  smsapi: ["sms"],
  http_sms: ["sms"],
  whatsapp_cloud: ["whatsapp"],
  edna: ["whatsapp"],
  voximplant: [],
  telegram: ["telegram"],
  messenger: [],
  live_chat: [],
  smtp: [],
};

/**
 * What a sandbox stands for: mailboxes, lines, a bot's name or templates of its own say it. Undefined: for anything, as none
 * of them is there.
 */
function standsFor({ templates }: Workspace, { id, settings }: Provider): readonly Use[] | undefined {
  if ((settings?.["mailboxes"] ?? settings?.["lines"]) !== undefined) return [];
  if (settings?.["bot_username"] !== undefined) return USES["telegram"];
  return templates?.some(({ provider }) => provider === id) ? ["whatsapp"] : undefined;
}

/** Those made for the use come first: the first is what a new rule goes out through. */
function providersFor(workspace: Workspace, use: Use): readonly Provider[] {
  const made: Provider[] = [];
  const others: Provider[] = [];
  for (const provider of workspace.providers ?? []) {
    const isSandbox = provider.kind === "sandbox";
    const uses = isSandbox ? standsFor(workspace, provider) : USES[provider.kind];
    if (uses?.includes(use)) made.push(provider);
    else if (uses === undefined) others.push(provider);
  }
  return [...made, ...others];
}

export const smsProviders = (workspace: Workspace): readonly Provider[] => providersFor(workspace, "sms");
export const whatsappProviders = (workspace: Workspace): readonly Provider[] =>
  providersFor(workspace, "whatsapp");
export const telegramChannels = (workspace: Workspace): readonly Provider[] =>
  providersFor(workspace, "telegram");

interface Listed {
  readonly id?: string;
  readonly number?: string;
  readonly name?: string;
  readonly address?: string;
}

/** The entries of a list in all providers' settings. */
function settingsOf(workspace: Workspace, name: string): readonly Listed[] {
  return (workspace.providers ?? []).flatMap(({ settings }) => {
    const list = settings?.[name];
    return Array.isArray(list) ? (list as readonly Listed[]) : [];
  });
}

/** Addresses that a connected mail provider sends from. */
export function mailboxes(workspace: Workspace): readonly string[] {
  return settingsOf(workspace, "mailboxes").flatMap(({ address }) => address ?? []);
}

export interface Line {
  readonly id: string;
  readonly number?: string;
  readonly name?: string;
}
export function lines(workspace: Workspace): readonly Line[] {
  return settingsOf(workspace, "lines").flatMap(({ id, ...line }) =>
    id === undefined ? [] : [{ ...line, id }],
  );
}
export function lineWords({ id, number, name }: Line): string {
  return [name ?? id, number].filter(Boolean).join(", ");
}

export function whatsappTemplates(workspace: Workspace, provider: string): readonly WhatsappTemplate[] {
  return (workspace.templates ?? []).filter((template) => template.provider === provider);
}

/** A template's words as approved, where the workspace has them. */
function templateText(
  workspace: Workspace,
  { provider, content }: Pick<PlannedDelivery, "provider" | "content">,
): string | undefined {
  const { template, language } = content;
  return whatsappTemplates(workspace, provider ?? "").find(
    (each) => each.name === template && (each.language ?? language) === language,
  )?.text;
}

/** Odd places are names of values. */
const cutAtValues = (text: string): readonly string[] => text.split(/\{\{\s*(\w+)\s*\}\}/);

/** A WhatsApp message as the client reads it; undefined where nobody knows the template's words. */
export function templateWords(
  workspace: Workspace,
  message: Pick<PlannedDelivery, "provider" | "content">,
): string | undefined {
  const values = message.content.parameters ?? {};
  return (
    cutAtValues(templateText(workspace, message) ?? "")
      .map((piece, at) => (at % 2 === 0 ? piece : (values[piece] ?? `{{${piece}}}`)))
      .join("") || undefined
  );
}

/** What a new action goes out through. */
export function firstWays(workspace: Workspace): Ways {
  return {
    sms: smsProviders(workspace)[0]?.id ?? "",
    line: lines(workspace)[0]?.id ?? "",
    whatsapp: whatsappProviders(workspace)[0]?.id ?? "",
    telegram: telegramChannels(workspace)[0]?.id ?? "",
    language: workspace.language ?? "en",
  };
}

const DEFAULT_LIMIT = 200; // characters, unless the provider's setting says otherwise (formats §1)

export function characterLimit(workspace: Workspace, provider: string): number {
  const settings = workspace.providers?.find(({ id }) => id === provider)?.settings;
  const limit = settings?.["max_characters"];
  return typeof limit === "number" ? limit : DEFAULT_LIMIT;
}
