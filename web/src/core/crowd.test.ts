import { expect, test } from "vitest";
import { CrowdClient, type CrowdPort } from "./crowd";
import type { CrowdAnswer, CrowdReply, CrowdRequest } from "./crowd-protocol";

class FakePort implements CrowdPort {
  onmessage: CrowdPort["onmessage"] = null;
  onerror: CrowdPort["onerror"] = null;
  readonly sent: CrowdRequest[] = [];
  postMessage(request: CrowdRequest): void {
    this.sent.push(request);
  }
  terminate(): void {
    this.sent.length = 0;
  }
  reply(reply: CrowdReply): void {
    this.onmessage?.({ data: reply } as MessageEvent<CrowdReply>);
  }
}

const ask = {
  kind: "simulate",
  rules: [],
  against: null,
  history: { kind: "given", events: "" },
  until: null,
  setting: { schema: { entities: [] }, workspace: {}, language: "en" },
} as const;

test("an answer to a question that was overtaken, or stopped, is not told", () => {
  const port = new FakePort();
  const told: CrowdAnswer["kind"][] = [];
  const client = new CrowdClient(port, ({ kind }) => told.push(kind), "core.js");
  client.ask(ask);
  client.ask(ask);
  port.reply({ id: 1, kind: "progress", done: 1, total: 2 });
  port.reply({ id: 2, kind: "progress", done: 1, total: 2 });
  client.stop();
  port.reply({ id: 2, kind: "progress", done: 2, total: 2 });
  expect(told).toEqual(["progress", "stopped"]);
  expect(port.sent.map(({ kind }) => kind)).toEqual(["load", "simulate", "simulate", "stop"]);
});

test("a worker that breaks is told", () => {
  const port = new FakePort();
  const told: CrowdAnswer[] = [];
  new CrowdClient(port, (answer) => told.push(answer), "core.js");
  port.onerror?.({ message: "broken" } as ErrorEvent);
  expect(told).toEqual([{ kind: "failed", message: "broken" }]);
});
