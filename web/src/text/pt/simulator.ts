// Portuguese: what rules would do.

import type { simulator as english } from "../en/simulator";
import type { Translation } from "../table";

export const simulator: Translation<typeof english> = {
  "sim.title": "Simulador",
  "sim.intro":
    "Veja o que as regras enviariam, para quem e quando, antes que enviem. Nada sai deste navegador.",
  "sim.events": "O que acontece",
  "sim.from.records": "Cada item do CRM entra agora na sua etapa",
  "sim.from.taken": "O que aconteceu no CRM acontece de novo",
  "sim.from.file": "Eventos de um arquivo (NDJSON)…",
  "sim.rules": "Regras",
  "sim.all": "Todas",
  "sim.since": "Desde",
  "sim.until": "Até",
  "sim.run": "Executar",
  "sim.running": "Executando…",
  "sim.read": { one: "{n} evento lido", other: "{n} eventos lidos" },
  "sim.cut": "só os primeiros {n} eventos",
  "sim.timeline": "O que aconteceria",
  "sim.sent": { one: "{n} mensagem", other: "{n} mensagens" },
  "sim.notSent": { one: "{n} não enviada", other: "{n} não enviadas" },
  "sim.waiting": { one: "{n} ainda esperando no fim", other: "{n} ainda esperando no fim" },
  "sim.faults": { one: "Não foi possível ler {n} linha", other: "Não foi possível ler {n} linhas" },
  "sim.none": "Nada aconteceria.",
  "sim.noEvents": "Ainda não há eventos. Escolha outros ou use um arquivo.",
  "sim.compare": "Comparar rascunhos com o que está ativo",
  "sim.diff.same": "como na ativa",
  "sim.diff.new": "nova",
  "sim.diff.changed": "alterada",
  "sim.diff.gone": "não mais",
  "sim.live": "ativa",
  "sim.export": "Exportar CSV",
  "sim.more": { one: "e mais {n} na exportação", other: "e mais {n} na exportação" },
};
