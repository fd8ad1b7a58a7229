// The sentence's words about the way out: which of the client's addresses, through whom, from which mailbox or line.

import type { Action, EmailType, PhoneType, SendEmail } from "../../../core/types";
import {
  lines,
  lineWords,
  mailboxes,
  smsProviders,
  telegramChannels,
  whatsappProviders,
} from "../../../state/ways";
import { t } from "../../../text";
import type { Option } from "../../../ui/choice";
import type { SentenceProps } from "./sentence";
import { Word } from "./word";

const PHONES: readonly PhoneType[] = ["auto", "work", "mobile", "home", "fax", "pager", "mailing", "other"];
const EMAILS: readonly EmailType[] = ["auto", "work", "home", "mailing", "other"];

/** Nothing chosen yet is a choice of its own: "choose…". */
function withBlank(options: readonly Option[], value: string): readonly Option[] {
  return value === "" ? [{ value: "", text: t("pick.choose") }, ...options] : options;
}

const named = ({ id, name }: { readonly id: string; readonly name?: string }): Option => ({
  value: id,
  text: name ?? id,
});

/** Edits the action if it is still of the kind that the word belongs to. */
function change({ rule, edit }: SentenceProps, members: Partial<Action>): void {
  edit({ ...rule, action: { ...rule.action, ...members } as Action });
}

export function AddressWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type === "send_chat_message") return null;
  if (action.type === "send_email") {
    return (
      <Word
        label={t("pick.emailType")}
        value={action.email_type ?? "auto"}
        options={EMAILS.map((type) => ({ value: type, text: t(`email.${type}`) }))}
        readOnly={props.readOnly}
        onChange={(type) => change(props, { email_type: type as EmailType })}
      />
    );
  }
  return (
    <Word
      label={t("pick.phone")}
      value={action.phone_type ?? "auto"}
      options={PHONES.map((type) => ({ value: type, text: t(`phone.${type}`) }))}
      readOnly={props.readOnly}
      onChange={(type) => change(props, { phone_type: type as PhoneType })}
    />
  );
}

/** Of several e-mail addresses of the kind: the first, or the one added last. */
export function WhichWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type !== "send_email") return null;
  return (
    <Word
      label={t("pick.which")}
      value={action.use_address ?? "first"}
      options={(["first", "last"] as const).map((which) => ({ value: which, text: t(`which.${which}`) }))}
      readOnly={props.readOnly}
      onChange={(which) => change(props, { use_address: which as "first" | "last" })}
    />
  );
}

export function ProviderWord(props: SentenceProps) {
  const { action } = props.rule;
  if (!("provider" in action)) return null;
  const { workspace } = props.known;
  const all = action.type === "send_whatsapp" ? whatsappProviders(workspace) : smsProviders(workspace);
  return (
    <Word
      label={t("pick.provider")}
      value={action.provider}
      options={withBlank(all.map(named), action.provider)}
      readOnly={props.readOnly}
      onChange={(provider) => change(props, { provider })}
    />
  );
}

export function MessengerWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type !== "invite_to_messenger") return null;
  return (
    <Word
      label={t("pick.messenger")}
      value={action.channel}
      options={withBlank(telegramChannels(props.known.workspace).map(named), action.channel)}
      readOnly={props.readOnly}
      onChange={(channel) => change(props, { channel })}
    />
  );
}

export function LineWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type !== "make_call") return null;
  const options = lines(props.known.workspace).map((line) => ({ value: line.id, text: lineWords(line) }));
  return (
    <Word
      label={t("pick.line")}
      value={action.line}
      options={withBlank(options, action.line)}
      readOnly={props.readOnly}
      onChange={(line) => change(props, { line })}
    />
  );
}

export function HiddenWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type !== "send_chat_message") return null;
  return (
    <Word
      label={t("pick.hidden")}
      value={action.hidden ? "hidden" : "shown"}
      options={(["shown", "hidden"] as const).map((each) => ({ value: each, text: t(`chat.${each}`) }))}
      readOnly={props.readOnly}
      onChange={(value) => change(props, { hidden: value === "hidden" })}
    />
  );
}

// The two automatic senders are told from addresses by a sign that no address has.
const AUTO = { responsible: "auto:responsible", last_used: "auto:last_used" } as const;

function fromValue({ from }: SendEmail): string {
  if (typeof from === "string") return from;
  return AUTO[from?.auto ?? "responsible"];
}

export function FromWord(props: SentenceProps) {
  const { action } = props.rule;
  if (action.type !== "send_email") return null;
  const choose = (value: string): void => {
    const auto = (["responsible", "last_used"] as const).find((kind) => AUTO[kind] === value);
    change(props, { from: auto ? { auto } : value });
  };
  const options = [
    { value: AUTO.responsible, text: t("from.responsible") },
    { value: AUTO.last_used, text: t("from.last_used") },
    ...mailboxes(props.known.workspace).map((address) => ({ value: address, text: address })),
  ];
  return (
    <Word
      label={t("pick.from")}
      value={fromValue(action)}
      options={options}
      readOnly={props.readOnly}
      onChange={choose}
    />
  );
}
