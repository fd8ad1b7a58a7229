// Settings as an administrator uses them: a provider connected, tried, paused and removed; hours; a token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const settings = (section) => scene.open(`/settings/${section}`, { ready: ".settings-list, .settings-form" });

test("a provider is connected, and its secret is never shown again", async () => {
  const { page, complaints } = await settings("providers");
  await page.getByRole("button", { name: "Connect a provider" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Kind of provider").selectOption("twilio");
  await dialog.getByLabel("Name in rules").fill("sms-twilio");
  await dialog.getByLabel("Account SID").fill(`AC${"1".repeat(32)}`);
  await dialog.getByLabel("Sender").fill("+4930123456");
  await dialog.getByLabel("Auth token").fill("not-to-be-seen");
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const stored = await scene.api("/api/v1/providers/sms-twilio");
  assert.equal(stored.settings.from, "+4930123456");
  assert.deepEqual(stored.secrets_set, ["auth_token"]);
  await page.getByRole("button", { name: "Change, sms-twilio" }).click();
  await dialog.getByRole("button", { name: "Save" }).click(); // nothing has to be typed again
  await dialog.waitFor({ state: "detached" });
  assert.ok(!(await page.content()).includes("not-to-be-seen"));
  assert.deepEqual(complaints, []);
});

test("what the service refuses is said in the form, and the form keeps what was typed", async () => {
  const { page } = await settings("providers");
  await page.getByRole("button", { name: "Connect a provider" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Kind of provider").selectOption("smtp");
  await dialog.getByLabel("Name in rules").fill("mail");
  await dialog.getByLabel("Server", { exact: false }).first().fill("not a server");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("alert").waitFor();
  assert.equal(await dialog.getByLabel("Name in rules").inputValue(), "mail");
});

test("all sending is paused and resumed, and the service agrees", async () => {
  const { page } = await settings("providers");
  await page.getByRole("button", { name: "Pause all sending" }).click();
  await page.getByText("All sending is paused").waitFor();
  assert.equal((await scene.api("/api/v1/pause")).all, true);
  await page.getByRole("button", { name: "Resume sending" }).click();
  await page.getByText("All sending is paused").waitFor({ state: "detached" });
  assert.equal((await scene.api("/api/v1/pause")).all, false);
});

test("a provider is tried out, and what it answered is said (R-029, R-158)", async () => {
  const { page } = await settings("providers");
  await page.getByRole("button", { name: "Test, sms-main" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your own number, address or chat").fill("+49 151 23456789");
  await dialog.getByRole("button", { name: "Send a test message" }).click();
  await dialog.getByText("The provider has taken it.").waitFor();
  const { messages } = await scene.api("/api/v1/sandbox/messages");
  assert.equal(messages[0].to.address, "+4915123456789");
});

test("working hours are written as people write them", async () => {
  const { page } = await settings("workspace");
  const before = (await scene.api("/api/v1/workspace")).calendars?.length ?? 0;
  await page.getByRole("button", { name: "Add a calendar" }).click();
  const calendar = page.locator(".setting-rows:has(.calendar-days)").last();
  await calendar.getByLabel("Monday").fill("nine to five");
  await calendar.getByText("Write hours like").waitFor();
  await calendar.getByLabel("Monday").fill("9:00-13:00, 14:00-18:00");
  await calendar.getByLabel("Holidays, a date a line").fill("2026-12-25");
  assert.equal(await axeFaults(page), "");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor({ state: "attached" });
  const { calendars } = await scene.api("/api/v1/workspace");
  assert.equal(calendars.length, before + 1);
  assert.deepEqual(calendars[before].week.mon, [
    ["09:00", "13:00"],
    ["14:00", "18:00"],
  ]);
  assert.deepEqual(calendars[before].holidays, ["2026-12-25"]);
});

test("a token is shown once, works, and is revoked", async () => {
  const { page } = await settings("access");
  await page.getByLabel("What the token is for").fill("Website");
  await page.getByRole("button", { name: "Create a token" }).click();
  const secret = await page.locator(".token-secret code").innerText();
  const ask = () =>
    fetch(`${scene.service.url}/api/v1/rules`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await ask()).status, 200);
  await page.getByRole("button", { name: "Revoke, Website" }).click();
  await page.getByRole("button", { name: "Revoke, Website" }).waitFor({ state: "detached" });
  assert.equal((await ask()).status, 401);
});
