// The page's side of the crowd worker: the newest question is the only one that is answered.

import type { CrowdAnswer, CrowdAsk, CrowdReply, CrowdRequest } from "./crowd-protocol";
import { coreAddress } from "./facade";
import { Switchboard } from "./lines";

/** What is needed of a Worker; tests give less than a real one. */
export interface CrowdPort {
  postMessage(request: CrowdRequest): void;
  onmessage: ((event: MessageEvent<CrowdReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export class CrowdClient {
  private newest = 0;

  constructor(
    private readonly port: CrowdPort,
    private readonly told: (answer: CrowdAnswer) => void,
    core: string,
  ) {
    port.onmessage = ({ data: { id, ...answer } }) => {
      if (id === this.newest) told(answer);
    };
    port.onerror = (event) => told({ kind: "failed", message: event.message || "worker" });
    this.port.postMessage({ kind: "load", core, id: 0 });
  }

  ask(ask: Exclude<CrowdAsk, { kind: "load" | "stop" }>): void {
    this.port.postMessage({ ...ask, id: ++this.newest });
  }

  /** Ends what is under way. */
  stop(): void {
    this.port.postMessage({ kind: "stop", id: ++this.newest });
    this.told({ kind: "stopped" });
  }

  close(): void {
    this.port.terminate();
  }
}

const switchboard = new Switchboard<CrowdRequest, CrowdReply>(
  () => new Worker(new URL("./crowd-worker.ts", import.meta.url), { type: "module", name: "recado-crowd" }),
);

export function startCrowd(told: (answer: CrowdAnswer) => void): CrowdClient {
  return new CrowdClient(switchboard.open(), told, coreAddress());
}
