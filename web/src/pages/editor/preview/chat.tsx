// A chat message as the client sees it, or as only colleagues do.

import type { Content } from "../../../core/types";
import { t } from "../../../text";
import { Icon } from "../../../ui/icons";

interface ChatPreviewProps {
  readonly content: Content;
  readonly heading: string;
}

export function ChatPreview({ content, heading }: ChatPreviewProps) {
  const files = (content.attachments ?? []).map(({ name }) => name ?? "").filter(Boolean);
  return (
    <div class="phone">
      <div class="phone-heading quiet">{heading}</div>
      <div class={content.hidden ? "bubble is-hidden" : "bubble"}>
        {content.hidden ? (
          <div class="hidden-mark">
            <Icon name="eye" />
            {t("chat.mark")}
          </div>
        ) : null}
        {content.text}
        {files.map((name) => (
          <div key={name} class="bubble-file">
            <Icon name="clip" />
            {name}
          </div>
        ))}
      </div>
      <div class="segment">{t(content.hidden ? "chat.onlyColleagues" : "preview.exact")}</div>
    </div>
  );
}
