/** What runs inside the worker: requests in, answers out, in order. */
import { Dispatcher } from "./dispatcher.js";
import type { Request, Response } from "./protocol.js";

/** The few members of a worker's global scope used here; TypeScript's DOM and worker libraries exclude each other. */
interface WorkerScope {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(message: Response): void;
}

const scope = globalThis as unknown as WorkerScope;
const dispatcher = new Dispatcher();
let last: Promise<void> = Promise.resolve();

scope.onmessage = (event) => {
  // One after another: a call must not overtake the load or the addLanguage before it.
  last = last.then(async () => scope.postMessage(await dispatcher.answer(event.data)));
};
