// Filling in templates through the npm package in Node, against npm's liquidjs and handlebars, on the same records in one run:
//   node tests/bench/template_peers.mjs
// Every template is compiled once and filled in for many records; before anything is measured, all three must print the same. Nanoseconds a
// text (median of rounds that take turns) and how many times as fast as each peer Recado is. Three ways to ask it: one render a call with the
// records opened before, all records in one call, and with each record opened for its one text and closed again.
// The peers are installed into build/bench. RECADO_WASM_DIST: where the npm package is, wasm/dist unless set.
import assert from "node:assert/strict";
import { facade, oneByOne, requireOf, takeTurns, Timer } from "./peers.mjs";

const require = requireOf(["liquidjs@10.30.1", "handlebars@4.7.10"]);
const { Liquid } = require("liquidjs");
const Handlebars = require("handlebars");
const { loadCore } = await facade();
const core = await loadCore({ languages: ["en"] });

// --- Templates: the same message in both languages. Data is escaped for HTML but in the SMS. ----------------------------------

const escaped = (liquid) => liquid.replace(/\{\{ ([^|}]+) \}\}/g, "{{ $1 | escape }}");

const SMS = {
  liquid: `Hi {{ contact.first_name | default: "there" }}, your order {{ deal.number }} has left our shop. Follow it here: {{ deal.tracking_url }}{% if deal.delivery_date %}. It should arrive on {{ deal.delivery_date }}{% endif %}. Questions? {{ responsible.name }}, {{ workspace.name }}. Thank you!`,
  handlebars: `Hi {{#if contact.first_name}}{{contact.first_name}}{{else}}there{{/if}}, your order {{deal.number}} has left our shop. Follow it here: {{deal.tracking_url}}{{#if deal.delivery_date}}. It should arrive on {{deal.delivery_date}}{{/if}}. Questions? {{responsible.name}}, {{workspace.name}}. Thank you!`,
  escape: false,
};

const WORDS = "<p>Please keep this letter until everything has arrived, and write to us if anything in it is not as you ordered it.</p>\n";
const LETTER = {
  liquid: escaped(`<h1>Hello {{ contact.first_name }} {{ contact.last_name }}</h1>
<p>Thank you for your order <b>{{ deal.number }}</b>, {{ deal.title }}.</p>
{% if deal.express %}<p>It comes by express.</p>{% else %}<p>It comes by ordinary mail.</p>{% endif %}
<table>
{% for item in deal.items %}<tr><td>{{ forloop.index }}</td><td>{{ item.name }}</td><td>{{ item.quantity }}</td><td>{{ item.price }}</td></tr>
{% if item.parts %}<tr><td colspan="4">{% for part in item.parts %}{{ part.name }} ({{ part.size }}){% unless forloop.last %}, {% endunless %}{% endfor %}</td></tr>
{% endif %}{% endfor %}</table>
${WORDS.repeat(9)}<ul>
{% for step in deal.steps %}<li>{{ step.day }}: {{ step.what }}</li>
{% endfor %}</ul>
<p>Yours, {{ responsible.name }}, {{ workspace.name }}</p>
`),
  handlebars: `<h1>Hello {{contact.first_name}} {{contact.last_name}}</h1>
<p>Thank you for your order <b>{{deal.number}}</b>, {{deal.title}}.</p>
{{#if deal.express}}<p>It comes by express.</p>{{else}}<p>It comes by ordinary mail.</p>{{/if}}
<table>
{{#each deal.items}}<tr><td>{{counted @index}}</td><td>{{name}}</td><td>{{quantity}}</td><td>{{price}}</td></tr>
{{#if parts}}<tr><td colspan="4">{{#each parts}}{{name}} ({{size}}){{#unless @last}}, {{/unless}}{{/each}}</td></tr>
{{/if}}{{/each}}</table>
${WORDS.repeat(9)}<ul>
{{#each deal.steps}}<li>{{day}}: {{what}}</li>
{{/each}}</ul>
<p>Yours, {{responsible.name}}, {{workspace.name}}</p>
`,
  escape: true,
};

const LIST = {
  liquid: escaped(`<ol>{% for item in deal.items %}<li>{{ item.name }}: {{ item.quantity }} x {{ item.price }}{% if item.parts %} *{% endif %}</li>
{% endfor %}</ol>`),
  handlebars: `<ol>{{#each deal.items}}<li>{{name}}: {{quantity}} x {{price}}{{#if parts}} *{{/if}}</li>
{{/each}}</ol>`,
  escape: true,
};

