// The way back from the customer, from end to end over loopback: words, the list, mails that offer the way out, clicks, limits,
// invitations to a bot, chats, tests. The vendors' servers are small servers that answer as documented.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { after, before, test as unbounded } from "node:test";
import { Service } from "./service.mjs";

const test = (name, run) => unbounded(name, { timeout: 60_000 }, run);
const publicUrl = "https://recado.example";

let service, vendor, base, mailServer;
const requests = [];
const mails = [];
let answer = () => [500, {}];
let refuseRecipient = null;

const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** A mail server that takes every mail, or refuses the recipient with `refuseRecipient`. */
function startMailServer() {
  return createTcpServer((socket) => {
    let data = null;
    let rest = "";
    socket.on("error", () => {});
    socket.write("220 mail.example ESMTP\r\n");
    socket.on("data", (bytes) => {
      rest += bytes;
      for (let end; (end = rest.indexOf("\r\n")) >= 0; ) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line === ".") {
            mails.push(data);
            data = null;
            socket.write("250 2.0.0 Taken\r\n");
          } else data += `${line.replace(/^\.\./, ".")}\r\n`;
        } else if (/^EHLO/.test(line)) socket.write("250-mail.example\r\n250 8BITMIME\r\n");
        else if (/^RCPT/.test(line) && refuseRecipient) socket.write(`${refuseRecipient}\r\n`);
        else if (/^DATA/.test(line)) (data = ""), socket.write("354 Go on\r\n");
        else if (/^QUIT/.test(line)) socket.end("221 Bye\r\n");
        else socket.write("250 OK\r\n");
      }
    });
  });
}

before(async () => {
  vendor = createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("latin1");
      requests.push({ url: request.url, headers: request.headers, body });
      const [status, json] = answer(body, request);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  base = `http://127.0.0.1:${await listen(vendor)}`;
  mailServer = startMailServer();
  const mailPort = await listen(mailServer);
  const spare = createServer();
  const port = await listen(spare);
  await new Promise((resolve) => spare.close(resolve));
  service = await Service.start({ demo: false, listen: `127.0.0.1:${port}`, args: ["--public-url", publicUrl] });
  service.url = `http://127.0.0.1:${port}`;
  service.admin = service.token("admin");
  await put("workspace", { name: "Bike Shop", default_region: "DE", language: "en", time_zone: "Europe/Berlin", currency: "EUR" });
  const mailboxes = [{ address: "shop@shop.example", name: "Bike Shop" }];
  await put("providers/mail", { kind: "smtp", settings: { url: `smtp://127.0.0.1:${mailPort}`, mailboxes, tls: "never" }, secrets: { report_secret: "r" } });
  const account = { account_sid: `AC${"0".repeat(32)}`, from: "+4930123456", base_url: base };
  await put("providers/sms", { kind: "twilio", settings: account, secrets: { auth_token: "t" } });
  await put("providers/tg", {
    kind: "telegram", settings: { bot_username: "shop_bot", base_url: base }, secrets: { bot_token: "1:A", webhook_secret: "w" },
  });
  await put("providers/live", { kind: "live_chat", settings: {} });
});
after(async () => {
  await service.stop("SIGKILL");
  service.clean();
  vendor.close();
  mailServer.close();
});

async function put(path, body) {
  const answered = await service.call("PUT", `/api/v1/${path}`, { body });
  assert.equal(answered.status, 200, answered.text);
  const faults = (answered.json.diagnostics ?? []).filter(({ severity }) => severity === "error");
  assert.deepEqual(faults, []);
  return answered.json;
}

let events = 0;
/** An item enters `stage`; resolves with its newest delivery once that has ended. */
async function enter(stage, contact) {
  const id = `D-${++events}`;
  const event = {
    id: `e-${events}`, type: "stage_changed", at: new Date().toISOString(), entity: "deal", entity_id: id, pipeline: "sales",
    from: "new", to: stage,
    snapshot: { deal: { id, pipeline: "sales", stage }, contacts: [{ id: "C-1", first_name: "Ana", phones: [], emails: [], ...contact }] },
  };
  assert.equal((await service.call("POST", "/api/v1/events", { body: event })).status, 202);
  const ended = ({ deliveries: [first] }) => first && !["scheduled", "due", "in_flight"].includes(first.status);
  const { deliveries } = await service.until(`/api/v1/deliveries?entity=deal&entity_id=${id}`, ended);
  return deliveries[0];
}

const rule = (id, stage, action, more = {}) => put(`rules/${id}`, { id, on: { entity: "deal", pipeline: "sales", stage }, action, ...more });
const called = (path, init) => fetch(service.url + path, { redirect: "manual", ...init });
const why = async (address) => (await service.call("GET", `/api/v1/suppressions?address=${encodeURIComponent(address)}`)).json.suppressions;
const phone = (number) => ({ phones: [{ type: "mobile", value: number }] });

