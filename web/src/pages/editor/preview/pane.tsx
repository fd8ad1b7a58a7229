// What this client would get, decided by the same core that sends.

import { customerName, type Sample } from "../../../api/workspace";
import type { Preview } from "../../../core/protocol";
import { t } from "../../../text";
import { EmailPreview } from "../../../ui/email";
import { Icon } from "../../../ui/icons";
import { CustomerSwitch } from "./customer-switch";

import { SmsBubbles } from "./sms-bubbles";

interface PreviewPaneProps {
  readonly preview: Preview | null;
  readonly samples: readonly Sample[];
  readonly sample: Sample | null;
  readonly entity: string;
  readonly choose: (id: string) => void;
}

export function PreviewPane({ preview, samples, sample, entity, choose }: PreviewPaneProps) {
  const name = sample ? customerName(sample, entity) : "";
  return (
    <section class="card preview" aria-label={t("preview.title")}>
      <div class="card-head">
        <h2>{t("preview.title")}</h2>
        <span class="grow" />
        <CustomerSwitch samples={samples} sample={sample} entity={entity} choose={choose} />
      </div>
      <PreviewBody preview={preview} name={name} />
    </section>
  );
}

function PreviewBody({ preview, name }: { readonly preview: Preview | null; readonly name: string }) {
  switch (preview?.kind) {
    case undefined:
    case "none":
      return <p class="preview-note quiet">{t(preview ? "preview.none" : "app.loading")}</p>;
    case "fault":
      return <p class="preview-note">{t("preview.fault", { message: preview.diagnostic.message })}</p>;
    case "skip":
      return (
        <>
          <div class="preview-note skip-note">
            <Icon name="warning" />
            <div>
              <b>{t("preview.skip", { name })}</b>
              <div>{preview.skip.message ?? preview.skip.reason}</div>
            </div>
          </div>
          {preview.text ? <SmsBubbles text={preview.text} count={preview.sms} sent={false} /> : null}
        </>
      );
    case "message": {
      const { delivery, when, sms } = preview;
      const line = t("preview.when", { when, address: delivery.to.address ?? "" });
      if (delivery.channel === "sms") {
        return <SmsBubbles text={delivery.content.text ?? ""} count={sms} sent heading={line} />;
      }
      return <EmailPreview content={delivery.content} to={delivery.to.address ?? ""} when={when} />;
    }
  }
}
