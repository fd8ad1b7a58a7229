// Pictures of every view from the running demo, in both schemes and narrow: node tests/web/screenshots.mjs FOLDER
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, openPage, signIn } from "./support/browser.mjs";
import { PLACES } from "./support/places.mjs";
import { startService } from "./support/service.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/web/screenshots.mjs FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const service = await startService();
const browser = await launch();
const cookies = await signIn(browser, service);
await service.api("/api/v1/records/deal/D-1/move", {
  method: "POST",
  body: { stage: "paid" },
});
for (const shape of [
  { name: "light", scheme: "light", width: 1440, height: 900 },
  { name: "dark", scheme: "dark", width: 1440, height: 900 },
  { name: "narrow", scheme: "light", width: 320, height: 640 },
]) {
  const { page, close } = await openPage(browser, shape);
  await page.context().addCookies(cookies);
  for (const place of PLACES) {
    await page.goto(service.url + place.path);
    await page.locator(place.ready).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({
      path: join(folder, `${place.name}-${shape.name}.png`),
      fullPage: shape.name === "narrow",
    });
  }
  await close();
}
await browser.close();
await service.stop();
