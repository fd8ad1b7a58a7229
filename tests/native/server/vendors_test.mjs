// Every SMS vendor from end to end: an event, the request as the vendor's server gets it, the vendor's call back, the delivery.
// The vendors' servers are small HTTP servers on loopback that answer as documented.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test as unbounded } from "node:test";
import { Service } from "./service.mjs";

const test = (name, run) => unbounded(name, { timeout: 60_000 }, run);

let service, vendor, base;
const requests = [];
let answer = () => [500, {}];

const freePort = () =>
  new Promise((resolve) => {
    const taken = createServer().listen(0, "127.0.0.1", () => {
      const { port } = taken.address();
      taken.close(() => resolve(port));
    });
  });

before(async () => {
  vendor = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      requests.push({ url: request.url, headers: request.headers, body });
      const [status, json] = answer(body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise((resolve) => vendor.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${vendor.address().port}`;
  // It prints the public address, so the port must be known before.
  const port = await freePort();
  service = await Service.start({ demo: false, listen: `127.0.0.1:${port}`, args: ["--public-url", "https://recado.example"] });
  service.url = `http://127.0.0.1:${port}`;
  service.admin = service.token("admin");
});
after(async () => {
  await service.stop("SIGKILL");
  service.clean();
  vendor.close();
});

const snapshot = {
  deal: { id: "D-1", title: "Bike", pipeline: "sales", stage: "paid" },
  contacts: [{ id: "C-1", first_name: "Ana", language: "pt-BR", phones: [{ type: "mobile", value: "+5511912345678" }], emails: [] }],
  workspace: { name: "Shop", default_region: "BR", language: "en", time_zone: "UTC", currency: "EUR" },
};

/** Sends one SMS over a provider so configured; resolves with what the vendor's server got and the delivery's key. */
async function send(kind, settings, secrets, answers) {
  answer = answers;
  const id = `p-${kind}`;
  const provider = { kind, settings: { base_url: base, ...settings }, secrets };
  const put = await service.call("PUT", `/api/v1/providers/${id}`, { body: provider });
  assert.equal(put.status, 200, put.text);
  const rule = {
    id: "r", on: { entity: "deal", pipeline: "sales", stage: "paid" }, timing: { run: "immediately" },
    action: { type: "send_sms", text: "Hi {{ contact.first_name }} & co", phone_type: "auto", provider: id },
  };
  const published = await service.call("PUT", "/api/v1/rules/r", { body: rule });
  // The provider is there as soon as that was answered: a rule may name it at once.
  assert.deepEqual([published.status, published.json.diagnostics.filter(({ severity }) => severity === "error")], [200, []]);
  const event = {
    id: `e-${kind}`, type: "stage_changed", at: new Date().toISOString(), entity: "deal", entity_id: `D-${kind}`, pipeline: "sales",
    from: "new", to: "paid", snapshot: { ...snapshot, deal: { ...snapshot.deal, id: `D-${kind}` } },
  };
  requests.length = 0;
  assert.equal((await service.call("POST", "/api/v1/events", { body: event })).status, 202);
  const path = `/api/v1/deliveries?entity=deal&entity_id=D-${kind}`;
  const { deliveries } = await service.until(path, ({ deliveries }) => ["accepted", "failed"].includes(deliveries[0]?.status));
  assert.equal(requests.length, 1, `${kind} was asked ${requests.length} times`);
  return { request: requests[0], key: deliveries[0].key, status: deliveries[0].status };
}

const called = async (url, init) => (await fetch(service.url + url.replace("https://recado.example", ""), init)).status;

const vendors = [
  {
    kind: "vonage", settings: { api_key: "a1", from: "Shop" }, secrets: { api_secret: "s" },
    answers: () => [200, { "message-count": "1", messages: [{ status: "0", "message-id": "M1" }] }],
    hook: ({ body }) => new URLSearchParams(body).get("callback"),
    report: (key) => ["", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ "client-ref": key, messageId: "M1", status: "delivered", "err-code": "0" }) }],
    becomes: "delivered",
  },
  {
    kind: "messagebird", settings: { originator: "Shop" }, secrets: { access_key: "k" },
    answers: () => [201, { id: "m1" }],
    hook: ({ body }) => JSON.parse(body).reportUrl,
    report: (key) => [`&id=m1&reference=${key}&status=delivery_failed&statusReason=unknown`, {}],
    becomes: "failed",
  },
  {
    kind: "infobip", settings: { from: "Shop" }, secrets: { api_key: "k" },
    answers: (body) => [200, { messages: [{ messageId: JSON.parse(body).messages[0].destinations[0].messageId, status: { groupId: 1, name: "PENDING" } }] }],
    hook: ({ body }) => JSON.parse(body).messages[0].webhooks.delivery.url,
    report: (key) => ["", { method: "POST", body: JSON.stringify({ results: [{ messageId: key, status: { groupId: 3, id: 5 } }] }) }],
    becomes: "delivered",
  },
  {
    kind: "smsapi", settings: { from: "Shop" }, secrets: { token: "t" },
    answers: () => [200, { count: 1, list: [{ id: "S1", status: "QUEUE" }] }],
    hook: ({ body }) => new URLSearchParams(body).get("notify_url"),
    report: () => ["&MsgId=S1&status=404", {}],
    becomes: "delivered",
  },
];

