// The pictures of the documentation, from the running demo: node tests/web/screenshots.mjs [FOLDER], docs/images unless given.
// Every main view in both schemes, some narrow. WebP, because Chromium can write it and it is a third of a PNG.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, openPage, signIn } from "./support/browser.mjs";
import { eventually } from "./support/eventually.mjs";
import { startService } from "./support/service.mjs";

const folder = process.argv[2] ?? new URL("../../docs/images", import.meta.url).pathname;
const MOST_BYTES = 200_000; // of one picture
const QUALITY = 0.86;

const VIEWS = [
  { name: "board", path: "/rules", ready: ".week", narrow: true },
  { name: "editor", path: "/rules/payment-received?record=D-2", ready: ".preview .bubble", narrow: true },
  { name: "records", path: "/records?entity=deal&id=D-1", ready: ".item-panel .history li" },
  {
    name: "simulator",
    path: "/simulator",
    ready: ".sim-form",
    click: ".sim-form .primary",
    then: ".timeline li",
  },
  {
    name: "deliveries",
    path: "/deliveries",
    ready: ".delivery-row",
    click: ".delivery-row",
    then: ".facts",
    narrow: true,
  },
  { name: "sandbox", path: "/sandbox", ready: ".sandbox-list li" },
  { name: "providers", path: "/settings", ready: ".settings-list li" },
  { name: "people", path: "/settings/users", ready: ".settings-list li" },
];
const SHAPES = [
  { suffix: "", scheme: "light", width: 1440, height: 900 },
  { suffix: "-dark", scheme: "dark", width: 1440, height: 900 },
  { suffix: "-narrow", scheme: "light", width: 320, height: 640 },
];

/** A shop in the middle of its day: prices, messages that went out and some that did not. */
async function prepare({ api }) {
  const prices = [{ prefix: "", per: "segment", amount: "0.07", currency: "EUR" }];
  await api("/api/v1/providers/sms-main", {
    method: "PUT",
    body: { kind: "sandbox", settings: { prices } },
    headers: { "If-Match": "*" },
  });
  const user = { name: "Eva Lind", role: "editor", password: "only-for-a-picture" };
  await api("/api/v1/users/eva", { method: "PUT", body: user });
  const moves = {
    "D-3": "paid",
    "D-10": "paid",
    "D-7": "delivery",
    "D-4": "delivery",
    "D-2": "paid",
    "D-1": "paid",
  };
  for (const [id, stage] of Object.entries(moves)) {
    await api(`/api/v1/records/deal/${id}/move`, { method: "POST", body: { stage } });
  }
  await eventually(async () => {
    const { deliveries } = await api("/api/v1/deliveries");
    return (
      deliveries.length >= 10 && deliveries.every(({ status }) => !["due", "in_flight"].includes(status))
    );
  });
}

/** The picture as WebP, as the browser writes it. */
async function webp(page, png) {
  const url = `data:image/png;base64,${png.toString("base64")}`;
  const written = await page.evaluate(
    async ([source, quality]) => {
      const image = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext("2d").drawImage(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/webp", quality });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [url, QUALITY],
  );
  return Buffer.from(written);
}

await mkdir(folder, { recursive: true });
const service = await startService();
const browser = await launch();
try {
  const cookies = await signIn(browser, service);
  await prepare(service);
  const writer = await openPage(browser); // of no site, so that no policy stands in its way
  for (const { suffix, ...shape } of SHAPES) {
    const { page, close } = await openPage(browser, shape);
    await page.context().addCookies(cookies);
    // The letters of a first visit are the system's: nothing moves when the page's own come.
    await page.goto(service.url);
    await page.evaluate(() => document.fonts.ready);
    for (const { name, path, ready, click, then, narrow } of VIEWS) {
      if (shape.width < 400 && !narrow) continue;
      await page.goto(service.url + path);
      await page.locator(ready).first().waitFor();
      if (click) await page.locator(click).first().click();
      if (then) await page.locator(then).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      const picture = await webp(writer.page, await page.screenshot());
      assert.ok(picture.length < MOST_BYTES, `${name}${suffix} has ${picture.length} bytes`);
      await writeFile(join(folder, `${name}${suffix}.webp`), picture);
    }
    await close();
  }
} finally {
  await browser.close();
  await service.stop();
}
