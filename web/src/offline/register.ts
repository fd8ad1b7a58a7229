// Keeping the page in the browser, and changing to a newer version of it when the user wants to.

import { signal } from "@preact/signals";

/** A newer version is there and waits until this one is left. */
export const newVersion = signal(false);
/** Everything is here that the page needs without a connection. */
export const copyReady = signal(false);

const AFTER_START_MS = 2_000; // the first view has its files first
const LOOK_AGAIN_MS = 3_600_000;

let registration: ServiceWorkerRegistration | null = null;

function watch(worker: ServiceWorker | null): void {
  if (!worker) return;
  const look = (): void => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) newVersion.value = true;
    if (worker.state === "activated") copyReady.value = true;
  };
  look();
  worker.addEventListener("statechange", look);
}

async function register(): Promise<void> {
  const made = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  registration = made;
  for (const worker of [made.active, made.waiting, made.installing]) watch(worker);
  made.addEventListener("updatefound", () => watch(made.installing));
  setInterval(() => void made.update().catch(() => undefined), LOOK_AGAIN_MS);
}

/** Does nothing where there is no such thing: old browsers, plain HTTP, development. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const begin = (): void => {
    setTimeout(() => void register().catch(() => undefined), AFTER_START_MS);
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

/** Loads the page anew, in the version that waits. */
export function changeVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration?.waiting?.postMessage("take over");
}
