// What happened to an item together with what its customers wrote, in one order of time.

import { incomingOfChat, newestIncoming, type ChatName, type Incoming } from "../../api/incoming";
import { recordTimeline, type TimelineEntry } from "../../api/records";
import { isObject, objectsOf, textOf } from "../../core/json";
import type { Json, Snapshot } from "../../core/types";

export type PastEntry =
  | { readonly kind: "happened"; readonly at: string; readonly entry: TimelineEntry }
  | { readonly kind: "wrote"; readonly at: string; readonly message: Wrote };

/** A message of a customer; the name only where somebody knows it. */
export type Wrote = Pick<Incoming, "at" | "channel" | "text" | "name" | "word">;

const UNTOLD: ReadonlySet<string> = new Set(["in_flight", "attempt"]); // the delivery itself tells them
const INCOMING = "incoming"; // as the timeline calls a message that answers one of ours
const MOST_CHATS = 10; // of one item's customers

/** "contact:C-1", "company:K-1": those who may have written about the item. */
export function customersOf(snapshot: Snapshot, entity: string): ReadonlySet<string> {
  const one = (kind: string, card: Json | undefined): readonly string[] =>
    isObject(card) && textOf(card["id"]) !== "" ? [`${kind}:${textOf(card["id"])}`] : [];
  return new Set([
    ...objectsOf(snapshot["contacts"]).flatMap((card) => one("contact", card)),
    ...one("company", snapshot["company"]),
    ...(entity === "lead" ? one("lead", snapshot["lead"]) : []),
  ]);
}

export function chatsOf(snapshot: Snapshot): readonly ChatName[] {
  const alone = ["company", "lead"].map((kind) => snapshot[kind] ?? null);
  const cards = [...objectsOf(snapshot["contacts"]), ...objectsOf(alone)];
  return cards
    .flatMap((card) => objectsOf(card["chats"]))
    .map((chat) => ({ channel: textOf(chat["channel"]), id: textOf(chat["id"]) }))
    .filter(({ channel, id }) => channel !== "" && id !== "")
    .slice(0, MOST_CHATS);
}

/** What the timeline knows of a message that a customer wrote. */
const noted = ({ at, text, channel }: TimelineEntry): Wrote => ({
  at,
  text: text ?? "",
  channel: channel ?? "",
});

/** Both in one order, oldest first; a message that was found twice stands once, as whoever knows more of it says. */
export function merged(happened: readonly TimelineEntry[], wrote: readonly Wrote[]): readonly PastEntry[] {
  const messages = [...happened.filter(({ what }) => what === INCOMING).map(noted), ...wrote];
  const once = new Map(
    messages.map((message) => [[message.at, message.channel, message.text].join(), message]),
  );
  const all: readonly PastEntry[] = [
    ...happened
      .filter(({ what }) => what !== INCOMING && !UNTOLD.has(what))
      .map((entry) => ({ kind: "happened" as const, at: entry.at, entry })),
    ...[...once.values()].map((message) => ({ kind: "wrote" as const, at: message.at, message })),
  ];
  return [...all].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export async function readPast(
  entity: string,
  id: string,
  snapshot: Snapshot,
): Promise<readonly PastEntry[]> {
  const customers = customersOf(snapshot, entity);
  const [happened, newest, ...chats] = await Promise.all([
    recordTimeline(entity, id),
    newestIncoming(),
    ...chatsOf(snapshot).map(incomingOfChat),
  ]);
  const theirs = newest.filter(({ customer }) => customer !== undefined && customers.has(customer));
  return merged(happened, [...theirs, ...chats.flat()]);
}
