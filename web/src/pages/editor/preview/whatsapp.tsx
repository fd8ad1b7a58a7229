// A WhatsApp template with its values. Where the workspace knows the approved text, it is shown as the client reads it;
// else its name and what we fill in.

import type { Content } from "../../../core/types";
import { languageName, t } from "../../../text";

interface WhatsappPreviewProps {
  readonly content: Content;
  readonly heading: string;
  /** The template with its values; undefined where nobody knows its words. */
  readonly words: string | undefined;
}

export function WhatsappPreview({ content, heading, words }: WhatsappPreviewProps) {
  const name = (
    <>
      <b>{content.template}</b> <span class="quiet">{languageName(content.language ?? "")}</span>
    </>
  );
  if (words === undefined) {
    return (
      <div class="phone">
        <div class="phone-heading quiet">{heading}</div>
        <div class="bubble">
          {name}
          <Values parameters={content.parameters ?? {}} />
        </div>
        <div class="segment">{t("whatsapp.note")}</div>
      </div>
    );
  }
  return (
    <div class="phone">
      <div class="phone-heading quiet">{heading}</div>
      <div class="bubble">{words}</div>
      <div class="segment">{name}</div>
    </div>
  );
}

function Values({ parameters }: { readonly parameters: Readonly<Record<string, string>> }) {
  const values = Object.entries(parameters);
  if (values.length === 0) return null;
  return (
    <dl class="filled-in">
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{`{{${name}}}`}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
