// Without a connection: the page comes from the browser, the core works in it, edits wait and are sent later, and what
// somebody else changed meanwhile is not overwritten.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene({ fresh: true });

/** Waits for the worker to take the page over; within the page's limit for any one condition. */
const hasCopy = (page) =>
  page.waitForFunction(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready; // active, which is before it has claimed this page
    if (!serviceWorker.controller)
      await new Promise((resolve) =>
        serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      );
    return true;
  });

/** A page that has its copy, having seen the board, a rule with its records, and the simulator. */
async function withCopy() {
  const opened = await scene.open("/rules", { ready: ".rule-card", shape: { offline: true } });
  const { page } = opened;
  await hasCopy(page);
  await page.goto(`${scene.service.url}/rules/on-its-way?record=D-8`);
  await page.locator("[data-reached]").waitFor();
  await page.locator(".bubble").first().waitFor();
  return opened;
}

const off = (page) => page.locator(".offline-bar.is-off");
const write = async (page, text) => {
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
  await page.locator(".preview .bubble", { hasText: text.trim() }).first().waitFor();
};
const save = async (page, says) => {
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.locator(".save-state", { hasText: says }).waitFor();
};
/** The service takes the next change that the page sends of this rule. */
const taken = (page, id) =>
  page.waitForResponse(
    (response) =>
      response.request().method() === "PUT" &&
      new URL(response.url()).pathname === `/api/v1/rules/${id}` &&
      response.ok(),
  );

test("the page can be installed", async () => {
  const { page } = await scene.open("/rules", { ready: ".rule-card" });
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const response = await fetch(scene.service.url + href);
  assert.equal(response.headers.get("content-type"), "application/manifest+json");
  const manifest = await response.json();
  assert.equal(manifest.display, "standalone");
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await fetch(scene.service.url + src);
    assert.equal(icon.headers.get("content-type"), type);
    if (type !== "image/png") continue;
    const bytes = new DataView(await icon.arrayBuffer());
    assert.equal(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, sizes);
  }
  const worker = await fetch(`${scene.service.url}/sw.js`);
  assert.match(worker.headers.get("content-type"), /^text\/javascript/);
  assert.equal(worker.headers.get("cache-control"), "no-cache");
});

test("with the network off everything is there: rules, checks, previews, the simulator", async () => {
  const { page, complaints } = await withCopy();
  await page.goto(`${scene.service.url}/simulator`);
  await page.locator(".sim-form").waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".sim-result, .timeline li").first().waitFor();
  await page.context().setOffline(true);

  await page.goto(`${scene.service.url}/rules/on-its-way?record=D-8`);
  await page.locator("[data-reached]").waitFor();
  await off(page).waitFor();
  await write(page, " Without");
  await page.keyboard.type(" {{ deal.nunber");
  await page.getByText("deal.nunber").first().waitFor();
  assert.equal(await axeFaults(page), "");

  await page.getByRole("link", { name: "Rules", exact: true }).click();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`${scene.service.url}/rules`);
  await page.locator(".rule-card").first().waitFor();
  assert.equal(await axeFaults(page), "");

  await page.goto(`${scene.service.url}/simulator`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator(".sim-result, .timeline li").first().waitFor();
  assert.deepEqual(
    complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/.test(text)),
    [],
  );
});

test("edits made without a connection wait, survive a reload, and are sent in order when it is back", async () => {
  const { page } = await withCopy();
  await page.goto(`${scene.service.url}/rules/welcome?record=D-1`);
  await page.locator(".mail-head").waitFor();
  await page.goto(`${scene.service.url}/rules/on-its-way?record=D-8`);
  await page.locator(".bubble").first().waitFor();
  await page.context().setOffline(true);
  await write(page, " First");
  await save(page, "Kept here");
  await page.reload();
  await page.locator(".preview .bubble", { hasText: "First" }).waitFor();
  await page.getByText("One change will be sent").waitFor();
  await write(page, " and last");
  await save(page, "Kept here");
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("On its way, at last");
  await save(page, "Kept here");
  await page.getByText("One change will be sent").waitFor();

  await page.goto(`${scene.service.url}/rules/welcome?record=D-1`);
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Welcome aboard");
  await save(page, "Kept here");
  await page.getByText("2 changes will be sent").waitFor();
  const sent = [];
  page.on("request", (request) => request.method() === "PUT" && sent.push(new URL(request.url()).pathname));
  const last = taken(page, "welcome");
  await page.context().setOffline(false);
  await last;
  assert.equal((await scene.api("/api/v1/rules/welcome")).draft.name, "Welcome aboard");
  const { draft } = await scene.api("/api/v1/rules/on-its-way");
  assert.equal(draft.name, "On its way, at last");
  assert.match(draft.action.text, / First and last$/);
  assert.deepEqual(sent, ["/api/v1/rules/on-its-way", "/api/v1/rules/welcome"]);
  await page.locator(".save-state", { hasText: /^Saved/ }).waitFor();
  await off(page).waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Welcome again");
  const again = taken(page, "welcome");
  await save(page, /^Saved/); // not "Not saved yet"
  await again;
});

