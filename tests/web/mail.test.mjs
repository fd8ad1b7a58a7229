// Somebody's HTML in the preview: its looks are shown, nothing of it runs, fetches or reaches the page.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { setScene } from "./support/scene.mjs";

const HOSTILE = `<p style="color: rgb(1, 2, 3)">Styled</p>
<img src="/tracker.png" onerror="top.document.title = 'broken'"><img src="https://tracker.example/x.png">
<a href="https://phish.example/">Pay</a><style>@import "https://style.example/x.css"; p { font-weight: 700 }</style>`;

const scene = setScene({
  prepare: async ({ api }) => {
    const { rule } = await api("/api/v1/rules/welcome");
    const action = { ...rule.action, html: HOSTILE };
    await api("/api/v1/rules/hostile?draft=1", { method: "PUT", body: { ...rule, id: "hostile", action } });
  },
});

const mailIn = (page) => page.frameLocator(".mail-frame").frameLocator("iframe");

test("the mail's own styles hold, and its scripts, pictures and links do not", async () => {
  const asked = [];
  const { page, complaints } = await scene.open("/rules/hostile?record=D-1", { ready: ".mail-frame" });
  // A request that the policy refuses is told as well; it never left.
  page.on("requestfailed", (request) => request.failure().errorText !== "csp" && asked.push(request.url()));
  page.on("response", (response) => asked.push(response.url()));
  const words = mailIn(page).getByText("Styled");
  await words.waitFor();
  const style = await words.evaluate((p) => {
    const { color, fontWeight } = getComputedStyle(p);
    return { color, fontWeight };
  });
  assert.deepEqual(style, { color: "rgb(1, 2, 3)", fontWeight: "700" });
  await mailIn(page).getByText("Pay").click();
  await page.getByRole("textbox", { name: "HTML" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("<p>typed later</p>");
  await mailIn(page).getByText("typed later").waitFor();
  assert.equal(asked.filter((url) => /tracker|phish|style\.example/.test(url)).join(), "");
  assert.match(page.url(), /\/rules\/hostile/);
  assert.notEqual(await page.title(), "broken");
  // What the browser refused, it refused inside the frame: the page's own policy had nothing to say.
  const refused = complaints.filter((text) => !/script|image|style\.example|tracker|phish/i.test(text));
  assert.deepEqual(refused, []);
});

test("an ordinary mail is shown without any complaint of the browser", async () => {
  const { page, complaints } = await scene.open("/rules/welcome?record=D-1", { ready: ".mail-frame" });
  await mailIn(page).locator("p, h1, td").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("the page's policy has no exception, and the frame's names its one script", async () => {
  const policyOf = async (path) =>
    (await fetch(scene.service.url + path)).headers.get("content-security-policy");
  assert.doesNotMatch(await policyOf("/rules"), /'unsafe-/);
  const policy = await policyOf("/mail.html");
  assert.match(policy, /sandbox allow-scripts; frame-ancestors 'self'/);
  const source = await readFile(new URL("../../web/public/mail.html", import.meta.url), "utf8");
  const script = /<script>(.*?)<\/script>/s.exec(source)[1];
  const digest = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  assert.ok(policy.includes(digest), `${digest} is not in ${policy}`);
  assert.ok(source.includes(digest));
});
