// What this client would get, decided by the same core that sends.

import type { ComponentChildren } from "preact";
import { customerName, type Sample } from "../../../rule/sample";
import type { Preview } from "../../../core/protocol";
import type { ActionType, Workspace } from "../../../core/types";
import { templateWords } from "../../../state/ways";
import { t } from "../../../text";
import { EmailPreview } from "../../../ui/email";
import { Icon } from "../../../ui/icons";
import { CallPreview } from "./call";
import { ChatPreview } from "./chat";
import { CustomerSwitch, type FindSamples } from "./customer-switch";
import type { Lens } from "./lens";
import { LensPicker } from "./lens-picker";
import { SmsBubbles } from "./sms-bubbles";
import { WhatsappPreview } from "./whatsapp";

interface PreviewPaneProps {
  readonly preview: Preview | null;
  readonly action: ActionType;
  /** Null while they are fetched. */
  readonly samples: readonly Sample[] | null;
  readonly find: FindSamples | null;
  readonly sample: Sample | null;
  readonly entity: string;
  readonly workspace: Workspace;
  readonly choose: (id: string) => void;
  readonly lens: Lens;
  readonly look: (lens: Lens) => void;
  readonly children?: ComponentChildren;
}

export function PreviewPane(props: PreviewPaneProps) {
  const { preview, action, samples, find, sample, entity, workspace, choose, lens, look, children } = props;
  // All at once and in its place: what was drawn before would be pushed about by what comes.
  const isHere = samples !== null && preview !== null && (sample === null || preview.kind !== "none");
  const name = sample ? customerName(sample, entity) : "";
  return (
    <section class="card preview" aria-label={t("preview.title")}>
      <div class="card-head">
        <h2>{t("preview.title")}</h2>
        <span class="grow" />
        {samples ? (
          <>
            <LensPicker lens={lens} change={look} />
            <CustomerSwitch samples={samples} find={find} sample={sample} entity={entity} choose={choose} />
          </>
        ) : null}
      </div>
      {isHere ? (
        <>
          <PreviewBody preview={preview} name={name} action={action} workspace={workspace} />
          {children}
        </>
      ) : null}
    </section>
  );
}

interface PreviewBodyProps {
  readonly preview: Preview | null;
  readonly name: string;
  readonly action: ActionType;
  readonly workspace: Workspace;
}

function PreviewBody({ preview, name, action, workspace }: PreviewBodyProps) {
  switch (preview?.kind) {
    case undefined:
    case "none":
      return <p class="preview-note quiet">{t("preview.none")}</p>;
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
    case "message":
      return <Message {...preview} action={action} workspace={workspace} />;
  }
}

type MessageProps = Extract<Preview, { kind: "message" }> & Pick<PreviewBodyProps, "action" | "workspace">;

function Message({ delivery, when, sms, language, action, workspace }: MessageProps) {
  const { content, to, channel } = delivery;
  const heading = t("preview.when", { when, address: to.address ?? "" });
  switch (channel) {
    case "sms":
      return (
        <>
          <SmsBubbles text={content.text ?? ""} count={sms} sent heading={heading} />
          {action === "invite_to_messenger" ? <p class="preview-note quiet">{t("invite.note")}</p> : null}
        </>
      );
    case "call":
      return <CallPreview content={content} heading={heading} language={language} />;
    case "chat":
      return <ChatPreview content={content} heading={t("preview.chatWhen", { when })} />;
    case "whatsapp":
      return (
        <WhatsappPreview content={content} heading={heading} words={templateWords(workspace, delivery)} />
      );
    default:
      return <EmailPreview content={content} to={to.address ?? ""} when={when} widths />;
  }
}