for (const { kind, settings, secrets, answers, hook, report, becomes } of vendors) {
  test(`${kind}: sent, accepted, and its report is believed only with the message's own token`, async () => {
    const { request, key, status } = await send(kind, settings, secrets, answers);
    assert.equal(status, "accepted");
    assert.match(decodeURIComponent(request.body), /Hi Ana & co/);
    const address = hook(request);
    const [query, init] = report(key);
    assert.equal(await called(address.replace(/token=[^&]*/, "token=guessed") + query, init), 403);
    assert.equal((await service.call("GET", `/api/v1/deliveries/${key}`)).json.status, "accepted");
    assert.equal(await called(address + query, init), 200);
    // On disk before the vendor hears 200: there is nothing to wait for.
    assert.equal((await service.call("GET", `/api/v1/deliveries/${key}`)).json.status, becomes);
  });
}

test("http_sms: a gateway described by its settings", async () => {
  const settings = {
    path: "/sms", headers: { "Content-Type": "application/json", "X-Key": "{{ secret.token }}" },
    body: '{"to":"{{ number }}","text":"{{ text }}"}', success: { pointer: "/status", value: "queued" }, reference: "/id",
  };
  const { request, key, status } = await send("http_sms", settings, { token: "t" }, () => [200, { status: "queued", id: 7 }]);
  assert.equal(status, "accepted");
  assert.equal(request.headers["x-key"], "t");
  assert.deepEqual(JSON.parse(request.body), { to: "5511912345678", text: "Hi Ana & co" });
  assert.equal((await service.call("GET", `/api/v1/deliveries/${key}`)).json.reference, "7");
});

test("edna: the account's address is shown to administrators alone", async () => {
  const body = { kind: "edna", settings: { cascade_id: 1 }, secrets: { api_key: "k" } };
  assert.equal((await service.call("PUT", "/api/v1/providers/p-edna", { body })).status, 200);
  const shown = await service.until("/api/v1/providers/p-edna", ({ hook_url }) => hook_url !== undefined);
  assert.match(shown.hook_url, /^https:\/\/recado\.example\/hooks\/p-edna\/status\?key=account&token=/);
  const viewer = { token: service.token("viewer") };
  assert.equal((await service.call("GET", "/api/v1/providers/p-edna", viewer)).json.hook_url, undefined);
  const { providers } = (await service.call("GET", "/api/v1/providers", viewer)).json;
  assert.ok(providers.every(({ hook_url }) => hook_url === undefined));
});

test("calls to providers that are not there are refused", async () => {
  assert.equal(await called("/hooks/nobody/status", { method: "POST", body: "{}" }), 403);
  assert.equal(await called("/hooks/p-vonage/status", { method: "POST", body: "{" }), 403);
  assert.equal(await called("/hooks/p-vonage", { method: "POST", body: "{}" }), 404);
});

test("every answer of this run was as /openapi.json describes it", () => {
  assert.deepEqual(service.faults, []);
});
