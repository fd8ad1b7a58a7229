// Where the addresses of providers may lead: `--private-networks`, from the command line to the socket.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test as unbounded } from "node:test";
import { Service } from "./service.mjs";

const test = (name, run) => unbounded(name, { timeout: 60_000 }, run);

let gateway, connections;

before(async () => {
  gateway = createServer((request, response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  gateway.on("connection", () => ++connections);
  await new Promise((resolve) => gateway.listen(0, "127.0.0.1", resolve));
});
after(() => gateway.close());

/** The answers to test messages through providers whose address is this machine's own. */
async function testMessages(kinds, args) {
  connections = 0;
  const service = await Service.start({ demo: false, args });
  service.admin = service.token("admin");
  const { port } = gateway.address();
  const all = {
    web: [{ kind: "http_sms", settings: { base_url: `http://localhost:${port}`, path: "/send", method: "POST", body: "{{ text }}" }, secrets: {} }, "+4915112345678"],
    mail: [{ kind: "smtp", settings: { url: `smtp://127.0.0.1:${port}`, mailboxes: [{ address: "sales@shop.example" }] }, secrets: {} }, "ana@shop.example"],
  };
  const outcomes = [];
  for (const id of kinds) {
    const [provider, to] = all[id];
    assert.equal((await service.call("PUT", `/api/v1/providers/${id}`, { body: provider })).status, 200);
    const { json } = await service.call("POST", `/api/v1/providers/${id}/test`, { body: { to } });
    outcomes.push(json);
  }
  assert.deepEqual(service.faults, []);
  await service.stop("SIGKILL");
  service.clean();
  return outcomes;
}

for (const [networks, why] of [["none", "no private network is allowed"], ["10.20.0.0/16, 192.168.7.0/24", "only others are"]]) {
  test(`where ${why}, no connection to this machine is opened and the answer says why`, async () => {
    for (const outcome of await testMessages(["web", "mail"], ["--private-networks", networks])) {
      assert.equal(outcome.outcome, "refused", JSON.stringify(outcome));
      assert.match(outcome.text, /private-networks/);
    }
    assert.equal(connections, 0);
  });
}

test("where this machine is named, the gateway is asked", async () => {
  const [web] = await testMessages(["web"], ["--private-networks", "127.0.0.0/8, ::1"]);
  assert.equal(web.outcome, "accepted", JSON.stringify(web));
  assert.ok(connections > 0);
});
