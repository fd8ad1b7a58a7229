// A directory with more items than a view lists: each is found, shown and written for all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { crowd, importRecords } from "./support/records.mjs";
import { setScene } from "./support/scene.mjs";

const LISTED = 1_000;

// All of them stand in Delivery but the last, which comes after everything that is listed.
const deals = crowd(LISTED + 2).map((each, n) => {
  if (n <= LISTED) return each;
  const contact = { ...each.contacts[0], first_name: "Kim", last_name: "Özdemir" };
  return { deal: { ...each.deal, title: "The very last bike", stage: "lost" }, contacts: [contact] };
});
const last = deals.at(-1).deal;

const scene = setScene({
  async prepare(service) {
    await importRecords(service, "deal", deals);
    // The one who stood there so far comes first by its id.
    const { deal, ...rest } = await service.api("/api/v1/records/deal/D-12");
    const body = { ...rest, deal: { ...deal, stage: "won" } };
    await service.api("/api/v1/records/deal/D-12", { method: "PUT", body });
  },
});

test("an item that the board does not list is found by its client's name, opened and moved", async () => {
  const { page, complaints } = await scene.open("/records", { ready: ".item-card" });
  await page.getByText(`The first ${LISTED} items are shown.`).waitFor();
  await page.getByRole("searchbox").fill("ÖZDEMIR last");
  const card = page.locator(".item-card", { hasText: "The very last bike" });
  await card.waitFor();
  assert.equal(await page.locator(".item-card").count(), 1);
  await card.getByRole("link", { name: "The very last bike" }).click();
  const item = page.getByRole("region", { name: "The item" });
  await item.getByText("Kim Özdemir").waitFor();
  assert.equal(await axeFaults(page), "");
  await item.getByRole("button", { name: "Move…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("To the stage").selectOption("won");
  await dialog.getByRole("button", { name: /^Move to/ }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("searchbox").fill("ÖZDEMIR last");
  // What was found before the move is not what is shown after it.
  await page.getByRole("region", { name: "Won" }).locator(".item-card", { hasText: "very last" }).waitFor();
  await scene.api(`/api/v1/records/deal/${last.id}/move`, { method: "POST", body: { stage: "lost" } });
  await page.getByRole("region", { name: "Lost" }).locator(".item-card", { hasText: "very last" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("the preview begins with a client who stands in the rule's stage, however many others there are", async () => {
  const { rule } = await scene.api("/api/v1/rules/on-its-way");
  const lost = { ...rule, id: "sorry", name: "Sorry", on: { ...rule.on, stage: "lost" } };
  await scene.api("/api/v1/rules/sorry?draft=1", { method: "PUT", body: lost });
  const { page } = await scene.open("/rules/sorry", { ready: ".preview .bubble" });
  await page.locator(".preview .bubble", { hasText: "The very last bike" }).waitFor();
});

test("the preview finds any client by a word, and an address that names one shows that one", async () => {
  const { page } = await scene.open("/rules/on-its-way", { ready: ".preview .bubble" });
  await page.getByRole("button", { name: "Find a client" }).click();
  await page.getByRole("searchbox", { name: "Find a client" }).fill("very last");
  await page.getByRole("button", { name: "Kim Özdemir" }).click();
  await page.locator(".preview .bubble", { hasText: "The very last bike" }).waitFor();
  assert.match(page.url(), new RegExp(`record=${last.id}`));
  await page.reload();
  await page.locator(".preview .bubble", { hasText: "The very last bike" }).waitFor();
});
