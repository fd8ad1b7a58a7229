// Polish: what is known of a customer, and forgetting it.

import type { privacy as english } from "../en/privacy";
import type { Translation } from "../table";

export const privacy: Translation<typeof english> = {
  "privacy.intro":
    "Klient może zapytać, co o nim wiadomo, i zażądać usunięcia danych. Można go znaleźć po numerze telefonu, adresie e-mail albo identyfikatorze kontaktu w CRM.",
  "privacy.by": "Szukaj według",
  "privacy.address": "Numer lub adres",
  "privacy.contact": "Identyfikator kontaktu",
  "privacy.show": "Pokaż, co wiadomo",
  "privacy.nothing": "O tym kliencie nic nie wiadomo.",
  "privacy.known": "Wiadomo o {name}",
  "privacy.addresses": "Adresy",
  "privacy.records": "Elementy w katalogu",
  "privacy.deliveries": "Wiadomości do klienta",
  "privacy.events": "Zdarzenia z danymi klienta",
  "privacy.incoming": "Wiadomości od klienta",
  "privacy.chats": "Czaty",
  "privacy.suppressions": "Wpisy w „Nie pisać”",
  "privacy.sandbox": "Wiadomości w piaskownicy",
  "privacy.download": "Pobierz wszystko (JSON)",
  "privacy.erase": "Usuń dane tego klienta…",
  "privacy.eraseTitle": "Usunąć na zawsze dane: {name}?",
  "privacy.eraseText":
    "Tego nie można cofnąć. Teksty, adresy i wszystko o kliencie zostanie usunięte; czekające wiadomości zostaną zatrzymane; na te adresy nic już nigdy nie wyjdzie. Zostaną tylko liczby. Jeśli podłączony jest CRM, najpierw trzeba usunąć klienta tam, inaczej dane wrócą.",
  "privacy.confirm": "Aby potwierdzić, proszę wpisać: {name}",
  "privacy.eraseNow": "Usuń na zawsze",
  "privacy.erased":
    "Usunięto: elementy: {records}, wiadomości bez treści: {deliveries}, adresy nigdy więcej nieużywane: {addresses}.",
};
