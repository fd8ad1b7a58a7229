// The npm package as somebody gets it: packed by npm, unpacked again.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const DIST = new URL("../../../wasm/dist/", import.meta.url).pathname;

export async function unpackPackage() {
  const folder = await mkdtemp(join(tmpdir(), "recado-package-"));
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: DIST });
  await run("tar", ["-xzf", join(folder, stdout.trim().split("\n").at(-1)), "-C", folder]);
  return {
    root: join(folder, "package"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
