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

/** `page`: another folder of the page than the one that was built. */
export async function startService({ page } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "recado-page-"));
  const store = join(folder, "recado.db");
  const begin = async (address) => {
    const more = page ? ["--page", page] : [];
    const args = ["serve", "--demo", "--listen", address, "--store", store, ...more];
    const started = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    const log = [];
    started.stderr.on("data", (bytes) => log.push(bytes.toString()));
    const found = await whereItListens(started).catch((error) => {
      started.kill("SIGKILL");
      throw new Error(`${error.message}\n${log.join("")}`);
    });
    return { child: started, ...found };
  };
  const end = async (running) => {
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    const timer = setTimeout(() => running.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  let { child, url, link } = await begin("127.0.0.1:0");
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
    if (child) await end(child);
    await rm(folder, { recursive: true, force: true });
  }

  /** Out of reach for a while; then on the same store, at the same address. */
  async function pause() {
    await end(child);
    child = null;
  }
  async function resume() {
    ({ child } = await begin(new URL(url).host));
  }

  return { url, link, token, api, pause, resume, stop };
}
