// The shapes that the page shares with the core and the service: rules, schema, workspace, snapshots, plans,
// diagnostics. Offsets are UTF-16, as the JavaScript face of the core gives them.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

export type Severity = "error" | "warning" | "info";

export interface Fix {
  readonly title: string;
  readonly replacement: string;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
  readonly line?: number;
  readonly column?: number;
  readonly arguments?: Readonly<Record<string, string>>;
  readonly message: string;
  readonly fix?: Fix;
}

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
  readonly attachments?: readonly ({ readonly field: string } | { readonly file: string })[];
  readonly track_clicks?: boolean;
}

export interface OtherAction {
  readonly type: "make_call" | "send_chat_message" | "send_whatsapp" | "invite_to_messenger";
}

export type Action = SendSms | SendEmail | OtherAction;

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
}

export interface Field {
  readonly name: string;
  readonly type: "text" | "integer" | "decimal" | "money" | "date" | "datetime" | "boolean" | "file" | "list";
  readonly title?: string;
}
export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly kind?: "open" | "won" | "lost";
}
export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly Stage[];
}
export interface Entity {
  readonly code: string;
  readonly name: string;
  readonly pipelines?: readonly Pipeline[];
  readonly fields?: readonly Field[];
}
export interface Schema {
  readonly entities: readonly Entity[];
}

export interface Provider {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly settings?: JsonObject;
}
export interface Workspace {
  readonly name?: string;
  readonly language?: string;
  readonly time_zone?: string;
  readonly currency?: string;
  readonly providers?: readonly Provider[];
}

export type Snapshot = JsonObject;

export interface SmsCulprit {
  readonly from: number;
  readonly to: number;
  readonly character: string;
  readonly replacement?: string;
}
export interface SmsCount {
  readonly encoding: "gsm7" | "ucs2";
  readonly units: number;
  readonly segments: number;
  readonly characters: number;
  readonly per_segment: number;
  readonly remaining: number;
  readonly parts: readonly { readonly from: number; readonly to: number; readonly units: number }[];
  readonly culprits: readonly SmsCulprit[];
  readonly suggestion?: {
    readonly text: string;
    readonly encoding: "gsm7" | "ucs2";
    readonly segments: number;
  };
}

export interface Recipient {
  readonly contact?: string;
  readonly company?: string;
  readonly lead?: string;
  readonly address?: string;
  readonly type?: string;
}
export interface Content {
  readonly text?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly name?: string }[];
}
export interface PlannedDelivery {
  readonly key: string;
  readonly channel: string;
  readonly due: string;
  readonly to: Recipient;
  readonly content: Content;
}
export interface Skip {
  readonly rule: string;
  readonly reason: string;
  readonly message?: string;
}
