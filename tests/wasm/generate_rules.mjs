// Generated rules of all six types, whole and broken, and what they meet: snapshots, workspaces, schemas, events and histories of
// events. Made from the numbers of one generator (makeRandom), so that every case can be made again.
import { amount, dateFilters, instants, languages, stringFilters, words, zones } from "./generate.mjs";

const phones = ["+5511912345678", "011 91234-5678", "030 123456", "+44 20 7946 0958", "600 100 200", "not a number", "+1 (212) 555-0100", "0532 123 45 67", ""];
const numberTypes = ["work", "mobile", "home", "fax"];
const phoneTypes = ["auto", "auto", "auto", ...numberTypes]; // most rules should reach somebody
const emails = ["ana@example.com", "x@y", "ł@przykład.pl", "b@shop.example", "Ana <a@b.example>", "a@b.example\r\nBcc: x@y.example"];
const stages = ["new", "paid", "delivery", "won"];
/** One to `most`, sometimes none. */
const few = (random, most, make) => Array.from({ length: random.chance(0.15) ? 0 : 1 + random.below(most) }, make);

// --- What rules meet

function makeContact(random) {
  return {
    id: `C-${random.below(99)}`,
    first_name: random.pick(words),
    ...(random.chance(0.8) ? { last_name: random.pick(words) } : {}),
    ...(random.chance(0.7) ? { language: random.pick(languages) } : {}),
    ...(random.chance(0.7) ? { time_zone: random.pick(zones) } : {}),
    phones: few(random, 3, () => ({ type: random.pick(numberTypes), value: random.pick(phones) })),
    emails: few(random, 3, () => ({ type: random.pick(["work", "home"]), value: random.pick(emails) })),
    chats: few(random, 2, () => ({ channel: random.pick(["telegram-1", "live"]), id: String(random.below(999)), created: random.pick(instants) })),
    consent: { marketing: random.chance(0.5), suppressed: random.chance(0.1) ? ["+5511912345678", "ana@example.com"] : [] },
  };
}

export function makeSnapshot(random, stage = "paid") {
  return {
    deal: {
      id: "D-7", title: random.pick(words), number: String(random.below(9999)), pipeline: "sales", stage,
      amount: { amount: amount(random).replace("-", ""), currency: random.pick(["EUR", "EUR", "BRL"]) },
      tracking_url: "https://dhl.example/PL123",
      ...(random.chance(0.8) ? { delivery_date: `2026-12-0${1 + random.below(9)}` } : {}),
      ...(random.chance(0.3) ? { meeting: random.pick(instants), pieces: random.below(20), express: random.chance(0.5) } : {}),
      ...(random.chance(0.5) ? { contract: [{ file: "catalog.pdf", name: random.pick(words) || "Contract.pdf" }] } : {}),
    },
    contacts: few(random, 2, () => makeContact(random)),
    ...(random.chance(0.6) ? { company: { id: "K-1", name: random.pick(words), phones: [{ type: "work", value: random.pick(phones) }], emails: [{ type: "work", value: random.pick(emails) }] } } : {}),
    ...(random.chance(0.9) ? { responsible: { id: "U-1", name: "Eva Lind", mailboxes: random.chance(0.8) ? ["eva@shop.example"] : [], last_used_mailbox: "sales@shop.example" } } : {}),
    workspace: { name: "Bike Shop", default_region: random.pick(["BR", "DE", "PL", "TR", "US"]), language: random.pick(languages), time_zone: random.pick(zones), currency: "EUR" },
  };
}

export function makeWorkspace(random) {
  const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", random.pick(["13:00", "18:00", "24:00"])]]]));
  return {
    name: "Bike Shop", default_region: random.pick(["BR", "DE", "PL"]), language: random.pick(languages), time_zone: random.pick(zones), currency: "EUR",
    providers: [
      {
        id: "sms-main", kind: "twilio",
        settings: {
          lines: [{ id: "line-1", number: "+551130000000", name: "Desk" }],
          ...(random.chance(0.3) ? { max_characters: random.pick([20, 160, 400]) } : {}),
          ...(random.chance(0.6) ? { prices: [{ prefix: "55", per: "segment", amount: "0.0451", currency: "EUR" }, { prefix: "", per: random.pick(["segment", "message", "minute"]), amount: "0.07", currency: "EUR" }] } : {}),
        },
      },
      { id: "mail", kind: "smtp", settings: { mailboxes: [{ address: "eva@shop.example", name: "Eva Łąd" }, { address: "sales@shop.example" }] } },
      ...(random.chance(0.7) ? [{ id: "telegram-1", kind: "telegram" }] : []),
      { id: "wa", kind: "edna" },
    ],
    calendars: [{ id: "office", time_zone: random.pick(zones), week, holidays: ["2026-12-25", "2026-11-23"] }],
    ...(random.chance(0.5) ? { quiet_hours: { from: "21:00", to: random.pick(["08:00", "06:30"]) } } : {}),
    templates: [{ provider: "wa", name: "shipped", language: "en", parameters: 2 }],
  };
}

