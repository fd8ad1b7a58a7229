// Spanish: items of the CRM and what happened to them.

import type { records as english } from "../en/records";
import type { Translation } from "../table";

export const records: Translation<typeof english> = {
  "records.title": "Registros",
  "records.label": "Etapas y sus elementos",
  "records.find": "Buscar por nombre, número o dirección",
  "records.empty": "Todavía no hay registros de este tipo. Impórtelos o envíelos por la API.",
  "records.notFound": "Ningún elemento contiene estas palabras.",
  "records.tooMany": "Se muestran los primeros {n} elementos. La búsqueda encuentra también los demás.",
  "records.move": "Mover…",
  "records.moveTitle": "Mover {item}",
  "records.moveTo": "A la etapa",
  "records.moveNow": "Mover a {stage}",
  "records.moved": "{item} está ahora en {stage}.",
  "records.foreseen": "Qué ocurrirá",
  "records.foreseenNothing": "No se ejecuta ninguna regla: nadie recibe un mensaje.",
  "records.detail": "El elemento",
  "records.close": "Cerrar el elemento",
  "records.fields": "Campos",
  "records.people": "Personas",
  "records.timeline": "Qué ha ocurrido",
  "records.noTimeline": "Todavía no ha ocurrido nada.",
  "happened.attempt": "Intento {n}",
  "happened.due_moved": "Pasado a otra hora",
  "happened.held": "Retenido",
  "happened.resend": "Reenviado a mano",
  "happened.resolved": "Resuelto a mano",
  "record.wrote": "{name} escribió",
  "record.customer": "El cliente",
  "record.wordStop": "pidió no recibir más mensajes",
  "record.wordStart": "quiere volver a recibir mensajes",
  "record.entered": "Entró en {stage}",
  "happened.record_updated": "Cambió en el CRM",
  "happened.record_deleted": "Eliminado en el CRM",
};
