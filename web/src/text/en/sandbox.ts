// English: the inbox of what left for nobody.

import type { Messages } from "../table";

export const sandbox = {
  "sandbox.title": "Sandbox inbox",
  "sandbox.text":
    "What the sandbox provider took, as the client would see it. Nothing here left this machine.",
  "sandbox.empty": "No messages yet. They appear here the moment a rule sends one.",
  "sandbox.list": "Messages, newest first",
} as const satisfies Messages;
