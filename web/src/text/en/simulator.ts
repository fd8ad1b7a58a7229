// English: what rules would do.

import type { Messages } from "../table";

export const simulator = {
  "sim.title": "Simulator",
  "sim.intro": "See what rules would send, to whom and when, before they do. Nothing leaves this browser.",
  "sim.events": "What happens",
  "sim.from.records": "Every item of the CRM enters its stage now",
  "sim.from.deliveries": "What led to the last messages happens again",
  "sim.from.file": "Events of a file (NDJSON)…",
  "sim.rules": "Rules",
  "sim.all": "All of them",
  "sim.until": "Until",
  "sim.run": "Run",
  "sim.running": "Running…",
  "sim.timeline": "What would happen",
  "sim.sent": { one: "{n} message", other: "{n} messages" },
  "sim.notSent": { one: "{n} not sent", other: "{n} not sent" },
  "sim.waiting": { one: "{n} still waiting at the end", other: "{n} still waiting at the end" },
  "sim.faults": { one: "{n} line could not be read", other: "{n} lines could not be read" },
  "sim.none": "Nothing would happen.",
  "sim.noEvents": "There are no events yet. Choose others, or take a file.",
  "sim.compare": "Compare drafts with what is live",
  "sim.diff.same": "as live",
  "sim.diff.new": "new",
  "sim.diff.changed": "changed",
  "sim.diff.gone": "no longer",
  "sim.live": "live",
  "sim.export": "Export CSV",
  "sim.more": { one: "and {n} more in the export", other: "and {n} more in the export" },
} as const satisfies Messages;
