// What an administrator looks after: people and passwords, those who must not be written to, where records come from, what a
// customer may ask for.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { eventually } from "./support/eventually.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();
const settings = (section, options) =>
  scene.open(`/settings/${section}`, { ready: ".settings-nav", ...options });
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Signs in as somebody with a password and gives the answer. */
const session = (name, password) =>
  fetch(`${scene.service.url}/api/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password }),
  });

test("a person is added with a made-up password, gets another role, and is switched off", async () => {
  const { page, complaints } = await settings("users");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Sign-in name").fill("eva");
  await dialog.getByLabel("Full name").fill("Eva Lind");
  await dialog.getByLabel("Role").selectOption("operator");
  await dialog.getByRole("button", { name: "Make one up" }).click();
  const password = await dialog.getByLabel("Password").inputValue();
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal((await (await session("eva", password)).json()).role, "operator");
  await page.getByLabel("Role of Eva Lind").selectOption("viewer");
  await eventually(async () => (await scene.api("/api/v1/users/eva")).role === "viewer");
  await page.getByRole("button", { name: "Switch off, Eva Lind" }).click();
  await page.locator(".pill", { hasText: "Switched off" }).waitFor();
  assert.equal((await session("eva", password)).status, 401);
  assert.deepEqual(complaints, []);
});

test("nobody is overwritten by adding somebody of the same name, and the last administrator stays", async () => {
  await scene.api("/api/v1/users/otto", { method: "PUT", body: { name: "Otto", role: "viewer" } });
  const { page } = await settings("users");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Sign-in name").fill("otto");
  await dialog.getByLabel("Password").fill("a-long-enough-password");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByRole("alert").filter({ hasText: "already" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Switch off, admin" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal((await scene.api("/api/v1/users/admin")).disabled, false);
});

test("one's own password is changed, and this session goes on", async () => {
  await scene.api("/api/v1/users/nina", {
    method: "PUT",
    body: { name: "Nina", role: "viewer", password: "the-first-password" },
  });
  const { page, complaints } = await scene.open("/settings/account", { stranger: true });
  await page.getByLabel("Name", { exact: true }).fill("nina");
  await page.getByLabel("Password", { exact: true }).fill("the-first-password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Password until now").fill("the-first-password");
  await page.getByLabel("New password", { exact: true }).fill("the-second-password");
  await page.getByLabel("New password again").fill("another-one-by-mistake");
  await page.getByRole("button", { name: "Change my password" }).click();
  await page.getByRole("alert").filter({ hasText: "differ" }).waitFor();
  await page.getByLabel("New password again").fill("the-second-password");
  await page.getByRole("button", { name: "Change my password" }).click();
  await page.getByRole("main").getByText("Your password was changed").waitFor();
  assert.equal(await axeFaults(page), "");
  assert.equal((await session("nina", "the-first-password")).status, 401);
  assert.equal((await session("nina", "the-second-password")).status, 200);
  await page.getByRole("link", { name: "Rules" }).click(); // still signed in
  await page.locator(".rule-card").first().waitFor();
  // The browser itself notes the 401 of the question who is signed in.
  assert.deepEqual(
    complaints.filter((text) => !text.includes("401")),
    [],
  );
});

test("an address is put on the list, looked up and taken off after a warning", async () => {
  const { page, complaints } = await settings("suppressions");
  await page.getByText("Nobody is on the list.").waitFor();
  await page.getByRole("button", { name: "Add an address" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Phone number or e-mail address").fill("0151 23456789");
  await dialog.getByLabel("Channel").selectOption("sms");
  await dialog.getByLabel("What was said").fill("called and asked");
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: "Put on the list" }).click();
  await dialog.waitFor({ state: "detached" });
  const row = page.locator(".settings-list li", { hasText: "+4915123456789" });
  await row.getByText("called and asked").waitFor();
  await page.getByRole("searchbox").fill("+49 30 123");
  await page.keyboard.press("Enter");
  await page.getByText("This address is not on the list.").waitFor();
  await page.getByRole("searchbox").fill("+4915123456789");
  await page.keyboard.press("Enter");
  await row.waitFor();
  await page.getByRole("button", { name: "Take off, +4915123456789" }).click();
  await dialog.getByText("against the law").waitFor();
  await dialog.getByRole("button", { name: "Yes, take it off the list" }).click();
  await row.waitFor({ state: "detached" });
  assert.deepEqual((await scene.api("/api/v1/suppressions")).suppressions, []);
  assert.deepEqual(complaints, []);
});

test("a list is taken from a file, and its bad rows are told", async () => {
  const { page } = await settings("suppressions");
  await page.getByRole("button", { name: "Add a whole list" }).click();
  const dialog = page.getByRole("dialog");
  const rows = "address,channel,reason\n+4915199999999,sms,asked\nnonsense,sms,\n";
  await dialog.getByLabel("Choose a file").setInputFiles(file("list.csv", rows));
  await dialog.getByRole("button", { name: "Put on the list" }).click();
  await dialog.getByText("1 added, 0 were there already, 1 could not be used.").waitFor();
  await dialog.getByText("Line 3").waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download the report of bad rows" }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), "recado-list-report.csv");
  assert.equal(await axeFaults(page), "");
});

test("a customer's data is shown, and forgotten only after the name was typed again", async () => {
  const { page, complaints } = await settings("privacy");
  await page.getByLabel("Number or address").last().fill("j.bauer@customer.example");
  await page.getByRole("button", { name: "Show what is known" }).click();
  const known = page.getByRole("region", { name: "Known of j.bauer@customer.example" });
  await known.getByText("+4915123456789").waitFor(); // found by one address, known by all
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    known.getByRole("button", { name: "Download everything (JSON)" }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), "customer.json");
  await known.getByRole("button", { name: "Forget this customer…" }).click();
  const dialog = page.getByRole("dialog");
  const forget = dialog.getByRole("button", { name: "Forget for good" });
  assert.equal(await forget.isDisabled(), true);
  assert.equal(await axeFaults(page), "");
  await dialog.getByLabel("Type j.bauer@customer.example to confirm").fill("j.bauer@customer.example");
  await forget.click();
  await page
    .getByRole("main")
    .getByText(/^Forgotten: 1 items/)
    .waitFor();
  const { contacts } = await scene.api("/api/v1/records/deal/D-2");
  assert.ok(!JSON.stringify(contacts ?? []).includes("j.bauer"));
  assert.deepEqual(complaints, []);
});

const bitrix = createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ result: { ID: "1", NAME: "Eva", LAST_NAME: "Lind" } }));
});
await new Promise((resolve) => bitrix.listen(0, "127.0.0.1", resolve));
after(() => bitrix.close());

test("a CRM is connected, asked, and disconnected; its secrets are never shown again", async () => {
  const { page, complaints } = await settings("crm");
  await page.getByText("Recado’s own directory").waitFor();
  await page.getByRole("button", { name: "Connect Bitrix24" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address of your Bitrix24").fill(`http://127.0.0.1:${bitrix.address().port}`);
  await dialog.getByLabel("Inbound webhook (user/code)").fill("1/nottobeseen");
  await dialog.getByLabel("Application token").fill("nor-this");
  assert.equal(await axeFaults(page), "");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Records come from Bitrix24.").waitFor();
  await page.getByRole("button", { name: "Test the connection" }).click();
  await page.getByText("Bitrix24 answers.").waitFor();
  await page.getByRole("button", { name: "Change the connection" }).click();
  await dialog.getByRole("button", { name: "Save" }).click(); // nothing has to be typed again
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual((await scene.api("/api/v1/crm-source")).secrets_set.sort(), [
    "application_token",
    "webhook",
  ]);
  assert.ok(!(await page.content()).includes("nottobeseen"));
  await page.getByRole("button", { name: "Disconnect" }).click();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Recado’s own directory").waitFor();
  assert.deepEqual(complaints, []);
});
