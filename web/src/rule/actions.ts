// The six actions: their short names in addresses and ids, what is written in each, and changing one into another
// without losing the words.

import type { Action, ActionType, PhoneType, Policy, Rule } from "../core/types";

export const CHANNELS = ["sms", "email", "call", "chat", "whatsapp", "invite"] as const;
export type ChannelChoice = (typeof CHANNELS)[number];

export const ACTION_OF: Readonly<Record<ChannelChoice, ActionType>> = {
  sms: "send_sms",
  email: "send_email",
  call: "make_call",
  chat: "send_chat_message",
  whatsapp: "send_whatsapp",
  invite: "invite_to_messenger",
};

/** Rules by the task that they do; all there are so far talk to clients. */
export const RULE_GROUPS = [{ id: "communication", channels: CHANNELS }] as const;

/** What a new action goes out through until somebody chooses: ids, "" where there is none. */
export interface Ways {
  readonly sms: string;
  readonly line: string;
  readonly whatsapp: string;
  readonly telegram: string;
  readonly language: string;
}

/** The words of a message, whatever carries them. */
export function bodyOf(action: Action): string {
  switch (action.type) {
    case "send_sms":
    case "send_chat_message":
    case "invite_to_messenger":
      return action.text;
    case "send_email":
      return action.text ?? "";
    case "make_call":
      return action.say?.text ?? "";
    case "send_whatsapp":
      return "";
  }
}

export function phoneTypeOf(action: Action): PhoneType | undefined {
  return "phone_type" in action ? action.phone_type : undefined;
}

export const INVITE_LINK = "{{ invite.link }}";

function invitation(text: string): string {
  if (text.includes("invite.link")) return text;
  return text === "" ? INVITE_LINK : `${text} ${INVITE_LINK}`;
}

export function newAction(type: ActionType, text: string, phone: PhoneType | undefined, ways: Ways): Action {
  const phone_type = phone ?? "auto";
  const plain = text.replace(/ ?\{\{ ?invite\.link ?\}\}/g, ""); // no other message has such a link
  switch (type) {
    case "send_sms":
      return { type, text: plain, phone_type, provider: ways.sms };
    case "send_email":
      return { type, from: { auto: "responsible" }, subject: "", text: plain, email_type: "auto" };
    case "make_call":
      return { type, line: ways.line, phone_type, say: { text: plain } };
    case "send_chat_message":
      return { type, text: plain };
    case "send_whatsapp":
      return { type, provider: ways.whatsapp, template: "", language: ways.language, phone_type };
    case "invite_to_messenger":
      return { type, channel: ways.telegram, provider: ways.sms, phone_type, text: invitation(text) };
  }
}

/** Changes what the rule does and keeps the words and the kind of number where both have them. */
export function withAction(rule: Rule, type: ActionType, ways: Ways): Rule {
  if (rule.action.type === type) return rule;
  const action = newAction(type, bodyOf(rule.action), phoneTypeOf(rule.action), ways);
  const changed = { ...rule, action };
  return hasLimit(action) ? changed : without(changed, "over_limit");
}

/** Only an SMS, be it an invitation, has a limit of characters. */
export function hasLimit(action: Action): boolean {
  return action.type === "send_sms" || action.type === "invite_to_messenger";
}

/** Where a doubt about sending is resolved by itself (formats §1). */
export function defaultPolicy(action: Action): Policy {
  return action.type === "send_email" ? "at_least_once" : "at_most_once";
}

/** The document without an optional member. */
export function without<T extends object>(document: T, name: keyof T): T {
  return Object.fromEntries(Object.entries(document).filter(([each]) => each !== name)) as T;
}

/** The document with a member, or without it where it says what holds anyway. */
export function withMember<T extends object, K extends keyof T>(
  document: T,
  name: K,
  value: T[K],
  usual: unknown,
): T {
  return value === usual ? without(document, name) : { ...document, [name]: value };
}
