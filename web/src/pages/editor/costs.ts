// Which characters make the message dearer, and what can be done about each. The core finds them in the message;
// here is only found whether the author wrote them or the client's data brought them.

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
}

/** Only a message that needs Unicode is made dearer by single characters; one entry a character. */
export function costsOf(count: SmsCount | null, template: string): readonly Cost[] {
  if (count?.encoding !== "ucs2") return [];
  const costs = new Map<string, Cost>();
  for (const { character, replacement } of count.culprits) {
    if (costs.has(character)) continue;
    costs.set(character, {
      character,
      replacement: replacement ?? null,
      inTemplate: template.includes(character),
      segments: count.segments,
      better: count.suggestion?.segments ?? count.segments,
    });
  }
  return [...costs.values()];
}
