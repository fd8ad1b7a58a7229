// The npm package as its users meet it: in Node directly, and through the worker's protocol. The same list of facts runs against both faces.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const dist = process.env.RECADO_WASM_DIST ? pathToFileURL(`${process.env.RECADO_WASM_DIST}/`) : new URL("../../wasm/dist/", import.meta.url);
const { loadCore } = await import(new URL("index.js", dist));
const { startCore } = await import(new URL("worker.js", dist));

/** Node's worker thread in the clothes of the browser's Worker. */
function threadAsWorker() {
  const main = new URL("worker_main.js", dist).href;
  const code = `import { parentPort } from "node:worker_threads";
    globalThis.postMessage = (message) => parentPort.postMessage(message);
    await import(${JSON.stringify(main)});
    parentPort.on("message", (data) => globalThis.onmessage({ data }));`;
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  return {
    postMessage: (message) => thread.postMessage(message),
    addEventListener: (type, listener) => thread.on(type, (value) => listener(type === "message" ? { data: value } : value)),
    terminate: () => void thread.terminate(),
  };
}

const snapshot = {
  deal: { id: "D-7", title: "Two bikes", number: "1042", pipeline: "sales", stage: "paid", amount: { amount: "1299.00", currency: "EUR" } },
  contacts: [
    {
      id: "C-1", first_name: "Ana", last_name: "Souza", language: "en", time_zone: "America/Sao_Paulo",
      phones: [{ type: "work", value: "+55 11 3091-0000" }, { type: "mobile", value: "+5511912345678" }],
      emails: [{ type: "home", value: "ana@example.com" }],
    },
  ],
  workspace: { name: "Bike Shop", default_region: "BR", language: "en", time_zone: "America/Sao_Paulo", currency: "EUR" },
};

const rule = {
  id: "deal-paid-sms", name: "Payment received", on: { entity: "deal", pipeline: "sales", stage: "paid" }, timing: { run: "immediately" },
  action: { type: "send_sms", text: 'Hi {{ contact.first_name | default: "there" }}', phone_type: "auto", provider: "sms-main" },
};
const withText = (text) => ({ ...rule, action: { ...rule.action, text } });

const faces = [
  ["directly", () => loadCore({ languages: ["en"] })],
  ["through the worker", () => startCore({ languages: ["en"], worker: threadAsWorker() })],
];

