// A rule judged on 10,000 clients in the page's worker, in Chromium: node tests/bench/coverage_page.mjs
// One line a run: records, milliseconds of judging (reading the file not counted), and the budget.
import { launch, openPage, signIn } from "../web/support/browser.mjs";
import { crowd } from "../web/support/records.mjs";
import { startService } from "../web/support/service.mjs";

const MANY = 10_000;
const RUNS = 5;
const BUDGET_MS = 2_000;

const service = await startService();
const browser = await launch();
const cookies = await signIn(browser, service);
const { page } = await openPage(browser);
await page.context().addCookies(cookies);
await page.goto(`${service.url}/rules/on-its-way?record=D-8`);
await page.locator("[data-reached]").waitFor();
const buffer = Buffer.from(
  crowd(MANY)
    .map((line) => JSON.stringify(line))
    .join("\n"),
);
const file = { name: "clients.ndjson", mimeType: "application/x-ndjson", buffer };
const times = () =>
  page.evaluate(() => performance.getEntriesByName("recado-coverage").map(({ duration }) => duration));
let seen = (await times()).length;
await page.getByLabel("Take a file (NDJSON)…").setInputFiles(file);
for (let run = 0; run < RUNS; run++) {
  await page.waitForFunction((n) => performance.getEntriesByName("recado-coverage").length > n, seen);
  const all = await times();
  console.log(`${MANY} records ${Math.round(all.at(-1))} ms of ${BUDGET_MS}`);
  seen = all.length;
  await page.getByRole("combobox", { name: "Which phone number" }).selectOption(run % 2 ? "mobile" : "auto");
}
await browser.close();
await service.stop();
