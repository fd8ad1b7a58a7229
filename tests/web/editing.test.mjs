// Writing a rule: by keyboard alone, with two people at once, and without losing work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const goTo = async (path) => (await scene.open(path)).page;

async function tabTo(page, locator) {
  for (let step = 0; step < 60; step++) {
    if (await locator.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("Tab does not lead there");
}

test("a rule is written, completed, mended and published with the keyboard alone", async () => {
  const page = await goTo("/rules");
  const add = page.getByRole("button", { name: "Add rule to Delivery" });
  await add.waitFor();
  await tabTo(page, add);
  await page.keyboard.press("Enter");
  await page.locator("a:focus", { hasText: "SMS" }).waitFor();
  await page.keyboard.press("Enter");

  const text = page.getByRole("textbox", { name: "Text" });
  await text.waitFor();
  await tabTo(page, text);
  await page.keyboard.type("Hi {{ contact.fir");
  await page.getByRole("option", { name: /contact\.first_name/ }).waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Hi .+/)
    .first()
    .waitFor();
  assert.match(await text.textContent(), /^Hi \{\{ contact\.first_name\s*\}\}$/);

  const publish = page.getByRole("button", { name: "Review and publish" });
  await page.keyboard.press("Escape");
  for (let step = 0; step < 60; step++) {
    if (await publish.evaluate((element) => element.matches(":focus"))) break;
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Publish/ });
  await tabTo(page, dialog.getByRole("button", { name: "Publish", exact: true }));
  await page.keyboard.press("Enter");
  await page.getByText("Published: the rule is live").first().waitFor();
  await page.waitForURL(/\/rules\/deal-delivery-sms-[0-9a-f]{8}/);
  const { rules } = await scene.api("/api/v1/rules");
  const written = rules.find(({ rule }) => rule?.id.startsWith("deal-delivery-sms-"));
  assert.equal(written.published_revision, 1);
});

test("a rule with a fault is kept as a draft and does not go live", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  const text = page.getByRole("textbox", { name: "Text" });
  await text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" {{ deal.numbr");
  await page.locator(".fault.is-error").first().waitFor();
  await page.getByRole("button", { name: "Review and publish" }).click();
  const dialog = page.getByRole("dialog", { name: /^Publish/ });
  await dialog.getByText("One fault must be mended before the rule can go live.").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Publish", exact: true }).count(), 0);
  await dialog.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  const stored = await scene.api("/api/v1/rules/on-its-way");
  assert.notEqual(stored.draft, null);
  assert.equal(stored.published_revision, 1);
});

test("of two versions saved at once one is chosen, and nothing is lost unseen", async () => {
  const page = await goTo("/rules/call-back?record=D-4");
  await page.locator(".bubble").first().waitFor();
  const { rule } = await scene.api("/api/v1/rules/call-back");
  const theirs = { ...rule, name: "Changed elsewhere" };
  await scene.api("/api/v1/rules/call-back?draft=1", {
    method: "PUT",
    body: theirs,
  });

  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Changed here");
  await page.getByRole("button", { name: "Save draft" }).click();
  const dialog = page.getByRole("dialog", {
    name: "Somebody else changed this rule",
  });
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /Changed here[^]*Changed elsewhere/);
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Saved", { exact: true }).first().waitFor();
  assert.equal((await scene.api("/api/v1/rules/call-back")).draft.name, "Changed here");
});

test("leaving with unsaved changes asks first", async () => {
  const page = await goTo("/rules/welcome?record=D-1");
  await page.getByRole("textbox", { name: "Name of the rule" }).fill("Half a thought");
  const asked = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Deliveries" }).click();
  assert.match(asked[0], /not saved/);
  assert.match(page.url(), /\/rules\/welcome/);
  assert.equal(await page.getByRole("textbox", { name: "Name of the rule" }).inputValue(), "Half a thought");
});

test("a costly character is named and replaced with one click", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await page.locator(".bubble").first().waitFor();
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("It’s here: ");
  const meter = page.getByRole("group", { name: "Length and cost" });
  await meter.getByText("Unicode").waitFor();
  await page.locator(".cm-costly", { hasText: "’" }).waitFor();
  await page.getByRole("button", { name: "Write ' instead" }).click();
  await meter.getByText("Standard").waitFor();
  assert.match(await page.getByRole("textbox", { name: "Text" }).textContent(), /^It's here: /);
});

test("a value is inserted from the menu at the cursor", async () => {
  const page = await goTo("/rules/new?entity=deal&pipeline=sales&stage=won&channel=sms");
  const text = page.getByRole("textbox", { name: "Text" });
  await text.click();
  await page.keyboard.type("Order ");
  await page.getByRole("button", { name: "Insert value into Text" }).click();
  await page.getByRole("searchbox", { name: "Search values" }).fill("number");
  await page
    .getByRole("button", { name: /^Number/ })
    .first()
    .click();
  assert.equal(await text.textContent(), "Order {{ deal.number }}");
});

test("the sentence's words change the rule", async () => {
  const page = await goTo("/rules/payment-received?record=D-5");
  await page.getByRole("button", { name: /^When the message goes out/ }).click();
  await page.getByRole("radio", { name: "After a delay" }).check();
  await page.getByRole("spinbutton", { name: "How long" }).fill("2");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "When the message goes out: 2 hours later" }).waitFor();
  await page.getByRole("combobox", { name: "Which phone number" }).selectOption("home");
  await page.getByRole("button", { name: /^Only under these conditions/ }).click();
  await page.getByRole("button", { name: "Add condition" }).click();
  await page.getByRole("combobox", { name: "Field" }).selectOption("deal.amount");
  await page.getByRole("combobox", { name: "Comparison" }).selectOption("ge");
  await page.getByRole("textbox", { name: "Value" }).fill("100.00");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /if amount ≥ 100\.00 EUR/ }).waitFor();
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  const { draft } = await scene.api("/api/v1/rules/payment-received");
  assert.deepEqual(draft.timing, { run: "after", delay: "PT2H" });
  assert.deepEqual(draft.conditions, {
    all: [{ field: "deal.amount", op: "ge", value: "100.00" }],
  });
  assert.equal(draft.action.phone_type, "home");
});
