// Which characters make the message dearer, and what can be done about each. The core finds them in the message;
// here is only found whether the author wrote them or the client's data brought them.

import type { Price, Pricing } from "../../core/pricing";
import type { SmsCount } from "../../core/types";

export interface Cost {
  readonly character: string;
  /** What to write instead; null where the core knows nothing. */
  readonly replacement: string | null;
  /** The author wrote it: it can be replaced in the template. */
  readonly inTemplate: boolean;
  /** Segments now, and with everything replaced that can be. */
  readonly segments: number;
  readonly better: number;
  /** What this message costs now and with this one character replaced; null where nothing is known of it. */
  readonly price: { readonly now: Price; readonly then: Price } | null;
}

/** Only a message that needs Unicode is made dearer by single characters; one entry a character. */
export function costsOf(count: SmsCount | null, template: string, pricing: Pricing | null): readonly Cost[] {
  if (count?.encoding !== "ucs2") return [];
  const costs = new Map<string, Cost>();
  for (const { character, replacement } of count.culprits) {
    if (costs.has(character)) continue;
    const then = pricing?.without[character];
    costs.set(character, {
      price: pricing && then ? { now: pricing.price, then } : null,
      character,
      replacement: replacement ?? null,
      inTemplate: template.includes(character),
      segments: count.segments,
      better: count.suggestion?.segments ?? count.segments,
    });
  }
  return [...costs.values()];
}
