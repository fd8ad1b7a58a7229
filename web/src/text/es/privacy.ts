// Spanish: what is known of a customer, and forgetting it.

import type { privacy as english } from "../en/privacy";
import type { Translation } from "../table";

export const privacy: Translation<typeof english> = {
  "privacy.intro":
    "Un cliente puede preguntar qué se sabe de él y pedir que se le olvide. Búsquelo por teléfono, correo o el identificador del contacto en el CRM.",
  "privacy.by": "Buscar por",
  "privacy.address": "Número o dirección",
  "privacy.contact": "Identificador del contacto",
  "privacy.show": "Mostrar lo que se sabe",
  "privacy.nothing": "No se sabe nada de este cliente.",
  "privacy.known": "Se sabe de {name}",
  "privacy.addresses": "Direcciones",
  "privacy.records": "Elementos en el directorio",
  "privacy.deliveries": "Mensajes que recibió",
  "privacy.events": "Eventos con sus datos",
  "privacy.incoming": "Mensajes que envió",
  "privacy.chats": "Chats",
  "privacy.suppressions": "Entradas en «No contactar»",
  "privacy.sandbox": "Mensajes del sandbox",
  "privacy.download": "Descargar todo (JSON)",
  "privacy.erase": "Olvidar a este cliente…",
  "privacy.eraseTitle": "¿Olvidar a {name} para siempre?",
  "privacy.eraseText":
    "No se puede deshacer. Se borran textos, direcciones y todo lo del cliente; los mensajes en espera se detienen; nunca más se envía nada a esas direcciones. Solo quedan los recuentos. Si hay un CRM conectado, borre antes al cliente allí o los datos volverán.",
  "privacy.confirm": "Escriba {name} para confirmar",
  "privacy.eraseNow": "Olvidar para siempre",
  "privacy.erased":
    "Olvidado: {records} elementos y {deliveries} mensajes sin sus textos, {addresses} direcciones que no se usarán más.",
};
