// Every view, in both colour schemes and at 320 pixels: axe finds nothing, the browser complains of nothing, nothing needs
// sideways scrolling.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { launch, openPage, signIn } from "./support/browser.mjs";
import { PLACES } from "./support/places.mjs";
import { startService } from "./support/service.mjs";

const SHAPES = [
  { scheme: "light", width: 1440, height: 900 },
  { scheme: "dark", width: 1440, height: 900 },
  { scheme: "light", width: 320, height: 640 },
  { scheme: "dark", width: 320, height: 640 },
];

let service, browser, cookies;

before(async () => {
  service = await startService();
  browser = await launch();
  cookies = await signIn(browser, service);
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
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function signedIn(path, shape) {
  const opened = await openPage(browser, shape);
  await opened.page.context().addCookies(cookies);
  await opened.page.goto(service.url + path);
  return opened;
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const shape of SHAPES) {
  const named = `${shape.scheme}, ${shape.width} px`;
  for (const place of PLACES) {
    test(`${place.name}, ${named}`, async () => {
      const { page, complaints, close } = await signedIn(place.path, shape);
      await page.locator(place.ready).first().waitFor();
      if (place.name === "deliveries") {
        await page.locator(".delivery-row").first().click();
        await page.locator(".facts").waitFor();
      }
      assert.equal(await axeFaults(page), "");
      assert.ok((await overflow(page)) <= 0, "the page is wider than the window");
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}

for (const shape of SHAPES.slice(0, 2)) {
  for (const name of [/^Insert value into/, /^When the message goes out/, /^Only under these conditions/]) {
    test(`the panel ${name.source}, ${shape.scheme}`, async () => {
      const { page, close } = await signedIn("/rules/payment-received?record=D-5", shape);
      await page.locator(".bubble").first().waitFor();
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog", { name }).waitFor();
      assert.equal(await axeFaults(page), "");
      await close();
    });
  }
}

test("somebody who is not signed in is told how, and sees nothing else", async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${service.url}/rules`);
  await page.getByRole("heading", { name: "Please sign in" }).waitFor();
  assert.equal(await axeFaults(page), "");
  assert.equal(await page.locator(".rule-card").count(), 0);
  await page.getByLabel("Or sign in with an access token").fill(service.token);
  await page.getByRole("button", { name: "Sign in with the token" }).click();
  await page.locator(".rule-card").first().waitFor();
  await close();
});
