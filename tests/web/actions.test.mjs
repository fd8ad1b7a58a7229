// All six actions, every timing, conditions in groups, files: written by hand in the browser, looked up in the service.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { setScene } from "./support/scene.mjs";

const scene = setScene();

const NEW = "/rules/new?entity=deal&pipeline=sales&stage=paid&channel=";

const goTo = async (path) => (await scene.open(path, { ready: ".sentence" })).page;

const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const pick = (page, name) => page.getByRole("combobox", { name, exact: true });

async function write(page, name, text) {
  await box(page, name).click();
  await page.keyboard.insertText(text);
}

/** Saves the rule as a draft and answers the newest text that the service holds. */
async function saved(page) {
  // Not by the word "Saved": that of the time before may still be there.
  const isSave = (response) => response.request().method() === "PUT" && /\/rules\//.test(response.url());
  const answered = page.waitForResponse(isSave);
  await page.getByRole("button", { name: "Save draft" }).click();
  assert.ok((await answered).ok());
  await page.getByText("Saved", { exact: true }).first().waitFor();
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { draft, rule } = await scene.api(`/api/v1/rules/${id}`);
  return draft ?? rule;
}

test("a call speaks a text, in a voice of its own pace, from a line", async () => {
  const page = await goTo(`${NEW}call`);
  await pick(page, "Line").selectOption("line-berlin");
  await write(page, "Text to speak", "Good day {{ contact.first_name }}");
  await pick(page, "Language").selectOption("pt-BR");
  await box(page, "Voice").fill("Camila");
  await page.getByRole("slider", { name: /Pace/ }).fill("80");
  await page.getByRole("slider", { name: /Volume/ }).fill("120");
  await page.locator(".spoken", { hasText: /^Good day \S/ }).waitFor();
  await page.locator(".call-preview", { hasText: "pace 80 % · volume 120 %" }).waitFor();
  const say = {
    text: "Good day {{ contact.first_name }}",
    language: "pt-BR",
    voice: "Camila",
    rate: 80,
    volume: 120,
  };
  assert.deepEqual((await saved(page)).action, {
    type: "make_call",
    line: "line-berlin",
    phone_type: "auto",
    say,
  });
});

test("a call plays a recording, and an address that is no public mp3 is a fault", async () => {
  const page = await goTo(`${NEW}call`);
  await page.getByRole("button", { name: "Recording" }).click();
  const address = box(page, "Public https address of an mp3 file");
  await address.fill("http://127.0.0.1/a.wav");
  await page.locator(".fault.is-error").first().waitFor();
  await address.fill("https://files.shop.example/thanks.mp3");
  await page.getByRole("link", { name: "Open the recording" }).waitFor();
  assert.equal(await page.locator(".fault.is-error").count(), 0);
  assert.deepEqual((await saved(page)).action.play, { url: "https://files.shop.example/thanks.mp3" });
});

test("what the browser would speak is the text shown, in the rule's pace and volume", async () => {
  const init = () => {
    globalThis.spoken = [];
    speechSynthesis.speak = ({ text, lang, rate, volume }) =>
      globalThis.spoken.push({ text, lang, rate, volume });
  };
  const { page } = await scene.open("/rules/big-deal-call?record=D-3", { init });
  await page.getByRole("slider", { name: /Pace/ }).fill("150");
  await page.locator(".call-preview", { hasText: "pace 150 %" }).waitFor();
  const shown = await page.locator(".spoken").textContent();
  await page.getByRole("button", { name: "Listen" }).click();
  const [said] = await page.evaluate(() => globalThis.spoken);
  assert.deepEqual(said, { text: shown, lang: "en-GB", rate: 1.5, volume: 1 });
  await page.locator(".call-preview").getByRole("button", { name: "Stop" }).click();
});

test("a chat message for colleagues only is marked so, and carries files of the item and of the store", async () => {
  const page = await goTo(`${NEW}chat`);
  await write(page, "Text", "{{ client.name }} has paid");
  await pick(page, "Who reads it").selectOption("hidden");
  await page.getByRole("button", { name: "Attach…" }).click();
  await page.getByRole("button", { name: "Contract", exact: true }).click();
  await page.getByRole("button", { name: "Attach…" }).click();
  const file = { name: "terms.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") };
  await page.getByLabel("Upload a file").setInputFiles(file);
  await page.locator(".chip", { hasText: "terms.pdf" }).waitFor();
  assert.deepEqual((await saved(page)).action, {
    type: "send_chat_message",
    text: "{{ client.name }} has paid",
    hidden: true,
    attachments: [{ field: "deal.contract" }, { file: "terms.pdf" }],
  });
  const { files } = await scene.api("/api/v1/files");
  assert.ok(files.some(({ name }) => name === "terms.pdf"));
});

