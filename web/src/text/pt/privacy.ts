// Portuguese: what is known of a customer, and forgetting it.

import type { privacy as english } from "../en/privacy";
import type { Translation } from "../table";

export const privacy: Translation<typeof english> = {
  "privacy.intro":
    "Um cliente pode perguntar o que se sabe dele e pedir para ser esquecido. Procure por telefone, e-mail ou pelo identificador do contato no CRM.",
  "privacy.by": "Procurar por",
  "privacy.address": "Número ou endereço",
  "privacy.contact": "Identificador do contato",
  "privacy.show": "Mostrar o que se sabe",
  "privacy.nothing": "Nada se sabe deste cliente.",
  "privacy.known": "O que se sabe de {name}",
  "privacy.addresses": "Endereços",
  "privacy.records": "Itens no diretório",
  "privacy.deliveries": "Mensagens que recebeu",
  "privacy.events": "Eventos com seus dados",
  "privacy.incoming": "Mensagens que enviou",
  "privacy.chats": "Chats",
  "privacy.suppressions": "Entradas em “Não contatar”",
  "privacy.sandbox": "Mensagens do sandbox",
  "privacy.download": "Baixar tudo (JSON)",
  "privacy.erase": "Esquecer este cliente…",
  "privacy.eraseTitle": "Esquecer {name} para sempre?",
  "privacy.eraseText":
    "Isto não pode ser desfeito. Textos, endereços e tudo sobre o cliente são apagados; mensagens em espera são paradas; nada mais é enviado a esses endereços. Só ficam as contagens. Se houver um CRM conectado, apague o cliente lá primeiro, ou os dados voltam.",
  "privacy.confirm": "Digite {name} para confirmar",
  "privacy.eraseNow": "Esquecer para sempre",
  "privacy.erased":
    "Esquecido: {records} itens e {deliveries} mensagens sem seus textos, {addresses} endereços que nunca mais serão usados.",
};
