// The page in five languages: switched by hand, remembered, taken from the browser; nothing grows out of its place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { PLACES } from "./support/places.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene({
  prepare: async (service) => {
    await service.api("/api/v1/records/deal/D-1/move", { method: "POST", body: { stage: "paid" } });
  },
});

/** A page in this language; not the frame with an e-mail, which has no storage. */
function inLanguage(path, language, shape) {
  const init = (tag) => {
    if (self === top) localStorage.setItem("recado.language", tag);
  };
  return scene.open(path, { shape, init, argument: language });
}

test("the language is switched in place, without losing what was written, and remembered", async () => {
  const { page } = await scene.open("/rules/payment-received?record=D-5");
  await page.getByText("There is no contact.frist_name").first().waitFor();
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Danke");
  await page.getByRole("combobox", { name: "Language" }).selectOption("de");
  await page.getByRole("button", { name: "Prüfen und veröffentlichen" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Name der Regel" }).inputValue(), "Danke");
  await page.locator(".fault.is-error", { hasText: "Meinten Sie" }).waitFor();
  assert.match(await page.locator("html").getAttribute("lang"), /^de/);
  await page.goto(`${scene.service.url}/rules`);
  await page.getByRole("heading", { name: "Regeln", exact: true }).waitFor();
});

for (const language of ["de", "es", "pl", "pt"]) {
  for (const [scheme, width] of [
    ["light", 1440],
    ["dark", 320],
  ]) {
    test(`every view in ${language}, ${scheme}, ${width} px`, async () => {
      const { page, complaints } = await inLanguage("/rules", language, { scheme, width, height: 800 });
      for (const place of PLACES) {
        await page.goto(scene.service.url + place.path);
        await page.locator(place.ready).first().waitFor();
        assert.equal(await axeFaults(page), "", place.name);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${place.name} is wider than the window`);
      }
      assert.deepEqual(complaints, []);
    });
  }
}
