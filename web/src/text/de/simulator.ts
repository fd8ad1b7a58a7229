// German: what rules would do.

import type { simulator as english } from "../en/simulator";
import type { Translation } from "../table";

export const simulator: Translation<typeof english> = {
  "sim.title": "Simulator",
  "sim.intro":
    "Sehen Sie, was Regeln wem und wann senden würden, bevor sie es tun. Nichts verlässt diesen Browser.",
  "sim.events": "Was geschieht",
  "sim.from.records": "Jeder Vorgang des CRM kommt jetzt in seine Phase",
  "sim.from.taken": "Was im CRM geschah, geschieht noch einmal",
  "sim.from.file": "Ereignisse einer Datei (NDJSON) …",
  "sim.rules": "Regeln",
  "sim.all": "Alle",
  "sim.since": "Seit",
  "sim.until": "Bis",
  "sim.run": "Starten",
  "sim.running": "Läuft …",
  "sim.read": { one: "{n} Ereignis gelesen", other: "{n} Ereignisse gelesen" },
  "sim.cut": "nur die ersten {n} Ereignisse",
  "sim.timeline": "Was geschehen würde",
  "sim.sent": { one: "{n} Nachricht", other: "{n} Nachrichten" },
  "sim.notSent": { one: "{n} nicht gesendet", other: "{n} nicht gesendet" },
  "sim.waiting": { one: "{n} wartet am Ende noch", other: "{n} warten am Ende noch" },
  "sim.faults": { one: "{n} Zeile war nicht lesbar", other: "{n} Zeilen waren nicht lesbar" },
  "sim.none": "Nichts würde geschehen.",
  "sim.noEvents": "Noch gibt es keine Ereignisse. Wählen Sie andere, oder nehmen Sie eine Datei.",
  "sim.compare": "Entwürfe mit dem vergleichen, was live ist",
  "sim.diff.same": "wie live",
  "sim.diff.new": "neu",
  "sim.diff.changed": "geändert",
  "sim.diff.gone": "entfällt",
  "sim.live": "live",
  "sim.export": "CSV exportieren",
  "sim.more": { one: "und {n} weitere im Export", other: "und {n} weitere im Export" },
};
