// The form of the rule's action.

import { CallForm } from "./call-form";
import { ChatForm } from "./chat-form";
import { EmailForm } from "./email-form";
import type { FormProps } from "./form";
import { SmsForm } from "./sms-form";
import { WhatsappForm } from "./whatsapp-form";

export function ActionForm(form: FormProps) {
  const { action } = form.rule;
  switch (action.type) {
    case "send_sms":
    case "invite_to_messenger":
      return <SmsForm {...form} action={action} />;
    case "send_email":
      return <EmailForm {...form} action={action} />;
    case "make_call":
      return <CallForm {...form} action={action} />;
    case "send_chat_message":
      return <ChatForm {...form} action={action} />;
    case "send_whatsapp":
      return <WhatsappForm {...form} action={action} />;
  }
}
