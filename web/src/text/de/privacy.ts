// German: what is known of a customer, and forgetting it.

import type { privacy as english } from "../en/privacy";
import type { Translation } from "../table";

export const privacy: Translation<typeof english> = {
  "privacy.intro":
    "Kunden dürfen fragen, was Sie über sie wissen, und verlangen, vergessen zu werden. Suchen Sie den Kunden über Telefonnummer, E-Mail-Adresse oder die Kennung des Kontakts im CRM.",
  "privacy.by": "Suchen nach",
  "privacy.address": "Nummer oder Adresse",
  "privacy.contact": "Kennung des Kontakts",
  "privacy.show": "Zeigen, was bekannt ist",
  "privacy.nothing": "Über diesen Kunden ist nichts bekannt.",
  "privacy.known": "Bekannt über {name}",
  "privacy.addresses": "Adressen",
  "privacy.records": "Elemente im CRM-Verzeichnis",
  "privacy.deliveries": "Nachrichten an sie",
  "privacy.events": "Ereignisse mit ihren Daten",
  "privacy.incoming": "Nachrichten von ihnen",
  "privacy.chats": "Chats",
  "privacy.suppressions": "Einträge in „Nicht anschreiben“",
  "privacy.sandbox": "Sandbox-Nachrichten",
  "privacy.download": "Alles laden (JSON)",
  "privacy.erase": "Diesen Kunden vergessen…",
  "privacy.eraseTitle": "{name} endgültig vergessen?",
  "privacy.eraseText":
    "Das lässt sich nicht rückgängig machen. Texte, Adressen und alles über den Kunden werden gelöscht; wartende Nachrichten werden gestoppt; an diese Adressen geht nie wieder etwas. Nur Zahlen bleiben. Ist ein CRM verbunden, löschen Sie den Kunden zuerst dort, sonst kommen die Daten zurück.",
  "privacy.confirm": "Zur Bestätigung {name} eintippen",
  "privacy.eraseNow": "Endgültig vergessen",
  "privacy.erased":
    "Vergessen: {records} Elemente und {deliveries} Nachrichten ohne ihre Texte, {addresses} Adressen, die nie wieder benutzt werden.",
};
