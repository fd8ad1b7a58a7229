// English: looking a change over, earlier versions, conflicts, test messages.

import type { Messages } from "../table";

export const review = {
  "review.title": "Publish “{name}”?",
  "review.off": "The rule is switched off: it will be kept, but send nothing.",
  "review.new": "This rule is new",
  "review.changes": "What changes",
  "review.noChanges": "Nothing changes.",
  "review.before": "before",
  "review.after": "now",
  "review.faults": {
    one: "One fault must be mended before the rule can go live.",
    other: "{n} faults must be mended before the rule can go live.",
  },
  "review.back": "Back",
  "review.publish": "Publish",
  "history.face": "History",
  "history.title": "Versions that were live",
  "history.none": "This rule was never live.",
  "history.version": "Version {n}",
  "history.restore": "Restore version {n}",
  "test.face": "Send to me",
  "test.to": "Your number or address",
  "test.note": "Written for the client in the preview, sent to you. The draft is saved first.",
  "test.send": "Send",
  "test.sent": "Sent to {to}.",
  "conflict.title": "Somebody else changed this rule",
  "conflict.text": "It was saved elsewhere since you opened it. Which version shall stay?",
  "conflict.mine": "Yours",
  "conflict.theirs": "The saved one",
  "conflict.keepMine": "Keep mine",
  "conflict.takeTheirs": "Take the saved one",
  "conflict.merge": "Keep the chosen parts",
  "conflict.nothing": "nothing",
} as const satisfies Messages;
