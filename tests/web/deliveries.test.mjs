// Deliveries as whoever answers for them uses them: what was sent lately, one found again, a doubtful one settled, one not sent
// explained, one stopped and sent after all; and what a customer wrote, beside what was sent to it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { eventually } from "./support/eventually.mjs";
import { setScene } from "./support/scene.mjs";

/** A gateway that takes a message and breaks off before it answers. */
const broken = createServer((request) => request.resume().on("end", () => request.socket.destroy()));
await new Promise((resolve) => broken.listen(0, "127.0.0.1", resolve));
after(() => broken.close());

const ended = ({ status }) => !["scheduled", "due", "in_flight"].includes(status);

async function moved(api, id, stage, count) {
  await api(`/api/v1/records/deal/${id}/move`, { method: "POST", body: { stage } });
  return eventually(async () => {
    const { deliveries } = await api(`/api/v1/deliveries?entity_id=${id}`);
    return deliveries.length >= count && deliveries.every(ended) && deliveries;
  });
}

const scene = setScene({
  async prepare({ api }) {
    await moved(api, "D-1", "paid", 2);
    await moved(api, "D-10", "paid", 2); // without a phone number
  },
});
const deliveries = (query = "", options = {}) =>
  scene.open(`/deliveries${query}`, { ready: ".delivery-row", ...options });

test("the last days are plotted, in words and as a table too, and the numbers are the service's", async () => {
  const { page, complaints } = await deliveries();
  const { total, groups } = await scene.api("/api/v1/statistics");
  const sent = (total.counts.accepted ?? 0) + (total.counts.delivered ?? 0);
  await page.getByRole("img", { name: `Messages sent by day: ${sent} in all` }).waitFor();
  await page.getByRole("img", { name: "Failed by day: none." }).waitFor();
  const bars = page.locator(".plot-sent .plot-bar");
  assert.equal(await bars.count(), groups.length);
  await page.getByText("No prices are set").waitFor();
  await page.getByText("Show the numbers").focus();
  await page.keyboard.press("Enter");
  const row = page.getByRole("row").nth(1);
  const words = await row.innerText();
  assert.deepEqual(words.split(/\s*\t\s*/).slice(1), [
    String(sent),
    String(total.counts.skipped ?? 0),
    "0",
    "0",
    "",
  ]);
  assert.equal(await axeFaults(page), "");
  assert.deepEqual(complaints, []);
});

test("filters narrow the list, stand in the address and are taken back at once", async () => {
  const { page } = await deliveries();
  const all = await page.locator(".delivery-row").count();
  await page.getByLabel("State").selectOption("skipped");
  await page.getByLabel("Rule", { exact: true }).selectOption("payment-received");
  await page.locator(".delivery-row").nth(1).waitFor({ state: "detached" });
  assert.match(page.url(), /status=skipped&rule=payment-received/);
  assert.match(await page.locator(".delivery-row").innerText(), /Emily Clarke/); // by name, not by id
  await page.getByLabel("State").selectOption("failed");
  await page.getByText("No delivery fits these words and filters.").waitFor();
  await page.getByRole("button", { name: "Show everything" }).click();
  await page
    .locator(".delivery-row")
    .nth(all - 1)
    .waitFor();
  assert.match(page.url(), /\/deliveries$/);
});

test("why a customer got nothing is said in plain words", async () => {
  const { page } = await deliveries("?status=skipped");
  await page.locator(".delivery-row").first().click();
  const detail = page.getByRole("region", { name: "Delivery", exact: true });
  await detail.getByText("The client has no phone number.").waitFor();
  await detail.getByRole("button", { name: "Send again" }).waitFor();
  assert.equal(await axeFaults(page), "");
});

test("one that waits is stopped, and sent after all", async () => {
  await scene.api("/api/v1/records/deal/D-2/move", { method: "POST", body: { stage: "in_discussion" } });
  const { page } = await deliveries("?status=scheduled");
  await page.locator(".delivery-row").first().click();
  await page.getByRole("button", { name: "Do not send" }).click();
  const detail = page.getByRole("region", { name: "Delivery", exact: true });
  await detail.locator(".pill", { hasText: "Cancelled" }).waitFor();
  await detail.getByRole("button", { name: "Send again" }).click();
  await detail.locator(".pill", { hasText: /Sent|Delivered/ }).waitFor();
});

