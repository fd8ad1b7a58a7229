// A file that the browser keeps for the user: records to judge rules on, events to run them over. It stays on this
// machine; the service never sees it.

const DATABASE = "recado";
const STORE = "files";

export type KeptName = "records" | "events";

export interface KeptFile {
  readonly name: string;
  readonly file: Blob;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise<T>((resolve, reject) => {
    const request = act(database.transaction(STORE, mode).objectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  }).finally(() => database.close());
}

/** Null where nothing is kept, or the browser keeps nothing (private windows). */
export async function keptFile(name: KeptName): Promise<KeptFile | null> {
  const found: unknown = await run("readonly", (store) => store.get(name) as IDBRequest<unknown>).catch(
    () => null,
  );
  return (found ?? null) as KeptFile | null;
}

export async function keepFile(name: KeptName, file: File): Promise<KeptFile> {
  const kept: KeptFile = { name: file.name, file };
  await run("readwrite", (store) => store.put(kept, name)).catch(() => undefined);
  return kept;
}

export async function forgetFile(name: KeptName): Promise<void> {
  await run("readwrite", (store) => store.delete(name)).catch(() => undefined);
}
