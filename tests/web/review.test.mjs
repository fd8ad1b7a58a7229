// Publishing is a review; what was live can be looked at and brought back; and a rule can be sent to oneself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const goTo = async (path) => (await scene.open(path, { ready: "[data-reached]" })).page;

const changeOf = (dialog, what) => dialog.locator(".changes > div", { hasText: what });

test("the review tells what changes, whom it reaches, and publishes; then the old version can be brought back", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  const before = await scene.api("/api/v1/rules/on-its-way");
  await page.getByRole("combobox", { name: "Which phone number" }).selectOption("work");
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Bye");
  await page.getByRole("button", { name: "Review and publish" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish “On its way”?" });
  await dialog.locator(".changes > div").nth(1).waitFor();
  assert.equal(await dialog.locator(".changes > div").count(), 2);
  const phone = changeOf(dialog, "Which phone number");
  assert.match(await phone.locator("del").textContent(), /mobile number/);
  assert.match(await phone.locator("ins").textContent(), /work number/);
  assert.match(await changeOf(dialog, "Text").locator("ins").textContent(), / Bye$/);
  await dialog.getByText(/reached/).waitFor();
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Published: the rule is live").first().waitFor();

  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: "Versions that were live" });
  await history.getByRole("button", { name: "Version 2", exact: true }).waitFor();
  await history.locator(".changes > div").nth(1).waitFor();
  assert.equal(await history.locator(".changes > div").count(), 2);
  assert.equal(await axeFaults(page), "");
  const answered = page.waitForResponse((response) => response.url().endsWith("/restore"));
  await history.getByRole("button", { name: "Restore version 1" }).click();
  assert.ok((await answered).ok());
  await history.waitFor({ state: "hidden" });
  const now = await scene.api("/api/v1/rules/on-its-way");
  assert.deepEqual(now.rule, before.rule);
  assert.equal(now.published_revision, 3);
  await page.getByRole("textbox", { name: "Text" }).filter({ hasNotText: "Bye" }).waitFor();
});

test("the way back leaves everything as it was", async () => {
  const page = await goTo("/rules/call-back?record=D-4");
  await page.getByRole("combobox", { name: "Which phone number" }).selectOption("home");
  await page.getByRole("button", { name: "Review and publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Back" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByText("Not saved yet").waitFor();
  assert.equal((await scene.api("/api/v1/rules/call-back")).draft, null);
});

test("the message of the client in the preview is sent to another number", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  const shown = await page.locator(".preview .bubble").allTextContents();
  await page.getByRole("button", { name: "Send to me" }).click();
  await page.getByLabel("Your number or address").fill("+49 151 11111111");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Sent to +49 151 11111111.").first().waitFor();
  await page.goto(`${scene.service.url}/sandbox`);
  const bubble = page.locator(".sandbox-list li", { hasText: "+4915111111111" }).locator(".bubble");
  await bubble.waitFor();
  assert.equal(await bubble.textContent(), shown.join(""));
});