for (const [face, start] of faces) {
  describe(`@recado/core ${face}`, async () => {
    const core = await start();

    it("counts an SMS", async () => {
      const count = await core.countSms("Hi Ana");
      assert.equal(count.encoding, "gsm7");
      assert.equal(count.units, 6);
      assert.equal(count.segments, 1);
      assert.equal(count.characters, 6);
    });

    it("gives offsets in UTF-16 units", async () => {
      const count = await core.countSms("😀’");
      assert.equal(count.encoding, "ucs2");
      const quote = count.culprits.find((culprit) => culprit.character === "’");
      assert.deepEqual([quote.from, quote.to], [2, 3]);
    });

    it("reports a lone surrogate instead of replacing it", async () => {
      const answer = await core.countSms("a\ud83d");
      assert.equal(answer.errors[0].code, "invalid_unicode");
    });

    it("renders in the language asked for", async () => {
      const answer = await core.render({ template: "{{ price | money }}", data: { price: { amount: "1299.00", currency: "EUR" } }, language: "en" });
      assert.deepEqual(answer, { text: "€1,299.00" });
    });

    it("refuses a language that is not loaded, until it is", async () => {
      const request = { template: "{{ price | money }}", data: { price: { amount: "1299.00", currency: "EUR" } }, language: "de" };
      assert.equal((await core.render(request)).errors[0].code, "language_not_loaded");
      await core.addLanguage("de");
      assert.equal((await core.render(request)).text, "1.299,00\u00a0€");
    });

    it("rejects a language that does not exist", async () => {
      await assert.rejects(core.addLanguage("xx"));
    });

    it("points at the unknown variable and says the nearest", async () => {
      const diagnostics = await core.validateRule(withText("😀 {{ contact.frist_name }}"));
      const fault = diagnostics.find((diagnostic) => diagnostic.code === "unknown_variable");
      assert.equal(fault.path, "/action/text");
      assert.deepEqual([fault.from, fault.to, fault.line, fault.column], [6, 24, 1, 6]);
      assert.equal(fault.fix.replacement, "contact.first_name");
      assert.match(fault.message, /Did you mean contact\.first_name\?/);
    });

    it("speaks the language of its user", async () => {
      const [fault] = await core.validateRule(withText("{{ contact.frist_name }}"), { language: "de" });
      assert.notEqual(fault.message, (await core.validateRule(withText("{{ contact.frist_name }}")))[0].message);
    });

    it("previews a rule for a snapshot that stays in the core", async () => {
      const customer = await core.openSnapshot(snapshot);
      const plan = await customer.preview(rule, { now: "2026-11-22T09:30:00Z" });
      assert.equal(plan.deliveries[0].content.text, "Hi Ana");
      assert.equal(plan.deliveries[0].to.address, "+551130910000");
      assert.equal(plan.deliveries[0].due, "2026-11-22T09:30:00Z");
      assert.deepEqual(await customer.render("{{ deal.number }}"), { text: "1042" });
      await customer.close();
    });

    it("answers a keystroke at once: the diagnostics of validateRule and the plan of preview", async () => {
      const customer = await core.openSnapshot(snapshot);
      const now = { now: "2026-11-22T09:30:00Z" };
      for (const each of [rule, withText("{{ contact.frist_name }}"), withText("{{ oops"), { id: 7 }]) {
        const { diagnostics, plan } = await customer.analyse(each, now);
        assert.deepEqual(diagnostics, await core.validateRule(each));
        assert.deepEqual(plan, await customer.preview(each, now));
      }
      await customer.close();
    });

    it("renders with the spaces of an SMS where it is asked to", async () => {
      const customer = await core.openSnapshot(snapshot);
      const amount = '{{ 1234567.5 | decimal }} {{ "2026-11-22T15:04:00Z" | datetime: time: "short" }}';
      const { text } = await customer.render(amount, { spaces: "plain", language: "en" });
      assert.doesNotMatch(text, /[\u00a0\u202f]/);
      assert.equal((await customer.render("{{ now }}", { now: "2026-11-22T09:30:00Z" })).text, "2026-11-22T09:30:00Z");
      await customer.close();
    });

    it("counts alike one by one, in a batch and with all options spelled out", async () => {
      const texts = ["", "Hi Ana", "a".repeat(161), "{[€]}".repeat(50), "Grüße – “Łukasz”", "👨‍👩‍👧‍👦".repeat(12), "x\0y", "\ufeffBOM", "\ufffd", "\ud800", "a\u0301 é \r\n"];
      const slow = await Promise.all(texts.map((text) => core.countSms({ text, reference: 8 })));
      assert.deepEqual(await Promise.all(texts.map((text) => core.countSms(text))), slow);
      assert.deepEqual(await Promise.all(texts.map((text) => core.countSms({ text }))), slow);
      assert.deepEqual(await core.countSmsMany(texts), slow);
      assert.deepEqual(await core.countSmsMany(texts.filter((text) => !text.includes("\0"))), slow.filter((_, i) => !texts[i].includes("\0")));
      assert.equal(slow.find((count) => count.errors).errors[0].code, "invalid_unicode");
    });

    it("counts the size alone as it counts everything", async () => {
      const texts = ["", "Hi Ana", "a".repeat(161), "{[€]}".repeat(50), "я".repeat(71), "😀".repeat(67), "x\0y", "\ud800", "a\ude00😀", "a".repeat(39016)];
      const pick = ({ encoding, units, segments, per_segment, remaining, errors }) => (errors ? { errors } : { encoding, units, segments, per_segment, remaining });
      const all = (await core.countSmsMany(texts)).map(pick);
      assert.deepEqual(await core.countSmsMany(texts, { details: false }), all);
      assert.deepEqual(await Promise.all(texts.map((text) => core.countSms(text, { details: false }))), all);
      const turkish = { text: "ğ".repeat(150), national: ["tr"] };
      const { national, ...size } = await core.countSms(turkish, { details: false });
      assert.deepEqual(size, pick(await core.countSms(turkish)));
      assert.equal(national.locking ?? national.single, "tr");
      assert.deepEqual((await core.countSms("Hi", { details: true })).parts, [{ from: 0, to: 2, units: 2 }]);
    });

    it("plans an event", async () => {
      const event = { id: "evt-1", type: "stage_changed", at: "2026-11-22T09:30:00Z", entity: "deal", entity_id: "D-7", pipeline: "sales", from: "new", to: "paid", snapshot };
      const plan = await core.plan([rule], event);
      assert.equal(plan.event, "evt-1");
      assert.match(plan.deliveries[0].key, /^[0-9a-f]{64}$/);
      assert.deepEqual(plan.skipped, []);
    });

    it("takes the first of several rules with one id, as the commands do", async () => {
      const event = { id: "evt-1", type: "stage_changed", at: "2026-11-22T09:30:00Z", entity: "deal", entity_id: "D-7", pipeline: "sales", from: "new", to: "paid", snapshot };
      const plan = await core.plan([rule, { ...rule, name: "Another" }], event);
      assert.equal(plan.deliveries.length + plan.skipped.length, 1);
    });

    it("answers what is not a rule with its place, not with an exception", async () => {
      const diagnostics = await core.validateRule({ id: 7 });
      assert.ok(diagnostics.some((diagnostic) => diagnostic.code === "wrong_type" && diagnostic.path === "/id"));
    });

    it("knows its versions", async () => {
      const versions = await core.versions();
      assert.equal(versions.icu, "72.1");
      assert.match(versions.zones, /^20\d\d[a-z]$/);
    });

    if (face !== "directly") it("rejects what is asked of a closed core", async () => {
      const pending = core.countSms("x");
      core.close();
      await assert.rejects(pending);
    });
  });
}

