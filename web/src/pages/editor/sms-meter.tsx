// How long the message is and what that costs, for the client in the preview.

import type { SmsCount } from "../../core/types";
import { t } from "../../text";

interface SmsMeterProps {
  readonly count: SmsCount | null;
  /** Most characters that the message may have. */
  readonly limit: number;
}

function encodingWords(count: SmsCount): string {
  const character = count.culprits[0]?.character;
  if (count.encoding === "gsm7" || character === undefined) {
    return t("meter.encodingPlain", { n: count.per_segment });
  }
  return t("meter.encodingBecause", { n: count.per_segment, character });
}

export function SmsMeter({ count, limit }: SmsMeterProps) {
  const characters = count?.characters ?? 0;
  const tooLong = characters > limit;
  const share = `${Math.min(100, (100 * characters) / limit)}%`;
  return (
    <div class="meter" role="group" aria-label={t("meter.label")}>
      <Figure
        value={count ? characters : "–"}
        caption={t("meter.characters", { limit })}
        tone={tooLong ? "bad" : ""}
      />
      <Figure
        value={count?.segments ?? "–"}
        caption={t("meter.segments", { n: count?.segments ?? 0 })}
        tone={(count?.segments ?? 0) > 1 ? "warn" : ""}
      />
      <Figure
        value={count?.units ?? "–"}
        caption={count ? t("meter.units", { n: count.units, left: count.remaining }) : t("meter.unitsNone")}
      />
      <Figure
        value={count ? t(`meter.${count.encoding}`) : "–"}
        caption={count ? encodingWords(count) : t("meter.none")}
        tone={count?.encoding === "ucs2" ? "warn" : ""}
      />
      <div class="bar" role="img" aria-label={t("meter.charactersLabel", { n: characters, limit })}>
        <i class={tooLong ? "bad" : ""} style={{ width: share }} />
      </div>
    </div>
  );
}

interface FigureProps {
  readonly value: string | number;
  readonly caption: string;
  readonly tone?: "" | "warn" | "bad";
}

function Figure({ value, caption, tone }: FigureProps) {
  return (
    <div class="figure">
      <b class={tone ?? ""}>{value}</b>
      <span>{caption}</span>
    </div>
  );
}
