// Portuguese: first steps, from a stage to a message in the sandbox.

import type { guide as english } from "../en/guide";
import type { Translation } from "../table";

export const guide: Translation<typeof english> = {
  "guide.title": "Primeiros passos",
  "guide.offer":
    "Novo aqui? Envie sua primeira mensagem em cinco minutos. Ela vai para o sandbox: ninguém de fora a recebe.",
  "guide.start": "Mostre-me",
  "guide.skip": "Agora não",
  "guide.end": "Sair do guia",
  "guide.next": "Avançar",
  "guide.step": "Passo {n} de {total}",
  "guide.stage": "Escolha uma etapa. Os clientes cujo negócio entrar nela receberão sua mensagem.",
  "guide.stageLabel": "Etapa",
  "guide.write": "Escreva em Texto o que o cliente vai ler. “Inserir valor” põe um nome ou um número.",
  "guide.preview": "Veja a prévia: é exatamente o que cada cliente recebe. Passe por alguns.",
  "guide.publish": "Pressione “Revisar e publicar” e depois “Publicar”. Só então a regra está no ar.",
  "guide.move": "Agora faça acontecer: mova um negócio para {stage}. Você vê o que será enviado antes.",
  "guide.toRecords": "Abrir os registros",
  "guide.notSent": "Esse cliente não recebe mensagem: {reason} Mova outro negócio.",
  "guide.see": "Foi enviada. Veja-a como o cliente a veria.",
  "guide.toSandbox": "Abrir a caixa do sandbox",
  "guide.done": "É só isso. Conecte um provedor real nas configurações quando quiser que as mensagens saiam.",
  "guide.toProviders": "Abrir os provedores",
  "guide.noStages": "Ainda não há etapas. Conecte primeiro seu CRM ou importe um arquivo.",
  "guide.toCrm": "Conectar o CRM",
};
