// German: what each filter of a template does.

import type { filters as english } from "../en/filters";
import type { Translation } from "../table";

export const filters: Translation<typeof english> = {
  "filter.append": "Hängt Text an",
  "filter.capitalize": "Erster Buchstabe groß",
  "filter.date": "Datum in der Sprache des Kunden",
  "filter.datetime": "Datum und Uhrzeit in Sprache und Zeitzone des Kunden",
  "filter.decimal": "Zahl mit so vielen Nachkommastellen, in der Sprache des Kunden",
  "filter.default": "Was zu schreiben ist, wenn der Wert leer ist",
  "filter.divided_by": "Teilt durch eine Zahl",
  "filter.downcase": "Alles klein",
  "filter.escape": "Macht Text in HTML ungefährlich",
  "filter.first": "Das Erste einer Liste",
  "filter.join": "Macht aus einer Liste einen Text",
  "filter.last": "Das Letzte einer Liste",
  "filter.map": "Nimmt aus jedem Eintrag einer Liste ein Feld",
  "filter.minus": "Zieht eine Zahl ab",
  "filter.money": "Betrag mit Währung, in der Sprache des Kunden",
  "filter.money_without_trailing_zeros": "Betrag ohne ,00 am Ende",
  "filter.phone": "Telefonnummer, wie man sie schreibt",
  "filter.round": "Rundet auf so viele Nachkommastellen",
  "filter.sms_safe": "Ersetzt Zeichen, die eine SMS verteuern",
  "filter.split": "Schneidet einen Text zur Liste",
  "filter.transliterate": "Schreibt Namen in einfachen Buchstaben",
  "filter.plus": "Zählt eine Zahl dazu",
  "filter.prepend": "Stellt Text voran",
  "filter.replace": "Ersetzt einen Text durch einen anderen",
  "filter.size": "Wie lang es ist",
  "filter.strip": "Entfernt Leerzeichen darum",
  "filter.times": "Multipliziert mit einer Zahl",
  "filter.truncate": "Kürzt auf so viele Zeichen",
  "filter.upcase": "Alles groß",
};
