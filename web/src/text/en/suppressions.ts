// English: who must not be written to.

import type { Messages } from "../table";

export const suppressions = {
  "form.every": "every channel",
  "form.from": "from {name}",
  "never.intro": "Nobody on this list gets a message, whatever a rule says.",
  "never.empty":
    "Nobody is on the list. People get here by unsubscribing, by answering STOP, or when you add them.",
  "never.notFound": "This address is not on the list.",
  "never.find": "Look up a number or address",
  "never.findNow": "Look up",
  "never.kind": "Why",
  "never.anyKind": "Every reason",
  "never.unsubscribed": "unsubscribed",
  "never.stop_word": "answered STOP",
  "never.hard_bounce": "address does not exist",
  "never.complaint": "reported as spam",
  "never.manual": "added by hand",
  "never.import": "from a list",
  "never.add": "Add an address",
  "never.address": "Phone number or e-mail address",
  "never.reason": "What was said",
  "never.addNow": "Put on the list",
  "never.added": "{address} gets no more messages.",
  "never.lift": "Take off",
  "never.liftTitle": "Write to {address} again?",
  "never.liftText":
    "Do this only if the person asked for it. Writing to people who said no is against the law in most countries.",
  "never.liftNow": "Yes, take it off the list",
  "never.lifted": "{address} is off the list.",
  "never.import.title": "Add a whole list",
  "never.import.text":
    "A CSV file with the columns address, channel and reason, or NDJSON. Rows that cannot be used are told, the others are taken.",
  "never.import.channel": "Channel of rows that name none",
  "never.import.done": "{added} added, {known} were there already, {bad} could not be used.",
} as const satisfies Messages;
