// Polish: without a connection.

import type { offline as english } from "../en/offline";
import type { Translation } from "../table";

export const offline: Translation<typeof english> = {
  "offline.title": "Brak połączenia.",
  "offline.text": "Widać to, co wczytano ostatnio; reguły można edytować, sprawdzać i podglądać.",
  "offline.waiting": {
    one: "Jedna zmiana zostanie wysłana, gdy wróci połączenie.",
    few: "{n} zmiany zostaną wysłane, gdy wróci połączenie.",
    many: "{n} zmian zostanie wysłanych, gdy wróci połączenie.",
    other: "{n} zmiany zostanie wysłane, gdy wróci połączenie.",
  },
  "offline.newVersion": "Nowa wersja tej strony jest gotowa.",
  "offline.reload": "Wczytaj ponownie",
  "offline.conflict": "Ktoś inny zmienił „{name}”, gdy nie było połączenia.",
  "offline.refused": "Zmiana w „{name}” nie została przyjęta: {message}",
  "offline.compare": "Porównaj wersje",
  "offline.open": "Otwórz regułę",
  "offline.signOutAnyway": {
    one: "Jedna zmiana nie została jeszcze wysłana i przepadnie. Wylogować mimo to?",
    few: "{n} zmiany nie zostały jeszcze wysłane i przepadną. Wylogować mimo to?",
    many: "{n} zmian nie zostało jeszcze wysłanych i przepadnie. Wylogować mimo to?",
    other: "{n} zmiany nie zostało jeszcze wysłane i przepadnie. Wylogować mimo to?",
  },
};
