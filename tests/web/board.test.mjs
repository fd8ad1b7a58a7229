// The board: order, stages, copies, off and on, deleting with a way back; by menu and keyboard, by mouse; found again by address.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene({ fresh: true });
let page;

beforeEach(async () => {
  ({ page } = await scene.open("/rules", { ready: ".rule-card" }));
});

const stage = (name) => page.getByRole("region", { name, exact: true });
const names = (name) => stage(name).locator(".rule-name").allTextContents();
const menu = (name) => page.getByRole("button", { name: `Change ${name}`, exact: true });
const rule = async (id) => {
  const { draft, rule } = await scene.api(`/api/v1/rules/${id}`);
  return draft ?? rule;
};

async function give(name, command) {
  await menu(name).click();
  await page.getByRole("button", { name: command, exact: true }).click();
}

async function said(text) {
  await page.getByRole("status").filter({ hasText: text }).waitFor();
}

test("the board opens on sales; repairs and leads are one choice away, and the address keeps it", async () => {
  const kind = page.getByRole("combobox", { name: "Items" });
  const pipeline = page.getByRole("combobox", { name: "Pipeline" });
  assert.deepEqual([await kind.inputValue(), await pipeline.inputValue()], ["deal", "sales"]);
  await pipeline.selectOption({ label: "Repairs" });
  await stage("Ready").getByText("SMS, immediately, in working hours (office)").waitFor();
  await stage("Received").getByText("SMS, 1 day before appointment").waitFor();
  assert.equal(await page.locator(".rule-card", { hasText: "Welcome" }).count(), 0);
  await kind.selectOption({ label: "Lead" });
  await stage("Qualified").getByText("Chat message").waitFor();
  await page.reload();
  await stage("In progress").getByText("Telegram invitation").waitFor();
  await stage("New").getByText("WhatsApp").waitFor();
  assert.equal(await pipeline.count(), 0); // one pipeline is no choice
  assert.equal(await axeFaults(page), "");
});

test("a rule is moved up by keyboard alone, and the order is what the service runs", async () => {
  assert.deepEqual(await names("Paid"), ["Payment received", "Receipt"]);
  await menu("Receipt").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Move up" }).waitFor();
  assert.equal(await axeFaults(page), "");
  await page.keyboard.press("Enter");
  await said("Receipt: place 1 of 2 in Paid");
  await stage("Paid").locator("li").first().getByText("Receipt").waitFor();
  const [receipt, received] = [await rule("payment-receipt"), await rule("payment-received")];
  assert.ok(receipt.position < received.position);
  // Live before, live after; and the draft of the other one was not published by the way.
  assert.equal((await scene.api("/api/v1/rules/payment-receipt")).published_revision, 2);
  assert.notEqual((await scene.api("/api/v1/rules/payment-received")).draft, null);
});

test("a rule is dragged to another stage", async () => {
  const card = stage("Delivery").locator("[data-rule='on-its-way']");
  await card.dragTo(stage("Won"), { targetPosition: { x: 60, y: 40 } });
  await said("On its way: place 1 of 2 in Won");
  await stage("Won").getByText("On its way").waitFor();
  assert.deepEqual(await names("Won"), ["On its way", "How was it?"]);
  assert.equal((await rule("on-its-way")).on.stage, "won");
});

test("a copy in another stage is a draft, and so is a duplicate", async () => {
  await menu("On its way").click();
  await page.getByRole("combobox", { name: "Copy to the stage" }).selectOption("won");
  await stage("Won").getByText("On its way").waitFor();
  await give("Welcome", "Duplicate");
  await stage("New").getByText("Welcome (copy)").waitFor();
  const { rules } = await scene.api("/api/v1/rules");
  const copies = rules.filter(({ rule, draft }) => rule === null && draft !== null);
  assert.deepEqual(copies.map(({ draft }) => draft.name).sort(), ["On its way", "Welcome (copy)"]);
  assert.deepEqual(await names("New"), ["Welcome", "Welcome (copy)"]);
});

test("a rule is switched off and on", async () => {
  await give("Welcome", "Switch off");
  await stage("New").getByText("Switched off").waitFor();
  assert.equal((await rule("welcome")).enabled, false);
  await give("Welcome", "Switch on");
  await stage("New").getByText("Live", { exact: true }).waitFor();
  assert.equal("enabled" in (await rule("welcome")), false);
});

test("a deleted rule comes back as it was, draft and live text", async () => {
  const before = await scene.api("/api/v1/rules/payment-received");
  await give("Payment received", "Delete");
  await page.getByText("“Payment received” was deleted.").first().waitFor();
  await stage("Paid").getByText("Payment received").waitFor({ state: "hidden" });
  assert.equal(await axeFaults(page), "");
  await page.getByRole("button", { name: "Undo" }).click();
  await stage("Paid").getByText("Payment received").waitFor();
  const after = await scene.api("/api/v1/rules/payment-received");
  assert.deepEqual([after.rule, after.draft], [before.rule, before.draft]);
});

test("rules are found by any of their words, and the address keeps the search", async () => {
  await page.getByRole("searchbox", { name: "Find a rule" }).fill("parcel");
  await page.waitForURL(/search=parcel/);
  await page.getByText("No rule says that.").waitFor();
  await page.getByRole("searchbox", { name: "Find a rule" }).fill("tracking_url");
  await page.waitForURL(/search=tracking_url/);
  await page.locator(".rule-card").first().waitFor();
  assert.deepEqual(await page.locator(".rule-name").allTextContents(), ["On its way"]);
  await page.reload();
  await page.locator(".rule-card").first().waitFor();
  assert.deepEqual(await page.locator(".rule-name").allTextContents(), ["On its way"]);
});

test("each card tells what its rule did lately, as it happens", async () => {
  const card = (name) => page.locator(".rule-card", { hasText: name });
  assert.equal(await page.locator(".week").count(), 0);
  for (const id of ["D-1", "D-10"]) {
    await scene.api(`/api/v1/records/deal/${id}/move`, { method: "POST", body: { stage: "paid" } });
  }
  await card("Receipt").getByText("Last 7 days: 2 sent").waitFor();
  await card("Payment received").getByText("Last 7 days: 1 sent, 1 not sent").waitFor(); // D-10 has no phone
  assert.equal(await card("Welcome").locator(".week").count(), 0);
  assert.equal(await axeFaults(page), "");
});

test("what a new rule can do is offered in groups by its task, and talking to clients is one", async () => {
  await page.getByRole("button", { name: "Add rule to Delivery" }).click();
  const group = page.getByRole("region", { name: "Client communication" });
  await group.waitFor();
  assert.deepEqual(await group.getByRole("link").allTextContents(), [
    "SMS",
    "E-mail",
    "Call",
    "Chat message",
    "WhatsApp",
    "Telegram invitation",
  ]);
  assert.equal(await axeFaults(page), "");
});
