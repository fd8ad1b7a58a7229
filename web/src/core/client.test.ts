import { describe, expect, test } from "vitest";
import { CoreClient, type Port } from "./client";
import type { Analysis, Reply, Request, Setting } from "./protocol";
import type { Rule } from "./types";

const setting: Setting = { schema: { entities: [] }, workspace: {}, language: "en" };
const rule = (name: string): Rule => ({
  id: "r",
  name,
  on: { entity: "deal", stage: "s" },
  action: { type: "make_call", line: "l" },
});

/** A worker that answers when it is told to. */
class FakePort implements Port {
  onmessage: Port["onmessage"] = null;
  onerror: Port["onerror"] = null;
  readonly sent: Request[] = [];
  postMessage(request: Request): void {
    this.sent.push(request);
  }
  terminate(): void {
    this.sent.length = 0;
  }
  reply(reply: Reply): void {
    this.onmessage?.({ data: reply } as MessageEvent<Reply>);
  }
  answer(): void {
    const request = this.sent.filter((each) => each.kind === "analyse").at(-1);
    if (request?.kind !== "analyse") throw new Error("nothing was asked");
    this.reply({
      id: request.id,
      kind: "analysed",
      analysis: { rule: request.rule, diagnostics: [], preview: { kind: "none" }, pricing: null },
    });
  }
}

function start() {
  const port = new FakePort();
  const seen: string[] = [];
  const faults: string[] = [];
  const client = new CoreClient(port, {
    analysed: (analysis: Analysis) => void seen.push(analysis.rule.name),
    failed: (message) => void faults.push(message),
  });
  const asked = (): string[] =>
    port.sent.flatMap((each) => (each.kind === "analyse" ? [each.rule.name] : [each.kind]));
  return { port, client, seen, faults, asked };
}

describe("CoreClient", () => {
  test("an idle core is asked at once", () => {
    const { port, client, seen } = start();
    client.analyse(rule("a"));
    port.answer();
    expect(seen).toEqual(["a"]);
  });

  test("while it is busy only the newest state waits, and the overtaken answer is dropped", () => {
    const { port, client, seen, asked } = start();
    client.analyse(rule("a"));
    client.analyse(rule("b"));
    client.analyse(rule("c"));
    port.answer();
    expect(seen).toEqual([]);
    port.answer();
    expect(seen).toEqual(["c"]);
    expect(asked()).toEqual(["a", "c"]);
  });

  test("an answer about the customer before is dropped", () => {
    const { port, client, seen, asked } = start();
    client.analyse(rule("a"));
    client.open(setting, null);
    client.analyse(rule("a"));
    port.answer();
    expect(seen).toEqual([]);
    port.answer();
    expect(seen).toEqual(["a"]);
    expect(asked()).toEqual(["a", "open", "a"]);
  });

  test("a failure is told and the next state is still analysed", () => {
    const { port, client, seen, faults } = start();
    client.analyse(rule("a"));
    client.analyse(rule("b"));
    port.reply({ id: 1, kind: "failed", message: "broken" });
    port.answer();
    expect(faults).toEqual(["broken"]);
    expect(seen).toEqual(["b"]);
  });
});
