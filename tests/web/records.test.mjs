// Records as a salesperson uses them: found, looked at, moved by keyboard and by dragging, after seeing what will happen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { eventually } from "./support/eventually.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const records = (query = "", shape) => scene.open(`/records${query}`, { shape, ready: ".item-card" });

const stageOf = async (id) => (await scene.api(`/api/v1/records/deal/${id}`)).deal.stage;

test("an item is found by its customer, and the address keeps the search", async () => {
  const { page, complaints } = await records();
  await page.getByRole("searchbox").fill("ana souza");
  await page.locator(".item-card").nth(1).waitFor({ state: "detached" });
  assert.match(page.url(), /find=ana/);
  assert.match(await page.locator(".item-card").innerText(), /Ana Souza/);
  assert.deepEqual(complaints, []);
});

test("what would happen is shown before an item is moved, and then happens (R-201)", async () => {
  const { page, complaints } = await records();
  await page.getByRole("link", { name: "City bike" }).click();
  const item = page.getByRole("region", { name: "The item" });
  await item.getByText("ana.souza@customer.example").waitFor();
  await item.getByRole("button", { name: "Move…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("To the stage").selectOption("paid");
  await dialog.locator(".consequence-words").first().waitFor();
  const foreseen = await dialog.locator(".consequence-words").allInnerTexts();
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: /^Move to/ }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await stageOf("D-1"), "paid");
  await item.locator(".history li").nth(1).waitFor();
  assert.deepEqual((await wordsSent("D-1", foreseen.length)).sort(), foreseen.sort());
  assert.deepEqual(complaints, []);
});

test("an item of another pipeline opens on its own board, from the board and from a link that names no pipeline", async () => {
  const { page } = await records();
  const item = page.getByRole("region", { name: "The item" });
  await page.getByRole("combobox", { name: "Pipeline" }).selectOption("repairs");
  await page.getByRole("link", { name: "Cargo bike, brakes" }).click();
  await item.getByText("emre@customer.example").waitFor();
  await item.getByRole("button", { name: "Move…" }).waitFor();
  await page.getByRole("region", { name: "In repair" }).waitFor();
  await page.goto(`${scene.service.url}/records?entity=deal&id=D-13`);
  await page.getByRole("region", { name: "Received" }).waitFor();
  await item.getByRole("button", { name: "Move…" }).waitFor();
});

test("a lead without a contact is shown with its own addresses, and its message goes there", async () => {
  const { page } = await records("?entity=lead&id=L-4");
  const item = page.getByRole("region", { name: "The item" });
  await item.getByText("mateo@customer.example").waitFor();
  await item.getByRole("button", { name: "Move…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("To the stage").selectOption("new");
  const words = "Hello Mateo, thank you for asking about folding bikes. When may we call you?";
  await dialog.locator(".consequence-words", { hasText: words }).waitFor();
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: /^Move to/ }).click();
  await dialog.waitFor({ state: "detached" });
  await page.goto(`${scene.service.url}/sandbox`);
  await page.locator(".sandbox-list .bubble", { hasText: words }).waitFor();
});

/** What customers see first of each message that was sent, once there are so many. */
async function wordsSent(id, count) {
  const sent = await eventually(async () => {
    const { deliveries } = await scene.api(`/api/v1/deliveries?entity_id=${id}`);
    const gone = deliveries.filter(({ status }) => status === "accepted" || status === "delivered");
    return gone.length >= count && gone;
  });
  const details = await Promise.all(sent.map(({ key }) => scene.api(`/api/v1/deliveries/${key}`)));
  return details.map(({ content }) => content.subject ?? content.text);
}

test("an item dragged to another stage is moved after one question", async () => {
  const { page } = await records();
  const card = page.locator(".item-card").first();
  const name = await card.locator(".item-title").innerText();
  await card.dragTo(page.locator(".stage").nth(1));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: `Move ${name}` }).waitFor();
  await dialog.getByRole("button", { name: /^Move to/ }).click();
  await page.locator(".stage").nth(1).getByText(name).waitFor();
});

test("Escape moves nothing and gives the focus back", async () => {
  const { page } = await records();
  const button = page.getByRole("button", { name: /^Move / }).last();
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /Move/);
});
