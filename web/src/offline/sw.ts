// The service worker: keeps the page's own files, the core and its language data, and gives them without asking the service.
// Data is not its business (answers.ts, outbox.ts). A version is a list of files with their hashes, written into this
// program when it is built; the browser takes every file by its hash, so that no two versions are ever mixed.

/// <reference lib="webworker" />

interface Version {
  readonly name: string;
  /** Path → hash as a Subresource Integrity value. */
  readonly files: Readonly<Record<string, string>>;
}

declare const RECADO_VERSION: Version; // scripts/precache.mjs

const worker = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = "recado ";
const AT_ONCE = 6; // files fetched side by side
/** Addresses of the page's views: all of them are index.html. */
const VIEWS = /^\/($|(rules|records|simulator|deliveries|sandbox|settings|inbox)(\/|$))/;

const current = PREFIX + RECADO_VERSION.name;
const paths = Object.keys(RECADO_VERSION.files);

/** What the version before has with the same hash is not fetched again. */
async function fill(cache: Cache, path: string, older: readonly Cache[]): Promise<void> {
  const integrity = RECADO_VERSION.files[path] ?? "";
  for (const each of older) {
    const had = await each.match(path);
    if (had?.headers.get("X-Recado-Hash") === integrity) return cache.put(path, had);
  }
  const response = await fetch(
    new Request(path, { integrity, cache: "no-cache", credentials: "same-origin" }),
  );
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const headers = new Headers(response.headers);
  headers.set("X-Recado-Hash", integrity);
  headers.delete("Content-Encoding"); // the body is unpacked by now
  headers.delete("Content-Length");
  await cache.put(path, new Response(response.body, { status: response.status, headers }));
}

async function install(): Promise<void> {
  const cache = await caches.open(current);
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== current);
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const left = [...paths];
  const work = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await fill(cache, path, older);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** The version before stays for views of it that are still open in other tabs; what is older goes. */
async function activate(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== current);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(current);
  return (await cache.match(path)) ?? (await caches.match(path)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && VIEWS.test(url.pathname)) event.respondWith(answer(request, "/"));
  else if (url.search === "" && (url.pathname in RECADO_VERSION.files || url.pathname.startsWith("/assets/")))
    event.respondWith(answer(request, url.pathname));
});
