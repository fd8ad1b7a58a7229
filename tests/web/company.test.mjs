// The company's settings: WhatsApp templates that rules and the preview then know, how long what is kept, faults under their
// fields, and somebody else who was quicker.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene({
  prepare: (service) =>
    service.api("/api/v1/providers/wa-main", {
      method: "PUT",
      body: {
        kind: "whatsapp_cloud",
        settings: { phone_number_id: "1066" },
        secrets: { access_token: "not-to-be-used" },
      },
    }),
});

const company = (shape) => scene.open("/settings/workspace", { ready: ".settings-form", shape });
const focused = (page) =>
  page.evaluate(() => globalThis.document.activeElement.labels?.[0]?.textContent ?? "");
const workspace = () => scene.api("/api/v1/workspace");
/** The account's own, beside those that the demo has. */
const templates = async () =>
  ((await workspace()).templates ?? []).filter(({ provider }) => provider === "wa-main");
const RULE = {
  id: "paid-wa",
  name: "Paid, by WhatsApp",
  on: { entity: "deal", pipeline: "sales", stage: "paid" },
  timing: { run: "immediately" },
  action: { type: "send_whatsapp", provider: "wa-main", template: "", language: "en", parameters: {} },
};

/** Saves, and waits for the service's word. */
async function save(page) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PUT"),
    page.getByRole("button", { name: "Save", exact: true }).click(),
  ]);
  return answer.status();
}

test("a template is written with its text; the rule offers it, and the preview reads as the client does", async () => {
  const { page, complaints } = await company();
  await page.getByRole("button", { name: "Add a template" }).click();
  const template = page.getByRole("group", { name: "New template" });
  await template.getByLabel("Sent through").selectOption("wa-main");
  await template.getByLabel("Language").fill("en");
  await template.getByLabel("How many values it takes").fill("2");
  await template.getByLabel("Text, as approved").fill("Hi {{1}}! We have your payment.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await template.getByText("The text has 1 values, but the template takes 2.").waitFor();
  await template.getByText("Write the name it was approved under.").waitFor();
  assert.equal(await focused(page), "Name, as approved");
  await page.getByText("2 fields need a look. Nothing was saved yet.").waitFor();
  assert.equal(await axeFaults(page), "");
  assert.deepEqual(await templates(), []);
  await page.keyboard.type("order_paid");
  const named = page.getByRole("group", { name: "order_paid" });
  await named.getByLabel("How many values it takes").fill("1");
  assert.equal(await save(page), 200);
  const wanted = { provider: "wa-main", name: "order_paid", language: "en", parameters: 1 };
  assert.deepEqual(await templates(), [{ ...wanted, text: "Hi {{1}}! We have your payment." }]);

  await scene.api("/api/v1/rules/paid-wa?draft=1", { method: "PUT", body: RULE });
  await page.goto(`${scene.service.url}/rules/paid-wa?record=D-8`);
  await page.getByLabel("template", { exact: false }).first().selectOption("order_paid");
  await page.getByRole("textbox", { name: "Value 1" }).click();
  await page.keyboard.type("{{ contact.first_name");
  await page.keyboard.type(" }}");
  const bubble = page.locator(".preview .bubble", { hasText: /^Hi \S+! We have your payment\.$/ });
  await bubble.waitFor();
  assert.equal(await axeFaults(page), "");
  assert.deepEqual(complaints, []);
});

test("how long what is kept is set, checked at its field, and taken away again", async () => {
  const { page } = await company();
  const content = page.getByLabel("Erase texts and addresses after so many days");
  await content.fill("three months");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Write whole days from 1 to 36500, or leave it empty.").waitFor();
  assert.equal(await content.getAttribute("aria-invalid"), "true");
  assert.equal(await focused(page), "Erase texts and addresses after so many days");
  assert.equal(await axeFaults(page), "");
  await content.fill("90");
  await page.getByLabel("Remove messages altogether after so many days").fill("730");
  assert.equal(await save(page), 200);
  assert.deepEqual((await workspace()).retention, { content_days: 90, deliveries_days: 730 });
  await page.reload();
  await content.waitFor();
  assert.equal(await content.inputValue(), "90");
  await content.fill("");
  await page.getByLabel("Remove messages altogether after so many days").fill("");
  assert.equal(await save(page), 200);
  assert.equal((await workspace()).retention, undefined);
});

test("what only the service can know is said at its field too", async () => {
  const { page } = await company();
  await page.getByLabel("Time zone").first().fill("Europe/Atlantis");
  assert.equal(await save(page), 400);
  const zone = page.getByLabel("Time zone").first();
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(await zone.getAttribute("aria-invalid"), "true");
  const told = (await zone.getAttribute("aria-describedby")).split(" ").at(-1);
  assert.match(await page.locator(`[id="${told}"]`).textContent(), /Europe\/Atlantis/);
});

test("where somebody else was quicker nothing is overwritten, and theirs can be taken", async () => {
  const { page } = await company();
  await page.getByLabel("Erase texts and addresses after so many days").fill("45");
  const theirs = { ...(await workspace()), name: "Theirs" };
  await scene.api("/api/v1/workspace", { method: "PUT", body: theirs });
  assert.equal(await save(page), 412);
  await page.getByText("Somebody else changed these settings meanwhile.").waitFor();
  assert.equal(await page.getByLabel("Erase texts and addresses after so many days").inputValue(), "45");
  assert.equal(await axeFaults(page), "");
  await page.getByRole("button", { name: "Load what is there now" }).click();
  await page.waitForFunction(
    () => globalThis.document.querySelector(".settings-form input").value === "Theirs",
  );
  assert.equal((await workspace()).retention, undefined);
});
