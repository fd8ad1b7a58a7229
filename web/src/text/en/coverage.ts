// English: how many customers a rule reaches.

import type { Messages } from "../table";

export const coverage = {
  "coverage.title": "All clients",
  "coverage.reached": {
    one: "{reached} of {records} is reached",
    other: "{reached} of {records} are reached",
  },
  "coverage.nobody": "There is nobody here to count.",
  "coverage.counting": "Counting clients",
  "coverage.stop": "Stop",
  "coverage.stopped": "Counting was stopped.",
  "coverage.again": "Count again",
  "coverage.more": { one: "and {n} more", other: "and {n} more" },
  "coverage.unreadable": { one: "{n} line could not be read", other: "{n} lines could not be read" },
  "coverage.segments": "Segments",
  "coverage.cost": "Cost of a message",
  "coverage.total": "Together",
  "coverage.spread": "half up to {p50}, most up to {p95}, at most {max}",
  "source.label": "Whose records",
  "source.stage": "Clients in this stage",
  "source.all": "All clients",
  "source.load": "Take a file (NDJSON)…",
  "source.forget": "Forget {name}",
} as const satisfies Messages;
