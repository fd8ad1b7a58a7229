// A file of records brought in: looked at first, its columns put right, imported with its report, and once more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();
const TABLE = [
  "Auftrag;Kunde;Handy;Betrag;Phase;Memo",
  "1042;Ana Souza;+49 151 1234567;199,90;new;x",
  "1043;Jon Doe;not a number;abc;new;y",
  "",
].join("\n");

test("a table without a known id is put right by a person, imported, and imported again", async () => {
  const { page, complaints } = await scene.open("/settings/import", { ready: ".settings-form" });
  await page
    .getByLabel("Choose a file")
    .setInputFiles({ name: "deals.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await page.getByLabel("Numbers and dates are written as in").selectOption("de");
  await page.getByRole("button", { name: "Look at the file first" }).click();
  await page.getByText("No column is taken for id.").waitFor();
  const column = page.getByLabel("Auftrag");
  assert.equal(await page.getByRole("button", { name: "Import the file" }).count(), 0);
  await column.selectOption("id");
  await page.getByText("2 rows were looked at.").waitFor();
  assert.equal(await page.getByLabel("Handy").inputValue(), "contact.phone.mobile"); // guessed by the service
  await page.locator(".bad-rows").getByText("Line 3").first().waitFor();
  assert.deepEqual((await scene.api("/api/v1/imports")).imports, []); // nothing was written yet
  assert.equal(await axeFaults(page), "");
  await page.getByRole("button", { name: "Import the file" }).click();
  const row = page.locator(".settings-list li", { hasText: "deals.csv" });
  await row.locator(".pill", { hasText: "Imported" }).waitFor();
  const record = await scene.api("/api/v1/records/deal/1042");
  assert.deepEqual(record.deal.amount, { amount: "199.90", currency: "EUR" });
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    row.getByRole("link", { name: "Download the report of bad rows" }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), "import-report.csv");
  assert.equal(await axeFaults(page), "");
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")), // the browser notes the first look itself
    [],
  );
});

test("whoever only looks sees imports, not the form", async () => {
  await scene.api("/api/v1/users/vera", {
    method: "PUT",
    body: { name: "Vera", role: "viewer", password: "only-looking-here" },
  });
  const { page } = await scene.open("/settings/import", { stranger: true });
  await page.getByLabel("Name", { exact: true }).fill("vera");
  await page.getByLabel("Password", { exact: true }).fill("only-looking-here");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Imports until now").waitFor();
  assert.equal(await page.getByLabel("Choose a file").count(), 0);
});
