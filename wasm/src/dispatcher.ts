/** The worker's side of the protocol, apart from the worker: takes a request, answers it. Testable without a thread. */
import type { Core, CoverageHandle, SnapshotHandle } from "./core.js";
import { loadCore } from "./index.js";
import type { Answer, CallName, Request, Response } from "./protocol.js";

export class Dispatcher {
  private core: Core | undefined;
  private readonly snapshots = new Map<number, SnapshotHandle>();
  private readonly coverages = new Map<number, CoverageHandle>();
  private nextHandle = 1;

  async answer(request: Request): Promise<Response> {
    try {
      return { id: request.id, ok: true, answer: await this.run(request) };
    } catch (error) {
      return { id: request.id, ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  }

  private async run(request: Request): Promise<Answer<CallName>> {
    if (request.call === "load") {
      const [languages, root] = request.args;
      this.core = await loadCore(root === "" ? { languages } : { languages, locate: (file) => new URL(file, root) });
      return null;
    }
    if (!this.core) throw new Error("The core is not loaded yet.");
    return this.runLoaded(this.core, request);
  }

  private async runLoaded(core: Core, request: Exclude<Request, { call: "load" }>): Promise<Answer<CallName>> {
    switch (request.call) {
      case "addLanguage":
        await core.addLanguage(...request.args);
        return null;
      case "versions":
        return core.versions();
      case "countSms":
        return core.countSms(...request.args);
      case "countSmsMany":
        return core.countSmsMany(...request.args);
      case "render":
        return core.render(...request.args);
      case "validateRule":
        return core.validateRule(...request.args);
      case "plan":
        return core.plan(...request.args);
      case "simulate":
        return core.simulate(...request.args);
      case "coverage":
        return core.coverage(...request.args);
      case "openCoverage": {
        const handle = this.nextHandle++;
        this.coverages.set(handle, core.openCoverage(...request.args));
        return { handle };
      }
      case "addToCoverage":
        this.coverage(request.args[0]).add(...request.args[1]);
        return null;
      case "coverageResult":
        return this.coverage(request.args[0]).result();
      case "closeCoverage":
        this.coverage(request.args[0]).close();
        this.coverages.delete(request.args[0]);
        return null;
      case "openSnapshot": {
        const snapshot = core.openSnapshot(...request.args);
        const handle = this.nextHandle++;
        this.snapshots.set(handle, snapshot);
        return { handle, diagnostics: snapshot.diagnostics };
      }
      case "preview":
        return this.snapshot(request.args[0]).preview(request.args[1], request.args[2]);
      case "analyse":
        return this.snapshot(request.args[0]).analyse(request.args[1], request.args[2]);
      case "renderSnapshot":
        return this.snapshot(request.args[0]).render(request.args[1], request.args[2]);
      case "closeSnapshot":
        this.snapshot(request.args[0]).close();
        this.snapshots.delete(request.args[0]);
        return null;
    }
  }

  private coverage(handle: number): CoverageHandle {
    const coverage = this.coverages.get(handle);
    if (!coverage) throw new Error("This coverage is closed.");
    return coverage;
  }

  private snapshot(handle: number): SnapshotHandle {
    const snapshot = this.snapshots.get(handle);
    if (!snapshot) throw new Error("This snapshot is closed.");
    return snapshot;
  }
}
