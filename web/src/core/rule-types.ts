// The shapes of a rule document (its six actions, its timing, its conditions).

import type { Json } from "./types";

export interface Trigger {
  readonly entity: string;
  readonly pipeline?: string;
  readonly stage: string;
}

export type Operator =
  | "eq"
  | "ne"
  | "gt"
  | "ge"
  | "lt"
  | "le"
  | "in"
  | "not_in"
  | "between"
  | "not_between"
  | "contains"
  | "not_contains"
  | "starts_with"
  | "ends_with"
  | "empty"
  | "not_empty";

export interface Test {
  readonly field: string;
  readonly op: Operator;
  readonly value?: Json;
}
export type Conditions =
  { readonly all: readonly (Test | Conditions)[] } | { readonly any: readonly (Test | Conditions)[] };

export interface Timing {
  readonly run: "immediately" | "after" | "before" | "at";
  readonly delay?: string;
  readonly field?: string;
  readonly time?: string;
  readonly business_hours?: string;
  readonly responsible_hours?: boolean;
  readonly wait_for_previous?: boolean;
  readonly zone?: "workspace" | "client";
}

export type PhoneType = "auto" | "work" | "mobile" | "home" | "fax" | "pager" | "mailing" | "other";
export type EmailType = "auto" | "work" | "home" | "mailing" | "other";

/** Files in a field of the item, or one of the file store. */
export type Attachment = { readonly field: string } | { readonly file: string };

export interface SendSms {
  readonly type: "send_sms";
  readonly text: string;
  readonly phone_type?: PhoneType;
  readonly provider: string;
}

export interface SendEmail {
  readonly type: "send_email";
  readonly from?: string | { readonly auto: "responsible" | "last_used" };
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly email_type?: EmailType;
  readonly use_address?: "first" | "last";
  readonly attachments?: readonly Attachment[];
  readonly track_clicks?: boolean;
}

/** Rate and volume in percent, 20–200, 100 unless given. */
export interface Say {
  readonly text: string;
  readonly voice?: string;
  readonly language?: string;
  readonly rate?: number;
  readonly volume?: number;
}

/** Either `say` or `play`. */
export interface MakeCall {
  readonly type: "make_call";
  readonly line: string;
  readonly phone_type?: PhoneType;
  readonly say?: Say;
  readonly play?: { readonly url: string };
}

export interface SendChatMessage {
  readonly type: "send_chat_message";
  readonly text: string;
  readonly hidden?: boolean;
  readonly attachments?: readonly Attachment[];
}

/** `parameters`: name or position → Liquid. */
export interface SendWhatsapp {
  readonly type: "send_whatsapp";
  readonly provider: string;
  readonly template: string;
  readonly language: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly phone_type?: PhoneType;
}

export interface InviteToMessenger {
  readonly type: "invite_to_messenger";
  readonly channel: string;
  readonly provider: string;
  readonly phone_type?: PhoneType;
  readonly text: string;
}

export type Action = SendSms | SendEmail | MakeCall | SendChatMessage | SendWhatsapp | InviteToMessenger;
export type ActionType = Action["type"];

export type Policy = "at_most_once" | "at_least_once";
export type OverLimit = "skip" | "truncate";

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly enabled?: boolean;
  readonly position?: number;
  readonly transactional?: boolean;
  readonly on: Trigger;
  readonly conditions?: Conditions;
  readonly timing?: Timing;
  readonly action: Action;
  readonly policy?: Policy;
  readonly over_limit?: OverLimit;
}
