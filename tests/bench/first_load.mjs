// How long until the page can be used, in Chromium on a processor slowed four times, in a fresh profile (nothing cached):
//   node tests/bench/first_load.mjs
// One line a view: from the navigation to the moment its first control is drawn and the main thread has answered a timer
// since (so a click is handled at once); and, of the editor, until the preview stands there. Medians of five, and the budget.
import { launch, openPage, signIn } from "../web/support/browser.mjs";
import { startService } from "../web/support/service.mjs";

const SLOWER = 4;
const RUNS = 5;
const BUDGET_MS = 1_500;

const VIEWS = [
  { name: "board", path: "/rules", usable: ".rule-card", budget: BUDGET_MS },
  { name: "editor", path: "/rules/on-its-way?record=D-8", usable: ".sentence select", budget: BUDGET_MS },
  { name: "editor's preview", path: "/rules/on-its-way?record=D-8", usable: ".bubble", budget: null },
];

/** Runs in the page before its scripts: notes when the selector has its first match and the thread is free again. */
function observe(selector) {
  const found = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      watch.disconnect();
      // The next frame draws it; a timer that is set there comes after that.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    watch.observe(document, { subtree: true, childList: true });
  });
  globalThis.usableAt = found;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const service = await startService();
const browser = await launch();
const cookies = await signIn(browser, service);

async function once({ path, usable }) {
  const { page, close } = await openPage(browser);
  await page.context().addCookies(cookies);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(observe, usable);
  await page.goto(service.url + path, { waitUntil: "commit" });
  const at = await page.evaluate(() => globalThis.usableAt);
  await close();
  return at;
}

let isOver = false;
for (const view of VIEWS) {
  const times = [];
  for (let run = 0; run < RUNS; run++) times.push(await once(view));
  const middle = median(times);
  isOver ||= view.budget !== null && middle > view.budget;
  const all = times.map((ms) => Math.round(ms)).join(" ");
  const budget = view.budget === null ? "no budget" : `budget ${view.budget} ms`;
  console.log(
    `first load, ${view.name}: ${Math.round(middle)} ms (${all}; ${budget}), processor ${SLOWER} times slower`,
  );
}
await browser.close();
await service.stop();
process.exit(isOver ? 1 : 0);
