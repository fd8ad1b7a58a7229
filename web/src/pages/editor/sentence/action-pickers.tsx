// The sentence's words about the way out: which of the client's addresses, through whom, from which mailbox.

import type { ComponentChildren } from "preact";
import type { EmailType, PhoneType, SendEmail } from "../../../core/types";
import { mailboxes, smsProviders } from "../../../state/catalogue";
import { t } from "../../../text";
import type { SentenceProps } from "./sentence";
import { Word } from "./word";

const PHONES: readonly PhoneType[] = ["auto", "work", "mobile", "home", "fax", "pager", "mailing", "other"];
const EMAILS: readonly EmailType[] = ["auto", "work", "home", "mailing", "other"];

export function addressPicker({ rule, readOnly, edit }: SentenceProps): ComponentChildren {
  const { action } = rule;
  if (action.type === "send_sms") {
    return (
      <Word
        label={t("pick.phone")}
        value={action.phone_type ?? "auto"}
        options={PHONES.map((type) => ({ value: type, text: t(`phone.${type}`) }))}
        readOnly={readOnly}
        onChange={(type) => edit({ ...rule, action: { ...action, phone_type: type as PhoneType } })}
      />
    );
  }
  if (action.type !== "send_email") return null;
  return (
    <Word
      label={t("pick.email")}
      value={action.email_type ?? "auto"}
      options={EMAILS.map((type) => ({ value: type, text: t(`email.${type}`) }))}
      readOnly={readOnly}
      onChange={(type) => edit({ ...rule, action: { ...action, email_type: type as EmailType } })}
    />
  );
}

export function providerPicker({ rule, known, readOnly, edit }: SentenceProps): ComponentChildren {
  const { action } = rule;
  if (action.type !== "send_sms") return null;
  const options = smsProviders(known.workspace).map(({ id, name }) => ({ value: id, text: name ?? id }));
  if (action.provider === "") options.unshift({ value: "", text: t("pick.choose") });
  return (
    <Word
      label={t("pick.provider")}
      value={action.provider}
      options={options}
      readOnly={readOnly}
      onChange={(provider) => edit({ ...rule, action: { ...action, provider } })}
    />
  );
}

// The two automatic senders are told from addresses by a sign that no address has.
const AUTO = { responsible: "auto:responsible", last_used: "auto:last_used" } as const;

function fromValue({ from }: SendEmail): string {
  if (typeof from === "string") return from;
  return AUTO[from?.auto ?? "responsible"];
}

export function fromPicker({ rule, known, readOnly, edit }: SentenceProps): ComponentChildren {
  const { action } = rule;
  if (action.type !== "send_email") return null;
  const choose = (value: string): void => {
    const auto = (["responsible", "last_used"] as const).find((kind) => AUTO[kind] === value);
    edit({ ...rule, action: { ...action, from: auto ? { auto } : value } });
  };
  const options = [
    { value: AUTO.responsible, text: t("from.responsible") },
    { value: AUTO.last_used, text: t("from.last_used") },
    ...mailboxes(known.workspace).map((address) => ({ value: address, text: address })),
  ];
  return (
    <Word
      label={t("pick.from")}
      value={fromValue(action)}
      options={options}
      readOnly={readOnly}
      onChange={choose}
    />
  );
}