const schema = {
  entities: [
    {
      code: "deal", name: "Deal",
      pipelines: [{ id: "sales", name: "Sales", stages: stages.map((id) => ({ id, name: id, kind: id === "won" ? "won" : "open" })) }],
      fields: [
        { name: "title", type: "text", required: true, max_length: 40 }, { name: "number", type: "text", max_length: 8 }, { name: "amount", type: "money" },
        { name: "delivery_date", type: "date" }, { name: "meeting", type: "datetime" }, { name: "pieces", type: "integer" }, { name: "express", type: "boolean" },
        { name: "contract", type: "file" }, { name: "tracking_url", type: "text" },
      ],
    },
  ],
};

/** What holds around a call: {"schema"?, "workspace"?, "language"?}. */
export function makeContext(random) {
  return {
    ...(random.chance(0.4) ? { schema } : {}),
    ...(random.chance(0.5) ? { workspace: makeWorkspace(random) } : {}),
    ...(random.chance(0.5) ? { language: random.pick(["en", "de", "es", "pl", "pt"]) } : {}),
  };
}

// --- Rules

const openings = [
  () => "Hi {{ contact.first_name | default: 'there' }}", () => "{{ deal.title }}", () => "{{ deal.amount | money }}", () => "{{ client.name }}",
  () => "Order {{ deal.number }}", () => "{{ responsible.name }}, {{ workspace.name }}", () => "Grüße, ação, łąka 😀", () => "{{ now | datetime: 'short' }}",
  () => "{% if deal.express %}!{% endif %}", () => "{{ deal.meeting }}", () => "{% for c in contacts %}{{ c.first_name }};{% endfor %}",
  (random) => `{{ deal.title | ${random.pick(stringFilters)} }}`,
  (random) => `{{ deal.delivery_date | ${random.pick(dateFilters)(random)} }}`,
];
const faultyOpenings = ["{{ contact.frist_name }}", "{{ deal.title | upcaze }}", "{{ 'open }}", "{% if %}", "{{ deal.amount | divided_by: 0 }}", "é😀{{ x | nope }}", "x".repeat(201)];

function makeText(random) {
  if (random.chance(0.05)) return random.pick(faultyOpenings);
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(openings)(random)).join(random.pick([", ", "\n", " – "]));
}

const attachments = (random) => (random.chance(0.3) ? { attachments: random.pick([[{ field: "deal.contract" }], [{ file: "catalog.pdf" }]]) } : {});

export const actions = {
  send_sms: (random) => ({ text: makeText(random), phone_type: random.pick(phoneTypes), provider: random.pick(["sms-main", "sms-main", "sms-main", "other"]) }),
  send_email: (random) => ({
    from: random.pick(["eva@shop.example", "eva@shop.example", "nobody@shop.example", { auto: "responsible" }, { auto: "last_used" }]),
    subject: makeText(random), html: `<p>${makeText(random)} <a href="https://a.example/?x=1&amp;y=2">a</a></p>`, text: makeText(random),
    email_type: random.pick(["auto", "auto", "work", "home", "mailing"]), use_address: random.pick(["first", "last"]), ...attachments(random),
    ...(random.chance(0.2) ? { track_clicks: true } : {}),
  }),
  make_call: (random) => ({
    line: random.pick(["line-1", "line-2"]), phone_type: random.pick(phoneTypes),
    ...(random.chance(0.7)
      ? { say: { text: makeText(random), voice: "anna", language: random.pick(["en-GB", "de", "pt-BR"]), rate: 20 + random.below(181), volume: 100 } }
      : { play: { url: random.pick(["https://shop.example/hello.mp3", "http://shop.example/hello.wav"]) } }),
  }),
  send_chat_message: (random) => ({ text: makeText(random), ...(random.chance(0.3) ? { hidden: true } : {}), ...attachments(random) }),
  send_whatsapp: (random) => ({
    provider: "wa", template: random.pick(["shipped", "unknown"]), language: "en", phone_type: random.pick(phoneTypes),
    parameters: random.pick([{ 1: makeText(random), 2: "{{ deal.number }}" }, { name: makeText(random) }]),
  }),
  invite_to_messenger: (random) => ({ channel: "telegram-1", provider: "sms-main", phone_type: random.pick(phoneTypes), text: random.pick(["{{ invite.link }}", `${makeText(random)} {{ invite.link }}`, makeText(random)]) }),
};

function makeTest(random) {
  return random.pick([
    { field: "deal.amount", op: "ge", value: "100.00" }, { field: "deal.amount", op: "between", value: ["1", { amount: "5000", currency: "EUR" }] },
    { field: "deal.title", op: random.pick(["contains", "starts_with", "ne", "eq"]), value: random.pick(words) }, { field: "deal.number", op: "not_empty" },
    { field: "deal.delivery_date", op: "between", value: ["2026-12-03", "2026-12-06"] }, { field: "deal.meeting", op: "between", value: ["21:00", "08:00"] },
    { field: "contact.first_name", op: random.pick(["in", "not_in"]), value: ["ana", "GRÜSSE", "łódź"] }, { field: "deal.express", op: "eq", value: true },
    { field: "deal.pieces", op: "gt", value: random.pick([5, "5", 2.5]) }, { field: "deal.tilte", op: "empty" },
  ]);
}

