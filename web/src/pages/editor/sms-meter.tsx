// How long the message is and what that costs, for the client in the preview.

import type { SmsCount } from "../../core/types";
import type { Price } from "../../core/pricing";
import { moneyWords, t } from "../../text";

interface SmsMeterProps {
  readonly count: SmsCount | null;
  /** Most characters that the message may have. */
  readonly limit: number;
  readonly price: Price | null;
  /** The worst over all clients that were counted. */
  readonly worst: { readonly characters: number; readonly segments: number } | null;
}

function encodingWords(count: SmsCount): string {
  const character = count.culprits[0]?.character;
  if (count.encoding === "gsm7" || character === undefined) {
    return t("meter.encodingPlain", { n: count.per_segment });
  }
  return t("meter.encodingBecause", { n: count.per_segment, character });
}

export function SmsMeter({ count, limit, price, worst }: SmsMeterProps) {
  const characters = count?.characters ?? 0;
  const tooLong = characters > limit;
  const share = `${Math.min(100, (100 * characters) / limit)}%`;
  return (
    <div class="meter" role="group" aria-label={t("meter.label")}>
      <Figure
        value={count ? characters : "–"}
        caption={withWorst(t("meter.characters", { limit }), worst?.characters, characters)}
        tone={tooLong || (worst?.characters ?? 0) > limit ? "bad" : ""}
      />
      <Figure
        value={count?.segments ?? "–"}
        caption={withWorst(
          t("meter.segments", { n: count?.segments ?? 0 }),
          worst?.segments,
          count?.segments,
        )}
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
      {price?.amount == null ? null : (
        <Figure value={moneyWords(price.amount, price.currency)} caption={t("meter.price")} />
      )}
      <div class="bar" role="img" aria-label={t("meter.charactersLabel", { n: characters, limit })}>
        <i class={tooLong ? "bad" : ""} style={{ width: share }} />
      </div>
    </div>
  );
}

/** "segments, worst 3", where somebody gets more than the client in the preview. */
function withWorst(caption: string, worst: number | undefined, now: number | undefined): string {
  return worst === undefined || worst <= (now ?? 0) ? caption : t("meter.worst", { caption, n: worst });
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
