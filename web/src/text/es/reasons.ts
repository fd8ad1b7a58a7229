// Spanish: why a customer gets nothing.

import type { reasons as english } from "../en/reasons";
import type { Translation } from "../table";

export const reasons: Translation<typeof english> = {
  "reason.rule_disabled": "la regla está desactivada",
  "reason.rule_invalid": "la regla tiene errores",
  "reason.duplicate_event": "el mismo evento otra vez",
  "reason.stage_left": "salió antes de la etapa",
  "reason.record_deleted": "el registro se eliminó",
  "reason.currency_mismatch": "otra moneda en la condición",
  "reason.condition_false": "no se cumplen las condiciones",
  "reason.no_client": "el elemento no tiene cliente",
  "reason.no_provider": "sin proveedor",
  "reason.no_telephony": "sin línea telefónica",
  "reason.no_channel": "sin canal",
  "reason.no_mailbox": "sin buzón de envío",
  "reason.no_phone": "sin número de teléfono",
  "reason.no_phone_of_type": "sin número de ese tipo",
  "reason.phone_invalid": "número de teléfono no válido",
  "reason.no_email": "sin correo",
  "reason.no_email_of_type": "sin dirección de ese tipo",
  "reason.email_invalid": "correo no válido",
  "reason.no_chat": "sin chat",
  "reason.suppressed": "dirección excluida de los envíos",
  "reason.no_consent": "sin consentimiento para publicidad",
  "reason.template_error": "no se pudo completar el texto",
  "reason.text_empty": "el texto quedaría vacío",
  "reason.text_too_long": "el texto sería demasiado largo",
  "reason.attachment_missing": "falta un adjunto",
  "reason.limit_reached": "límite diario alcanzado",
};
