// Portuguese: how many customers a rule reaches.

import type { coverage as english } from "../en/coverage";
import type { Translation } from "../table";

export const coverage: Translation<typeof english> = {
  "coverage.title": "Todos os clientes",
  "coverage.reached": { one: "{reached} de {records} recebe", other: "{reached} de {records} recebem" },
  "coverage.nobody": "Não há ninguém aqui para contar.",
  "coverage.counting": "Contando clientes",
  "coverage.stop": "Parar",
  "coverage.stopped": "A contagem foi parada.",
  "coverage.again": "Contar de novo",
  "coverage.more": { one: "e mais {n}", other: "e mais {n}" },
  "coverage.unreadable": { one: "Não foi possível ler {n} linha", other: "Não foi possível ler {n} linhas" },
  "coverage.segments": "Segmentos",
  "coverage.cost": "Custo de uma mensagem",
  "coverage.total": "No total",
  "coverage.spread": "metade até {p50}, a maioria até {p95}, no máximo {max}",
  "source.label": "Registros de quem",
  "source.stage": "Clientes nesta etapa",
  "source.all": "Todos os clientes",
  "source.load": "Usar um arquivo (NDJSON)…",
  "source.forget": "Esquecer {name}",
};
