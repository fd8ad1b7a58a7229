// The page in five languages: switched by hand, remembered, taken from the browser; nothing grows out of its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { launch, openPage, signIn } from "./support/browser.mjs";
import { PLACES } from "./support/places.mjs";
import { startService } from "./support/service.mjs";

let service, browser, cookies;

before(async () => {
  service = await startService();
  browser = await launch();
  cookies = await signIn(browser, service);
  await service.api("/api/v1/records/deal/D-1/move", { method: "POST", body: { stage: "paid" } });
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function signedIn(path, shape, language) {
  const opened = await openPage(browser, shape);
  await opened.page.context().addCookies(cookies);
  if (language) {
    // Not in the frame with an e-mail, which has no storage.
    await opened.page.addInitScript((tag) => {
      if (self === top) localStorage.setItem("recado.language", tag);
    }, language);
  }
  await opened.page.goto(service.url + path);
  return opened;
}

test("the language is switched in place, without losing what was written, and remembered", async () => {
  const { page, close } = await signedIn("/rules/payment-received?record=D-5");
  await page.getByText("There is no contact.frist_name").first().waitFor();
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Danke");
  await page.getByRole("combobox", { name: "Language" }).selectOption("de");
  await page.getByRole("button", { name: "Prüfen und veröffentlichen" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Name der Regel" }).inputValue(), "Danke");
  await page.locator(".fault.is-error", { hasText: "Meinten Sie" }).waitFor();
  assert.match(await page.locator("html").getAttribute("lang"), /^de/);
  await page.goto(`${service.url}/rules`);
  await page.getByRole("heading", { name: "Regeln", exact: true }).waitFor();
  await close();
});

for (const language of ["de", "es", "pl", "pt"]) {
  for (const [scheme, width] of [
    ["light", 1440],
    ["dark", 320],
  ]) {
    test(`every view in ${language}, ${scheme}, ${width} px`, async () => {
      const { page, complaints, close } = await signedIn("/rules", { scheme, width, height: 800 }, language);
      for (const place of PLACES) {
        await page.goto(service.url + place.path);
        await page.locator(place.ready).first().waitFor();
        assert.equal(await axeFaults(page), "", place.name);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${place.name} is wider than the window`);
      }
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}
