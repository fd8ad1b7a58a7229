// German: first steps, from a stage to a message in the sandbox.

import type { guide as english } from "../en/guide";
import type { Translation } from "../table";

export const guide: Translation<typeof english> = {
  "guide.title": "Erste Schritte",
  "guide.offer":
    "Neu hier? Senden Sie in fünf Minuten Ihre erste Nachricht. Sie geht in die Sandbox: Niemand draußen bekommt sie.",
  "guide.start": "Zeigen Sie es mir",
  "guide.skip": "Jetzt nicht",
  "guide.end": "Anleitung verlassen",
  "guide.next": "Weiter",
  "guide.step": "Schritt {n} von {total}",
  "guide.stage": "Wählen Sie eine Phase. Kunden, deren Deal sie erreicht, bekommen Ihre Nachricht.",
  "guide.stageLabel": "Phase",
  "guide.write":
    "Schreiben Sie unter Text, was der Kunde lesen soll. „Wert einfügen“ setzt einen Namen oder eine Nummer ein.",
  "guide.preview": "Sehen Sie die Vorschau an: Genau das bekommt jeder Kunde. Blättern Sie durch einige.",
  "guide.publish":
    "Drücken Sie „Prüfen und veröffentlichen“, dann „Veröffentlichen“. Erst dann gilt die Regel.",
  "guide.move":
    "Jetzt lassen Sie es geschehen: Verschieben Sie einen Deal nach {stage}. Sie sehen vorher, was gesendet wird.",
  "guide.toRecords": "Datensätze öffnen",
  "guide.notSent": "Dieser Kunde bekommt keine Nachricht: {reason} Verschieben Sie einen anderen Deal.",
  "guide.see": "Sie wurde gesendet. Sehen Sie sie so an, wie der Kunde sie sähe.",
  "guide.toSandbox": "Sandbox-Posteingang öffnen",
  "guide.done":
    "Das ist alles. Verbinden Sie in den Einstellungen einen echten Anbieter, wenn Nachrichten hinausgehen sollen.",
  "guide.toProviders": "Anbieter öffnen",
  "guide.noStages":
    "Es gibt noch keine Phasen. Verbinden Sie zuerst Ihr CRM oder importieren Sie eine Datei.",
  "guide.toCrm": "CRM verbinden",
};
