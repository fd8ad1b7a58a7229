/**
 * `@recado/core`: Recado's rules, templates and SMS counting, as in the service that sends.
 *
 *   import { loadCore } from "@recado/core";
 *   const core = await loadCore({ languages: ["en", "pt"] });
 *   core.countSms("Grüße aus Köln").segments; // 1
 *
 * Runs in a browser, a worker and Node 18 and later. In a page, prefer `@recado/core/worker`, which has the same calls returning promises.
 */
import { Core } from "./core.js";
import { readFile } from "./files.js";
import type { ModuleFactory, NativeCore } from "./native.js";
import type { Diagnostic } from "./types.js";

export { CompiledTemplate, Core, CoverageHandle, SnapshotHandle } from "./core.js";
export type * from "./types.js";

/** Names of the files the package is made of: `recado_core.wasm`, `data/tables.dat`, `data/base.dat`, `data/de.dat`, … */
export type Locate = (file: string) => string | URL | Uint8Array | Promise<Uint8Array>;

export interface LoadOptions {
  /** Where the files are. Unless given they are beside this module, in Node too. */
  readonly locate?: Locate;
  /** Base tags to load at once; `["en"]` unless given. */
  readonly languages?: readonly string[];
}

/** Loads the module, its tables, its base data and the languages. Rejects with an Error that says which file failed and why. */
export async function loadCore(options: LoadOptions = {}): Promise<Core> {
  const locate: Locate = options.locate ?? ((file) => new URL(`./${file}`, import.meta.url));
  const languages = options.languages ?? ["en"];
  const wanted = ["recado_core.wasm", "data/tables.dat", "data/base.dat", ...languages.map((base) => `data/${base}.dat`)];
  const [binary, tables, base, ...packages] = await Promise.all(wanted.map((file) => readFile(file, locate)));
  const factory = (await import("./recado_core.js")) as { default: ModuleFactory };
  const native = await factory.default({ wasmBinary: binary! });
  place(native, tables!, (address, bytes) => native.loadTables(address, bytes));
  place(native, base!, (address, bytes) => native.loadBaseData(address, bytes));
  const loaded = new Map<string, Promise<void>>();
  const add = (language: string, bytes: Uint8Array): void =>
    place(native, bytes, (address, size) => native.loadLanguageData(language, address, size));
  languages.forEach((language, index) => {
    if (loaded.has(language)) return;
    add(language, packages[index]!);
    loaded.set(language, Promise.resolve());
  });
  return new Core(native, (language) => {
    const known = loaded.get(language) ?? readFile(`data/${language}.dat`, locate).then((bytes) => add(language, bytes));
    loaded.set(language, known);
    known.catch(() => loaded.delete(language)); // so that a later try can succeed
    return known;
  });
}

/** Copies a data package into the module's memory and has it loaded. */
function place(native: NativeCore, bytes: Uint8Array, load: (address: number, bytes: number) => string): void {
  const address = native.allocateData(bytes.byteLength);
  native.HEAPU8.set(bytes, address);
  const [fault] = JSON.parse(load(address, bytes.byteLength)) as Diagnostic[];
  if (fault) throw new Error(fault.message);
}
