// German: where records come from: the CRM and files.

import type { crm as english } from "../en/crm";
import type { Translation } from "../table";

export const crm: Translation<typeof english> = {
  "file.choose": "Datei wählen",
  "file.line": "Zeile {n}",
  "file.report": "Bericht der fehlerhaften Zeilen laden",
  "source.builtIn":
    "Datensätze kommen aus Recados eigenem Verzeichnis: Importieren Sie eine Datei, senden Sie sie über die API oder verbinden Sie Ihr CRM.",
  "source.connectedTo": "Datensätze kommen aus Bitrix24.",
  "source.connect": "Bitrix24 verbinden",
  "source.change": "Verbindung ändern",
  "source.working": "Läuft",
  "source.broken": "Gestört",
  "source.base_url": "Adresse Ihres Bitrix24",
  "source.webhook": "Eingehender Webhook (Benutzer/Code)",
  "source.webhookHint":
    "Die letzten beiden Teile der Webhook-Adresse: 1/abc123. Wird verschlüsselt gespeichert und nie wieder gezeigt.",
  "source.application_token": "Anwendungstoken des ausgehenden Webhooks",
  "source.timeline": "In die Timeline des CRM schreiben, was aus Nachrichten wurde",
  "source.hook": "Lassen Sie Bitrix24 diese Adresse aufrufen (ausgehender Webhook):",
  "source.test": "Verbindung prüfen",
  "source.ok": "Bitrix24 antwortet.",
  "source.schema": "Pipelines und Felder übernehmen",
  "source.schemaText":
    "Die Phasen und Felder des CRM ersetzen die hiesigen. Regeln zu Phasen, die es im CRM nicht gibt, senden nichts.",
  "source.schemaDone": "Übernommen: {n} Arten von Elementen.",
  "source.disconnect": "Trennen",
  "source.disconnectTitle": "Bitrix24 trennen?",
  "source.disconnectText": "Was dort geschieht, erreicht Recado nicht mehr. Hiesige Datensätze bleiben.",
  "import.intro":
    "Holen Sie Deals und ihre Kunden aus einer Tabelle (CSV) oder einer Datensatzdatei (NDJSON). Zuerst sehen Sie, was gelesen würde; geschrieben wird erst, wenn Sie es sagen.",
  "import.entity": "Die Zeilen sind",
  "import.locale": "Zahlen und Daten sind geschrieben wie auf",
  "import.events": "Regeln für neue Elemente und Verschiebungen ausführen",
  "import.eventsHint": "Kunden bekommen Nachrichten. Lassen Sie es aus, wenn Sie Altes einlesen.",
  "import.look": "Datei zuerst ansehen",
  "import.trial": { one: "{n} Zeile wurde angesehen.", other: "{n} Zeilen wurden angesehen." },
  "import.columns": "Was aus jeder Spalte wird",
  "import.leaveOut": "weglassen",
  "import.key": "eigene Kennung (nötig)",
  "import.faults": "Was nicht lesbar ist",
  "import.fine": "An diesen Zeilen ist nichts auszusetzen.",
  "import.start": "Datei importieren",
  "import.again": "Noch einmal importieren",
  "import.known":
    "Genau diese Datei wurde schon importiert. Ein neuer Import ändert nur, was jetzt anders ist.",
  "import.progress": "{percent} % gelesen",
  "import.running": "Importiert",
  "import.done": "Importiert",
  "import.stopped": "Angehalten",
  "import.sums": "{created} neu, {changed} geändert, {unchanged} wie vorher, {bad} weggelassen",
  "import.earlier": "Bisherige Importe",
  "import.none": "Noch nichts importiert.",
  "source.way": "Wie Recado hineinkommt",
  "source.by.webhook": "Eingehender Webhook",
  "source.by.access_token": "Token einer Anwendung",
  "source.access_token": "Zugriffstoken der Anwendung",
  "source.tokenHint":
    "Wird verschlüsselt gespeichert und nie wieder gezeigt. Recado erneuert es nicht: Tragen Sie ein neues ein, wenn es abläuft.",
  "source.types": "Eigene Typen",
  "source.typesHint":
    "Wie Regeln Ihre eigenen Arten von Elementen nennen. Bitrix24 zeigt die Nummer in den Einstellungen des Typs.",
  "source.typeOf": "Nummer",
  "source.nameOf": "Name in Regeln",
  "source.fields": "Eigene Felder",
  "source.fieldsHint":
    "Kürzere Namen für Ihre Felder. Die übrigen behalten ihren eigenen, klein geschrieben.",
  "source.fieldOf": "Feld in Bitrix24",
  "source.pace": "Aufrufe je Sekunde",
  "source.paceHint": "2, außer Ihr Bitrix24-Tarif erlaubt mehr.",
  "source.pairHalf": "Füllen Sie beides aus oder entfernen Sie die Zeile.",
  "source.pairTwice": "Das steht schon in der Liste.",
  "source.typeNumber": "Schreiben Sie die Nummer des Typs, etwa 128.",
  "source.fieldName": "Schreiben Sie den Namen des Feldes, etwa UF_CRM_16_TRACK.",
  "source.code": "Nur Kleinbuchstaben, Ziffern und _, am Anfang ein Buchstabe.",
  "import.stop": "Anhalten",
  "import.stopOf": "Import von {name} anhalten",
  "import.goOn":
    "Was bis dahin gelesen wurde, ist da. Wählen Sie dieselbe Datei noch einmal, um fortzufahren.",
};
