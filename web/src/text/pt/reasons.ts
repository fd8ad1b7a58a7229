// Portuguese: why a customer gets nothing.

import type { reasons as english } from "../en/reasons";
import type { Translation } from "../table";

export const reasons: Translation<typeof english> = {
  "reason.rule_disabled": "a regra está desligada",
  "reason.rule_invalid": "a regra tem erros",
  "reason.duplicate_event": "o mesmo evento de novo",
  "reason.stage_left": "saiu da etapa antes",
  "reason.record_deleted": "o registro foi excluído",
  "reason.currency_mismatch": "outra moeda na condição",
  "reason.condition_false": "as condições não foram atendidas",
  "reason.no_client": "o item não tem cliente",
  "reason.no_provider": "sem provedor",
  "reason.no_telephony": "sem linha telefônica",
  "reason.no_channel": "sem canal",
  "reason.no_mailbox": "sem caixa de e-mail para enviar",
  "reason.no_phone": "sem número de telefone",
  "reason.no_phone_of_type": "sem número desse tipo",
  "reason.phone_invalid": "número de telefone inválido",
  "reason.no_email": "sem e-mail",
  "reason.no_email_of_type": "sem endereço desse tipo",
  "reason.email_invalid": "e-mail inválido",
  "reason.no_chat": "sem chat",
  "reason.suppressed": "endereço bloqueado para envios",
  "reason.no_consent": "sem consentimento para marketing",
  "reason.template_error": "não foi possível preencher o texto",
  "reason.text_empty": "o texto ficaria vazio",
  "reason.text_too_long": "o texto ficaria longo demais",
  "reason.attachment_missing": "falta um anexo",
  "reason.limit_reached": "limite diário atingido",
};