test("a hidden message shows its mark in the preview", async () => {
  const snapshot = await scene.api("/api/v1/records/deal/D-5");
  const chats = [{ channel: "sms-main", id: "991", created: "2026-11-01T10:00:00Z" }];
  const [first, ...others] = snapshot.contacts;
  const body = { ...snapshot, contacts: [{ ...first, chats }, ...others] };
  await scene.api("/api/v1/records/deal/D-5", { method: "PUT", body });
  const page = await goTo(`${NEW}chat`);
  await pick(page, "Sample client").selectOption("D-5");
  await write(page, "Text", "Discount agreed");
  await page.locator(".bubble", { hasText: "Discount agreed" }).waitFor();
  assert.equal(await page.locator(".hidden-mark").count(), 0);
  await pick(page, "Who reads it").selectOption("hidden");
  await page.locator(".bubble.is-hidden .hidden-mark").waitFor();
  assert.equal(await axeFaults(page), "");
});

test("where nobody listed templates, any is named and filled with values of the client", async (test) => {
  const workspace = await scene.api("/api/v1/workspace");
  const put = (body) => scene.api("/api/v1/workspace", { method: "PUT", body });
  await put({ ...workspace, templates: [] });
  test.after(() => put(workspace));
  const page = await goTo(`${NEW}whatsapp`);
  await box(page, "Template").fill("order_paid");
  await page.keyboard.press("Tab");
  await pick(page, "Language of the template").selectOption("de");
  await page.getByRole("button", { name: "Add value" }).click();
  await page.getByRole("button", { name: "Add value" }).click();
  await write(page, "Value 1", "{{ contact.first_name }}");
  await write(page, "Value 2", "{{ deal.number }}");
  await page.locator(".filled-in dd", { hasText: /^1\d{3}$/ }).waitFor();
  assert.deepEqual((await saved(page)).action, {
    type: "send_whatsapp",
    provider: "sms-main",
    template: "order_paid",
    language: "de",
    phone_type: "auto",
    parameters: { 1: "{{ contact.first_name }}", 2: "{{ deal.number }}" },
  });
});

test("a new WhatsApp message goes through the account with templates, and one of them brings its values", async () => {
  const page = await goTo("/rules/new?entity=lead&pipeline=leads&stage=new&channel=whatsapp");
  await pick(page, "Template").selectOption("lead_reply");
  await write(page, "Value 1", "{{ client.first_name }}");
  await write(page, "Value 2", "{{ lead.interest }}");
  await page.locator(".bubble", { hasText: "thank you for asking about" }).waitFor();
  await pick(page, "Language of the template").selectOption("de");
  await page.locator(".bubble", { hasText: "Wann dürfen wir Sie anrufen?" }).waitFor();
  const { provider, template, language } = (await saved(page)).action;
  assert.deepEqual(
    { provider, template, language },
    {
      provider: "whatsapp-main",
      template: "lead_reply",
      language: "de",
    },
  );
});

test("an invitation has its link from the start, and a text without one is a fault", async () => {
  const page = await goTo(`${NEW}invite`);
  await page.locator(".bubble", { hasText: "https://t.me/" }).waitFor();
  const { action } = await saved(page);
  assert.deepEqual(action, {
    type: "invite_to_messenger",
    channel: "telegram-main",
    provider: "sms-main",
    phone_type: "auto",
    text: "{{ invite.link }}",
  });
  await box(page, "Text").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("Talk to us");
  await page.locator(".fault.is-error").first().waitFor();
});

test("changing what the rule sends keeps its words", async () => {
  const page = await goTo("/rules/payment-received?record=D-5");
  const text = await box(page, "Text").textContent();
  await pick(page, "Message").selectOption("make_call");
  assert.equal(await box(page, "Text to speak").textContent(), text);
  await pick(page, "Message").selectOption("send_email");
  assert.equal(await box(page, "Plain text").textContent(), text);
});

test("every timing can be said: before a date, at a time, in working hours, after the rules before it", async () => {
  const page = await goTo(`${NEW}sms`);
  await write(page, "Text", "Soon");
  await page.getByRole("button", { name: /^When the message goes out/ }).click();
  await page.getByRole("radio", { name: "Some time before a date" }).check();
  await page.getByRole("spinbutton", { name: "How long" }).fill("2");
  await pick(page, "Unit").selectOption("days");
  await page.getByRole("button", { name: "and…" }).click();
  await pick(page, "before").selectOption("deal.delivery_date");
  await pick(page, "Only in working hours").selectOption("office");
  await page.getByRole("checkbox", { name: "Wait until the rules before it have ended" }).check();
  await pick(page, "By the clock of").selectOption("client");
  await page.keyboard.press("Escape");
  const words =
    "2 days 1 hour before delivery date, in working hours (office), by the client’s clock, after the rules before it";
  await page.getByRole("button", { name: `When the message goes out: ${words}` }).waitFor();
  assert.deepEqual((await saved(page)).timing, {
    run: "before",
    delay: "P2DT1H",
    field: "deal.delivery_date",
    business_hours: "office",
    wait_for_previous: true,
    zone: "client",
  });

  await page.getByRole("button", { name: /^When the message goes out/ }).click();
  await page.getByRole("radio", { name: "At a time of day" }).check();
  await page.getByRole("textbox", { name: "Time of day" }).fill("16:30");
  await page.getByRole("checkbox", { name: "Only when the responsible colleague works" }).check();
  await page.keyboard.press("Escape");
  const { timing } = await saved(page);
  assert.equal(timing.run, "at");
  assert.equal(timing.time, "16:30");
  assert.equal(timing.responsible_hours, true);
  assert.equal("delay" in timing, false);
  assert.equal(await page.locator(".fault.is-error").count(), 0);
});

