// The events that rules are run over, as NDJSON lines: items of the CRM entering their stages, what the service took in
// within some days, or a file.

import { itemKey, type History, type ItemNames } from "./crowd-protocol";
import { isObject, textOf } from "./json";
import { clientIn, titleIn } from "./names";
import { pagesOf, recordPages, type ListedRecord } from "./pages";
import type { JsonObject, Snapshot } from "./types";

// More than that takes the browser longer, and more memory, than somebody in front of it has. A file is read whole.
const MOST_EVENTS = 100_000;
const MOST_LETTERS = 128 << 20;
const KEPT_PAGES = 2; // of what the service took in, for the time without a connection

export interface Events {
  readonly lines: readonly string[];
  /** Not all of them: there were too many. */
  readonly cut: boolean;
}

/** Told after each page; answers whether anybody still waits. */
export type Progress = (read: number) => boolean;

/** Lines, and whether they have reached the bounds; a page may go beyond them. */
class Lines {
  readonly lines: string[] = [];
  private letters = 0;

  add(event: JsonObject): void {
    const line = JSON.stringify(event);
    this.letters += line.length;
    this.lines.push(line);
  }
  get isFull(): boolean {
    return this.lines.length >= MOST_EVENTS || this.letters >= MOST_LETTERS;
  }
}

function entering(entity: string, { id, pipeline, stage, snapshot }: ListedRecord, at: string): JsonObject {
  return {
    id: `now-${entity}-${id}`,
    type: "stage_changed",
    at,
    entity,
    entity_id: id,
    ...(pipeline ? { pipeline } : {}),
    to: stage,
    snapshot,
  };
}

async function ofRecords(
  { entities, at }: Extract<History, { kind: "records" }>,
  progress: Progress,
): Promise<Events> {
  const found = new Lines();
  for (const entity of entities) {
    for await (const { records } of recordPages(entity)) {
      if (found.isFull) return { lines: found.lines, cut: true };
      for (const record of records) found.add(entering(entity, record, at));
      if (!progress(found.lines.length)) return { lines: [], cut: false };
    }
  }
  return { lines: found.lines, cut: false };
}

interface EventPage {
  readonly events: readonly JsonObject[];
  readonly next: string | null;
}

const keyOf = (event: JsonObject): string => itemKey(textOf(event["entity"]), textOf(event["entity_id"]));

/** The items of these events as they are now. */
async function snapshotsFor(events: readonly JsonObject[]): Promise<ReadonlyMap<string, Snapshot>> {
  const wanted = new Set(events.map(keyOf));
  const found = new Map<string, Snapshot>();
  for (const entity of new Set(events.map((event) => textOf(event["entity"])))) {
    for await (const { records } of recordPages(entity))
      for (const { id, snapshot } of records)
        if (wanted.has(itemKey(entity, id))) found.set(itemKey(entity, id), snapshot);
  }
  return found;
}

async function ofDays(
  { from, to }: Extract<History, { kind: "taken" }>,
  progress: Progress,
): Promise<Events> {
  const found = new Lines();
  const told = new Set<string>(); // items that an event says something of
  const bare: [number, JsonObject][] = []; // events that say nothing of their item, and their lines
  let cut = false;
  const days = { ...(from && { from }), ...(to && { to }) };
  for await (const { events, next } of pagesOf<EventPage>("/api/v1/events", days, KEPT_PAGES)) {
    for (const event of events) {
      if (isObject(event["snapshot"])) told.add(keyOf(event));
      else bare.push([found.lines.length, event]);
      found.add(event);
    }
    if (!progress(found.lines.length)) return { lines: [], cut: false };
    cut = next !== null && found.isFull;
    if (cut) break;
  }
  // The service asked the CRM for them, or their time is over: they are taken as they are now.
  const untold = bare.filter(([, event]) => !told.has(keyOf(event)));
  const snapshots = await snapshotsFor(untold.map(([, event]) => event));
  for (const [line, event] of untold) {
    const snapshot = snapshots.get(keyOf(event));
    if (snapshot) found.lines[line] = JSON.stringify({ ...event, snapshot });
  }
  return { lines: found.lines, cut };
}

export async function readHistory(history: History, progress: Progress): Promise<Events> {
  switch (history.kind) {
    case "records":
      return ofRecords(history, progress);
    case "taken":
      return ofDays(history, progress);
    case "given": {
      const { events } = history;
      const text = typeof events === "string" ? events : await events.text();
      return { lines: text.split("\n").filter((line) => line.trim() !== ""), cut: false };
    }
  }
}

function eventOf(line: string): JsonObject {
  try {
    return JSON.parse(line) as JsonObject;
  } catch {
    return {}; // the core says what is wrong with it
  }
}

/** What the events call those items; the newest name counts. */
export function namesIn(lines: readonly string[], wanted: ReadonlySet<string>): Record<string, ItemNames> {
  const names: Record<string, ItemNames> = {};
  for (const line of lines) {
    const event = eventOf(line);
    const { entity, snapshot } = event;
    const key = keyOf(event);
    if (!isObject(snapshot) || !wanted.has(key)) continue;
    names[key] = { title: titleIn(snapshot, textOf(entity)), client: clientIn(snapshot, textOf(entity)) };
  }
  return names;
}
