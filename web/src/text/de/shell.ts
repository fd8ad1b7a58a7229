// German: the frame around all views and signing in.

import type { shell as english } from "../en/shell";
import type { Translation } from "../table";

export const shell: Translation<typeof english> = {
  "app.name": "Recado",
  "app.skip": "Zum Inhalt springen",
  "app.unknown": "Unter dieser Adresse gibt es nichts.",
  "app.home": "Zu den Regeln",
  "nav.label": "Hauptmenü",
  "nav.rules": "Regeln",
  "nav.simulator": "Simulator",
  "nav.records": "Datensätze",
  "nav.deliveries": "Sendungen",
  "nav.sandbox": "Testpostfach",
  "nav.settings": "Einstellungen",
  "nav.language": "Sprache dieser Seite",
  "live.live": "Live",
  "live.connecting": "Verbindung wird hergestellt …",
  "live.lost": "Verbindung verloren, neuer Versuch läuft",
  "signin.title": "Bitte melden Sie sich an",
  "signin.text":
    "Öffnen Sie den Anmeldelink, den der Dienst beim Start ausgegeben hat. Er gilt einmal und hält Sie dann hier angemeldet.",
  "signin.name": "Name",
  "signin.password": "Passwort",
  "signin.token": "Oder mit einem Zugangstoken anmelden",
  "signin.go-token": "Mit dem Token anmelden",
  "signin.go": "Anmelden",
  "problem.unreachable": "Der Dienst ist nicht erreichbar.",
  "problem.status": "Der Dienst hat mit einem Fehler geantwortet ({status}).",
  "nav.signOut": "Abmelden",
};
