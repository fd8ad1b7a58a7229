// English: why a customer gets nothing.

import type { Messages } from "../table";

export const reasons = {
  "reason.rule_disabled": "the rule is switched off",
  "reason.rule_invalid": "the rule has faults",
  "reason.duplicate_event": "the same event again",
  "reason.stage_left": "the stage was left before",
  "reason.record_deleted": "the record was deleted",
  "reason.currency_mismatch": "another currency in the condition",
  "reason.condition_false": "the conditions do not hold",
  "reason.no_client": "no client on the item",
  "reason.no_provider": "no provider",
  "reason.no_telephony": "no phone line",
  "reason.no_channel": "no channel",
  "reason.no_mailbox": "no mailbox to send from",
  "reason.no_phone": "no phone number",
  "reason.no_phone_of_type": "no number of this kind",
  "reason.phone_invalid": "phone number not usable",
  "reason.no_email": "no e-mail address",
  "reason.no_email_of_type": "no address of this kind",
  "reason.email_invalid": "e-mail address not usable",
  "reason.no_chat": "no chat",
  "reason.suppressed": "address is not to be used",
  "reason.no_consent": "no consent to marketing",
  "reason.template_error": "the text could not be filled in",
  "reason.text_empty": "the text would be empty",
  "reason.text_too_long": "the text would be too long",
  "reason.attachment_missing": "an attachment is missing",
  "reason.limit_reached": "daily limit reached",
} as const satisfies Messages;
