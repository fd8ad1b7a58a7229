// Polish: items of the CRM and what happened to them.

import type { records as english } from "../en/records";
import type { Translation } from "../table";

export const records: Translation<typeof english> = {
  "records.title": "Rekordy",
  "records.label": "Etapy i ich pozycje",
  "records.find": "Szukaj po nazwie, numerze lub adresie",
  "records.empty": "Nie ma jeszcze rekordów tego rodzaju. Zaimportuj je lub wyślij przez API.",
  "records.notFound": "Żadna pozycja nie zawiera tych słów.",
  "records.tooMany": "Pokazano pierwsze pozycje: {n}. Wyszukiwanie znajduje także pozostałe.",
  "records.move": "Przenieś…",
  "records.moveTitle": "Przenieś: {item}",
  "records.moveTo": "Do etapu",
  "records.moveNow": "Przenieś do: {stage}",
  "records.moved": "{item} jest teraz w etapie {stage}.",
  "records.foreseen": "Co się stanie",
  "records.foreseenNothing": "Żadna reguła nie zadziała: nikt nie dostanie wiadomości.",
  "records.detail": "Pozycja",
  "records.close": "Zamknij pozycję",
  "records.fields": "Pola",
  "records.people": "Osoby",
  "records.timeline": "Co się wydarzyło",
  "records.noTimeline": "Nic się jeszcze nie wydarzyło.",
  "happened.attempt": "Próba {n}",
  "happened.due_moved": "Przeniesiono na inny czas",
  "happened.held": "Wstrzymano",
  "happened.resend": "Ponownie wysłano ręcznie",
  "happened.resolved": "Rozstrzygnięto ręcznie",
  "record.wrote": "{name}: wiadomość od klienta",
  "record.customer": "Klient",
  "record.wordStop": "nie chce więcej wiadomości",
  "record.wordStart": "znów chce dostawać wiadomości",
  "record.entered": "Wejście do etapu {stage}",
  "happened.record_updated": "Zmieniono w CRM",
  "happened.record_deleted": "Usunięto w CRM",
};