/** Twilio calls about a message that came in. */
function twilio(fields) {
  const target = "/hooks/sms/incoming";
  const signed = publicUrl + target + Object.keys(fields).sort().map((name) => name + fields[name]).join("");
  const signature = createHmac("sha1", "t").update(signed).digest("base64");
  return called(target, { method: "POST", body: new URLSearchParams(fields), headers: { "X-Twilio-Signature": signature } });
}
const received = (id, text, from) => ({ MessageSid: id, SmsStatus: "received", From: from, To: "+4930123456", Body: text });

test("STOP by SMS holds back what follows, START lets it go, and both are shown", async () => {
  answer = () => [201, { sid: "SM1", status: "queued" }];
  await rule("text", "paid", { type: "send_sms", text: "Hi", provider: "sms" });
  const number = "+4915112345678";
  const first = await enter("paid", phone(number));
  assert.equal(first.status, "accepted");
  assert.equal((await twilio(received("SM-in-1", "Stopp!", number))).status, 200);
  assert.deepEqual((await why(number)).map(({ channel, kind, by }) => [channel, kind, by]), [["sms", "stop_word", "customer"]]);
  const second = await enter("paid", phone(number));
  assert.deepEqual([second.status, second.reason, second.diagnostic.arguments.reason], ["skipped", "suppressed", "stop_word"]);
  // The vendor calls again with the old word after START: it does not count twice.
  await twilio(received("SM-in-2", "START", number));
  await twilio(received("SM-in-1", "Stopp!", number));
  assert.deepEqual(await why(number), []);
  assert.equal((await enter("paid", phone(number))).status, "accepted");
  const { incoming } = (await service.call("GET", "/api/v1/incoming")).json;
  assert.deepEqual(incoming.map(({ text, word }) => [text, word]), [["START", "start"], ["Stopp!", "stop"]]);
  const { timeline } = (await service.call("GET", `/api/v1/records/deal/${first.entity_id}/timeline`)).json;
  assert.ok(timeline.some(({ what, text }) => what === "incoming" && text === "Stopp!"));
});

test("a call without Twilio's signature changes nothing", async () => {
  const forged = await called("/hooks/sms/incoming", { method: "POST", body: new URLSearchParams(received("SM-x", "STOP", "+4915100000000")) });
  assert.equal(forged.status, 403);
  assert.deepEqual(await why("+4915100000000"), []);
});

test("a number that opted out at Twilio goes on the list", async () => {
  answer = () => [400, { code: 21610, message: "unsubscribed", status: 400 }];
  const number = "+4915122222222";
  assert.equal((await enter("paid", phone(number))).status, "failed");
  const [listed] = await why(number);
  assert.deepEqual([listed.kind, listed.by, listed.channel], ["unsubscribed", "system", "sms"]);
  const { entries } = (await service.call("GET", "/api/v1/audit")).json;
  assert.ok(entries.some(({ action, subject }) => action === "suppression.put" && subject === number));
});

const mail = { type: "send_email", from: "shop@shop.example", subject: "News", track_clicks: true,
  html: '<p><a href="https://shop.example/bikes?a=1&amp;b=2">Bikes</a> <a href="{{ unsubscribe_url }}">No more</a></p>' };
const inbox = (address, language = "de") => ({ language, emails: [{ type: "home", value: address }], consent: { marketing: true } });
const unfolded = (text) => text.replaceAll("=\r\n", "").replaceAll("=3D", "=");

test("marketing mails offer the way out by one click, and a link click is known", async () => {
  await rule("news", "news", mail, { transactional: false });
  const delivery = await enter("news", inbox("ana@example.com"));
  assert.equal(delivery.status, "accepted", JSON.stringify(delivery));
  const text = mails.at(-1);
  const [, way] = /^List-Unsubscribe: <https:\/\/recado\.example(\/u\/[^>]+)>\r$/m.exec(text) ?? assert.fail(text);
  assert.match(text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  const [, click] = /href="https:\/\/recado\.example(\/t\/[\w-]{32})"/.exec(unfolded(text)) ?? assert.fail(unfolded(text));
  assert.equal(unfolded(text).includes("shop.example/bikes"), false);

  const followed = await called(click);
  assert.deepEqual([followed.status, followed.headers.get("location")], [302, "https://shop.example/bikes?a=1&b=2"]);
  await service.until(`/api/v1/deliveries/${delivery.key}`, ({ timeline }) => timeline.some(({ what }) => what === "clicked"));
  // People see the author's own links.
  assert.match((await service.call("GET", `/api/v1/deliveries/${delivery.key}`)).json.content.html, /shop\.example\/bikes/);

  const page = await called(way);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<html lang="de">.*Soll <strong>ana@example\.com<\/strong>/s);
  assert.deepEqual(await why("ana@example.com"), []);
  const posted = await called(way, { method: "POST", body: "List-Unsubscribe=One-Click", headers: { "content-type": "application/x-www-form-urlencoded" } });
  assert.equal(posted.status, 200);
  assert.deepEqual((await why("ana@example.com")).map(({ channel, kind }) => [channel, kind]), [["email", "unsubscribed"]]);
  assert.equal((await enter("news", inbox("Ana@Example.com"))).reason, "suppressed");
});

