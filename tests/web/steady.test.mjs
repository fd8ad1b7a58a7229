// Nothing jumps while a view comes up: what has been drawn stays where it is until somebody does something.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PLACES } from "./support/places.mjs";
import { setScene } from "./support/scene.mjs";

const MAIN = ["board", "sms", "email", "new", "simulator", "records", "settings"];

const scene = setScene({
  prepare: async (service) => {
    await service.api("/api/v1/records/deal/D-1/move", { method: "POST", body: { stage: "paid" } });
  },
});

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
    // The last that is drawn of a rule; of other views it is what they are ready by.
    if (/^(sms|email)$/.test(place.name)) await page.locator("[data-reached]").waitFor();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
  });
}
