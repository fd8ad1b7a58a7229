/** Getting the package's files: by fetch in a browser or worker, from disk in Node. */
import type { Locate } from "./index.js";

export async function readFile(file: string, locate: Locate): Promise<Uint8Array> {
  const place = await locate(file);
  if (place instanceof Uint8Array) return place;
  // Node's fetch does not read files, and the package is on disk there.
  const url = place instanceof URL ? place : new URL(place, import.meta.url);
  if (url.protocol === "file:") {
    const { readFile: read } = await import("node:fs/promises");
    return read(url);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Could not load ${url.href}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
