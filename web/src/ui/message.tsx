// A message that was sent, exactly as it was; a WhatsApp template with the words that are known of it now.

import type { Content } from "../core/types";
import { moment, t } from "../text";
import { EmailPreview } from "./email";

interface MessageContentProps {
  readonly content: Content;
  /** A WhatsApp template's words with its values, where they are known. */
  readonly words?: string | undefined;
  readonly to: string;
  readonly at: string;
}

/** What was said, written or played, or the template that was filled in. */
function wordsOf({ text, say, play, template, parameters }: Content): string {
  const filled = Object.values(parameters ?? {});
  return text ?? say?.text ?? play?.url ?? [template ?? "", ...filled].filter(Boolean).join("\n");
}

export function MessageContent({ content, words, to, at }: MessageContentProps) {
  const when = moment(at);
  if (content.subject !== undefined) return <EmailPreview content={content} to={to} when={when} />;
  return (
    <div class="phone">
      <div class="phone-heading quiet">{t("preview.when", { when, address: to })}</div>
      <div class="bubble">{words ?? wordsOf(content)}</div>
    </div>
  );
}
