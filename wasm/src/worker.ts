/**
 * `@recado/core/worker`: the core in a worker of its own, so that typing never waits for it. The calls are those of `@recado/core`, returning
 * promises. Answers come in the order of the calls.
 *
 *   const core = await startCore({ languages: ["en"] });
 *   const faults = await core.validateRule(rule);
 */
import type { Answer, Arguments, CallName, Request, Response } from "./protocol.js";
import type { Analysis, Context, CoverageAnswer, CoverageOptions, CrmEvent, Diagnostic, PlanAnswer, RenderAnswer, RenderOptions, RenderRequest, Rule, SimulationAnswer, SimulationOptions, SmsAnswer, SmsOptions, SmsRequest, SmsSizeAnswer, Snapshot, Versions } from "./types.js";

export type * from "./types.js";

/** A worker as far as it is used here: the browser's Worker has this shape. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: Response }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface StartOptions {
  readonly languages?: readonly string[];
  /** Folder (absolute URL, ending in "/") of the package's files; beside the worker's script unless given. */
  readonly root?: string;
  /** A worker that runs `worker_main.js`; made here unless given. */
  readonly worker?: WorkerLike;
}

interface Waiting {
  readonly resolve: (answer: Answer<CallName>) => void;
  readonly reject: (error: Error) => void;
}

/** A snapshot that lives in the worker. */
export class RemoteSnapshot {
  /** @internal */
  constructor(
    private readonly core: RemoteCore,
    private readonly handle: number,
    readonly diagnostics: readonly Diagnostic[],
  ) {}

  preview(rule: Rule, options: { readonly now?: string } = {}): Promise<PlanAnswer> {
    return this.core.call("preview", [this.handle, rule, options]);
  }

  analyse(rule: Rule, options: { readonly now?: string } = {}): Promise<Analysis> {
    return this.core.call("analyse", [this.handle, rule, options]);
  }

  render(template: string, options: RenderOptions = {}): Promise<RenderAnswer> {
    return this.core.call("renderSnapshot", [this.handle, template, options]);
  }

  async close(): Promise<void> {
    await this.core.call("closeSnapshot", [this.handle]);
  }
}

/**
 * A coverage that is counted in the worker, portion by portion: each `add` answers when its records are counted, which is the progress, and
 * `close` ends it at any time.
 */
export class RemoteCoverage {
  /** @internal */
  constructor(
    private readonly core: RemoteCore,
    private readonly handle: number,
  ) {}

  async add(...snapshots: readonly (Snapshot | string)[]): Promise<void> {
    await this.core.call("addToCoverage", [this.handle, snapshots]);
  }

  result(): Promise<CoverageAnswer> {
    return this.core.call("coverageResult", [this.handle]);
  }

  async close(): Promise<void> {
    await this.core.call("closeCoverage", [this.handle]);
  }
}

export class RemoteCore {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  /** @internal */
  constructor(private readonly worker: WorkerLike) {
    worker.addEventListener("message", (event) => this.settle(event.data));
    worker.addEventListener("error", (event) => this.fail(event.message ?? "The core's worker stopped."));
  }

  /** @internal */
  call<Name extends CallName>(call: Name, args: Arguments<Name>): Promise<Answer<Name>> {
    const id = this.nextId++;
    return new Promise<Answer<Name>>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      this.worker.postMessage({ id, call, args } as Request);
    });
  }

  async addLanguage(base: string): Promise<void> {
    await this.call("addLanguage", [base]);
  }
  versions(): Promise<Versions> {
    return this.call("versions", []);
  }
  countSms(input: SmsRequest | string): Promise<SmsAnswer>;
  countSms(input: SmsRequest | string, options: { readonly details: false }): Promise<SmsSizeAnswer>;
  countSms(input: SmsRequest | string, options?: SmsOptions): Promise<SmsAnswer | SmsSizeAnswer> {
    return this.call("countSms", [input, options]);
  }
  countSmsMany(inputs: readonly (SmsRequest | string)[]): Promise<SmsAnswer[]>;
  countSmsMany(inputs: readonly (SmsRequest | string)[], options: { readonly details: false }): Promise<SmsSizeAnswer[]>;
  countSmsMany(inputs: readonly (SmsRequest | string)[], options?: SmsOptions): Promise<(SmsAnswer | SmsSizeAnswer)[]> {
    return this.call("countSmsMany", [inputs, options]);
  }
  render(input: RenderRequest): Promise<RenderAnswer> {
    return this.call("render", [input]);
  }
  validateRule(rule: Rule, context: Context = {}): Promise<Diagnostic[]> {
    return this.call("validateRule", [rule, context]);
  }
  plan(rules: readonly Rule[], event: CrmEvent, at?: string, context: Context = {}): Promise<PlanAnswer> {
    return this.call("plan", [rules, event, at, context]);
  }
  simulate(rules: readonly Rule[], events: readonly CrmEvent[] | string, options: SimulationOptions = {}): Promise<SimulationAnswer> {
    return this.call("simulate", [rules, events, options]);
  }
  coverage(rule: Rule, snapshots: readonly Snapshot[] | string, options: CoverageOptions = {}): Promise<CoverageAnswer> {
    return this.call("coverage", [rule, snapshots, options]);
  }
  async openCoverage(rule: Rule, options: CoverageOptions = {}): Promise<RemoteCoverage> {
    const { handle } = await this.call("openCoverage", [rule, options]);
    return new RemoteCoverage(this, handle);
  }
  async openSnapshot(snapshot: Snapshot, context: Context = {}): Promise<RemoteSnapshot> {
    const { handle, diagnostics } = await this.call("openSnapshot", [snapshot, context]);
    return new RemoteSnapshot(this, handle, diagnostics);
  }

  /** Ends the worker; calls under way are rejected. */
  close(): void {
    this.worker.terminate();
    this.fail("The core was closed.");
  }

  private settle(response: Response): void {
    const waiting = this.waiting.get(response.id);
    this.waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.answer);
    else waiting?.reject(new Error(response.error));
  }

  private fail(reason: string): void {
    for (const waiting of this.waiting.values()) waiting.reject(new Error(reason));
    this.waiting.clear();
  }
}

export async function startCore(options: StartOptions = {}): Promise<RemoteCore> {
  const worker = options.worker ?? (new Worker(new URL("./worker_main.js", import.meta.url), { type: "module" }) as WorkerLike);
  const core = new RemoteCore(worker);
  await core.call("load", [options.languages ?? ["en"], options.root ?? ""]);
  return core;
}
