// What the message to the sample client costs, and what it would cost with each costly character written otherwise.
// The core prices; here it is only asked with other texts. Runs in the worker.

import type { Core } from "./facade";
import type { Setting } from "./protocol";
import type { Rule, SmsCount, Snapshot } from "./types";

export interface Price {
  readonly segments: number;
  /** Exact decimal; null where the provider has no price for it. */
  readonly amount: string | null;
  readonly currency: string;
}

export interface Pricing {
  readonly price: Price;
  /** The price with one character of the template replaced everywhere. */
  readonly without: Readonly<Record<string, Price>>;
}

interface Place {
  readonly setting: Setting;
  readonly snapshot: Snapshot | null;
}

const MOST_VARIANTS = 8; // different costly characters that are priced; nobody writes more

function priceOf(engine: Core, rule: Rule, { setting, snapshot }: Place): Price | null {
  if (!snapshot) return null;
  const coverage = engine.coverage(rule, [snapshot], setting);
  if ("error" in coverage || coverage.reached === 0 || !coverage.segments) return null;
  const { cost, segments } = coverage;
  return { segments: segments.total, amount: cost?.total ?? null, currency: cost?.currency ?? "" };
}

/** Null where there is no SMS, or none would be sent. */
export function pricingOf(engine: Core, rule: Rule, count: SmsCount | null, place: Place): Pricing | null {
  const { action } = rule;
  if (!count || (action.type !== "send_sms" && action.type !== "invite_to_messenger")) return null;
  const price = priceOf(engine, rule, place);
  if (!price) return null;
  const without: Record<string, Price> = {};
  const costly = new Map(
    count.encoding === "ucs2" ? count.culprits.map((each) => [each.character, each]) : [],
  );
  for (const { character, replacement } of [...costly.values()].slice(0, MOST_VARIANTS)) {
    if (replacement === undefined || !action.text.includes(character)) continue;
    const text = action.text.replaceAll(character, replacement);
    const other = priceOf(engine, { ...rule, action: { ...action, text } }, place);
    if (other) without[character] = other;
  }
  return { price, without };
}
