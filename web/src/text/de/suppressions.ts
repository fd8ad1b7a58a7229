// German: who must not be written to.

import type { suppressions as english } from "../en/suppressions";
import type { Translation } from "../table";

export const suppressions: Translation<typeof english> = {
  "form.every": "alle Kanäle",
  "form.from": "von {name}",
  "never.intro": "Niemand auf dieser Liste bekommt eine Nachricht, egal was eine Regel sagt.",
  "never.empty":
    "Niemand steht auf der Liste. Hierher kommt, wer sich abmeldet, mit STOP antwortet oder von Ihnen eingetragen wird.",
  "never.notFound": "Diese Adresse steht nicht auf der Liste.",
  "never.find": "Nummer oder Adresse nachschlagen",
  "never.findNow": "Nachschlagen",
  "never.kind": "Grund",
  "never.anyKind": "Alle Gründe",
  "never.unsubscribed": "abgemeldet",
  "never.stop_word": "antwortete STOP",
  "never.hard_bounce": "Adresse gibt es nicht",
  "never.complaint": "als Spam gemeldet",
  "never.manual": "von Hand eingetragen",
  "never.import": "aus einer Liste",
  "never.add": "Adresse eintragen",
  "never.address": "Telefonnummer oder E-Mail-Adresse",
  "never.reason": "Was gesagt wurde",
  "never.addNow": "Eintragen",
  "never.added": "{address} bekommt keine Nachrichten mehr.",
  "never.lift": "Streichen",
  "never.liftTitle": "{address} wieder anschreiben?",
  "never.liftText":
    "Nur wenn die Person darum gebeten hat. Wer Nein gesagt hat, darf in den meisten Ländern nicht angeschrieben werden.",
  "never.liftNow": "Ja, von der Liste streichen",
  "never.lifted": "{address} ist von der Liste gestrichen.",
  "never.import.title": "Ganze Liste eintragen",
  "never.import.text":
    "Eine CSV-Datei mit den Spalten address, channel und reason, oder NDJSON. Unbrauchbare Zeilen werden genannt, die anderen übernommen.",
  "never.import.channel": "Kanal für Zeilen ohne Angabe",
  "never.import.done": "{added} eingetragen, {known} waren schon da, {bad} unbrauchbar.",
};
