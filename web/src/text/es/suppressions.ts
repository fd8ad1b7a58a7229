// Spanish: who must not be written to.

import type { suppressions as english } from "../en/suppressions";
import type { Translation } from "../table";

export const suppressions: Translation<typeof english> = {
  "form.every": "todos los canales",
  "form.from": "de {name}",
  "never.intro": "Nadie de esta lista recibe mensajes, diga lo que diga una regla.",
  "never.empty":
    "No hay nadie en la lista. Aquí llegan quienes se dan de baja, responden STOP o usted añade.",
  "never.notFound": "Esta dirección no está en la lista.",
  "never.find": "Buscar un número o dirección",
  "never.findNow": "Buscar",
  "never.kind": "Motivo",
  "never.anyKind": "Todos los motivos",
  "never.unsubscribed": "se dio de baja",
  "never.stop_word": "respondió STOP",
  "never.hard_bounce": "la dirección no existe",
  "never.complaint": "marcó como spam",
  "never.manual": "añadido a mano",
  "never.import": "de una lista",
  "never.add": "Añadir una dirección",
  "never.address": "Teléfono o correo electrónico",
  "never.reason": "Qué se dijo",
  "never.addNow": "Poner en la lista",
  "never.added": "{address} ya no recibe mensajes.",
  "never.lift": "Quitar",
  "never.liftTitle": "¿Volver a escribir a {address}?",
  "never.liftText":
    "Solo si la persona lo pidió. Escribir a quien dijo que no es ilegal en la mayoría de los países.",
  "never.liftNow": "Sí, quitarla de la lista",
  "never.lifted": "{address} ya no está en la lista.",
  "never.import.title": "Añadir una lista entera",
  "never.import.text":
    "Un archivo CSV con las columnas address, channel y reason, o NDJSON. Las filas inservibles se indican, las demás se toman.",
  "never.import.channel": "Canal de las filas que no lo dicen",
  "never.import.done": "{added} añadidas, {known} ya estaban, {bad} no sirven.",
};
