// The CRM that records come from: everything its connection knows can be set, faults stand where they are, and its pipelines,
// stages and fields take the place of ours when somebody says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { startPortal } from "./support/portal.mjs";
import { setScene } from "./support/scene.mjs";

const TOKEN = "an-applications-token";
let portal;
before(async () => (portal = await startPortal({ webhook: "1/s3cret", token: TOKEN })));
after(() => portal.stop());

const scene = setScene({ fresh: true });
const SOURCE = "/api/v1/crm-source";

async function form(page, name = "Connect Bitrix24") {
  await page.getByRole("button", { name }).click();
  return page.getByRole("dialog");
}
const connect = (settings = {}) =>
  scene.api(SOURCE, {
    method: "PUT",
    body: {
      kind: "bitrix24",
      settings: { base_url: portal.url, ...settings },
      secrets: { webhook: "1/s3cret", application_token: "outbound" },
    },
  });
const open = (shape) => scene.open("/settings/crm", { ready: "main .notice, main .settings-form", shape });
const ask = async (page) => {
  await page.getByRole("button", { name: "Test the connection" }).click();
  await page.getByText("Bitrix24 answers.").waitFor();
};

test("an account is connected by an application's token, with names for its own types and fields", async () => {
  const { page, complaints } = await open();
  const dialog = await form(page);
  await dialog.getByLabel("Address of your Bitrix24").fill(portal.url);
  await dialog.getByLabel("How Recado gets in").selectOption("access_token");
  assert.equal(await dialog.getByLabel("Inbound webhook (user/code)").count(), 0);
  await dialog.getByLabel("Access token of the application").fill(TOKEN);
  await dialog.getByLabel("Application token of the outbound webhook").fill("outbound");
  await dialog.getByRole("button", { name: "Add to Custom types" }).click();
  await dialog.getByLabel("Custom types, Number 1").fill("a project");
  await dialog.getByLabel("Custom types, Name in rules 1").fill("project");
  await dialog.getByRole("button", { name: "Add to Custom fields" }).click();
  await dialog.getByLabel("Custom fields, Field in Bitrix24 1").fill("UF_CRM_TRACK");
  await dialog.getByLabel("Custom fields, Name in rules 1").fill("tracking_number");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Write the type’s number, like 128.").waitFor();
  const focused = await page.evaluate(() => globalThis.document.activeElement.ariaLabel);
  assert.equal(focused, "Custom types, Number 1");
  assert.equal(await axeFaults(page), "");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("128");
  await dialog.getByLabel("Calls a second").fill("500");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.locator("[aria-invalid=true]").waitFor(); // the service knows how many there may be
  assert.equal(await dialog.getByLabel("Calls a second").getAttribute("aria-invalid"), "true");
  await dialog.getByLabel("Calls a second").fill("5");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const { settings, secrets_set: set } = await scene.api(SOURCE);
  assert.deepEqual(settings, {
    base_url: portal.url,
    calls_per_second: 5,
    fields: { UF_CRM_TRACK: "tracking_number" },
    timeline: true,
    types: { 128: "project" },
  });
  assert.deepEqual(set, ["access_token", "application_token"]);
  await ask(page);
  assert.ok(!(await page.content()).includes(TOKEN));
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")), // the browser notes the refused pace itself
    [],
  );
});

test("another way in takes the place of the one before; what was set is there again and can be taken away", async () => {
  await connect({ types: { 128: "project", 31: "bill" } });
  const { page } = await open();
  const dialog = await form(page, "Change the connection");
  assert.equal(await dialog.getByLabel("How Recado gets in").inputValue(), "webhook");
  assert.equal(await dialog.getByLabel("Custom types, Name in rules 2").inputValue(), "project");
  await dialog.getByRole("button", { name: "Remove 2 from Custom types" }).click();
  await dialog.getByLabel("How Recado gets in").selectOption("access_token");
  await dialog.getByLabel("Access token of the application").fill(TOKEN);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const { settings, secrets_set: set } = await scene.api(SOURCE);
  assert.deepEqual(settings.types, { 31: "bill" });
  assert.deepEqual(set, ["access_token", "application_token"]); // the webhook's code is gone
  await ask(page);
});

test("the connection was changed elsewhere meanwhile: nothing is overwritten", async () => {
  await connect();
  const { page } = await open();
  const dialog = await form(page, "Change the connection");
  await connect({ timeline: false });
  await dialog.getByLabel("Calls a second").fill("3");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PUT"),
    dialog.getByRole("button", { name: "Save" }).click(),
  ]);
  assert.equal(answer.status(), 412);
  await dialog.getByRole("alert").waitFor();
  assert.equal(await dialog.getByLabel("Calls a second").inputValue(), "3");
  assert.equal((await scene.api(SOURCE)).settings.timeline, false);
});

test("pipelines, stages and fields are taken over after a warning, and rules are written with them", async () => {
  await connect({ fields: { UF_CRM_TRACK: "tracking_number" } });
  const { page, complaints } = await open();
  await page.getByRole("button", { name: "Take over its pipelines and fields" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("take the place of those here").waitFor();
  assert.equal(await axeFaults(page), "");
  assert.match(JSON.stringify(await scene.api("/api/v1/schema")), /"sales"/); // nothing has happened yet
  await dialog.getByRole("button", { name: "Take over its pipelines and fields" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText(/^Taken over: \d+ kinds of items\.$/).waitFor({ state: "attached" });
  const { entities } = await scene.api("/api/v1/schema");
  const deal = entities.find(({ code }) => code === "deal");
  assert.deepEqual(
    deal.pipelines[0].stages.map(({ name }) => name),
    ["Asked", "Ordered", "Paid in full"],
  );
  assert.ok(deal.fields.some(({ name }) => name === "tracking_number"));
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await page.getByRole("heading", { name: "Paid in full" }).waitFor(); // without a reload
  assert.deepEqual(complaints, []);
});

test("an account that does not answer as it should keeps the schema as it is, and says why", async () => {
  await scene.api(SOURCE, {
    method: "PUT",
    body: {
      kind: "bitrix24",
      settings: { base_url: portal.url },
      secrets: { webhook: "1/wrong", application_token: "outbound" },
    },
  });
  const before = await scene.api("/api/v1/schema");
  const { page } = await open();
  await page.getByRole("button", { name: "Take over its pipelines and fields" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Take over its pipelines and fields" }).click();
  await dialog.getByRole("alert").waitFor();
  assert.deepEqual(await scene.api("/api/v1/schema"), before);
});
