// Portuguese: items of the CRM and what happened to them.

import type { records as english } from "../en/records";
import type { Translation } from "../table";

export const records: Translation<typeof english> = {
  "records.title": "Registros",
  "records.label": "Etapas e seus itens",
  "records.find": "Buscar por nome, número ou endereço",
  "records.empty": "Ainda não há registros deste tipo. Importe-os ou envie-os pela API.",
  "records.notFound": "Nenhum item contém estas palavras.",
  "records.tooMany": "São mostrados os primeiros {n} itens. A busca encontra também os demais.",
  "records.move": "Mover…",
  "records.moveTitle": "Mover {item}",
  "records.moveTo": "Para a etapa",
  "records.moveNow": "Mover para {stage}",
  "records.moved": "{item} está agora em {stage}.",
  "records.foreseen": "O que vai acontecer",
  "records.foreseenNothing": "Nenhuma regra é executada: ninguém recebe mensagem.",
  "records.detail": "O item",
  "records.close": "Fechar o item",
  "records.fields": "Campos",
  "records.people": "Pessoas",
  "records.timeline": "O que aconteceu",
  "records.noTimeline": "Ainda não aconteceu nada.",
  "happened.attempt": "Tentativa {n}",
  "happened.due_moved": "Movido para outro horário",
  "happened.held": "Retido",
  "happened.resend": "Reenviado manualmente",
  "happened.resolved": "Resolvido manualmente",
  "record.wrote": "{name} escreveu",
  "record.customer": "O cliente",
  "record.wordStop": "pediu para não receber mais mensagens",
  "record.wordStart": "quer receber mensagens de novo",
  "record.entered": "Entrou em {stage}",
  "happened.record_updated": "Mudou no CRM",
  "happened.record_deleted": "Excluído no CRM",
};