// --- Records --------------------------------------------------------------------------------------------------------------------

const item = (n) => ({
  name: `${["Bike", "Helmet & lamp", "Lock <steel>", "Bell"][n % 4]} ${n}`,
  quantity: 1 + (n % 3),
  price: 100 + n,
  ...(n % 4 === 0 && { parts: [{ name: "Saddle", size: "M" }, { name: "Chain", size: 114 }, { name: "Pedals", size: "L" }] }),
});
const record = (items) => (n) => ({
  deal: {
    id: `D-${n}`, number: String(1000 + n), title: "Two bikes & a bell", tracking_url: `https://dhl.example/PL${n}`, express: n % 2 === 0,
    ...(n % 3 > 0 && { delivery_date: "2026-12-01" }),
    items: Array.from({ length: items }, (_, i) => item(n + i)),
    steps: ["packed", "sent", "on its way", "delivered"].map((what, i) => ({ day: i + 1, what })),
  },
  contacts: [{ id: `C-${n}`, ...(n % 5 > 0 && { first_name: ["Ana", "Zoë", "Łukasz"][n % 3] }), last_name: "Souza & Filhos", language: "en" }],
  responsible: { id: "U-1", name: "Eva Lind" },
  workspace: { name: "Bike Shop", language: "en", time_zone: "Europe/Berlin" },
});
/** What templates see of a record: its members and the first contact. */
const variables = (snapshot) => ({ ...snapshot, contact: snapshot.contacts[0] });

const CASES = [
  ["small message", SMS, record(3), 100],
  ["letter, 2 kB, nested loops", LETTER, record(8), 100],
  ["list of 1,000 items", LIST, record(1000), 10],
];

// --- The run --------------------------------------------------------------------------------------------------------------------

Handlebars.registerHelper("counted", (index) => index + 1);
const liquid = new Liquid();
const OURS = ["a call a text", "one call for all", "open, render, close"];

for (const [name, template, make, records] of CASES) {
  const snapshots = Array.from({ length: records }, (_, i) => make(i));
  const data = snapshots.map(variables);
  const handles = snapshots.map((snapshot) => core.openSnapshot(snapshot));
  const compiled = core.compile(template.liquid);
  const parsed = liquid.parse(template.liquid);
  const filled = Handlebars.compile(template.handlebars, { noEscape: !template.escape });
  const afresh = (snapshot) => {
    const handle = core.openSnapshot(snapshot);
    const { text } = compiled.render(handle);
    handle.close();
    return text;
  };

  const texts = handles.map((handle) => compiled.render(handle).text);
  assert.deepEqual(compiled.renderMany(handles).map(({ text }) => text), texts);
  assert.deepEqual(snapshots.map(afresh), texts);
  assert.deepEqual(data.map((each) => liquid.renderSync(parsed, each)), texts);
  assert.deepEqual(data.map((each) => filled(each)), texts);

  const timers = {
    "a call a text": oneByOne((handle) => compiled.render(handle).text, handles),
    "one call for all": new Timer(() => compiled.renderMany(handles), handles.length),
    "open, render, close": oneByOne(afresh, snapshots),
    liquidjs: oneByOne((each) => liquid.renderSync(parsed, each), data),
    handlebars: oneByOne((each) => filled(each), data),
  };
  takeTurns(timers);
  const columns = (text) => OURS.map((each) => text(timers[each].median()).padStart(22)).join("");
  console.log(`\n${`${name}: template ${template.liquid.length}, text ${texts[0].length} characters`.padEnd(64)}`);
  console.log(`${" ".repeat(26)}${OURS.map((each) => each.padStart(22)).join("")}`);
  console.log(`  recado                  ${columns((ns) => `${ns.toFixed(0)} ns`)}`);
  for (const peer of ["liquidjs", "handlebars"]) {
    const theirs = timers[peer].median();
    console.log(`  ${peer.padEnd(11)}${`${theirs.toFixed(0)} ns`.padStart(13)}${columns((ns) => `${(theirs / ns).toFixed(2)} x`)}`);
  }
  for (const handle of handles) handle.close();
  compiled.close();
}
