// Polish: the frame around all views and signing in.

import type { shell as english } from "../en/shell";
import type { Translation } from "../table";

export const shell: Translation<typeof english> = {
  "app.name": "Recado",
  "app.skip": "Przejdź do treści",
  "app.unknown": "Pod tym adresem nic nie ma.",
  "app.home": "Przejdź do reguł",
  "nav.label": "Menu główne",
  "nav.rules": "Reguły",
  "nav.simulator": "Symulator",
  "nav.records": "Rekordy",
  "nav.deliveries": "Wysyłki",
  "nav.sandbox": "Skrzynka testowa",
  "nav.settings": "Ustawienia",
  "nav.language": "Język tej strony",
  "live.live": "Na żywo",
  "live.connecting": "Łączenie…",
  "live.lost": "Utracono połączenie, ponawianie",
  "signin.title": "Zaloguj się",
  "signin.text":
    "Otwórz link logowania, który usługa wypisała po uruchomieniu. Działa raz, a potem pozostajesz tu zalogowany.",
  "signin.name": "Nazwa",
  "signin.password": "Hasło",
  "signin.token": "Albo zaloguj się tokenem dostępu",
  "signin.go-token": "Zaloguj tokenem",
  "signin.go": "Zaloguj",
  "problem.unreachable": "Usługa jest nieosiągalna.",
  "problem.status": "Usługa odpowiedziała błędem ({status}).",
  "nav.signOut": "Wyloguj się",
};
