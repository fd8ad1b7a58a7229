// Nothing jumps while a view comes up: what has been drawn stays where it is until somebody does something.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PLACES } from "./support/places.mjs";
import { crowd } from "./support/records.mjs";
import { setScene } from "./support/scene.mjs";

const MAIN = ["board", "sms", "email", "new", "simulator", "deliveries", "records", "settings"];
const MANY = 10_000;

const scene = setScene({
  prepare: async (service) => {
    await service.api("/api/v1/records/deal/D-1/move", { method: "POST", body: { stage: "paid" } });
  },
});

/** The last that is drawn of a view; of others it is what they are ready by. */
const LAST = { sms: "[data-reached]", email: "[data-reached]", deliveries: ".plot-sent" };

/** Runs in the page before its scripts: gathers every shift that nobody asked for, with what moved. */
function observe() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput)
        globalThis.shifts.push({
          value,
          moved: sources.map(({ node }) => node?.className || node?.nodeName || "?"),
        });
  }).observe({ type: "layout-shift", buffered: true });
}

for (const place of PLACES.filter(({ name }) => MAIN.includes(name))) {
  test(`${place.name} does not shift`, async () => {
    const { page } = await scene.open(place.path, { ready: place.ready, init: observe });
    await page.evaluate(() => document.fonts.ready);
    if (LAST[place.name]) await page.locator(LAST[place.name]).waitFor();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
  });
}

test("the plots of deliveries and what stands below keep their places, however late the numbers come", async () => {
  for (const shape of [{ width: 1440 }, { width: 320 }]) {
    const { page } = await scene.open("/rules", { ready: ".rule-card", shape, init: observe });
    let send;
    const held = new Promise((resolve) => (send = resolve));
    await page.route("**/api/v1/statistics?*", (route) => held.then(() => route.continue()));
    await page.getByRole("link", { name: "Deliveries", exact: true }).click();
    await page.locator(".delivery-row").first().waitFor();
    const top = () =>
      page.evaluate(() => document.querySelector(".delivery-columns").getBoundingClientRect().top);
    const before = await top();
    send();
    await page.locator(".plot-sent").waitFor();
    assert.equal(await top(), before, `${shape.width} px`);
  }
});

/** Runs in the page: notes where each part of the panel ever stands in it, and how often counting begins. */
function watchPanel() {
  const panel = document.querySelector(".coverage");
  const seen = { begun: 0, counting: false, places: {} };
  const look = () => {
    const counting = panel.querySelector("progress") !== null;
    if (counting && !seen.counting) seen.begun++;
    seen.counting = counting;
    const { top } = panel.getBoundingClientRect();
    for (const part of ["h3", ".reached", ".counting", ".counting .bar", ".reasons"]) {
      const box = panel.querySelector(part)?.getBoundingClientRect();
      const places = (seen.places[part] ??= []);
      if (box && places.at(-1) !== box.top - top) places.push(box.top - top);
    }
  };
  look();
  new MutationObserver(look).observe(panel, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  globalThis.panelSeen = seen;
}

for (const width of [1440, 320]) {
  test(`the figures of all clients stay where they are while they are counted anew, ${width} px`, async () => {
    const { page } = await scene.open("/rules/on-its-way?record=D-8", {
      ready: "[data-reached]",
      shape: { width },
    });
    await page.evaluate(watchPanel);
    const buffer = Buffer.from(
      crowd(MANY)
        .map((line) => JSON.stringify(line))
        .join("\n"),
    );
    await page
      .getByLabel("Take a file (NDJSON)…")
      .setInputFiles({ name: "clients.ndjson", mimeType: "application/x-ndjson", buffer });
    await page.getByText(/of 10,000 are reached/).waitFor();
    await page.getByRole("textbox", { name: "Text" }).click();
    await page.keyboard.type("!");
    await page.waitForFunction(() => globalThis.panelSeen.begun > 1 && !globalThis.panelSeen.counting);
    const { places } = await page.evaluate(() => globalThis.panelSeen);
    for (const [part, tops] of Object.entries(places)) assert.equal(tops.length, 1, `${part}: ${tops}`);
  });
}
