// Spanish: how many customers a rule reaches.

import type { coverage as english } from "../en/coverage";
import type { Translation } from "../table";

export const coverage: Translation<typeof english> = {
  "coverage.title": "Todos los clientes",
  "coverage.reached": { one: "{reached} de {records} lo recibe", other: "{reached} de {records} lo reciben" },
  "coverage.nobody": "Aquí no hay nadie que contar.",
  "coverage.counting": "Contando clientes",
  "coverage.stop": "Parar",
  "coverage.stopped": "Se detuvo el recuento.",
  "coverage.again": "Volver a contar",
  "coverage.more": { one: "y {n} más", other: "y {n} más" },
  "coverage.unreadable": { one: "No se pudo leer {n} línea", other: "No se pudieron leer {n} líneas" },
  "coverage.segments": "Segmentos",
  "coverage.cost": "Coste de un mensaje",
  "coverage.total": "En total",
  "coverage.spread": "la mitad hasta {p50}, la mayoría hasta {p95}, máximo {max}",
  "source.label": "De quién son los registros",
  "source.stage": "Clientes en esta etapa",
  "source.all": "Todos los clientes",
  "source.load": "Tomar un archivo (NDJSON)…",
  "source.forget": "Olvidar {name}",
};