describe("the answer of countSms", async () => {
  const core = await loadCore({ languages: ["en"] });
  const pieces = ["a", "Hi Ana ", "0123456789", "[", "€", "\f", "“", "–", "…", "\u200b", "½", "é", "e\u0301", "q\u0302", "ж", "漢", "😀", "👨‍👩‍👧‍👦", "🇧🇷", "1️⃣", "\r\n", "\0", "`", "\ud83d", "\ude00"];
  let seed = 20261122;
  const below = (bound) => (seed = (seed * 48271) % 2147483647) % bound;
  const text = () => {
    const palette = Array.from({ length: 1 + below(5) }, () => pieces[below(pieces.length)]);
    return Array.from({ length: below(below(4) === 0 ? 120 : 20) }, () => palette[below(palette.length)]).join("");
  };
  const texts = Array.from({ length: 4000 }, text);

  it("is the same over the module's memory as over JSON, whatever the text", () => {
    const batch = core.countSmsMany(texts);
    texts.forEach((each, index) => {
      const slow = core.countSms({ text: each, reference: 8 });
      assert.deepEqual(core.countSms(each), slow, JSON.stringify(each));
      assert.deepEqual(batch[index], slow, JSON.stringify(each));
      assert.equal(JSON.stringify(Object.keys(batch[index]).sort()), JSON.stringify(Object.keys(slow).sort()));
    });
  });

  it("survives being cloned, spread and written down", () => {
    for (const each of texts.slice(0, 200)) {
      const count = core.countSms(each);
      assert.deepEqual(structuredClone(count), count);
      assert.deepEqual({ ...count }, count);
      assert.deepEqual(JSON.parse(JSON.stringify(count)), count);
    }
  });

  it("stays right while the module's buffer moves", () => {
    const customer = core.openSnapshot(snapshot);
    const snapshots = Array.from({ length: 30_000 }, () => customer);
    const template = core.compile("Hi {{ deal.number }}");
    core.countSms("first");
    assert.equal(template.renderMany(snapshots).at(-1).text, "Hi 1042");
    assert.equal(core.countSms("я".repeat(71)).segments, 2);
    assert.equal(core.countSms("a".repeat(300_000)).errors[0].code, "too_many_segments");
    assert.equal(template.renderMany([customer, customer])[1].text, "Hi 1042");
    assert.equal(core.countSms("я".repeat(71)).segments, 2);
    template.close();
    customer.close();
  });
});

