// Every view, in both colour schemes and at 320 pixels: axe finds nothing, the browser complains of nothing, nothing needs
// sideways scrolling.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { PLACES } from "./support/places.mjs";
import { setScene } from "./support/scene.mjs";

const SHAPES = [
  { scheme: "light", width: 1440, height: 900 },
  { scheme: "dark", width: 1440, height: 900 },
  { scheme: "light", width: 320, height: 640 },
  { scheme: "dark", width: 320, height: 640 },
];

const scene = setScene({
  prepare: async (service) => {
    // One message of each kind, so that no view is empty.
    for (const [id, stage] of [
      ["D-1", "paid"],
      ["D-10", "paid"],
    ]) {
      await service.api(`/api/v1/records/deal/${id}/move`, {
        method: "POST",
        body: { stage },
      });
    }
  },
});

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const shape of SHAPES) {
  const named = `${shape.scheme}, ${shape.width} px`;
  for (const place of PLACES) {
    test(`${place.name}, ${named}`, async () => {
      const { page, complaints } = await scene.open(place.path, { shape, ready: place.ready });
      if (place.name === "deliveries") {
        await page.locator(".delivery-row").first().click();
        await page.locator(".facts").waitFor();
      }
      assert.equal(await axeFaults(page), "");
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
      assert.deepEqual(complaints, []);
    });
  }
}

for (const shape of SHAPES.slice(0, 2)) {
  for (const name of [/^Insert value into/, /^When the message goes out/, /^Only under these conditions/]) {
    test(`the panel ${name.source}, ${shape.scheme}`, async () => {
      const { page } = await scene.open("/rules/payment-received?record=D-5", { shape, ready: ".bubble" });
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog", { name }).waitFor();
      assert.equal(await axeFaults(page), "");
    });
  }
}

test("somebody who is not signed in is told how, and sees nothing else", async () => {
  const { page } = await scene.open("/rules", { stranger: true });
  await page.getByRole("heading", { name: "Please sign in" }).waitFor();
  assert.equal(await axeFaults(page), "");
  assert.equal(await page.locator(".rule-card").count(), 0);
  await page.getByLabel("Or sign in with an access token").fill(scene.service.token);
  await page.getByRole("button", { name: "Sign in with the token" }).click();
  await page.locator(".rule-card").first().waitFor();
});
