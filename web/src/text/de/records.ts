// German: items of the CRM and what happened to them.

import type { records as english } from "../en/records";
import type { Translation } from "../table";

export const records: Translation<typeof english> = {
  "records.title": "Datensätze",
  "records.label": "Phasen und ihre Vorgänge",
  "records.find": "Nach Name, Nummer oder Adresse suchen",
  "records.empty":
    "Es gibt noch keine Datensätze dieser Art. Importieren Sie welche oder senden Sie sie über die API.",
  "records.notFound": "Kein Vorgang enthält diese Wörter.",
  "records.tooMany": "Die ersten {n} Vorgänge werden gezeigt. Die Suche findet auch die übrigen.",
  "records.move": "Verschieben …",
  "records.moveTitle": "{item} verschieben",
  "records.moveTo": "In die Phase",
  "records.moveNow": "Nach „{stage}“ verschieben",
  "records.moved": "{item} steht jetzt in „{stage}“.",
  "records.foreseen": "Was dann geschieht",
  "records.foreseenNothing": "Keine Regel läuft: Niemand bekommt eine Nachricht.",
  "records.detail": "Der Vorgang",
  "records.close": "Vorgang schließen",
  "records.fields": "Felder",
  "records.people": "Personen",
  "records.timeline": "Was geschehen ist",
  "records.noTimeline": "Es ist noch nichts geschehen.",
  "happened.attempt": "Versuch {n}",
  "happened.due_moved": "Auf eine andere Zeit verlegt",
  "happened.held": "Zurückgehalten",
  "happened.resend": "Von Hand erneut gesendet",
  "happened.resolved": "Von Hand geklärt",
  "record.wrote": "{name} schrieb",
  "record.customer": "Der Kunde",
  "record.wordStop": "möchte keine Nachrichten mehr",
  "record.wordStart": "möchte wieder Nachrichten",
  "record.entered": "In {stage} eingetreten",
  "happened.record_updated": "Im CRM geändert",
  "happened.record_deleted": "Im CRM gelöscht",
};
