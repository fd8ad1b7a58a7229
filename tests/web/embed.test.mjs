// The rule editor in a page that is not Recado's: the packed npm package and a file server, nothing else.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { axeFaults } from "./support/axe.mjs";
import { launch, openPage } from "./support/browser.mjs";
import { unpackPackage } from "./support/package.mjs";
import { serveFolders } from "./support/statics.mjs";

const EXAMPLES = new URL("../../examples/", import.meta.url).pathname;
const PUBLIC = new URL("../../web/public/", import.meta.url).pathname;

let unpacked, site, browser, opened, page;

before(async () => {
  unpacked = await unpackPackage();
  site = await serveFolders({
    "/wasm/dist/": unpacked.root,
    "/examples/": EXAMPLES,
    "/web/public/": PUBLIC,
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await unpacked?.remove();
});
beforeEach(async () => {
  opened = await openPage(browser);
  page = opened.page;
  await page.goto(`${site.url}/examples/embed/`);
  await page.locator("[data-reached]").waitFor();
});
afterEach(async () => {
  assert.deepEqual(opened.complaints, []);
  await opened.close();
});

const text = () => page.getByRole("textbox", { name: "Text" });
const bubble = (has) => page.locator(".preview .bubble", { hasText: has });

/** Remembers what the element tells from now on. */
const listen = () =>
  page.evaluate(() => {
    globalThis.told = [];
    for (const name of ["change", "diagnostics", "save"])
      document.addEventListener(
        name,
        ({ target, detail }) =>
          target.localName === "recado-rule-editor" && globalThis.told.push({ name, detail }),
      );
  });
const told = (name) =>
  page.evaluate((wanted) => globalThis.told.filter((each) => each.name === wanted), name);

describe("<recado-rule-editor> without the service", () => {
  test("checks, meter, preview and coverage come from the core in the page, and no service is asked", async () => {
    await bubble("Hi there").waitFor();
    assert.match(await page.locator(".bubble").first().textContent(), /99/);
    await page.getByText("contact.frist_name").first().waitFor();
    assert.match(await page.locator(".meter").textContent(), /of 200 characters/);
    assert.equal(await page.locator("[data-reached]").getAttribute("data-reached"), "0"); // it has a fault
    assert.deepEqual(
      site.asked.filter((line) => !/^GET \/(wasm\/dist|examples|web\/public)\//.test(line)),
      [],
    );
  });

  test("typing tells changes and diagnostics; a fix and saving are told too", async () => {
    await listen();
    await text().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Bye!");
    await bubble("Bye!").waitFor();
    const changes = await told("change");
    assert.equal(changes.length, 5);
    assert.match(changes.at(-1).detail.rule.action.text, / Bye!$/);
    const found = (await told("diagnostics")).at(-1).detail;
    assert.equal(found.errors, 1);
    assert.equal(found.rule.action.text, changes.at(-1).detail.rule.action.text);

    const faults = page.getByRole("list", { name: "Faults and advice" });
    await faults.getByRole("button", { name: /first_name/ }).click();
    await bubble("Hi Ana").waitFor();
    await page.locator("[data-reached='2']").waitFor();
    await page.getByRole("button", { name: "Review and publish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("Published: the rule is live").first().waitFor();
    const [saved] = await told("save");
    assert.equal(saved.detail.publish, true);
    assert.match(saved.detail.rule.action.text, /contact\.first_name/);
    assert.equal(await page.evaluate(() => document.querySelector("recado-rule-editor").dirty), false);
  });

  test("a save that the page could not keep is shown with its reason", async () => {
    await page.evaluate(() =>
      document.addEventListener("save", ({ detail }) =>
        detail.until(Promise.reject(new Error("the CRM is closed today"))),
      ),
    );
    await text().click();
    await page.keyboard.type("x");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.locator(".save-state", { hasText: "the CRM is closed today" }).waitFor();
  });

  test("attributes and properties may change at any time", async () => {
    const set = (name, value) =>
      page.evaluate(([key, to]) => (document.querySelector("recado-rule-editor")[key] = to), [name, value]);
    await set("record", "D-2");
    await bubble("198").waitFor();
    await set("language", "de");
    await page.getByRole("button", { name: "Prüfen und veröffentlichen" }).waitFor();
    await page
      .getByText(/frist_name/)
      .first()
      .waitFor();
    await set("language", "en");
    await page.getByRole("button", { name: "Review and publish" }).waitFor();
    await page.evaluate(() => {
      const editor = document.querySelector("recado-rule-editor");
      editor.rule = {
        ...editor.rule,
        id: "other",
        action: { ...editor.rule.action, text: "Other text" },
      };
    });
    await bubble("Other text").waitFor();
    await page.evaluate(() =>
      document.querySelector("recado-rule-editor").setAttribute("snapshots", JSON.stringify([])),
    );
    await page.locator(".preview .bubble").waitFor({ state: "detached" });
    await page.evaluate(() => document.querySelector("recado-rule-editor").setAttribute("schema", "{"));
    await page.getByRole("alert").getByText("schema").waitFor();
    await set("readOnly", true);
    await page.getByRole("button", { name: "Save draft" }).waitFor({ state: "detached" });
  });

  test("the colours follow the element's own scheme", async () => {
    const ground = () =>
      page.evaluate(() => {
        const card = document.querySelector("recado-rule-editor").shadowRoot.querySelector(".card");
        return getComputedStyle(card).backgroundColor;
      });
    await page.locator("#colours").selectOption("light");
    const light = await ground();
    await page.locator("#colours").selectOption("dark");
    assert.notEqual(await ground(), light);
    assert.equal(await axeFaults(page), "");
  });

  test("the page's styles do not reach in, and the editor's do not reach out", async () => {
    const look = () =>
      page.evaluate(() => {
        const button = document
          .querySelector("recado-rule-editor")
          .shadowRoot.querySelector(".button.primary");
        const { color, fontFamily, fontSize, padding, textTransform, letterSpacing } =
          getComputedStyle(button);
        return {
          color,
          fontFamily,
          fontSize,
          padding,
          textTransform,
          letterSpacing,
        };
      });
    const before = await look();
    await page.evaluate(() => {
      const hostile = new CSSStyleSheet();
      hostile.replaceSync(`* { color: red !important; font: 40px fantasy !important; padding: 40px !important;
        text-transform: uppercase !important; letter-spacing: 1em !important; --ink: red !important; --accent: red !important; }
        .button { display: none !important; } button { background: red !important; }`);
      document.adoptedStyleSheets = [hostile];
    });
    assert.deepEqual(await look(), before);
    assert.equal(await page.evaluate(() => document.styleSheets.length), 1);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  });

  test("several editors share one core, and taking them away frees it", async () => {
    const cores = () => page.workers().length;
    assert.equal(cores(), 2); // one for keystrokes, one for counting
    await page.evaluate(() => {
      const first = document.querySelector("recado-rule-editor");
      const second = document.createElement("recado-rule-editor");
      second.id = "second";
      second.snapshots = first.snapshots.slice(1);
      second.rule = {
        ...first.rule,
        id: "second",
        action: { ...first.rule.action, text: "Second" },
      };
      document.querySelector("main").append(second);
    });
    await page.locator("#second .bubble", { hasText: "Second" }).waitFor();
    await page.locator("#second [data-reached='1']").waitFor();
    await bubble("Hi there").waitFor();
    assert.equal(cores(), 2);
    await page.evaluate(() => {
      const second = document.querySelector("#second");
      document.querySelector("main").prepend(second); // moved: what is in it stays
    });
    await page.locator("#second .bubble", { hasText: "Second" }).waitFor();
    const gone = Promise.all(page.workers().map((worker) => worker.waitForEvent("close")));
    await page.evaluate(() =>
      document.querySelectorAll("recado-rule-editor").forEach((editor) => editor.remove()),
    );
    await gone;
    await page.evaluate(() => {
      const again = document.createElement("recado-rule-editor");
      document.querySelector("main").append(again);
    });
    await page.locator(".meter").waitFor();
  });

  test("it can be used by keyboard alone, and axe has nothing against it", async () => {
    assert.equal(await axeFaults(page), "");
    await page.locator("#colours").focus();
    await page.keyboard.press("Tab");
    const inside = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
      });
    const seen = [];
    for (let n = 0; n < 40 && (await inside()) !== "Text"; n++) {
      seen.push(await inside());
      await page.keyboard.press("Tab");
    }
    assert.equal(await inside(), "Text", seen.join(", "));
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Hello {{ cont");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
    await page.keyboard.press("Tab");
    await bubble(/^Hello /).waitFor();
    await page.keyboard.press("Tab"); // leaves the field: no trap
    assert.notEqual(await inside(), "Text");
  });
});

test("an editor that is given nothing is there, in the language around it", async () => {
  await page.evaluate(() => {
    document.documentElement.lang = "pl-PL";
    document.querySelector("main").innerHTML = "<recado-rule-editor></recado-rule-editor>";
  });
  await page.getByRole("button", { name: "Sprawdź i opublikuj" }).waitFor();
  await page.locator(".meter").waitFor();
  assert.match(await page.locator(".sentence").textContent(), /SMS/);
});

describe("somebody else was quicker", () => {
  /** The page refuses the first save: its rule has another name and is switched off. */
  const refuseOnce = () =>
    page.evaluate(async () => {
      const { RuleConflict } = await import("/wasm/dist/editor/index.js");
      const theirs = {
        ...document.querySelector("recado-rule-editor").rule,
        name: "Their name",
        enabled: false,
      };
      globalThis.theirs = theirs;
      let refused = false;
      document.addEventListener("save", ({ detail }) => {
        if (refused) return;
        refused = true;
        detail.until(Promise.reject(new RuleConflict(theirs)));
      });
    });
  async function save() {
    await text().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Mine");
    await page.getByRole("button", { name: "Save draft" }).click();
    const dialog = page.getByRole("dialog", { name: "Somebody else changed this rule" });
    await dialog.waitFor();
    return dialog;
  }

  test("both versions are shown, and what is put together is saved over theirs", async () => {
    await listen();
    await refuseOnce();
    const given = await page.evaluate(() => document.querySelector("recado-rule-editor").rule);
    const dialog = await save();
    assert.equal(await axeFaults(page), "");
    await dialog.getByRole("group", { name: "Name of the rule" }).getByText("Their name").waitFor();
    await dialog.getByRole("button", { name: "Keep the chosen parts" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.locator(".save-state", { hasText: "Saved" }).waitFor();
    const [first, second] = (await told("save")).map(({ detail }) => detail);
    assert.deepEqual(first.replaces, given);
    assert.equal(second.replaces.name, "Their name");
    assert.equal(second.rule.name, "Their name"); // nobody here had touched it
    assert.equal(second.rule.enabled, false);
    assert.match(second.rule.action.text, / Mine$/);
  });

  test("theirs may be taken: the page hears of a change, and there is nothing left to save", async () => {
    await listen();
    await refuseOnce();
    const dialog = await save();
    await dialog.getByRole("button", { name: "Take the saved one" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal((await told("save")).length, 1);
    assert.equal((await told("change")).at(-1).detail.rule.name, "Their name");
    const [rule, theirs, dirty] = await page.evaluate(() => {
      const editor = document.querySelector("recado-rule-editor");
      return [editor.rule, globalThis.theirs, editor.dirty];
    });
    assert.deepEqual(rule, theirs);
    assert.equal(dirty, false);
  });

  test("an error that has no version of theirs is a failure like any other", async () => {
    await page.evaluate(() =>
      document.addEventListener("save", ({ detail }) =>
        detail.until(Promise.reject(Object.assign(new Error("closed"), { theirs: "nothing" }))),
      ),
    );
    await text().click();
    await page.keyboard.type("x");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.locator(".save-state", { hasText: "closed" }).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
  });
});
