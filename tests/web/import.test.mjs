// A file of records brought in: looked at first, its columns put right, imported with its report, and once more; a long one
// watched, stopped, and gone on with.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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

/** So many deals that the service is busy with them for seconds. */
const LONG = 150_000;
function long(name) {
  const rows = ["id;title;contact.name;contact.phone.mobile;amount;stage"];
  for (let n = 0; n < LONG; n++)
    rows.push(`${name}-${n};Bike;Ana Souza;+4915112${String(n).padStart(6, "0")};199,90;new`);
  return { name: `${name}.csv`, mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) };
}

/** Chooses a file, looks at it, and has it imported. */
async function take(page, file) {
  await page.getByLabel("Choose a file").setInputFiles(file);
  await page.getByLabel("Numbers and dates are written as in").selectOption("de");
  await page.getByRole("button", { name: "Look at the file first" }).click();
  await page.getByRole("button", { name: "Import the file" }).click();
}
const rowOf = (page, name) => page.locator(".settings-list li", { hasText: name });

test("a long import is watched as it goes, by eye and by ear", async () => {
  const { page, complaints } = await scene.open("/settings/import", { ready: ".settings-form" });
  await page.evaluate(() => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const bar = document.querySelector(".import-progress");
      if (bar && globalThis.seen.at(-1)?.value !== bar.value)
        globalThis.seen.push({ value: bar.value, says: bar.ariaLabel });
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await take(page, long("watched"));
  await rowOf(page, "watched.csv").locator(".pill", { hasText: "Imported" }).waitFor({ timeout: 120_000 });
  const seen = await page.evaluate(() => globalThis.seen);
  const between = seen.map(({ value }) => value).filter((value) => value > 0 && value < 100);
  assert.ok(between.length >= 2, JSON.stringify(seen));
  assert.deepEqual(
    seen.map(({ value }) => value),
    seen.map(({ value }) => value).sort((a, b) => a - b),
  );
  assert.ok(
    seen.every(({ value, says }) => says === `${value} % read`),
    JSON.stringify(seen),
  );
  assert.equal(await page.locator(".import-progress").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a long import is stopped; the same file again goes on where it was", async () => {
  const { page } = await scene.open("/settings/import", { ready: ".settings-form" });
  const name = "Stop importing stopped.csv";
  await page.evaluate((label) => {
    // It lives only while the import runs: pressed from inside, the moment it is there.
    const watch = new MutationObserver(() => {
      const button = document.querySelector(`[aria-label="${label}"]`);
      if (!button) return;
      watch.disconnect();
      button.click();
    });
    watch.observe(document.body, { subtree: true, childList: true });
  }, name);
  const file = long("stopped");
  await take(page, file);
  const row = rowOf(page, "stopped.csv");
  await row.locator(".pill", { hasText: "Stopped" }).waitFor({ timeout: 120_000 });
  await row.getByText("Choose the same file again to go on.").waitFor();
  assert.equal(await axeFaults(page), "");
  const stopped = (await scene.api("/api/v1/imports")).imports.find((each) => each.name === file.name);
  assert.equal(stopped.state, "stopped");
  assert.ok(stopped.created < LONG, `${stopped.created}`);

  await page.reload();
  await take(page, file);
  await row.locator(".pill", { hasText: "Imported" }).waitFor({ timeout: 120_000 });
  const done = (await scene.api("/api/v1/imports")).imports.find((each) => each.name === file.name);
  assert.equal(done.unchanged, stopped.created); // what was there already did nothing
  assert.equal(done.created, LONG - stopped.created);
});

test("the report of bad rows says line, column and reason of each", async () => {
  const { page } = await scene.open("/settings/import", { ready: ".settings-form" });
  const rows = [
    "id;title;amount;close_date",
    "B-1;Bike;199,90;1.12.2026",
    "B-2;Bike;plenty;tomorrow",
    ";Bike;1,00;",
    "",
  ];
  await take(page, { name: "bad.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
  const row = rowOf(page, "bad.csv");
  await row.locator(".pill", { hasText: "Imported" }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    row.getByRole("link", { name: "Download the report of bad rows" }).click(),
  ]);
  const report = await readFile(await saved.path(), "utf8");
  assert.match(report, /\b3\b.*amount/);
  assert.match(report, /\b3\b.*close_date/);
  assert.match(report, /\b4\b/);
  assert.ok(!/^2\b/m.test(report), report); // nothing is wrong there
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
