// How far somebody is in the guide of first steps. Kept by the browser, so that a reload is no setback.

import { signal } from "@preact/signals";
import { listDeliveries } from "../../api/deliveries";
import { listRules } from "../../api/rules";

export const STEPS = ["stage", "write", "preview", "publish", "move", "see", "done"] as const;
export type Step = (typeof STEPS)[number];

export type Guide =
  | { readonly kind: "unasked" | "skipped" }
  | {
      readonly kind: "active";
      readonly step: Step;
      readonly stage: string;
      /** Rules that were there before; the new one is none of them. */
      readonly before: readonly string[];
      /** The rule that was written, once it is live. */
      readonly rule: string;
      /** Why the last deal that was moved got no message. */
      readonly reason: string;
    };
export type Active = Extract<Guide, { kind: "active" }>;

const KEPT = "recado.guide";

function kept(): Guide {
  try {
    return (JSON.parse(localStorage.getItem(KEPT) ?? "null") as Guide | null) ?? { kind: "unasked" };
  } catch {
    return { kind: "unasked" };
  }
}

export const guide = signal<Guide>(kept());

export function setGuide(next: Guide): void {
  guide.value = next;
  localStorage.setItem(KEPT, JSON.stringify(next));
}

export function startGuide(): void {
  setGuide({ kind: "active", step: "stage", stage: "", before: [], rule: "", reason: "" });
}

/** What the service knows moves the guide on: the rule that went live, the message that was sent. */
export async function advanced(at: Active): Promise<Active> {
  if (at.step === "write" || at.step === "preview" || at.step === "publish") {
    const live = (await listRules()).find(
      ({ rule }) => rule !== null && rule.on.stage === at.stage && !at.before.includes(rule.id),
    );
    return live?.rule ? { ...at, step: "move", rule: live.rule.id } : at;
  }
  if (at.step !== "move") return at;
  const { deliveries } = await listDeliveries({ rule: at.rule });
  const sent = deliveries.some(({ status }) => status === "accepted" || status === "delivered");
  const skipped = deliveries.find(({ status }) => status === "skipped");
  return sent ? { ...at, step: "see" } : { ...at, reason: skipped?.message ?? skipped?.reason ?? "" };
}