test("a person says what became of a message that nobody knows of", async () => {
  const { port } = broken.address();
  await scene.api("/api/v1/providers/sms-broken", {
    method: "PUT",
    body: {
      kind: "http_sms",
      settings: { base_url: `http://127.0.0.1:${port}`, path: "/", method: "POST", body: "{{ text }}" },
    },
  });
  const rule = {
    id: "doubtful",
    name: "Into the dark",
    on: { entity: "deal", pipeline: "sales", stage: "won" },
    policy: "at_most_once",
    action: { type: "send_sms", text: "Hello", phone_type: "auto", provider: "sms-broken" },
  };
  await scene.api("/api/v1/rules/doubtful", { method: "PUT", body: rule });
  await scene.api("/api/v1/records/deal/D-7/move", { method: "POST", body: { stage: "won" } });
  const { page, complaints } = await deliveries();
  await page.getByText("1 message may or may not have gone out").waitFor();
  await page.getByRole("button", { name: "Show them" }).click();
  await page.locator(".delivery-row", { hasText: "Into the dark" }).click();
  const detail = page.getByRole("region", { name: "Delivery", exact: true });
  await detail.getByText("Was it sent?").waitFor();
  for (const name of ["It was sent", "It was not sent", "Send again"]) {
    await detail.getByRole("button", { name, exact: true }).waitFor();
  }
  assert.equal(await axeFaults(page), "");
  await detail.getByRole("button", { name: "It was sent" }).click();
  await detail.locator(".pill", { hasText: "Sent" }).waitFor();
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByText("may or may not have gone out").waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
});

test("what a customer wrote stands among what happened to its item", async () => {
  await scene.api("/api/v1/providers/telegram-1", {
    method: "PUT",
    body: {
      kind: "telegram",
      settings: { bot_username: "shop_bot", base_url: "http://127.0.0.1:9" },
      secrets: { bot_token: "1:a", webhook_secret: "told-by-telegram" },
    },
  });
  const record = await scene.api("/api/v1/records/deal/D-1");
  record.contacts[0].chats = [{ channel: "telegram-1", id: "991", created: "2026-11-01T10:00:00Z" }];
  await scene.api("/api/v1/records/deal/D-1", { method: "PUT", body: record });
  const message = {
    message_id: 7,
    date: Math.floor(Date.now() / 1000),
    from: { id: 991, first_name: "Ana", last_name: "Souza" },
    chat: { id: 991, type: "private" },
    text: "Is it blue?",
  };
  const { page } = await scene.open("/records?entity=deal&id=D-1", { ready: ".item-panel .history" });
  const answer = await fetch(`${scene.service.url}/hooks/telegram-1/update`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": "told-by-telegram" },
    body: JSON.stringify({ update_id: 1, message }),
  });
  assert.equal(answer.status, 200);
  await page.locator(".history .bubble", { hasText: "Is it blue?" }).waitFor(); // told by the stream
  await page.getByText("Ana Souza wrote").waitFor();
  await page.getByText("Entered Paid").waitFor();
  assert.equal(await page.locator(".history .bubble").count(), 1);
  assert.equal(await axeFaults(page), "");
});

test("a message is found by a word of its text, and by its channel", async () => {
  const { page } = await deliveries();
  await page.getByRole("searchbox").fill("zeppelin");
  await page.getByText("No delivery fits these words and filters.").waitFor();
  await page.getByRole("searchbox").fill("emily@customer.example");
  const row = page.locator(".delivery-row");
  await row.filter({ hasText: "emily@customer.example" }).waitFor();
  assert.match(page.url(), /q=emily/);
  assert.equal(await row.count(), 1);
  await page.getByLabel("Channel").selectOption("sms");
  await row.first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.waitForFunction(() => document.querySelector("input[type=search]").value === "");
  await page.getByLabel("Channel").selectOption("email");
  await page.getByLabel("Period").selectOption("7");
  await row.filter({ hasText: "E-mail" }).first().waitFor();
  await row.filter({ hasText: "SMS" }).first().waitFor({ state: "detached" });
});
