// English: what is known of a customer, and forgetting it.

import type { Messages } from "../table";

export const privacy = {
  "privacy.intro":
    "A customer may ask what you know of them, and to be forgotten. Look the customer up by a phone number, an e-mail address or the contact’s id in the CRM.",
  "privacy.by": "Look up by",
  "privacy.address": "Number or address",
  "privacy.contact": "Contact’s id",
  "privacy.show": "Show what is known",
  "privacy.nothing": "Nothing is known of this customer.",
  "privacy.known": "Known of {name}",
  "privacy.addresses": "Addresses",
  "privacy.records": "Items in the CRM directory",
  "privacy.deliveries": "Messages to them",
  "privacy.events": "Events with their data",
  "privacy.incoming": "Messages from them",
  "privacy.chats": "Chats",
  "privacy.suppressions": "Entries in “Do not contact”",
  "privacy.sandbox": "Sandbox messages",
  "privacy.download": "Download everything (JSON)",
  "privacy.erase": "Forget this customer…",
  "privacy.eraseTitle": "Forget {name} for good?",
  "privacy.eraseText":
    "This cannot be undone. Texts, addresses and everything about the customer are erased; messages that wait are stopped; nothing is ever sent to these addresses again. Only counts stay. If a CRM is connected, erase the customer there first, or the data comes back.",
  "privacy.confirm": "Type {name} to confirm",
  "privacy.eraseNow": "Forget for good",
  "privacy.erased":
    "Forgotten: {records} items and {deliveries} messages without their texts, {addresses} addresses that are never used again.",
} as const satisfies Messages;
