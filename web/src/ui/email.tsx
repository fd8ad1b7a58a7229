// An e-mail as it arrives: the HTML in a frame that can run nothing, the plain text, or the source.

import { useState } from "preact/hooks";
import type { Content } from "../core/types";
import { t } from "../text";
import { MailFrame } from "./mail-frame";

type ViewName = "html" | "text" | "source";

const VIEWS = [
  { view: "html", label: "preview.viewHtml" },
  { view: "text", label: "preview.viewText" },
  { view: "source", label: "preview.viewSource" },
] as const;

interface EmailPreviewProps {
  readonly content: Content;
  readonly to: string;
  readonly when: string;
  /** Offers the widths of a phone and of a desk. */
  readonly widths?: boolean;
}

export function EmailPreview({ content, to, when, widths }: EmailPreviewProps) {
  const [wide, setWide] = useState(false);
  const [wanted, setWanted] = useState<ViewName>("html");
  const views = VIEWS.filter(({ view }) => (view === "text" ? content.text : content.html) !== undefined);
  const view = views.some((each) => each.view === wanted) ? wanted : (views[0]?.view ?? "text");
  return (
    <>
      <EmailHead content={content} to={to} when={when} />
      {views.length > 1 || widths ? (
        <div class="preview-tabs">
          <div class="tabs" role="group" aria-label={t("preview.view")}>
            {views.map(({ view: each, label }) => (
              <button key={each} type="button" aria-pressed={each === view} onClick={() => setWanted(each)}>
                {t(label)}
              </button>
            ))}
          </div>
          {widths && view === "html" ? (
            <div class="tabs" role="group" aria-label={t("preview.width")}>
              {([false, true] as const).map((each) => (
                <button
                  key={String(each)}
                  type="button"
                  aria-pressed={each === wide}
                  onClick={() => setWide(each)}
                >
                  {t(each ? "preview.desktop" : "preview.phone")}
                </button>
              ))}
            </div>
          ) : null}
        </div>
      ) : null}
      <div class={widths && view === "html" ? (wide ? "mail-desk" : "mail-phone") : ""}>
        <EmailBody content={content} view={view} />
      </div>
    </>
  );
}

export function EmailHead({ content, to, when }: EmailPreviewProps) {
  const files = (content.attachments ?? []).map(({ name }) => name ?? "").filter(Boolean);
  return (
    <dl class="mail-head">
      <dt>{t("preview.subject")}</dt>
      <dd class="mail-subject">{content.subject}</dd>
      <dt>{t("preview.from")}</dt>
      <dd>{content.from}</dd>
      <dt>{t("preview.to")}</dt>
      <dd>{to}</dd>
      <dt>{t("preview.date")}</dt>
      <dd>{when}</dd>
      {files.length === 0 ? null : (
        <>
          <dt>{t("preview.attachments")}</dt>
          <dd>{files.join(", ")}</dd>
        </>
      )}
    </dl>
  );
}

function EmailBody({ content, view }: { readonly content: Content; readonly view: ViewName }) {
  if (view === "text") return <pre class="mail-text">{content.text}</pre>;
  if (view === "source") return <pre class="mail-text">{content.html}</pre>;
  return <MailFrame html={content.html ?? ""} />;
}
