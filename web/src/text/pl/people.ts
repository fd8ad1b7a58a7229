// Polish: people, their roles and the own password.

import type { people as english } from "../en/people";
import type { Translation } from "../table";

export const people: Translation<typeof english> = {
  "role.viewer": "Podgląd",
  "role.operator": "Operator",
  "role.editor": "Redaktor",
  "role.admin": "Administrator",
  "users.new": "Dodaj osobę",
  "users.id": "Nazwa logowania",
  "users.idHint": "Litery, cyfry, - i _; później nie można jej zmienić.",
  "users.name": "Imię i nazwisko",
  "users.password": "Hasło",
  "users.passwordHint":
    "Co najmniej 12 znaków. Proszę przekazać je osobiście; po zalogowaniu można je zmienić.",
  "users.makeUp": "Wymyśl hasło",
  "users.create": "Dodaj",
  "users.created": "{name} może się już zalogować.",
  "users.exists": "Ktoś już ma tę nazwę logowania.",
  "users.you": "Ty",
  "users.off": "Wyłączone",
  "users.noPassword": "jeszcze bez hasła",
  "users.roleOf": "Rola: {name}",
  "users.switchOff": "Wyłącz",
  "users.switchOn": "Włącz",
  "users.setPassword": "Ustaw hasło",
  "users.setPasswordOf": "Nowe hasło: {name}",
  "users.changed": "Zmieniono: {name}.",
  "role.viewer.means": "widzi wszystko, niczego nie zmienia",
  "role.operator.means": "może też ponawiać, zatrzymywać, przesuwać, wstrzymywać",
  "role.editor.means": "pisze też i publikuje reguły",
  "role.admin.means": "może wszystko",
  "account.current": "Dotychczasowe hasło",
  "account.currentHint": "Puste, jeśli zalogowano się linkiem i hasła jeszcze nie było.",
  "account.next": "Nowe hasło",
  "account.again": "Nowe hasło jeszcze raz",
  "account.hint": "Co najmniej 12 znaków.",
  "account.differ": "Nowe hasła różnią się od siebie.",
  "account.change": "Zmień moje hasło",
  "account.changed": "Hasło zmienione. Wszędzie indziej wylogowano.",
};
