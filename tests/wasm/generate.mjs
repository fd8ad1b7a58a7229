// Generated cases for the parity proof: templates with their data, and texts to count; rules and what they meet are in
// generate_rules.mjs. Everything comes from one seed, so that a difference can be made again; nothing here depends on the clock or on
// the order of anything unordered.

/** A small, well-mixed generator (mulberry32): the same numbers everywhere for the same seed. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, pick: (list) => list[below(list.length)], chance: (p) => next() < p };
}

export const words = [
  "Ana", "Grüße", "Łódź", "São Paulo", "naïve", "İstanbul", "ıssız", "STRASSE", "straße", "Ωmega", "Привет", "Їжак", "日本", "😀", "👨‍👩‍👧‍👦", "🇧🇷",
  "e\u0301", "don’t", "“quoted”", "a & b", "<b>x</b>", "100%", "€5", "[x]", "{y}", "tab\there", "two\nlines", "", " ", "…", "—", "\u00a0", "x".repeat(30),
  "+55 11 91234-5678", "030 123456", "(11) 3091-0000", "Олександр Щербак", "Νίκος",
];
export const languages = [
  "en", "en-GB", "en-IN", "de", "de-AT", "de-CH", "es", "es-MX", "es-419", "fr", "fr-CA", "it", "pl", "pt-BR", "pt-PT", "ru", "uk", "tr", "pt", "en-AU",
];
export const zones = [
  "UTC", "Europe/Berlin", "America/Sao_Paulo", "America/Mexico_City", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia",
  "Europe/Istanbul", "Asia/Kathmandu", "America/New_York", "Europe/Kyiv",
];
const currencies = ["EUR", "USD", "BRL", "PLN", "JPY", "KWD", "GBP", "CHF", "TRY", "UAH", "MXN", "XAU"];
const styles = ["short", "medium", "long", "full"];
const skeletons = ["yMMMd", "yMMMMEEEEd", "Hm", "jm", "MMMd", "yQQQ", "EEEdMMM", "hms", "yMd"];

export const instants = [
  "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-07-01T12:00:00Z", "2024-02-29T23:59:59Z", "1999-12-31T23:59:59Z",
  "2026-11-22T09:30:00Z", "2038-01-19T03:14:08Z", "1969-07-20T20:17:40Z",
];

export function amount(random) {
  const whole = String(random.below(10 ** random.pick([1, 3, 5, 7])));
  return (random.chance(0.2) ? "-" : "") + whole + (random.chance(0.8) ? `.${String(random.below(100)).padStart(2, "0")}` : "");
}

export function makeData(random) {
  return {
    name: random.pick(words),
    other: random.pick(words),
    n: random.below(1000) - 500,
    big: random.below(2 ** 31) * 1000003,
    f: (random.below(2000000) - 1000000) / random.pick([1, 2, 4, 8, 10, 100, 1000]),
    text_number: amount(random),
    yes: random.chance(0.5),
    nothing: null,
    list: Array.from({ length: random.below(6) }, () => random.pick(words)),
    numbers: Array.from({ length: random.below(6) }, () => random.below(100) - 50),
    people: Array.from({ length: random.below(4) }, () => ({ name: random.pick(words), age: random.below(90), paid: random.chance(0.5) })),
    price: { amount: amount(random), currency: random.pick(currencies) },
    when: random.pick(instants),
    day: `20${10 + random.below(30)}-0${1 + random.below(9)}-1${random.below(10)}`,
    nested: { a: { b: { c: random.pick(words) } } },
  };
}

export const stringFilters = [
  "upcase", "downcase", "capitalize", "escape", "escape_once", "strip", "lstrip", "rstrip", "strip_html", "strip_newlines", "newline_to_br", "size", "url_encode",
  "append: other", "prepend: '»'", "replace: 'a', 'ä'", "replace_first: 'x', ''", "remove: 's'", "truncate: 7", "truncate: 5, '…'", "truncatewords: 2",
  "slice: 1, 3", "slice: -2, 2", "split: '' | join: '·'", "split: ' ' | first", "default: 'none'", "first", "last", "times: 2", "plus: 1", "reverse", "abs",
  "sms_safe", "transliterate", "transliterate: 'uk'", "transliterate: keep: 'gsm'", "phone", "phone: 'national'", "phone: 'e164', region: 'BR'",
];
const numberFilters = [
  "plus: 3", "minus: 7", "times: 1.5", "divided_by: 3", "divided_by: 3.0", "modulo: 7", "abs", "ceil", "floor", "round", "round: 2", "at_least: 5", "at_most: 50",
  "decimal", "append: '%'", "times: 1000000007", "divided_by: 0",
];
const listFilters = [
  "join: ', '", "first", "last", "size", "reverse | join", "sort | join: '|'", "uniq | join", "compact | join", "concat: numbers | join", "map: 'name' | join", "sum", "slice: 1, 2 | join",
  "sort_natural | join",
];
export const dateFilters = [
  () => "date: '%Y-%m-%d %H:%M'", () => "date: '%a, %b %-d, %y'", () => "date: '%j %U %e %I %p'", (random) => `datetime: '${random.pick(styles)}'`,
  (random) => `datetime: '${random.pick(skeletons)}'`, () => "datetime",
];

function expression(random) {
  switch (random.below(7)) {
    case 0:
      return `${random.pick(["n", "f", "big", "text_number", "numbers[0]"])} | ${random.pick(numberFilters)}`;
    case 1:
      return `${random.pick(["list", "numbers", "people"])} | ${random.pick(listFilters)}`;
    case 2:
      return `${random.pick(["when", "day", "'now'"])} | ${random.pick(dateFilters)(random)}`;
    case 3:
      return random.pick(["price", "price | money", "price | currency", "price.amount", "price | decimal"]);
    case 4:
      return random.pick(["nested.a.b.c", "people[0].name", "list.size", "missing.member", "yes", "nothing", "numbers", "(1..n)", "people", "list.first", "nested"]);
    default:
      return `${random.pick(["name", "other", "nested.a.b.c", "list[1]"])} | ${random.pick(stringFilters)}${random.chance(0.3) ? ` | ${random.pick(stringFilters)}` : ""}`;
  }
}

const tags = [
  (random) => `{% if ${random.pick(["n > 0", "name == blank", "yes and list.size > 2", "other contains 'a'", "f <= 1.5 or nothing"])} %}A${output(random)}{% else %}B{% endif %}`,
  (random) => `{% for x in ${random.pick(["list", "numbers", "(1..3)", "people reversed", "list limit:2", "numbers offset:1"])} %}{{ forloop.index }}:{{ x }}{% unless forloop.last %}, {% endunless %}{% else %}none{% endfor %}`,
  (random) => `{% assign v = ${expression(random)} %}{{ v }}{{- v | size -}}`,
  (random) => `{% capture c %}${output(random)}{% endcapture %}[{{ c | strip }}]`,
  (random) => `{% case n %}{% when 1, 2 %}few{% when 0 %}zero{% else %}${output(random)}{% endcase %}`,
  () => "{% comment %} {{ nothing }} {% endcomment %}{% raw %}{{ raw }}{% endraw %}",
  () => "  {%- if yes -%}  trimmed  {%- endif -%}  ",
];

function output(random) {
  return `{{ ${expression(random)} }}`;
}

const broken = ["{{ name | upcaze }}", "{% if %}", "{{ 'open }}", "{% for x in %}{% endfor %}", "{% endif %}", "{{ a | b: }}", "{% nosuch %}", "é😀{{ x | nope }}", "{{ n | plus }}"];

export function makeRender(random) {
  const parts = Array.from({ length: 1 + random.below(4) }, () => {
    if (random.chance(0.04)) return random.pick(broken);
    return random.chance(0.4) ? random.pick(tags)(random) : random.chance(0.6) ? output(random) : random.pick(words);
  });
  return {
    template: parts.join(random.pick(["", " ", "\n"])),
    data: makeData(random),
    language: random.pick(languages),
    time_zone: random.pick(zones),
    ...(random.chance(0.3) ? { region: random.pick(["BR", "DE", "PL", "US", "UA"]) } : {}),
    now: random.pick(instants),
    escape: random.pick(["none", "html"]),
  };
}

const alphabets = [
  "abc xyz", "äöüß€[]", "ğışİŞĞç", "ãõçâêô", "привет", "हिन्दी", "বাংলা", "ગુજરાતી", "ಕನ್ನಡ", "മലയാളം", "ଓଡ଼ିଆ", "ਪੰਜਾਬੀ", "தமிழ்", "తెలుగు", "اردو", "ñáéíóú¿¡",
  "😀👍🏽👨‍👩‍👧‍👦🇵🇱", "’“”…—", "\r\n\t\f", "日本語", "e\u0301n\u0303",
];
const nationalLanguages = ["tr", "es", "pt", "bn", "gu", "hi", "kn", "ml", "or", "pa", "ta", "te", "ur"];

export function makeSms(random) {
  let text = "";
  // A message is mostly in one or two scripts; all of them together are UCS-2 whatever else is asked for.
  const scripts = random.chance(0.3) ? alphabets : ["abc xyz", random.pick(alphabets), random.pick(alphabets)];
  const pieces = 1 + random.below(40);
  for (let i = 0; i < pieces; ++i) {
    const letters = [...random.pick(scripts)];
    const run = 1 + random.below(12);
    for (let j = 0; j < run; ++j) text += random.pick(letters);
    if (random.chance(0.01)) text += random.pick(["\ud83d", "\ude00"]); // a lone surrogate
  }
  const request = { text };
  if (random.chance(0.3)) request.reference = random.pick([8, 16]);
  if (random.chance(0.6)) {
    request.national = random.chance(0.1) ? nationalLanguages : Array.from({ length: 1 + random.below(3) }, () => random.pick(nationalLanguages));
  }
  if (random.chance(0.3)) request.keep_clusters = random.chance(0.5);
  if (random.chance(0.2)) request.force = random.pick(["gsm7", "ucs2"]);
  return request;
}
