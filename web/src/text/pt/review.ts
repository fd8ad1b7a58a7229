// Portuguese: looking a change over, earlier versions, conflicts, test messages.

import type { review as english } from "../en/review";
import type { Translation } from "../table";

export const review: Translation<typeof english> = {
  "review.title": "Publicar “{name}”?",
  "review.off": "A regra está desligada: ela fica guardada, mas não envia nada.",
  "review.new": "Esta regra é nova",
  "review.changes": "O que muda",
  "review.noChanges": "Nada muda.",
  "review.before": "antes",
  "review.after": "agora",
  "review.faults": {
    one: "É preciso corrigir um erro antes de ativar a regra.",
    other: "É preciso corrigir {n} erros antes de ativar a regra.",
  },
  "review.back": "Voltar",
  "review.publish": "Publicar",
  "history.face": "Histórico",
  "history.title": "Versões que estiveram ativas",
  "history.none": "Esta regra nunca esteve ativa.",
  "history.version": "Versão {n}",
  "history.restore": "Restaurar a versão {n}",
  "test.face": "Enviar para mim",
  "test.to": "Seu número ou endereço",
  "test.note": "Escrita para o cliente da prévia, enviada para você. O rascunho é salvo antes.",
  "test.send": "Enviar",
  "test.sent": "Enviado para {to}.",
  "conflict.title": "Outra pessoa alterou esta regra",
  "conflict.text": "Ela foi salva em outro lugar desde que você a abriu. Qual versão fica?",
  "conflict.mine": "A sua",
  "conflict.theirs": "A salva",
  "conflict.keepMine": "Manter a minha",
  "conflict.takeTheirs": "Ficar com a salva",
  "conflict.merge": "Manter as partes escolhidas",
  "conflict.nothing": "nada",
};
