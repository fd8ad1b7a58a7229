// The real service with its demo, on a free port and a store of its own that is thrown away.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const BINARY = process.env.RECADO_BIN ?? new URL("../../../build/recado", import.meta.url).pathname;
const START_MS = 30_000; // until it has printed its sign-in link
const STOP_MS = 10_000; // it promises 8 s

/** Resolves once both lines that `recado serve --demo` prints have come. */
function whereItListens(child) {
  return new Promise((resolve, reject) => {
    const found = {};
    const timer = setTimeout(() => reject(new Error("the service did not say where it listens")), START_MS);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      found.url ??= /^Recado listens on (\S+)/.exec(line)?.[1];
      found.link ??= /^Sign in: (\S+)/.exec(line)?.[1];
      if (!found.url || !found.link) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}

export async function startService() {
  const folder = await mkdtemp(join(tmpdir(), "recado-page-"));
  const store = join(folder, "recado.db");
  const child = spawn(BINARY, ["serve", "--demo", "--listen", "127.0.0.1:0", "--store", store], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  child.stderr.on("data", (bytes) => log.push(bytes.toString()));
  const { url, link } = await whereItListens(child).catch((error) => {
    child.kill("SIGKILL");
    throw new Error(`${error.message}\n${log.join("")}`);
  });
  const made = await promisify(execFile)(BINARY, ["token", "create", "--role", "admin", "--store", store]);
  const token = made.stdout.trim();

  async function api(path, { method = "GET", body, headers = {} } = {}) {
    const response = await fetch(url + path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async function stop() {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  }

  return { url, link, token, api, stop };
}
