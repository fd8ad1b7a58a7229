// German: the company’s own settings: templates, how long what is kept, saving.

import type { company as english } from "../en/company";
import type { Translation } from "../table";

export const company: Translation<typeof english> = {
  "settings.elsewhere":
    "Jemand anderes hat diese Einstellungen inzwischen geändert. Von Ihnen wurde nichts gespeichert.",
  "settings.takeTheirs": "Aktuellen Stand laden",
  "settings.wrongFields": {
    one: "Ein Feld stimmt noch nicht. Es wurde noch nichts gespeichert.",
    other: "{n} Felder stimmen noch nicht. Es wurde noch nichts gespeichert.",
  },
  "templates.title": "WhatsApp-Vorlagen",
  "templates.intro":
    "Vorlagen, die WhatsApp für Sie freigegeben hat. Regeln bieten sie mit ihrem Namen an, die Vorschau zeigt ihren Text.",
  "templates.add": "Vorlage hinzufügen",
  "templates.new": "Neue Vorlage",
  "templates.remove": "{name} entfernen",
  "templates.provider": "Versand über",
  "templates.name": "Name, wie freigegeben",
  "templates.language": "Sprache",
  "templates.parameters": "Anzahl der Werte",
  "templates.text": "Text, wie freigegeben",
  "templates.textHint":
    "Schreiben Sie {example}, wo der erste Wert steht. Lassen Sie das Feld leer, wenn Sie den Text nicht zur Hand haben.",
  "templates.noProvider": "Wählen Sie, worüber versendet wird.",
  "templates.noName": "Schreiben Sie den Namen, unter dem die Vorlage freigegeben wurde.",
  "templates.badLanguage": "Schreiben Sie eine Sprache wie en oder pt-BR.",
  "templates.badCount": "Schreiben Sie eine ganze Zahl von 0 bis 100.",
  "templates.textCount": "Werte im Text: {inText}, angegeben: {count}.",
  "templates.twice": "Diese Vorlage steht in derselben Sprache schon in der Liste.",
  "retention.title": "Wie lange Nachrichten aufbewahrt werden",
  "retention.intro": "Ein leeres Feld heißt: für immer. Zahlen und Kosten bleiben in jedem Fall.",
  "retention.content_days": "Texte und Adressen löschen nach so vielen Tagen",
  "retention.content_days.hint": "Dass und wann eine Nachricht gesendet wurde, bleibt sichtbar.",
  "retention.deliveries_days": "Nachrichten ganz entfernen nach so vielen Tagen",
  "retention.deliveries_days.hint":
    "Nicht vor dem 30. Tag: Bis dahin muss die Abmeldung in einer Nachricht funktionieren.",
  "retention.wrong": "Schreiben Sie ganze Tage von 1 bis 36500, oder lassen Sie das Feld leer.",
};
