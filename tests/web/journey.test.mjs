// The whole road in a real browser against the real service: a rule is mended, previewed, published; an event comes in; the
// delivery appears by itself; and what was sent is what the preview showed, character by character.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

/** What the preview's bubbles say, put together as the phone does. */
async function previewText(page) {
  const parts = await page.locator(".preview .bubble").allTextContents();
  return parts.join("");
}

/** Posts the stage entry of this record and answers the sandbox's message for it. */
async function enterStage(entityId, stage, rule) {
  const snapshot = await scene.api(`/api/v1/records/deal/${entityId}`);
  const from = snapshot.deal.stage;
  const id = `evt-${rule}-${entityId}`;
  const moved = { ...snapshot, deal: { ...snapshot.deal, stage } };
  const at = new Date().toISOString();
  const event = {
    id,
    type: "stage_changed",
    at,
    entity: "deal",
    entity_id: entityId,
    pipeline: "sales",
  };
  await scene.api("/api/v1/events", {
    method: "POST",
    body: { ...event, from, to: stage, snapshot: moved },
  });
  return id;
}

async function sandboxMessage(rule, entityId) {
  const { deliveries } = await scene.api(`/api/v1/deliveries?rule=${rule}&entity_id=${entityId}`);
  const { messages } = await scene.api("/api/v1/sandbox/messages");
  return messages.find(({ key }) => deliveries.some((delivery) => delivery.key === key));
}

describe("from the fault to the customer's phone", () => {
  test("the fault is shown, its fix works, and what is sent is what the preview showed", async () => {
    const watcher = await scene.open("/deliveries");
    await watcher.page.getByText("Live", { exact: true }).waitFor();
    await watcher.page.evaluate(() => (globalThis.notReloaded = true));

    const { page, complaints } = await scene.open("/rules");
    const card = page.getByRole("link", { name: /Payment received/ });
    await card.filter({ hasText: "1 fault" }).click();

    const faults = page.getByRole("list", { name: "Faults and advice" });
    await faults.getByText("contact.frist_name").first().waitFor();
    await page.locator(".cm-lintRange-error", { hasText: "contact.frist_name" }).waitFor();
    await faults.getByRole("button", { name: /first_name/ }).click();
    await page.getByText("No faults found.").waitFor();
    assert.equal(await page.locator(".cm-lintRange-error").count(), 0);

    await page.getByRole("combobox", { name: "Sample client" }).selectOption("D-2");
    await page.waitForURL(/record=D-2/);
    await page.locator(".preview .bubble", { hasText: "Jonas" }).waitFor();
    const shown = await previewText(page);
    assert.match(shown, /Jonas/);

    await page.getByRole("button", { name: "Review and publish" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("Published: the rule is live").first().waitFor();
    const stored = await scene.api("/api/v1/rules/payment-received");
    assert.equal(stored.draft, null);
    assert.match(stored.rule.action.text, /contact\.first_name/);

    await enterStage("D-2", "paid", "payment-received");
    const row = watcher.page
      .locator(".delivery-row", { hasText: "Payment received" })
      .filter({ hasText: /Sent|Delivered/ });
    await row.first().waitFor();
    assert.equal(await watcher.page.evaluate(() => globalThis.notReloaded), true);

    const sent = await sandboxMessage("payment-received", "D-2");
    assert.deepEqual([...sent.content.text], [...shown]);

    await page.goto(`${scene.service.url}/sandbox`);
    const bubble = page.locator(".sandbox-list .bubble", { hasText: "Jonas" });
    await bubble.first().waitFor();
    assert.equal(await bubble.first().textContent(), shown);
    assert.deepEqual(complaints, []);
  });

  test("an e-mail arrives as it was previewed: subject, HTML and plain text", async () => {
    const { page } = await scene.open("/rules/payment-receipt?record=D-3");
    await page.locator(".mail-subject").waitFor();
    const subject = await page.locator(".mail-subject").textContent();
    await page.getByRole("group", { name: "View" }).getByRole("button", { name: "Source" }).click();
    const html = await page.locator(".mail-text").textContent();
    await page.getByRole("group", { name: "View" }).getByRole("button", { name: "Plain text" }).click();
    const text = await page.locator(".mail-text").textContent();
    await enterStage("D-3", "paid", "payment-receipt");
    await page.goto(`${scene.service.url}/sandbox`);
    await page.locator(".sandbox-list .mail-subject", { hasText: subject }).first().waitFor();
    const { content } = await sandboxMessage("payment-receipt", "D-3");
    assert.deepEqual(
      { subject: content.subject, html: content.html, text: content.text },
      { subject, html, text },
    );
  });

  test("a customer without such a number is not messaged, and preview and delivery give the same reason", async () => {
    const { page } = await scene.open("/rules/payment-received?record=D-10");
    await page.locator(".skip-note").waitFor();
    const reason = await page.locator(".skip-note div div").textContent();
    await enterStage("D-10", "paid", "payment-received");
    await page.goto(`${scene.service.url}/deliveries?status=skipped`);
    const row = page.locator(".delivery-row", { hasText: reason });
    await row.first().click();
    await page.getByRole("heading", { name: "Why it was not sent" }).waitFor();
    assert.match(await page.locator(".delivery-detail").textContent(), /Not sent/);
  });
});