function makeConditions(random, depth = 0) {
  const children = Array.from({ length: 1 + random.below(3) }, () => (depth < 2 && random.chance(0.25) ? makeConditions(random, depth + 1) : makeTest(random)));
  return { [random.pick(["all", "any"])]: children };
}

function makeTiming(random) {
  const timing = random.pick([
    () => ({ run: "immediately" }),
    () => ({ run: "after", delay: random.pick(["PT30M", "P1D", "P1M", "P1DT2H", "PT0S"]) }),
    () => ({ run: "after", delay: "P2D", field: random.pick(["deal.delivery_date", "deal.meeting"]) }),
    () => ({ run: "before", delay: random.pick(["P1D", "PT3H"]), field: "deal.delivery_date" }),
    () => ({ run: "at", time: random.pick(["02:30", "10:00", "23:59"]), ...(random.chance(0.4) ? { field: "deal.delivery_date" } : {}) }),
  ])();
  if (random.chance(0.2)) timing.business_hours = random.pick(["office", "unknown"]);
  if (random.chance(0.2)) timing.wait_for_previous = true;
  if (random.chance(0.3)) timing.zone = "client";
  return timing;
}

export function makeRule(random, id) {
  const type = random.pick(Object.keys(actions));
  return {
    id, name: "Generated", enabled: random.chance(0.95), position: random.below(5), transactional: random.chance(0.8),
    on: { entity: "deal", ...(random.chance(0.8) ? { pipeline: "sales" } : {}), stage: random.chance(0.8) ? "paid" : random.pick(stages) },
    ...(random.chance(0.3) ? { conditions: makeConditions(random) } : {}),
    timing: makeTiming(random),
    action: { type, ...actions[type](random) },
    ...(random.chance(0.1) ? { over_limit: "truncate" } : {}),
    ...(random.chance(0.1) ? { policy: random.pick(["at_most_once", "at_least_once"]) } : {}),
  };
}

const junk = [null, 7, -1, 1e300, 2.5, true, "", "x", "é😀", "{{ x", [], [7], {}, { a: 1 }, "2026-02-30", "PT", "\u0000"];

/** A rule with one to three faults: a member gone, misspelt, doubled, or with a value that does not belong there. */
export function makeBrokenRule(random, id) {
  const rule = structuredClone(makeRule(random, id));
  for (let faults = 1 + random.below(3); faults > 0; --faults) {
    let place = rule;
    for (;;) {
      const names = Object.keys(place);
      if (names.length === 0) break;
      const name = random.pick(names);
      const inner = place[name];
      if (inner !== null && typeof inner === "object" && random.chance(0.7)) {
        place = inner;
        continue;
      }
      const what = random.below(4);
      if (what === 0 && !Array.isArray(place)) delete place[name];
      else if (what === 1 && !Array.isArray(place)) {
        delete place[name];
        place[`${name}x`] = inner;
      } else place[name] = structuredClone(random.pick(junk));
      break;
    }
  }
  return rule;
}

// --- Events

export function makeEvent(random, id) {
  return { id, type: "stage_changed", at: random.pick(instants), entity: "deal", entity_id: "D-7", pipeline: "sales", from: "new", to: "paid", snapshot: makeSnapshot(random) };
}

/** The lines of a history: items that move, change, come back and vanish; some lines are doubled, some are no events at all. */
export function makeHistory(random) {
  const lines = [];
  const length = 4 + random.below(16);
  for (let i = 0; i < length; ++i) {
    const item = `D-${random.below(3)}`;
    const to = random.pick(stages);
    const minute = random.below(8 * 24 * 60);
    const event = {
      id: `evt-${i}`, type: random.pick(["stage_changed", "stage_changed", "stage_changed", "record_updated", "record_deleted"]),
      at: new Date(Date.UTC(2026, 10, 20) + minute * 60000).toISOString(), entity: "deal", entity_id: item, pipeline: "sales",
    };
    if (event.type === "stage_changed") Object.assign(event, { from: random.pick(stages), to });
    if (event.type !== "record_deleted" && random.chance(0.85)) {
      event.snapshot = makeSnapshot(random, to);
      event.snapshot.deal.id = item;
    }
    lines.push(JSON.stringify(event));
    if (random.chance(0.06)) lines.push(JSON.stringify(event));
    if (random.chance(0.04)) lines.push(JSON.stringify({ ...event, to: "won" }));
    if (random.chance(0.05)) lines.push(random.pick(["", "{", "nonsense é", '{"id":7}', '{"id":"x","at":"never"}', "[]", '{"at":"2026-11-21T00:00:00Z"}']));
  }
  return lines;
}

/** The lines of records for coverage; some can't be read. */
export function makeRecords(random) {
  return Array.from({ length: 5 + random.below(25) }, () =>
    random.chance(0.04) ? random.pick(["", "{é", "[]", '{"deal":7}', '{"deal":{"id":"D"},"contacts":"x"}']) : JSON.stringify(makeSnapshot(random)),
  );
}
