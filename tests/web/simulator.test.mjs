// The simulator: rules over events in the browser, drafts against what is live, an export; without the service once loaded.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { record } from "./support/records.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const goTo = async (path) => (await scene.open(path, { ready: ".sim-form button" })).page;

const timeline = (page) => page.getByRole("region", { name: "What would happen" });

function entries(count, stage) {
  return Array.from({ length: count }, (_, n) => {
    const snapshot = record(n + 2);
    const { id } = snapshot.deal;
    const at = `2026-11-${String(10 + n).padStart(2, "0")}T09:00:00Z`;
    const event = {
      id: `f-${n}`,
      type: "stage_changed",
      at,
      entity: "deal",
      entity_id: id,
      pipeline: "sales",
    };
    return { ...event, to: stage, snapshot: { ...snapshot, deal: { ...snapshot.deal, stage } } };
  });
}

async function takeEvents(page, events) {
  const buffer = Buffer.from(events.map((event) => JSON.stringify(event)).join("\n"));
  const file = { name: "november.ndjson", mimeType: "application/x-ndjson", buffer };
  await page.getByLabel("Events of a file (NDJSON)…").setInputFiles(file);
  await page.waitForURL(/events=file/);
  await page.locator("option", { hasText: "november.ndjson" }).waitFor({ state: "attached" });
}

test("every item of the CRM enters its stage, and each message or reason stands in the timeline", async () => {
  const page = await goTo("/simulator");
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page).locator("[data-sent]").waitFor();
  assert.ok((await timeline(page).locator(".event").count()) > 5);
  await timeline(page).getByText("On its way").first().waitFor();
  assert.equal(await axeFaults(page), "");
});

test("events of a file run on the virtual clock without the service, and are exported", async () => {
  const page = await goTo("/simulator?rules=call-back");
  await takeEvents(page, entries(3, "in_discussion"));
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page).locator('[data-sent="3"]').waitFor();
  // A day later than the entry, by the rule's delay; and again with the network gone.
  const [first] = await timeline(page).locator("time").all();
  assert.match(await first.getAttribute("datetime"), /^2026-11-11T/);
  await page.context().setOffline(true);
  await page.getByLabel("Until").fill("2026-11-12");
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page).getByText("1 still waiting at the end").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    timeline(page).getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  assert.equal(lines.length, 3);
  assert.match(lines[0], /^when,rule,/);
  await page.context().setOffline(false);
});

test("a draft is held against what is live, message by message", async () => {
  const { rule } = await scene.api("/api/v1/rules/on-its-way");
  const action = { ...rule.action, text: "Coming: {{ deal.title }}" };
  await scene.api("/api/v1/rules/on-its-way?draft=1", { method: "PUT", body: { ...rule, action } });
  const page = await goTo("/simulator?rules=on-its-way&compare=1");
  await takeEvents(page, entries(2, "delivery"));
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page).locator(".pill", { hasText: "changed" }).first().waitFor();
  await timeline(page).getByText("Coming: City bike").first().waitFor();
  await timeline(page)
    .getByText(/^live: City bike is on its way/)
    .first()
    .waitFor();
});

test("what happened in the CRM on some days happens again, with the items as they were", async () => {
  const { deal, ...rest } = await scene.api("/api/v1/records/deal/D-4");
  await scene.api("/api/v1/records/deal/D-4/move", { method: "POST", body: { stage: "delivery" } });
  const body = { ...rest, deal: { ...deal, stage: "won", title: "Renamed since" } };
  await scene.api("/api/v1/records/deal/D-4", { method: "PUT", body });
  // An event that says nothing of its item: it is taken as it is now.
  const bare = { id: "bare", type: "stage_changed", at: new Date().toISOString(), entity: "deal" };
  const event = { ...bare, entity_id: "D-7", pipeline: "sales", from: "paid", to: "delivery" };
  await scene.api("/api/v1/events", { method: "POST", body: event });
  const page = await goTo("/simulator?rules=on-its-way");
  await page.getByLabel("What happens").selectOption({ label: "What happened in the CRM happens again" });
  await page.waitForURL(/events=taken/);
  await page.getByRole("button", { name: "Run" }).click();
  const row = timeline(page).locator(".event", { hasText: "Lucía Fernández" });
  await row.locator(".event-words", { hasText: "Children's bike" }).waitFor();
  await timeline(page).locator(".event", { hasText: "Oleksandr Kovalenko" }).waitFor();
  await row.getByText("Renamed since · Lucía").waitFor(); // as it is called today
  assert.equal(await axeFaults(page), "");

  // The same stretch again, with the network gone.
  await page.context().setOffline(true);
  await page.getByLabel("Compare drafts").check();
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page).locator(".pill").first().waitFor();
  await row.getByText("Renamed since · Lucía").waitFor();
  await page.context().setOffline(false);

  await page.getByLabel("Since").fill("2100-01-01");
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("There are no events yet.").waitFor();
});

test("all items are run, of every entity that a rule is about, and called by their names", async () => {
  const schema = await scene.api("/api/v1/schema");
  const pipelines = [{ id: "bills", name: "Bills", stages: [{ id: "sent", name: "Sent", kind: "open" }] }];
  const invoice = { code: "invoice", name: "Invoice", pipelines, fields: [] };
  await scene.api("/api/v1/schema", {
    method: "PUT",
    body: { ...schema, entities: [...schema.entities, invoice] },
  });
  const { rule } = await scene.api("/api/v1/rules/on-its-way");
  const bill = {
    ...rule,
    id: "bill",
    name: "Bill",
    on: { entity: "invoice", stage: "sent" },
    action: { ...rule.action, text: "Your bill {{ invoice.title }}" },
  };
  await scene.api("/api/v1/rules/bill", { method: "PUT", body: bill });
  const many = 1_001; // one more than the longest page
  for (let n = 0; n < many; n += 1) {
    const card = { id: `I-${n}`, title: `Bill ${n}`, pipeline: "bills", stage: "sent" };
    const contacts = [{ first_name: "Ana", phones: [{ type: "mobile", value: "+4915123456789" }] }];
    await scene.api(`/api/v1/records/invoice/${card.id}`, {
      method: "PUT",
      body: { invoice: card, contacts },
    });
  }
  const page = await goTo("/simulator?rules=bill%2Con-its-way");
  await page.getByRole("button", { name: "Run" }).click();
  await timeline(page)
    .getByText(/· Bill \d+ · Ana/)
    .first()
    .waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    timeline(page).getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n").slice(1);
  assert.equal(lines.filter((line) => line.includes(",Bill,invoice,")).length, many);
  assert.ok(lines.some((line) => line.includes(",On its way,deal,")));
});
