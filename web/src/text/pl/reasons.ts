// Polish: why a customer gets nothing.

import type { reasons as english } from "../en/reasons";
import type { Translation } from "../table";

export const reasons: Translation<typeof english> = {
  "reason.rule_disabled": "reguła jest wyłączona",
  "reason.rule_invalid": "reguła ma błędy",
  "reason.duplicate_event": "to samo zdarzenie ponownie",
  "reason.stage_left": "etap opuszczono wcześniej",
  "reason.record_deleted": "rekord usunięto",
  "reason.currency_mismatch": "inna waluta w warunku",
  "reason.condition_false": "warunki nie są spełnione",
  "reason.no_client": "brak klienta przy elemencie",
  "reason.no_provider": "brak dostawcy",
  "reason.no_telephony": "brak linii telefonicznej",
  "reason.no_channel": "brak kanału",
  "reason.no_mailbox": "brak skrzynki nadawczej",
  "reason.no_phone": "brak numeru telefonu",
  "reason.no_phone_of_type": "brak numeru tego rodzaju",
  "reason.phone_invalid": "nieprawidłowy numer telefonu",
  "reason.no_email": "brak adresu e-mail",
  "reason.no_email_of_type": "brak adresu tego rodzaju",
  "reason.email_invalid": "nieprawidłowy adres e-mail",
  "reason.no_chat": "brak czatu",
  "reason.suppressed": "adres wykluczony z wysyłki",
  "reason.no_consent": "brak zgody na reklamę",
  "reason.template_error": "nie udało się wypełnić tekstu",
  "reason.text_empty": "tekst byłby pusty",
  "reason.text_too_long": "tekst byłby za długi",
  "reason.attachment_missing": "brakuje załącznika",
  "reason.limit_reached": "osiągnięto dzienny limit",
};
