// Polish: what rules would do.

import type { simulator as english } from "../en/simulator";
import type { Translation } from "../table";

export const simulator: Translation<typeof english> = {
  "sim.title": "Symulator",
  "sim.intro":
    "Zobacz, co, komu i kiedy wysłałyby reguły, zanim to zrobią. Nic nie opuszcza tej przeglądarki.",
  "sim.events": "Co się dzieje",
  "sim.from.records": "Każdy element CRM wchodzi teraz do swojego etapu",
  "sim.from.taken": "To, co działo się w CRM, dzieje się ponownie",
  "sim.from.file": "Zdarzenia z pliku (NDJSON)…",
  "sim.rules": "Reguły",
  "sim.all": "Wszystkie",
  "sim.since": "Od",
  "sim.until": "Do",
  "sim.run": "Uruchom",
  "sim.running": "Trwa…",
  "sim.read": {
    one: "Odczytano {n} zdarzenie",
    few: "Odczytano {n} zdarzenia",
    many: "Odczytano {n} zdarzeń",
    other: "Odczytano {n} zdarzenia",
  },
  "sim.cut": "tylko pierwsze {n} zdarzeń",
  "sim.timeline": "Co by się stało",
  "sim.sent": {
    one: "{n} wiadomość",
    few: "{n} wiadomości",
    many: "{n} wiadomości",
    other: "{n} wiadomości",
  },
  "sim.notSent": {
    one: "{n} niewysłana",
    few: "{n} niewysłane",
    many: "{n} niewysłanych",
    other: "{n} niewysłanych",
  },
  "sim.waiting": {
    one: "{n} nadal czeka na końcu",
    few: "{n} nadal czekają na końcu",
    many: "{n} nadal czeka na końcu",
    other: "{n} nadal czeka na końcu",
  },
  "sim.faults": {
    one: "Nie odczytano {n} wiersza",
    few: "Nie odczytano {n} wierszy",
    many: "Nie odczytano {n} wierszy",
    other: "Nie odczytano {n} wierszy",
  },
  "sim.none": "Nic by się nie stało.",
  "sim.noEvents": "Nie ma jeszcze zdarzeń. Wybierz inne albo wczytaj plik.",
  "sim.compare": "Porównaj szkice z tym, co aktywne",
  "sim.diff.same": "jak w aktywnej",
  "sim.diff.new": "nowa",
  "sim.diff.changed": "zmieniona",
  "sim.diff.gone": "już nie",
  "sim.live": "aktywna",
  "sim.export": "Eksportuj CSV",
  "sim.more": {
    one: "i jeszcze {n} w eksporcie",
    few: "i jeszcze {n} w eksporcie",
    many: "i jeszcze {n} w eksporcie",
    other: "i jeszcze {n} w eksporcie",
  },
};
