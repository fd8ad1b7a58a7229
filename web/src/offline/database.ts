// What the page keeps in this browser for the time without a connection: answers of the service that it saw last, and
// edits that wait to be sent. A browser that keeps nothing (a private window) behaves like one that has nothing yet.

const DATABASE = "recado-offline";

/** Answers by their path; how large each is and when it came, apart, so that it can be reckoned without reading them. */
export type StoreName = "answers" | "sizes" | "outbox";

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("answers", { keyPath: "path" });
      request.result.createObjectStore("sizes", { keyPath: "path" });
      request.result.createObjectStore("outbox", { keyPath: "id" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
  opened.catch(() => (opened = null));
  return opened;
}

export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

/** One transaction; resolves when it is on disk. */
export async function transact<T>(
  names: readonly StoreName[],
  mode: IDBTransactionMode,
  act: (store: (name: StoreName) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const transaction = (await open()).transaction([...names], mode);
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
  });
  const [result] = await Promise.all([act((name) => transaction.objectStore(name)), done]);
  return result;
}