test("other mails have no such header", async () => {
  await rule("receipt", "receipt", { ...mail, track_clicks: false });
  assert.equal((await enter("receipt", inbox("bea@example.com"))).status, "accepted");
  assert.doesNotMatch(mails.at(-1), /^List-Unsubscribe/m);
  assert.match(unfolded(mails.at(-1)), /shop\.example\/bikes/);
});

test("a mailbox that does not exist goes on the list, one that is full does not", async () => {
  refuseRecipient = "550 5.1.1 No such user";
  assert.equal((await enter("receipt", inbox("gone@example.com"))).status, "failed");
  refuseRecipient = "552 5.2.2 Mailbox full";
  assert.equal((await enter("receipt", inbox("full@example.com"))).status, "failed");
  refuseRecipient = null;
  assert.deepEqual((await why("gone@example.com")).map(({ kind }) => kind), ["hard_bounce"]);
  assert.deepEqual(await why("full@example.com"), []);
});

/** A mail server's report on the newest mail, as its administrator has it posted to the provider's address. */
async function report(part, fields, token) {
  const { hook_url } = (await service.call("GET", "/api/v1/providers/mail")).json;
  const id = /^Message-ID: (<.+>)\r$/m.exec(mails.at(-1))[1];
  const body = [
    "From: MAILER-DAEMON@mx.example", "Content-Type: multipart/report; boundary=b", "", "--b", `Content-Type: message/${part}`, "",
    ...fields, "", "--b", "Content-Type: text/rfc822-headers", "", `Message-ID: ${id}`, "", "--b--", "",
  ].join("\r\n");
  const path = hook_url.slice(publicUrl.length).replace(/token=.*/, (own) => token ?? own);
  return (await called(path, { method: "POST", body, headers: { "content-type": "message/rfc822" } })).status;
}
const statusOf = async ({ key }) => (await service.call("GET", `/api/v1/deliveries/${key}`)).json.status;

test("a mail that comes back later has failed, and its dead mailbox goes on the list", async () => {
  const bounced = await enter("receipt", inbox("later-gone@example.com"));
  assert.equal(bounced.status, "accepted");
  const status = ["Reporting-MTA: dns; mx.example", "", "Final-Recipient: rfc822; later-gone@example.com", "Action: failed", "Status: 5.1.1"];
  assert.equal(await report("delivery-status", status, "token=wrong"), 403);
  assert.equal(await statusOf(bounced), "accepted");
  assert.equal(await report("delivery-status", status), 200);
  assert.equal(await statusOf(bounced), "failed");
  assert.deepEqual((await why("later-gone@example.com")).map(({ kind }) => kind), ["hard_bounce"]);
});

test("who calls a mail spam gets none any more, whatever the mail's state is", async () => {
  const read = await enter("receipt", inbox("cross@example.com"));
  const delivered = ["Reporting-MTA: dns; mx.example", "", "Final-Recipient: rfc822; cross@example.com", "Action: delivered", "Status: 2.0.0"];
  assert.equal(await report("delivery-status", delivered), 200);
  assert.equal(await statusOf(read), "delivered");
  assert.equal(await report("feedback-report", ["Feedback-Type: abuse", "Version: 1"]), 200);
  assert.equal(await statusOf(read), "delivered");
  assert.deepEqual((await why("cross@example.com")).map(({ kind }) => kind), ["complaint"]);
  assert.equal((await enter("receipt", inbox("cross@example.com"))).reason, "suppressed");
});

test("a provider's day holds its limit", async () => {
  await put("providers/few", { kind: "sandbox", settings: { daily_limit: 2 } });
  await rule("few", "few", { type: "send_sms", text: "Hi", provider: "few" });
  const outcomes = [];
  for (let i = 0; i < 3; ++i) outcomes.push((await enter("few", phone(`+491513333333${i}`))).reason ?? "sent");
  assert.deepEqual(outcomes, ["sent", "sent", "limit_reached"]);
});

const update = (id, message) => called("/hooks/tg/update", {
  method: "POST", headers: { "X-Telegram-Bot-Api-Secret-Token": "w" },
  body: JSON.stringify({ update_id: id, message: { message_id: id, date: 1795340000, from: { id: 42, first_name: "Ana" }, chat: { id: 991, type: "private" }, ...message } }),
});

