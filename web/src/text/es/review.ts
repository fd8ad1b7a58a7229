// Spanish: looking a change over, earlier versions, conflicts, test messages.

import type { review as english } from "../en/review";
import type { Translation } from "../table";

export const review: Translation<typeof english> = {
  "review.title": "¿Publicar «{name}»?",
  "review.off": "La regla está desactivada: se guarda, pero no envía nada.",
  "review.new": "Esta regla es nueva",
  "review.changes": "Qué cambia",
  "review.noChanges": "No cambia nada.",
  "review.before": "antes",
  "review.after": "ahora",
  "review.faults": {
    one: "Hay que corregir un error antes de activar la regla.",
    other: "Hay que corregir {n} errores antes de activar la regla.",
  },
  "review.back": "Volver",
  "review.publish": "Publicar",
  "history.face": "Historial",
  "history.title": "Versiones que estuvieron activas",
  "history.none": "Esta regla nunca estuvo activa.",
  "history.version": "Versión {n}",
  "history.restore": "Restaurar la versión {n}",
  "test.face": "Enviármelo",
  "test.to": "Su número o dirección",
  "test.note": "Escrito para el cliente de la vista previa, enviado a usted. Antes se guarda el borrador.",
  "test.send": "Enviar",
  "test.sent": "Enviado a {to}.",
  "conflict.title": "Otra persona cambió esta regla",
  "conflict.text": "Se guardó en otro lugar desde que usted la abrió. ¿Qué versión se queda?",
  "conflict.mine": "La suya",
  "conflict.theirs": "La guardada",
  "conflict.keepMine": "Conservar la mía",
  "conflict.takeTheirs": "Tomar la guardada",
  "conflict.merge": "Conservar las partes elegidas",
  "conflict.nothing": "nada",
};
