// The first steps of somebody who has never seen Recado: from picking a stage to a message in the sandbox, all by what the guide
// says; skipped, and found again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene({ fresh: true });
const guideOf = (page) => page.getByRole("complementary", { name: "First steps" });

test("the guide leads from a stage to a message in the sandbox", async () => {
  const { page, complaints } = await scene.open("/rules", { ready: ".rule-card" });
  const guide = guideOf(page);
  await guide.getByRole("button", { name: "Show me" }).click();
  await guide.getByText("Step 1 of 6").waitFor();
  assert.equal(await axeFaults(page), "");
  await guide.getByLabel("Stage").selectOption("won");
  await guide.getByRole("button", { name: "Next" }).click();

  await guide.getByText("Step 2 of 6").waitFor();
  await page.locator(".cm-content").first().click();
  await page.keyboard.type("Your bike is ready.");
  await guide.getByRole("button", { name: "Next" }).click();
  await page.locator(".preview .bubble", { hasText: "Your bike is ready." }).waitFor();
  await guide.getByRole("button", { name: "Next" }).click();
  await guide.getByText("Step 4 of 6").waitFor();
  await page.getByRole("button", { name: "Review and publish" }).click();
  await page.getByRole("button", { name: "Publish", exact: true }).click();

  await guide.getByText("Step 5 of 6").waitFor(); // the service has it live
  await page.reload(); // which is no setback
  await guide.getByRole("link", { name: "Open the records" }).click();
  const card = page.locator(".item-card", { hasText: "City bike" });
  await card.getByRole("button", { name: /^Move/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("To the stage").selectOption("won");
  await dialog.getByRole("button", { name: /^Move to/ }).click();

  await guide.getByText("Step 6 of 6").waitFor(); // the service has sent it
  await guide.getByRole("link", { name: "Open the sandbox inbox" }).click();
  await page.locator(".sandbox-list .bubble", { hasText: "Your bike is ready." }).waitFor();
  await guide.getByText("That is all.").waitFor();
  assert.equal(await axeFaults(page), "");
  assert.deepEqual(complaints, []);
});

test("the guide is skipped, stays away, and is found again", async () => {
  const { page } = await scene.open("/rules", { ready: ".rule-card", shape: { width: 320, height: 640 } });
  await guideOf(page).getByRole("button", { name: "Not now" }).click();
  await page.reload();
  await page.locator(".rule-card").first().waitFor();
  assert.equal(await guideOf(page).count(), 0);
  await page.getByRole("button", { name: "First steps" }).click();
  await guideOf(page).getByText("Step 1 of 6").waitFor();
  assert.equal(await axeFaults(page), "");
  await guideOf(page).getByRole("button", { name: "Leave the guide" }).click();
  assert.equal(await guideOf(page).count(), 0);
});
