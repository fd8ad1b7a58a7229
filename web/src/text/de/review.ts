// German: looking a change over, earlier versions, conflicts, test messages.

import type { review as english } from "../en/review";
import type { Translation } from "../table";

export const review: Translation<typeof english> = {
  "review.title": "„{name}“ veröffentlichen?",
  "review.off": "Die Regel ist ausgeschaltet: Sie wird behalten, sendet aber nichts.",
  "review.new": "Diese Regel ist neu",
  "review.changes": "Was sich ändert",
  "review.noChanges": "Nichts ändert sich.",
  "review.before": "vorher",
  "review.after": "jetzt",
  "review.faults": {
    one: "Ein Fehler muss behoben werden, bevor die Regel live gehen kann.",
    other: "{n} Fehler müssen behoben werden, bevor die Regel live gehen kann.",
  },
  "review.back": "Zurück",
  "review.publish": "Veröffentlichen",
  "history.face": "Verlauf",
  "history.title": "Versionen, die live waren",
  "history.none": "Diese Regel war nie live.",
  "history.version": "Version {n}",
  "history.restore": "Version {n} zurückholen",
  "test.face": "An mich senden",
  "test.to": "Ihre Nummer oder Adresse",
  "test.note":
    "Geschrieben für den Kunden in der Vorschau, gesendet an Sie. Der Entwurf wird vorher gespeichert.",
  "test.send": "Senden",
  "test.sent": "An {to} gesendet.",
  "conflict.title": "Jemand anders hat diese Regel geändert",
  "conflict.text":
    "Sie wurde anderswo gespeichert, seit Sie sie geöffnet haben. Welche Fassung soll bleiben?",
  "conflict.mine": "Ihre",
  "conflict.theirs": "Die gespeicherte",
  "conflict.keepMine": "Meine behalten",
  "conflict.takeTheirs": "Die gespeicherte nehmen",
  "conflict.merge": "Gewählte Teile behalten",
  "conflict.nothing": "nichts",
};
