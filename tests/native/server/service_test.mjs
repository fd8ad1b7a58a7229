// Wire tests of the real program: sign-in, rules, events and their messages, bad input of every kind, limits, the end.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { after, before, test as unbounded } from "node:test";
import { Service } from "./service.mjs";

/** A test that hangs is a failure, not a wait. */
const test = (name, run) => unbounded(name, { timeout: 60_000 }, run);

let service;
before(async () => {
  service = await Service.start();
  service.admin = service.token("admin");
  service.viewer = service.token("viewer");
});
after(async () => {
  await service.stop("SIGKILL");
  service.clean();
});

// The same moment for the whole run: an event sent twice must be equal. Due now, whatever the clock says.
const at = new Date().toISOString();
const event = (id, more = {}) => ({
  id, type: "stage_changed", at, entity: "deal", entity_id: "D-7", pipeline: "sales", from: "new", to: "paid", ...more,
});

/** Sends raw bytes, resolves with everything that came back and how long it took. */
function raw(bytes, { end = false } = {}) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const socket = connect(service.port, "127.0.0.1", () => (end ? socket.end(bytes) : socket.write(bytes)));
    let text = "";
    socket.on("data", (piece) => (text += piece));
    socket.on("close", () => resolve({ text, ms: performance.now() - begin }));
    socket.on("error", reject);
  });
}

test("health, readiness and the description need no token", async () => {
  for (const path of ["/healthz", "/readyz", "/openapi.json"]) {
    assert.equal((await service.call("GET", path, { token: null })).status, 200, path);
  }
  assert.equal((await service.call("GET", "/metrics", { token: null })).status, 401);
  assert.match((await service.call("GET", "/metrics")).text, /^recado_messages_sent_total \d+$/m);
});

test("an event becomes an SMS and an e-mail in the sandbox", async () => {
  const answer = await service.call("POST", "/api/v1/events", { body: event("wire-1") });
  assert.deepEqual([answer.status, answer.json], [202, { accepted: 1, duplicates: 0 }]);
  const { messages } = await service.until("/api/v1/sandbox/messages", ({ messages }) => messages.length >= 2);
  assert.deepEqual(messages.map(({ channel }) => channel).sort(), ["email", "sms"]);
  const sms = messages.find(({ channel }) => channel === "sms");
  assert.equal(sms.to.address, "+380501234567");
  assert.match(sms.content.text, /^Hi Oleksandr, we have received/);
  const delivery = await service.until(`/api/v1/deliveries/${sms.key}`, ({ status }) => status === "accepted" || status === "delivered");
  assert.ok(delivery.timeline.length >= 2);
  assert.equal((await service.call("POST", "/api/v1/events", { body: event("wire-1") })).json.duplicates, 1);
});

test("events that were taken in are read as they came, by days and pages", async () => {
  for (const id of ["read-1", "read-2"]) await service.call("POST", "/api/v1/events", { body: event(id) });
  const read = async (query) => (await service.call("GET", `/api/v1/events?${query}`)).json;
  const all = (await read("limit=1000")).events;
  assert.deepEqual(all.slice(-2), [event("read-1"), event("read-2")]);
  const today = new Date().toISOString().slice(0, 10);
  assert.deepEqual((await read(`from=${today}&to=${today}&limit=1000`)).events, all);
  assert.deepEqual(await read("to=2020-01-01"), { events: [], next: null });
  assert.deepEqual(await read("from=2100-01-01"), { events: [], next: null });
  const first = await read("limit=1");
  assert.deepEqual(first.events, all.slice(0, 1));
  assert.deepEqual((await read(`limit=1&after=${first.next}`)).events, all.slice(1, 2));
  for (const [query, pointer] of [["from=yesterday", "/from"], ["to=2026-13-01", "/to"], ["limit=0", "/limit"], ["after=x", "/after"]]) {
    const { status, json } = await service.call("GET", `/api/v1/events?${query}`);
    assert.deepEqual([status, json.diagnostics[0].path], [400, pointer], query);
  }
  assert.equal((await service.call("GET", "/api/v1/events", { token: null })).status, 401);
});

test("records are found by words of theirs, and deliveries say what their item is called", async () => {
  const found = async (q) => (await service.call("GET", `/api/v1/records/deal?q=${encodeURIComponent(q)}`)).json;
  assert.deepEqual((await found("KOVALENKO bike")).records.map(({ id }) => id), ["D-7"]);
  assert.deepEqual((await found("050 123-45 67")).records.map(({ id }) => id), ["D-7"]);
  assert.deepEqual(await found("first_name"), { records: [], next: null });
  assert.equal((await found(" ")).records.length, (await service.call("GET", "/api/v1/records/deal")).json.records.length);
  const { deliveries } = (await service.call("GET", "/api/v1/deliveries?entity_id=D-7")).json;
  assert.ok(deliveries.length > 0);
  for (const { item } of deliveries) assert.deepEqual(item, { title: "Mountain bike", client: "Oleksandr Kovalenko" });
});