test("an invitation binds the chat, the first text makes it, and then it can be written to", async () => {
  answer = (body, { url }) => (url.includes("Messages.json") ? [201, { sid: "SM9", status: "queued" }] : [200, { ok: true, result: { message_id: 5 } }]);
  await rule("invite", "invite", { type: "invite_to_messenger", channel: "tg", provider: "sms", text: "Chat: {{ invite.link }}" });
  const customer = { id: "C-chat", ...phone("+4915144444444") };
  const invitation = await enter("invite", customer);
  const [, payload] = /https:\/\/t\.me\/shop_bot\?start=([\w-]{1,64})$/.exec(invitation.content.text) ?? assert.fail(invitation.content.text);
  await rule("chat", "chat", { type: "send_chat_message", text: "Hi {{ contact.first_name }}" });
  assert.equal((await enter("chat", customer)).reason, "no_chat");
  assert.equal((await update(1, { text: `/start ${payload}` })).status, 200);
  assert.equal((await enter("chat", customer)).reason, "no_chat");
  assert.equal((await update(2, { text: "Hello!" })).status, 200);
  requests.length = 0;
  assert.equal((await enter("chat", customer)).status, "accepted");
  assert.deepEqual(JSON.parse(requests[0].body), { chat_id: 991, text: "Hi Ana" });
  const { chats } = (await service.call("GET", "/api/v1/chats")).json;
  assert.deepEqual(chats.map(({ channel, chat, customer: whose }) => [channel, chat, whose]), [["tg", "991", "contact:C-chat"]]);

  assert.equal((await service.call("POST", "/api/v1/files?name=offer.pdf", { body: "%PDF-1.4 offer", type: "application/pdf" })).status, 201);
  await rule("chat", "chat", { type: "send_chat_message", text: "Our offer", attachments: [{ file: "offer.pdf" }] });
  requests.length = 0;
  assert.equal((await enter("chat", customer)).status, "accepted");
  assert.equal(requests[0].url, "/bot1:A/sendDocument");
  assert.match(requests[0].body, /name="caption"\r\n\r\nOur offer\r\n[^]*filename="offer\.pdf"\r\nContent-Type: application\/pdf\r\n\r\n%PDF-1\.4 offer\r\n/);
});

test("live chat keeps its messages here", async () => {
  const customer = { id: "C-live", chats: [{ channel: "live", id: "v-1", created: "2026-11-01T10:00:00Z" }] };
  await rule("chat", "chat", { type: "send_chat_message", text: "Hi {{ contact.first_name }}" });
  assert.equal((await enter("chat", customer)).status, "accepted");
  const { messages } = (await service.call("GET", "/api/v1/chats/v-1/messages?channel=live")).json;
  assert.deepEqual(messages.map(({ from, text }) => [from, text]), [["us", "Hi Ana"]]);
});

test("a report that knows only the vendor's id finds its message, even before the answer", async () => {
  const settings = { page_id: "99", base_url: base };
  await put("providers/fb", { kind: "messenger", settings, secrets: { access_token: "t", app_secret: "s" } });
  const report = async () => {
    const body = JSON.stringify({ object: "page", entry: [{ messaging: [{ delivery: { mids: ["m_1"] } }] }] });
    const signature = `sha256=${createHmac("sha256", "s").update(body).digest("hex")}`;
    assert.equal((await called("/hooks/fb/status", { method: "POST", body, headers: { "X-Hub-Signature-256": signature } })).status, 200);
  };
  // The report is there before the answer is.
  await report();
  answer = () => [200, { recipient_id: "7", message_id: "m_1" }];
  const customer = { id: "C-fb", chats: [{ channel: "fb", id: "7", created: "2026-11-01T10:00:00Z" }] };
  const { key } = await enter("chat", customer);
  await service.until(`/api/v1/deliveries/${key}`, ({ status }) => status === "delivered");
});

test("a provider is tested while everything is paused, and tells the vendor's answer", async () => {
  await service.call("POST", "/api/v1/pause");
  answer = () => [400, { code: 21211, message: "bad", status: 400 }];
  const refused = await service.call("POST", "/api/v1/providers/sms/test", { body: { to: "+4915155555555" } });
  assert.deepEqual([refused.status, refused.json.outcome, refused.json.text], [200, "refused", "Twilio 21211: the receiver's number is not valid"]);
  answer = () => [201, { sid: "SM7", status: "queued" }];
  const taken = await service.call("POST", "/api/v1/providers/sms/test", { body: { to: "+4915155555555", text: "Does it work?" } });
  assert.deepEqual([taken.json.outcome, taken.json.reference], ["accepted", "SM7"]);
  assert.equal(new URLSearchParams(requests.at(-1).body).get("Body"), "Does it work?");
  await service.call("POST", "/api/v1/resume");
});

test("every answer of this run was as /openapi.json describes it", () => {
  assert.deepEqual(service.faults, []);
});
