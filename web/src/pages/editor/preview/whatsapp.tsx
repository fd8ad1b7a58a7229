// A WhatsApp template with its values. The vendor holds the template's own words; we know its name and what we fill in.

import type { Content } from "../../../core/types";
import { languageName, t } from "../../../text";

interface WhatsappPreviewProps {
  readonly content: Content;
  readonly heading: string;
}

export function WhatsappPreview({ content, heading }: WhatsappPreviewProps) {
  const values = Object.entries(content.parameters ?? {});
  return (
    <div class="phone">
      <div class="phone-heading quiet">{heading}</div>
      <div class="bubble">
        <b>{content.template}</b> <span class="quiet">{languageName(content.language ?? "")}</span>
        {values.length === 0 ? null : (
          <dl class="filled-in">
            {values.map(([name, value]) => (
              <div key={name}>
                <dt>{`{{${name}}}`}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <div class="segment">{t("whatsapp.note")}</div>
    </div>
  );
}