test("the stream tells of a delivery while it happens", async () => {
  const controller = new AbortController();
  const response = await fetch(`${service.url}/api/v1/stream`, { headers: { authorization: `Bearer ${service.admin}` }, signal: controller.signal });
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  await service.call("POST", "/api/v1/events", { body: event("wire-stream", { entity_id: "D-5" }) });
  let text = "";
  for await (const piece of response.body) {
    text += Buffer.from(piece).toString();
    if (/event: sandbox/.test(text) && /"status":"accepted"/.test(text)) break;
  }
  assert.match(text, /^id: [0-9a-f]+-\d+\nevent: delivery\ndata: \{/m);
  controller.abort();
});

test("bad events, each with a clear answer", async (t) => {
  const good = JSON.stringify(event("bad"));
  const rows = [
    ["invalid JSON", "{broken", "application/json", 400, "invalid_json"],
    ["empty body", "", "application/json", 400, "invalid_json"],
    ["wrong type of a member", good.replace('"bad"', "7"), "application/json", 400, "wrong_type"],
    ["not an object", "[1]", "application/json", 400, "wrong_type"],
    ["missing member", "{}", "application/json", 400, "missing_member"],
    ["10,000 levels deep", "[".repeat(10_000) + "]".repeat(10_000), "application/json", 400, "json_too_deep"],
    ["10,000 objects deep", '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000), "application/json", 400, "json_too_deep"],
    ["invalid UTF-8", Buffer.concat([Buffer.from('{"id":"a'), Buffer.from([0xff]), Buffer.from('"}')]), "application/json", 400, "invalid_utf8"],
    ["a form", good, "application/x-www-form-urlencoded", 415, "media_type_unsupported"],
    ["a body over the limit", Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), "application/json", 413, "body_too_large"],
  ];
  for (const [name, body, type, status, code] of rows) {
    await t.test(name, async () => {
      const answer = await service.call("POST", "/api/v1/events", { body, type });
      assert.deepEqual([answer.status, answer.json.code], [status, code]);
      assert.ok(answer.json.detail.length > 10);
    });
  }
  await t.test("the same id with another body", async () => {
    await service.call("POST", "/api/v1/events", { body: event("conflict") });
    const answer = await service.call("POST", "/api/v1/events", { body: event("conflict", { to: "won" }) });
    assert.deepEqual([answer.status, answer.json.code], [409, "event_conflict"]);
  });
  await t.test("a bad line keeps the whole batch out", async () => {
    const lines = [event("line-1"), event("line-2")].map((one) => JSON.stringify(one));
    const refused = await service.call("POST", "/api/v1/events", { body: [lines[0], "{", lines[1]].join("\n"), type: "application/x-ndjson" });
    assert.deepEqual([refused.status, refused.json.line], [400, 2]);
    const taken = await service.call("POST", "/api/v1/events", { body: lines.join("\n"), type: "application/x-ndjson" });
    assert.deepEqual(taken.json, { accepted: 2, duplicates: 0 });
  });
});

test("bad rules, each with a diagnostic", async (t) => {
  const rule = (text, stage = "paid") => ({ id: "bad", on: { entity: "deal", pipeline: "sales", stage }, action: { type: "send_sms", text, phone_type: "auto", provider: "sms-main" } });
  const rows = [
    ["unknown stage", rule("Hi", "nowhere"), "unknown_stage"],
    ["unknown variable", rule("{{ contact.frist_name }}"), "unknown_variable"],
    ["template over 64 kB", rule("x".repeat(64 * 1024 + 1)), null],
    ["10,000 blocks deep", rule("{% if a %}".repeat(5_000)), null],
    ["wrong type", { ...rule("Hi"), enabled: "yes" }, "wrong_type"],
  ];
  for (const [name, body, code] of rows) {
    await t.test(name, async () => {
      const answer = await service.call("PUT", "/api/v1/rules/bad", { body });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json.published_revision, null);
      const errors = answer.json.diagnostics.filter(({ severity }) => severity === "error").map((one) => one.code);
      assert.ok(code ? errors.includes(code) : errors.length > 0, JSON.stringify(errors));
    });
  }
  await t.test("endless loop ends as a skip, not as a hang", async () => {
    const loop = rule("{% for i in (1..1000000) %}{% for j in (1..1000000) %}{% endfor %}{% endfor %}x", "lost");
    await service.call("PUT", "/api/v1/rules/loop", { body: { ...loop, id: "loop" } });
    await service.call("POST", "/api/v1/records/deal/D-5/move", { body: { stage: "lost" } });
    const page = await service.until("/api/v1/deliveries?rule=loop", ({ deliveries }) => deliveries.some(({ status }) => status === "skipped"));
    assert.equal(page.deliveries[0].reason, "template_error");
    await service.call("DELETE", "/api/v1/rules/loop");
  });
});