test("conditions stand in groups, with a value as each comparison wants it", async () => {
  const page = await goTo(`${NEW}sms`);
  await write(page, "Text", "Hello");
  await page.getByRole("button", { name: /^Only under these conditions/ }).click();
  await page.getByRole("button", { name: "Add condition" }).click();
  await pick(page, "Field").selectOption("deal.close_date");
  await pick(page, "Comparison").selectOption("between");
  await page.getByLabel("From", { exact: true }).fill("2026-12-01");
  await page.getByLabel("To", { exact: true }).fill("2026-12-24");
  await page.getByRole("button", { name: "Add group" }).click();
  const group = page.getByRole("group", { name: "Conditions 2" });
  await group.getByRole("button", { name: "Add condition" }).click();
  await group.getByRole("combobox", { name: "Field" }).first().selectOption("contact.language");
  await group.getByRole("combobox", { name: "Comparison" }).first().selectOption("in");
  await group.getByRole("textbox", { name: "Values, with commas between" }).fill("de, pt-BR");
  await group.getByRole("combobox", { name: "Field" }).last().selectOption("deal.amount");
  await group.getByRole("combobox", { name: "Comparison" }).last().selectOption("gt");
  await group.getByRole("textbox", { name: "Value", exact: true }).fill("1 000,50");
  await page.keyboard.press("Tab");
  assert.equal(await axeFaults(page), "");
  await page.keyboard.press("Escape");
  assert.deepEqual((await saved(page)).conditions, {
    all: [
      { field: "deal.close_date", op: "between", value: ["2026-12-01", "2026-12-24"] },
      {
        any: [
          { field: "contact.language", op: "in", value: ["de", "pt-BR"] },
          { field: "deal.amount", op: "gt", value: "1000.50" },
        ],
      },
    ],
  });
  assert.equal(await page.locator(".fault.is-error").count(), 0);
});

test("the fine print says what kind of message it is and what happens in doubt; the usual is not written", async () => {
  const page = await goTo("/rules/on-its-way?record=D-8");
  await pick(page, "Kind of message").selectOption("marketing");
  await pick(page, "When in doubt").selectOption("at_least_once");
  await pick(page, "Too long a text").selectOption("truncate");
  const changed = await saved(page);
  assert.equal(changed.transactional, false);
  assert.equal(changed.policy, "at_least_once");
  assert.equal(changed.over_limit, "truncate");
  await pick(page, "Kind of message").selectOption("service");
  await pick(page, "When in doubt").selectOption("at_most_once");
  await pick(page, "Too long a text").selectOption("skip");
  const plain = await saved(page);
  for (const name of ["transactional", "policy", "over_limit"]) assert.equal(name in plain, false, name);
});

test("an e-mail notes clicks, takes the last address and carries a file", async () => {
  const page = await goTo("/rules/payment-receipt?record=D-3");
  await pick(page, "Which of several addresses").selectOption("last");
  await page.getByRole("checkbox", { name: "Note when the client follows a link" }).check();
  await page.getByRole("button", { name: "Attach…" }).click();
  await page.getByRole("button", { name: "Contract", exact: true }).click();
  const { action } = await saved(page);
  assert.equal(action.use_address, "last");
  assert.equal(action.track_clicks, true);
  assert.deepEqual(action.attachments, [{ field: "deal.contract" }]);
});

test("the preview looks through another language and another moment, and finds a client by an order", async () => {
  const page = await goTo("/rules/call-back?record=D-1");
  await page.getByRole("button", { name: "Find a client" }).click();
  await page.getByRole("searchbox", { name: "Find a client" }).fill("1002");
  await page.getByRole("button", { name: /Jonas Bauer/ }).click();
  await page.waitForURL(/record=D-2/);
  await page.getByRole("button", { name: /look at it in another language/ }).click();
  await pick(page, "Language of the client").selectOption("en");
  await page.getByLabel("The item enters the stage on").fill("2027-03-01T09:30");
  await page.locator(".phone-heading", { hasText: /2 Mar 2027|Mar 2, 2027/ }).waitFor();
  await page.getByRole("button", { name: "Back to the client as is" }).click();
  await page.locator(".phone-heading", { hasText: /2026/ }).waitFor();
});

test("on the narrowest phone no line of the sentence begins with a comma", async () => {
  const shape = { width: 320, height: 640 };
  const { page } = await scene.open("/rules/payment-received?record=D-5", { shape, ready: ".glued" });
  const apart = await page.evaluate(
    () =>
      [...document.querySelectorAll(".sentence .glued")].filter((glued) => {
        const range = document.createRange();
        range.selectNodeContents(glued.lastChild);
        const word = glued.firstElementChild.getBoundingClientRect();
        return range.getBoundingClientRect().left < word.left;
      }).length,
  );
  assert.equal(apart, 0);
});
