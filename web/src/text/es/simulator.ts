// Spanish: what rules would do.

import type { simulator as english } from "../en/simulator";
import type { Translation } from "../table";

export const simulator: Translation<typeof english> = {
  "sim.title": "Simulador",
  "sim.intro":
    "Vea qué enviarían las reglas, a quién y cuándo, antes de que lo hagan. Nada sale de este navegador.",
  "sim.events": "Qué ocurre",
  "sim.from.records": "Cada elemento del CRM entra ahora en su etapa",
  "sim.from.taken": "Lo que pasó en el CRM ocurre otra vez",
  "sim.from.file": "Eventos de un archivo (NDJSON)…",
  "sim.rules": "Reglas",
  "sim.all": "Todas",
  "sim.since": "Desde",
  "sim.until": "Hasta",
  "sim.run": "Ejecutar",
  "sim.running": "En marcha…",
  "sim.read": { one: "{n} evento leído", other: "{n} eventos leídos" },
  "sim.cut": "solo los primeros {n} eventos",
  "sim.timeline": "Qué ocurriría",
  "sim.sent": { one: "{n} mensaje", other: "{n} mensajes" },
  "sim.notSent": { one: "{n} sin enviar", other: "{n} sin enviar" },
  "sim.waiting": { one: "{n} sigue en espera al final", other: "{n} siguen en espera al final" },
  "sim.faults": { one: "No se pudo leer {n} línea", other: "No se pudieron leer {n} líneas" },
  "sim.none": "No ocurriría nada.",
  "sim.noEvents": "Aún no hay eventos. Elija otros o tome un archivo.",
  "sim.compare": "Comparar los borradores con lo activo",
  "sim.diff.same": "igual que ahora",
  "sim.diff.new": "nuevo",
  "sim.diff.changed": "cambiado",
  "sim.diff.gone": "ya no",
  "sim.live": "activo",
  "sim.export": "Exportar CSV",
  "sim.more": { one: "y {n} más en la exportación", other: "y {n} más en la exportación" },
};
