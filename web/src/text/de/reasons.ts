// German: why a customer gets nothing.

import type { reasons as english } from "../en/reasons";
import type { Translation } from "../table";

export const reasons: Translation<typeof english> = {
  "reason.rule_disabled": "die Regel ist ausgeschaltet",
  "reason.rule_invalid": "die Regel hat Fehler",
  "reason.duplicate_event": "dasselbe Ereignis noch einmal",
  "reason.stage_left": "die Phase wurde vorher verlassen",
  "reason.record_deleted": "der Datensatz wurde gelöscht",
  "reason.currency_mismatch": "andere Währung in der Bedingung",
  "reason.condition_false": "die Bedingungen treffen nicht zu",
  "reason.no_client": "kein Kunde am Vorgang",
  "reason.no_provider": "kein Anbieter",
  "reason.no_telephony": "keine Telefonleitung",
  "reason.no_channel": "kein Kanal",
  "reason.no_mailbox": "kein Postfach zum Senden",
  "reason.no_phone": "keine Telefonnummer",
  "reason.no_phone_of_type": "keine Nummer dieser Art",
  "reason.phone_invalid": "Telefonnummer unbrauchbar",
  "reason.no_email": "keine E-Mail-Adresse",
  "reason.no_email_of_type": "keine Adresse dieser Art",
  "reason.email_invalid": "E-Mail-Adresse unbrauchbar",
  "reason.no_chat": "kein Chat",
  "reason.suppressed": "Adresse ist gesperrt",
  "reason.no_consent": "keine Zustimmung zu Werbung",
  "reason.template_error": "der Text ließ sich nicht füllen",
  "reason.text_empty": "der Text wäre leer",
  "reason.text_too_long": "der Text wäre zu lang",
  "reason.attachment_missing": "ein Anhang fehlt",
  "reason.limit_reached": "Tagesgrenze erreicht",
};
