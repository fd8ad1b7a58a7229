// German: people, their roles and the own password.

import type { people as english } from "../en/people";
import type { Translation } from "../table";

export const people: Translation<typeof english> = {
  "role.viewer": "Nur ansehen",
  "role.operator": "Bedienung",
  "role.editor": "Redaktion",
  "role.admin": "Administration",
  "users.new": "Person hinzufügen",
  "users.id": "Anmeldename",
  "users.idHint": "Buchstaben, Ziffern, - und _; später nicht änderbar.",
  "users.name": "Voller Name",
  "users.password": "Passwort",
  "users.passwordHint":
    "Mindestens 12 Zeichen. Geben Sie es der Person selbst; nach der Anmeldung kann sie es ändern.",
  "users.makeUp": "Eines erzeugen",
  "users.create": "Hinzufügen",
  "users.created": "{name} kann sich jetzt anmelden.",
  "users.exists": "Diesen Anmeldenamen hat schon jemand.",
  "users.you": "Sie",
  "users.off": "Ausgeschaltet",
  "users.noPassword": "noch kein Passwort",
  "users.roleOf": "Rolle von {name}",
  "users.switchOff": "Ausschalten",
  "users.switchOn": "Einschalten",
  "users.setPassword": "Passwort setzen",
  "users.setPasswordOf": "Neues Passwort für {name}",
  "users.changed": "{name} wurde geändert.",
  "role.viewer.means": "sieht alles, ändert nichts",
  "role.operator.means": "kann auch erneut senden, anhalten, verschieben, pausieren",
  "role.editor.means": "schreibt und veröffentlicht auch Regeln",
  "role.admin.means": "darf alles",
  "account.current": "Bisheriges Passwort",
  "account.currentHint": "Leer lassen, wenn Sie per Link kamen und noch keines hatten.",
  "account.next": "Neues Passwort",
  "account.again": "Neues Passwort noch einmal",
  "account.hint": "Mindestens 12 Zeichen.",
  "account.differ": "Die beiden neuen Passwörter sind verschieden.",
  "account.change": "Mein Passwort ändern",
  "account.changed": "Ihr Passwort wurde geändert. Überall sonst sind Sie abgemeldet.",
};