test("who may what", async () => {
  const body = event("nobody");
  assert.equal((await service.call("POST", "/api/v1/events", { body, token: null })).json.code, "sign_in_required");
  assert.equal((await service.call("POST", "/api/v1/events", { body, token: "recado_wrong" })).json.code, "token_refused");
  assert.equal((await service.call("POST", "/api/v1/events", { body, token: service.viewer })).json.code, "role_insufficient");
  assert.equal((await service.call("GET", "/api/v1/rules", { token: service.viewer })).status, 200);
});

test("nothing outside the page's folder is served", async () => {
  for (const target of ["/../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/core/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/assets/..\\..\\etc\\passwd"]) {
    const { text } = await raw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    assert.doesNotMatch(text, /root:/, target);
    assert.match(text, /^HTTP\/1\.1 (404|400|200) /, target); // 200: the page itself, at one of its own addresses
  }
});

test("slow and malformed senders are bounded", async () => {
  const [slow, garbage, header] = await Promise.all([
    raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "),
    raw("\x16\x03\x01\x02\x00\r\n\r\n"),
    raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"a".repeat(100_000)}\r\n\r\n`),
  ]);
  assert.match(slow.text, /^HTTP\/1\.1 408 /);
  assert.ok(slow.ms < 15_000, `${slow.ms} ms`);
  assert.match(garbage.text, /^HTTP\/1\.1 400 /);
  assert.match(header.text, /^HTTP\/1\.1 431 /);
});

test("a name that is not ours is not answered for", async () => {
  const { text } = await raw("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  assert.match(text, /^HTTP\/1\.1 421 /);
});

test("a rule is edited by two people", async () => {
  const first = await service.call("GET", "/api/v1/rules/welcome");
  const etag = first.headers.get("etag");
  const body = { ...first.json.rule, name: "Welcome!" };
  assert.equal((await service.call("PUT", "/api/v1/rules/welcome", { body, headers: { "if-match": etag } })).status, 200);
  assert.equal((await service.call("PUT", "/api/v1/rules/welcome", { body, headers: { "if-match": etag } })).status, 412);
});

test("reads of everything are as described", async () => {
  const paths = ["rules", "rules/welcome", "rules/welcome/revisions", "provider-kinds", "providers", "providers/mail-main", "pause", "schema", "workspace", "records/deal", "records/deal/D-1", "records/deal/D-7/timeline", "deliveries", "sandbox/messages", "files", "files/catalog.pdf", "suppressions", "session", "tokens", "audit", "imports", "statistics?by=rule", "users", "customers/export?contact=C-1"];
  for (const path of paths) assert.equal((await service.call("GET", `/api/v1/${path}`)).status, 200, path);
});

test("every answer of this run was as /openapi.json describes it", () => {
  assert.deepEqual(service.faults, []);
});

test("the port in use is said in a plain sentence", () => {
  const second = spawnSync(process.env.RECADO_BIN, ["serve", "--listen", `127.0.0.1:${service.port}`, "--store", `${service.folder}/other.db`], { encoding: "utf8" });
  assert.equal(second.status, 1);
  assert.match(second.stderr, /Another program already listens on 127\.0\.0\.1:/);
});

test("SIGTERM ends it in time with streams and slow requests open, and what was accepted is still there", async () => {
  const own = await Service.start();
  own.admin = own.token("admin");
  const stream = fetch(`${own.url}/api/v1/stream`, { headers: { authorization: `Bearer ${own.admin}` } });
  await stream;
  const half = connect(own.port, "127.0.0.1", () => half.write("POST /api/v1/events HTTP/1.1\r\n"));
  half.on("error", () => {});
  await own.call("POST", "/api/v1/events", { body: event("before-the-end") });
  const { code, ms } = await own.stop();
  assert.equal(code, 0);
  assert.ok(ms < 8_000, `${ms} ms`);
  const again = await Service.start({ folder: own.folder });
  again.admin = again.token("admin");
  assert.equal((await again.call("POST", "/api/v1/events", { body: event("before-the-end") })).json.duplicates, 1);
  await again.stop();
  again.clean();
});

test("the sign-in link works once", async () => {
  const own = await Service.start({ demo: true });
  own.child.stdout.removeAllListeners();
  await own.stop();
  const { spawn } = await import("node:child_process");
  const child = spawn(process.env.RECADO_BIN, ["serve", "--listen", "127.0.0.1:0", "--store", own.store, "--demo"]);
  let text = "";
  const link = await new Promise((resolve) => child.stdout.on("data", (piece) => {
    text += piece;
    const match = /^Sign in: (\S+)$/m.exec(text);
    if (match) resolve(match[1]);
  }));
  const first = await fetch(link, { redirect: "manual" });
  assert.equal(first.status, 303);
  const cookie = first.headers.get("set-cookie");
  assert.match(cookie, /HttpOnly; SameSite=Strict/);
  const session = await fetch(new URL("/api/v1/session", link), { headers: { cookie: cookie.split(";")[0] } });
  assert.equal((await session.json()).role, "admin");
  assert.equal((await fetch(link, { redirect: "manual" })).status, 401);
  child.kill("SIGTERM");
  await new Promise((resolve) => child.on("exit", resolve));
  own.clean();
});
