// Polish: how many customers a rule reaches.

import type { coverage as english } from "../en/coverage";
import type { Translation } from "../table";

export const coverage: Translation<typeof english> = {
  "coverage.title": "Wszyscy klienci",
  "coverage.reached": {
    one: "Otrzyma ją {reached} z {records}",
    few: "Otrzymają ją {reached} z {records}",
    many: "Otrzyma ją {reached} z {records}",
    other: "Otrzyma ją {reached} z {records}",
  },
  "coverage.nobody": "Nie ma tu kogo liczyć.",
  "coverage.counting": "Liczenie klientów",
  "coverage.stop": "Zatrzymaj",
  "coverage.stopped": "Liczenie zatrzymano.",
  "coverage.again": "Policz ponownie",
  "coverage.more": {
    one: "i jeszcze {n}",
    few: "i jeszcze {n}",
    many: "i jeszcze {n}",
    other: "i jeszcze {n}",
  },
  "coverage.unreadable": {
    one: "Nie odczytano {n} wiersza",
    few: "Nie odczytano {n} wierszy",
    many: "Nie odczytano {n} wierszy",
    other: "Nie odczytano {n} wierszy",
  },
  "coverage.segments": "Segmenty",
  "coverage.cost": "Koszt wiadomości",
  "coverage.total": "Razem",
  "coverage.spread": "połowa do {p50}, większość do {p95}, najwięcej {max}",
  "source.label": "Czyje rekordy",
  "source.stage": "Klienci na tym etapie",
  "source.all": "Wszyscy klienci",
  "source.load": "Wczytaj plik (NDJSON)…",
  "source.forget": "Zapomnij {name}",
};
