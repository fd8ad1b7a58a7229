// Portuguese (Brazil): the company’s own settings: templates, how long what is kept, saving.

import type { company as english } from "../en/company";
import type { Translation } from "../table";

export const company: Translation<typeof english> = {
  "settings.elsewhere": "Outra pessoa alterou estas configurações nesse meio-tempo. Nada seu foi salvo.",
  "settings.takeTheirs": "Carregar o que há agora",
  "settings.wrongFields": {
    one: "Um campo precisa de correção. Nada foi salvo ainda.",
    other: "{n} campos precisam de correção. Nada foi salvo ainda.",
  },
  "templates.title": "Modelos do WhatsApp",
  "templates.intro":
    "Modelos que o WhatsApp aprovou para você. As regras os oferecem pelo nome, e a prévia mostra o texto.",
  "templates.add": "Adicionar um modelo",
  "templates.new": "Novo modelo",
  "templates.remove": "Remover {name}",
  "templates.provider": "Enviado por",
  "templates.name": "Nome aprovado",
  "templates.language": "Idioma",
  "templates.parameters": "Quantos valores ele recebe",
  "templates.text": "Texto aprovado",
  "templates.textHint":
    "Escreva {example} onde vai o primeiro valor. Deixe vazio se não tiver o texto à mão.",
  "templates.noProvider": "Escolha por onde é enviado.",
  "templates.noName": "Escreva o nome com que foi aprovado.",
  "templates.badLanguage": "Escreva um idioma como en ou pt-BR.",
  "templates.badCount": "Escreva um número inteiro de 0 a 100.",
  "templates.textCount": "O texto tem {inText} valores, mas o modelo recebe {count}.",
  "templates.twice": "Este modelo já está na lista, no mesmo idioma.",
  "retention.title": "Por quanto tempo as mensagens são guardadas",
  "retention.intro": "Um campo vazio significa para sempre. Contagens e custos ficam sempre.",
  "retention.content_days": "Apagar textos e endereços depois de tantos dias",
  "retention.content_days.hint": "Ainda se verá que uma mensagem foi enviada, e quando.",
  "retention.deliveries_days": "Remover as mensagens por completo depois de tantos dias",
  "retention.deliveries_days.hint":
    "Não antes do 30º dia: até lá o descadastro na mensagem precisa funcionar.",
  "retention.wrong": "Escreva dias inteiros de 1 a 36500 ou deixe vazio.",
};
