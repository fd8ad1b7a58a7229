// English: without a connection.

import type { Messages } from "../table";

export const offline = {
  "offline.title": "You are offline.",
  "offline.text": "You see what was last loaded; rules can be edited, checked and previewed.",
  "offline.waiting": {
    one: "One change will be sent when the connection is back.",
    other: "{n} changes will be sent when the connection is back.",
  },
  "offline.newVersion": "A new version of this page is ready.",
  "offline.reload": "Reload",
  "offline.conflict": "“{name}” was changed by somebody else while you were offline.",
  "offline.refused": "Your change of “{name}” was not taken: {message}",
  "offline.compare": "Compare the versions",
  "offline.open": "Open the rule",
  "offline.signOutAnyway": {
    one: "One change was not sent yet and would be lost. Sign out all the same?",
    other: "{n} changes were not sent yet and would be lost. Sign out all the same?",
  },
} as const satisfies Messages;
