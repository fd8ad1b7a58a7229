// An SMS as it arrives: one bubble a segment, cut exactly where the sender cuts it.

import type { SmsCount } from "../../../core/types";
import { t } from "../../../text";

interface SmsBubblesProps {
  readonly text: string;
  /** Null where it could not be counted: then the text is shown whole. */
  readonly count: SmsCount | null;
  /** False: this is only what the text would give; nothing is sent. */
  readonly sent: boolean;
  readonly heading?: string;
}

function caption(part: number, total: number, sent: boolean): string {
  if (total === 1) return sent ? t("preview.single") : "";
  const place = t("preview.part", { n: part, total });
  return sent && part === total ? `${place}, ${t("preview.exact")}` : place;
}

export function SmsBubbles({ text, count, sent, heading }: SmsBubblesProps) {
  const parts = count?.parts ?? [{ from: 0, to: text.length }];
  const total = parts.length;
  return (
    <div class={sent ? "phone" : "phone is-unsent"}>
      {heading === undefined ? null : <div class="phone-heading quiet">{heading}</div>}
      {parts.map(({ from, to }, index) => (
        <div key={from}>
          <div class="bubble" data-part={index + 1}>
            {text.slice(from, to)}
          </div>
          <div class="segment">{caption(index + 1, total, sent)}</div>
        </div>
      ))}
    </div>
  );
}
