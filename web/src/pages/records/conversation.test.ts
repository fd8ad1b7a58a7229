import { expect, test } from "vitest";
import type { Incoming } from "../../api/incoming";
import { chatsOf, customersOf, merged } from "./conversation";

const snapshot = {
  contacts: [
    {
      id: "C-1",
      chats: [
        { channel: "telegram-1", id: "991" },
        { channel: "", id: "1" },
      ],
    },
    { id: "" },
  ],
  company: { id: "K-1", name: "Souza" },
  lead: { id: "L-1" },
};
const wrote = (id: string, at: string): Incoming => ({
  id,
  at,
  provider: "sms",
  channel: "sms",
  from: "+49",
  text: id,
});

test("contacts and company may have written; a lead only of itself", () => {
  expect([...customersOf(snapshot, "deal")]).toEqual(["contact:C-1", "company:K-1"]);
  expect([...customersOf(snapshot, "lead")]).toEqual(["contact:C-1", "company:K-1", "lead:L-1"]);
  expect([...customersOf({}, "deal")]).toEqual([]);
});

test("chats without a channel are none", () => {
  expect(chatsOf(snapshot)).toEqual([{ channel: "telegram-1", id: "991" }]);
});

test("a lead's own chats count", () => {
  const chats = [{ channel: "telegram-1", id: "992" }];
  expect(chatsOf({ lead: { id: "L-1", chats }, contacts: [] })).toEqual(chats);
});

test("what happened and what was written stand in one order, each once", () => {
  const happened = [
    { at: "2026-11-22T10:00:00Z", what: "stage_changed" },
    { at: "2026-11-22T10:00:00Z", what: "attempt" },
  ];
  const past = merged(happened, [
    wrote("late", "2026-11-22T10:00:01.5Z"),
    wrote("early", "2026-11-22T09:00:00Z"),
    wrote("early", "2026-11-22T09:00:00Z"),
  ]);
  expect(past.map((each) => (each.kind === "wrote" ? each.message.text : each.entry.what))).toEqual([
    "early",
    "stage_changed",
    "late",
  ]);
});

test("an answer that the timeline has too is told once, by name", () => {
  const at = "2026-11-22T09:00:00Z";
  const past = merged(
    [{ at, what: "incoming", text: "Yes", channel: "sms" }],
    [{ ...wrote("Yes", at), name: "Ana" }],
  );
  expect(past).toEqual([{ kind: "wrote", at, message: { ...wrote("Yes", at), name: "Ana" } }]);
});
