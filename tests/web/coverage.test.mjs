// What a rule does to all clients: reached and not, why, at what price; the worst SMS; in a file of the user's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { pressAsItAppears } from "./support/fleeting.mjs";
import { crowd } from "./support/records.mjs";
import { setScene } from "./support/scene.mjs";

const MANY = 10_000;

const scene = setScene({
  prepare: (service) => {
    const settings = { prices: [{ prefix: "", per: "segment", amount: "0.07", currency: "EUR" }] };
    return service.api("/api/v1/providers/sms-main", { method: "PUT", body: { kind: "sandbox", settings } });
  },
});

const goTo = async (path) => (await scene.open(path, { ready: "[data-reached]" })).page;

const panel = (page) => page.getByRole("region", { name: "All clients" });

async function takeFile(page, lines) {
  const buffer = Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n"));
  const file = { name: "clients.ndjson", mimeType: "application/x-ndjson", buffer };
  await page.getByLabel("Take a file (NDJSON)…").setInputFiles(file);
}

test("everybody is counted, and who is not reached is listed by reason and leads to the preview", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await panel(page).getByRole("combobox", { name: "Whose records" }).selectOption("all");
  const { records } = await scene.api("/api/v1/records/deal");
  await panel(page)
    .getByText(new RegExp(`of ${records.length} are reached`))
    .waitFor();
  const mobile = ({ snapshot }) =>
    (snapshot.contacts?.[0] ?? snapshot.company)?.phones?.some(({ type }) => type === "mobile");
  const none = records.filter((record) => !mobile(record));
  assert.ok(none.length > 0);
  await panel(page)
    .getByRole("button", { name: /no number of this kind|no phone number/ })
    .first()
    .click();
  assert.equal(await axeFaults(page), "");
  await panel(page).locator(".people button").first().click();
  await page.locator(".skip-note").waitFor();
  assert.ok(none.some(({ id }) => page.url().includes(`record=${id}`)));
});

test("ten thousand clients of a file are judged in sight of the user, and the file is kept", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await takeFile(page, crowd(MANY));
  await panel(page)
    .getByText(/of 10,000 are reached/)
    .waitFor();
  await page.reload();
  const source = panel(page).getByRole("combobox", { name: "Whose records" });
  await source.locator("option", { hasText: "clients.ndjson" }).first().waitFor({ state: "attached" });
  await source.selectOption("file");
  await panel(page)
    .getByText(/of 10,000 are reached/)
    .waitFor();
  await source.selectOption("forget");
  await panel(page)
    .getByText(/of 10,000 are reached/)
    .waitFor({ state: "hidden" });
});

test("counting can be stopped and begun again", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  const stopped = await pressAsItAppears(page, '.coverage button[aria-label="Stop"]');
  await takeFile(page, crowd(MANY));
  await stopped();
  await panel(page).getByText("Counting was stopped.").waitFor();
  await panel(page).getByRole("button", { name: "Count again" }).click();
  await panel(page)
    .getByText(/of 10,000 are reached/)
    .waitFor();
});

test("a line that is no record is counted as unreadable, the others go on", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await takeFile(page, [...crowd(3), "not a snapshot"]);
  await panel(page).getByText("1 line could not be read").waitFor();
});

test("the meter tells the price, what a character costs, and the worst among all clients", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await takeFile(page, crowd(50));
  await panel(page)
    .getByText(/of 50 are reached/)
    .waitFor();
  const meter = page.getByRole("group", { name: "Length and cost" });
  await meter.getByText("€0.07").waitFor();
  await meter
    .getByText(/worst \d/)
    .first()
    .waitFor();
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("It’s here. ");
  await meter.getByText("€0.14").waitFor();
  await page.getByText("Replacing it saves €0.07 a message.").waitFor();
  await page.getByRole("button", { name: "Write ' instead" }).click();
  await meter.getByText("€0.07").waitFor();
});

test("a word of the template says what it means, and an argument is completed", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await page.locator(".cm-content span", { hasText: "deal.tracking_url" }).first().hover();
  await page.locator(".cm-help", { hasText: /Deal: Tracking link/ }).waitFor();
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(' {{ deal.close_date | datetime: "lo');
  await page.getByRole("option", { name: '"long"' }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".cm-content", { hasText: 'datetime: "long"' }).waitFor();
});
