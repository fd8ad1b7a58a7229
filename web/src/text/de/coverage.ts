// German: how many customers a rule reaches.

import type { coverage as english } from "../en/coverage";
import type { Translation } from "../table";

export const coverage: Translation<typeof english> = {
  "coverage.title": "Alle Kunden",
  "coverage.reached": {
    one: "{reached} von {records} wird erreicht",
    other: "{reached} von {records} werden erreicht",
  },
  "coverage.nobody": "Hier ist niemand zu zählen.",
  "coverage.counting": "Kunden werden gezählt",
  "coverage.stop": "Anhalten",
  "coverage.stopped": "Das Zählen wurde angehalten.",
  "coverage.again": "Neu zählen",
  "coverage.more": { one: "und {n} weiterer", other: "und {n} weitere" },
  "coverage.unreadable": { one: "{n} Zeile war nicht lesbar", other: "{n} Zeilen waren nicht lesbar" },
  "coverage.segments": "Segmente",
  "coverage.cost": "Kosten einer Nachricht",
  "coverage.total": "Zusammen",
  "coverage.spread": "die Hälfte bis {p50}, die meisten bis {p95}, höchstens {max}",
  "source.label": "Wessen Datensätze",
  "source.stage": "Kunden in dieser Phase",
  "source.all": "Alle Kunden",
  "source.load": "Datei nehmen (NDJSON) …",
  "source.forget": "{name} vergessen",
};
