// The shapes of what the core answers: counted SMS, planned deliveries, reasons for none.

import type { Say } from "./rule-types";

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
  readonly hidden?: boolean;
  readonly say?: Say;
  readonly play?: { readonly url: string };
  readonly template?: string;
  readonly language?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly attachments?: readonly { readonly name?: string }[];
}
export interface PlannedDelivery {
  readonly key: string;
  readonly rule: string;
  readonly channel: string;
  readonly provider?: string;
  readonly due: string;
  readonly to: Recipient;
  readonly content: Content;
}
export interface Skip {
  readonly rule: string;
  readonly reason: string;
  readonly message?: string;
}
