// The page's side of the worker. Only the newest state of a rule is worth an answer: while one analysis is under
// way, later ones replace each other in a single waiting place, and an answer that has been overtaken is dropped.

import { coreAddress } from "./facade";
import { Switchboard } from "./lines";
import { Mailbox, sharedMemory } from "./mailbox";
import type { Analysis, Answer, Ask, Reply, Request, Setting } from "./protocol";
import type { Rule, Snapshot } from "./types";

export interface CoreListener {
  analysed(analysis: Analysis): void;
  failed(message: string): void;
}

/** What the client needs of a Worker; tests give it less than a real one. */
export interface Port {
  postMessage(request: Request): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export class CoreClient {
  private nextId = 1;
  private busyWith: number | null = null; // id of the analysis under way
  private waiting: Rule | null = null;
  private opening = 0; // an analysis asked for before the newest opening shows another customer

  private readonly mailbox: Mailbox | null;

  constructor(
    private readonly port: Port,
    private readonly listener: CoreListener,
    private readonly memory: SharedArrayBuffer | null = null,
  ) {
    this.mailbox = memory && new Mailbox(memory);
    port.onmessage = (event) => this.receive(event.data);
    port.onerror = (event) => listener.failed(event.message || "worker");
  }

  /** Before anything else. */
  load(core: string): void {
    this.send({ kind: "load", core });
  }

  open(setting: Setting, snapshot: Snapshot | null, now: string | null = null): void {
    this.opening = this.send({ kind: "open", setting, snapshot, now, memory: this.memory });
  }

  analyse(rule: Rule): void {
    if (this.busyWith !== null) {
      this.waiting = rule;
      return;
    }
    this.busyWith = this.send({ kind: "analyse", rule });
    if (!this.mailbox) return;
    queueMicrotask(() => this.look()); // after the editor has drawn
    requestAnimationFrame(() => this.look()); // before the screen does
  }

  /** Fetches the answer that is there already; for a caller that will draw at once and would rather draw it too. */
  look(): void {
    const reply = this.busyWith === null ? null : this.mailbox?.take(this.busyWith);
    if (reply) this.receive(reply);
  }

  close(): void {
    this.port.terminate();
  }

  private send(ask: Ask): number {
    const id = this.nextId++;
    this.port.postMessage({ ...ask, id });
    return id;
  }

  private receive({ id, ...answer }: Reply): void {
    if (answer.kind === "analysed" && id !== this.busyWith) return; // fetched before its message came
    const overtaken = this.waiting !== null || id < this.opening;
    if (id === this.busyWith) {
      this.busyWith = null;
      const rule = this.waiting;
      this.waiting = null;
      if (rule) this.analyse(rule);
    }
    this.tell(answer, overtaken);
  }

  private tell(answer: Answer, overtaken: boolean): void {
    if (answer.kind === "failed") this.listener.failed(answer.message);
    if (answer.kind === "analysed" && !overtaken) this.listener.analysed(answer.analysis);
  }
}

const switchboard = new Switchboard<Request, Reply>(
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "recado-core" }),
);

export function startCore(listener: CoreListener): CoreClient {
  const client = new CoreClient(switchboard.open(), listener, sharedMemory());
  client.load(coreAddress());
  return client;
}