test("with the service stopped the same holds; after its restart a conflict is put together field by field", async () => {
  const { page } = await withCopy();
  await scene.service.pause();
  await write(page, " Mine");
  await save(page, "Kept here");
  await off(page).waitFor();
  await page.reload();
  await page.locator(".preview .bubble", { hasText: "Mine" }).waitFor();
  await scene.service.resume();
  // Somebody else is quicker than this page's next try, or is not: it must not matter which.
  await page.context().setOffline(true);
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("My name");
  await save(page, "Kept here");
  const { rule, draft } = await scene.api("/api/v1/rules/on-its-way");
  const theirs = { ...(draft ?? rule), name: "Their name", enabled: false };
  await scene.api("/api/v1/rules/on-its-way?draft=1", { method: "PUT", body: theirs });
  await page.context().setOffline(false);

  const dialog = page.getByRole("dialog", { name: "Somebody else changed this rule" });
  await dialog.waitFor();
  assert.equal(await axeFaults(page), "");
  const name = dialog.getByRole("group", { name: "Name of the rule" });
  await name.getByText("My name").waitFor();
  await name.getByRole("radio", { name: /Their name/ }).check();
  assert.ok(
    await dialog.getByRole("group", { name: "Text" }).getByRole("radio", { name: /Mine/ }).isChecked(),
  );
  const kept = taken(page, "on-its-way");
  await dialog.getByRole("button", { name: "Keep the chosen parts" }).click();
  await dialog.waitFor({ state: "hidden" });
  await kept;
  const stored = await scene.api("/api/v1/rules/on-its-way");
  assert.match(stored.draft.action.text, / Mine$/);
  assert.equal(stored.draft.name, "Their name");
  assert.equal(stored.draft.enabled, false); // they switched it off, and nobody else touched that
});

test("signing out takes everything away that was kept here", async () => {
  const { page } = await withCopy();
  const kept = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open("recado-offline");
          request.onsuccess = () => {
            const count = request.result.transaction("answers").objectStore("answers").count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
    );
  assert.ok((await kept()) > 3);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Please sign in" }).waitFor();
  assert.equal(await kept(), 0);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Try again" }).waitFor();
  assert.equal(await page.getByText("On its way").count(), 0);
});

test("a new version waits until the user wants it", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "recado-dist-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const dist = new URL("../../web/dist/", import.meta.url).pathname;
  await cp(dist, folder, { recursive: true });
  const { page, complaints } = await scene.other({ page: folder }, "/rules", {
    ready: ".rule-card",
    shape: { offline: true },
  });
  await hasCopy(page);

  const index = (await readFile(join(dist, "index.html"), "utf8")).replace(
    "<title>Recado",
    "<title>Recado 2",
  );
  await writeFile(join(folder, "index.html"), index);
  const worker = await readFile(join(dist, "sw.js"), "utf8");
  const version = JSON.parse(/^const RECADO_VERSION = (.*);$/m.exec(worker)[1]);
  version.name = "another";
  version.files["/"] = `sha256-${createHash("sha256").update(index).digest("base64")}`;
  await writeFile(
    join(folder, "sw.js"),
    worker.replace(/^.*$/m, `const RECADO_VERSION = ${JSON.stringify(version)};`),
  );
  const title = () => page.evaluate(async () => /<title>.*?</.exec(await (await fetch("/rules")).text())[0]);

  await page.reload(); // still the version that is here; the browser looks for another one meanwhile
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const bar = page.locator(".offline-bar", { hasText: "A new version of this page is ready." });
  await bar.waitFor();
  assert.equal(await axeFaults(page), "");
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 2);
  await Promise.all([page.waitForEvent("load"), bar.getByRole("button", { name: "Reload" }).click()]);
  await page.locator(".rule-card").first().waitFor();
  assert.equal(await bar.count(), 0);
  const shown = await page.evaluate(async () => {
    const cache = await caches.open("recado another");
    return (await (await cache.match("/")).text()).includes("<title>Recado 2");
  });
  assert.ok(shown);
  assert.match(await title(), /Recado 2/);
  assert.deepEqual(complaints, []);
});