describe("@recado/core as a package", () => {
  it("compiles a template once for many snapshots", async () => {
    const core = await loadCore();
    const template = core.compile("Hi {{ contact.first_name }}");
    assert.equal(template.ok, true);
    const ana = core.openSnapshot(snapshot);
    const eva = core.openSnapshot({ ...snapshot, contacts: [{ ...snapshot.contacts[0], first_name: "Eva" }] });
    assert.deepEqual(template.renderMany([ana, eva]), [{ text: "Hi Ana" }, { text: "Hi Eva" }]);
    const broken = core.compile("{{ name | upcaze }}");
    assert.equal(broken.ok, false);
    assert.equal(broken.diagnostics[0].code, "unknown_filter");
    assert.deepEqual(template.render(eva), { text: "Hi Eva" });
    assert.deepEqual(template.render(eva), template.render(eva, { language: "en" }));
    assert.equal(broken.render(ana).errors[0].code, "unknown_filter");
    assert.deepEqual(broken.renderMany([ana, eva]).map((answer) => answer.errors[0].code), ["unknown_filter", "unknown_filter"]);
    for (const handle of [ana, eva, template, broken]) handle.close();
  });

  it("slices a batch where texts have characters of every width, and says which of them failed", async () => {
    const core = await loadCore();
    const named = (first_name) => core.openSnapshot({ ...snapshot, contacts: [{ ...snapshot.contacts[0], first_name }] });
    const people = ["Ana", "Łukasz", "日本", "👋🏽", "", "0"].map(named);
    const template = core.compile("{% if contact.first_name == '0' %}{{ 1 | divided_by: 0 }}{% endif %}<{{ contact.first_name }}>");
    const answers = template.renderMany(people);
    assert.deepEqual(answers.slice(0, 5), ["<Ana>", "<Łukasz>", "<日本>", "<👋🏽>", "<>"].map((text) => ({ text })));
    assert.equal(answers[5].errors[0].code, "division_by_zero");
    assert.deepEqual(people.map((each) => template.render(each)), answers);
    people[0].close();
    assert.throws(() => template.render(people[0]), /deleted/);
    assert.throws(() => template.renderMany(people), /deleted/);
    for (const handle of [...people.slice(1), template]) handle.close();
  });

  it("takes its files from wherever it is told", async () => {
    const core = await loadCore({ locate: (file) => readFileSync(new URL(file, dist)) });
    assert.equal(core.countSms("x").segments, 1);
  });

  it("says which file is missing", async () => {
    const nowhere = pathToFileURL(fileURLToPath(new URL("nowhere/", dist)));
    await assert.rejects(loadCore({ locate: (file) => new URL(file, nowhere) }), /recado_core\.wasm|tables\.dat|base\.dat/);
  });

  const withTables = (change) => (file) => {
    const bytes = readFileSync(new URL(file, dist));
    return file === "data/tables.dat" ? change(bytes) : bytes;
  };
  for (const [what, change, reason] of [
    ["no tables at all", () => new Uint8Array(0), /not a file of tables/],
    ["tables that are cut short", (bytes) => bytes.subarray(0, bytes.length - 1), /cut short/],
    ["tables with a wrong byte", (bytes) => bytes.fill(0, bytes.length - 9), /damaged/],
    ["tables of another version", (bytes) => bytes.fill(99, 8, 9), /another version/],
    ["another file in their place", () => readFileSync(new URL("data/base.dat", dist)), /not a file of tables/],
  ]) {
    it(`refuses ${what} with a sentence`, async () => {
      await assert.rejects(loadCore({ locate: withTables(change) }), reason);
    });
  }
});
