// One worker for everybody in a page who asks: each has a line of its own to it, so that several editors share one
// core. The worker starts with the first line and ends soon after the last is hung up.

/** What travels to the worker; `request` null: the line is hung up. */
export interface LineRequest<Request> {
  readonly line: number;
  readonly request: Request | null;
}
export interface LineReply<Reply> {
  readonly line: number;
  readonly reply: Reply;
}

/** Looks like a Worker to whoever holds it. */
export interface Line<Request, Reply> {
  postMessage(request: Request): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

const LINGER_MS = 1_000; // another rule, another language, an element moved in its page: the core is wanted again

export class Switchboard<Request, Reply> {
  private readonly lines = new Map<number, Line<Request, Reply>>();
  private worker: Worker | null = null;
  private newest = 0;
  private ending: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: () => Worker) {}

  open(): Line<Request, Reply> {
    clearTimeout(this.ending);
    const worker = (this.worker ??= this.started());
    const id = ++this.newest;
    const line: Line<Request, Reply> = {
      onmessage: null,
      onerror: null,
      postMessage: (request) => worker.postMessage({ line: id, request } satisfies LineRequest<Request>),
      terminate: () => this.hangUp(id, worker),
    };
    this.lines.set(id, line);
    return line;
  }

  private started(): Worker {
    const worker = this.start();
    worker.onmessage = (event: MessageEvent<LineReply<Reply>>) => {
      const { line, reply } = event.data;
      this.lines.get(line)?.onmessage?.(new MessageEvent("message", { data: reply }));
    };
    worker.onerror = (event) => {
      for (const line of [...this.lines.values()]) line.onerror?.(event);
    };
    return worker;
  }

  private hangUp(id: number, worker: Worker): void {
    if (!this.lines.delete(id)) return;
    worker.postMessage({ line: id, request: null } satisfies LineRequest<Request>);
    if (this.lines.size > 0) return;
    this.ending = setTimeout(() => {
      worker.terminate();
      this.worker = null;
    }, LINGER_MS);
  }
}

/** The worker's end of a line. */
export interface Session<Request> {
  receive(request: Request): void;
  close(): void;
}

interface Protocol {
  readonly request: unknown;
  readonly reply: unknown;
}

/** The worker's side: `open` is called at a line's first request. */
export function serveLines<P extends Protocol>(
  open: (tell: (reply: P["reply"]) => void) => Session<P["request"]>,
): void {
  const sessions = new Map<number, Session<P["request"]>>();
  self.addEventListener("message", ({ data }: MessageEvent<LineRequest<P["request"]>>) => {
    const { line, request } = data;
    const session =
      sessions.get(line) ??
      open((reply) => self.postMessage({ line, reply } satisfies LineReply<P["reply"]>));
    if (request === null) {
      session.close();
      sessions.delete(line);
      return;
    }
    sessions.set(line, session);
    session.receive(request);
  });
}
