// Starts `recado serve` on a free port with a store of its own, and talks to it; every answer is held against /openapi.json.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultsOf } from "./openapi_check.mjs";

const bin = process.env.RECADO_BIN;

/** What the program prints until a line matches; rejects where it ends before. */
function untilPrinted(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    let complaint = "";
    child.stderr.on("data", (piece) => (complaint += piece));
    child.on("exit", (code) => reject(new Error(`recado ended with ${code}: ${complaint}`)));
  });
}

export class Service {
  #openapi;
  faults = [];

  static async start({ demo = true, args = [], listen = "127.0.0.1:0", folder = mkdtempSync(join(tmpdir(), "recado-")) } = {}) {
    const service = new Service();
    service.folder = folder;
    service.store = join(folder, "recado.db");
    const flags = ["serve", "--listen", listen, "--store", service.store, ...(demo ? ["--demo"] : []), ...args];
    service.child = spawn(bin, flags, { stdio: ["ignore", "pipe", "pipe"] });
    const [, url] = await untilPrinted(service.child, /listens on (\S+)\n/);
    service.url = url;
    service.port = Number(new URL(url).port);
    return service;
  }

  token(role) {
    return execFileSync(bin, ["token", "create", "--role", role, "--store", this.store], { encoding: "utf8" }).trim();
  }

  /** One request; the answer's status and body must be what /openapi.json says. */
  async call(method, path, { token = this.admin, body, headers = {}, type = "application/json" } = {}) {
    const sent = { ...headers };
    if (token) sent.authorization = `Bearer ${token}`;
    if (body !== undefined && type) sent["content-type"] = type;
    const payload = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await fetch(this.url + path, { method, headers: sent, body: payload, redirect: "manual" });
    const text = await response.text();
    const json = /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined;
    this.#openapi ??= await (await fetch(`${this.url}/openapi.json`)).json();
    for (const fault of faultsOf(this.#openapi, method, path, response, json)) {
      this.faults.push(`${method} ${path} → ${response.status}: ${fault}`);
    }
    return { status: response.status, json, text, headers: response.headers };
  }

  /** Asks again until `done` says so; the service has ten seconds. */
  async until(path, done) {
    const end = Date.now() + 10_000;
    for (;;) {
      const answer = await this.call("GET", path);
      if (done(answer.json)) return answer.json;
      if (Date.now() > end) throw new Error(`waited in vain for ${path}: ${answer.text.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** SIGTERM; milliseconds until it has ended, and its exit code. */
  async stop(signal = "SIGTERM") {
    const begin = performance.now();
    const ended = new Promise((resolve) => this.child.on("exit", (code) => resolve(code)));
    this.child.kill(signal);
    const code = await ended;
    return { code, ms: performance.now() - begin };
  }

  clean() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
