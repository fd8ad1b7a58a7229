// German: without a connection.

import type { offline as english } from "../en/offline";
import type { Translation } from "../table";

export const offline: Translation<typeof english> = {
  "offline.title": "Sie sind offline.",
  "offline.text": "Sie sehen, was zuletzt geladen wurde; Regeln lassen sich bearbeiten, prüfen und ansehen.",
  "offline.waiting": {
    one: "Eine Änderung wird gesendet, sobald die Verbindung wieder da ist.",
    other: "{n} Änderungen werden gesendet, sobald die Verbindung wieder da ist.",
  },
  "offline.newVersion": "Eine neue Version dieser Seite ist bereit.",
  "offline.reload": "Neu laden",
  "offline.conflict": "„{name}“ wurde von jemand anderem geändert, während Sie offline waren.",
  "offline.refused": "Ihre Änderung an „{name}“ wurde nicht angenommen: {message}",
  "offline.compare": "Versionen vergleichen",
  "offline.open": "Regel öffnen",
  "offline.signOutAnyway": {
    one: "Eine Änderung ist noch nicht gesendet und ginge verloren. Trotzdem abmelden?",
    other: "{n} Änderungen sind noch nicht gesendet und gingen verloren. Trotzdem abmelden?",
  },
};
