// Portuguese: who must not be written to.

import type { suppressions as english } from "../en/suppressions";
import type { Translation } from "../table";

export const suppressions: Translation<typeof english> = {
  "form.every": "todos os canais",
  "form.from": "de {name}",
  "never.intro": "Ninguém desta lista recebe mensagens, diga a regra o que disser.",
  "never.empty": "Ninguém está na lista. Aqui chega quem cancela, responde STOP ou é adicionado por você.",
  "never.notFound": "Este endereço não está na lista.",
  "never.find": "Procurar número ou endereço",
  "never.findNow": "Procurar",
  "never.kind": "Motivo",
  "never.anyKind": "Todos os motivos",
  "never.unsubscribed": "cancelou a inscrição",
  "never.stop_word": "respondeu STOP",
  "never.hard_bounce": "o endereço não existe",
  "never.complaint": "denunciou como spam",
  "never.manual": "adicionado à mão",
  "never.import": "de uma lista",
  "never.add": "Adicionar um endereço",
  "never.address": "Telefone ou endereço de e-mail",
  "never.reason": "O que foi dito",
  "never.addNow": "Pôr na lista",
  "never.added": "{address} não recebe mais mensagens.",
  "never.lift": "Tirar da lista",
  "never.liftTitle": "Voltar a escrever para {address}?",
  "never.liftText": "Só se a pessoa pediu. Escrever a quem disse não é ilegal na maioria dos países.",
  "never.liftNow": "Sim, tirar da lista",
  "never.lifted": "{address} saiu da lista.",
  "never.import.title": "Adicionar uma lista inteira",
  "never.import.text":
    "Um arquivo CSV com as colunas address, channel e reason, ou NDJSON. Linhas inúteis são indicadas, as outras entram.",
  "never.import.channel": "Canal das linhas que não o dizem",
  "never.import.done": "{added} adicionados, {known} já estavam, {bad} não servem.",
};
