// Finds what the documentation shows as JSON: fenced ```json blocks and the bodies of curl calls. Each comes with where
// it stands and which schema it means: the one a hidden comment before the fence names (`<!-- schema: rule -->`), else what
// its call or its members give away, else null.

/** What a body sent to a path of the API is. */
const bodies = [
  [/\/api\/v1\/events\b/, "event"],
  [/\/api\/v1\/rules\/[^/]+$/, "rule"],
  [/\/api\/v1\/schema$/, "schema"],
  [/\/api\/v1\/workspace$/, "workspace"],
  [/\/api\/v1\/records\/[^/]+\/[^/]+$/, "snapshot"],
];

/** Members that only one kind of document has together. */
const shapes = [
  ["rule", (value) => "on" in value && "action" in value],
  ["rule", (value) => Array.isArray(value.rules)],
  ["event", (value) => "entity_id" in value && "type" in value],
  ["plan", (value) => "deliveries" in value && "skipped" in value],
  ["simulation", (value) => "at" in value && "rule" in value && ("channel" in value || "reason" in value)],
  ["simulation", (value) => "line" in value && "error" in value],
  ["coverage", (value) => "records" in value && "reached" in value],
  ["diagnostic", (value) => "code" in value && "severity" in value && "message" in value],
  ["schema", (value) => Array.isArray(value.entities)],
  [
    "snapshot",
    (value) =>
      ["lead", "deal", "invoice", "quote", "order", "contacts"].some(
        (name) => typeof value[name] === "object",
      ),
  ],
  ["workspace", (value) => "default_region" in value || "providers" in value],
  ["openapi/Problem", (value) => "title" in value && "status" in value],
];

/** The name of the schema whose shape `value` has, or null. */
export function shapeOf(value) {
  if (value === null || typeof value !== "object") return null;
  return shapes.find(([, fits]) => fits(value))?.[0] ?? null;
}

/** The bodies of the curl calls in a shell block: {url, text, line}. */
function curlBodies(block, firstLine) {
  const found = [];
  const calls = /\bcurl\b(?:[^'\n\\]|\\\n|'[^']*')*/g;
  for (const [call] of block.matchAll(calls)) {
    const body = /\s(?:-d|--data|--data-raw|--data-binary|--json)\s+'([^']*)'/.exec(call);
    if (!body) continue;
    const url = /https?:\/\/[^\s'"]+/.exec(call)?.[0] ?? "";
    const before = block.slice(0, block.indexOf(body[1]));
    found.push({ url, text: body[1], line: firstLine + before.split("\n").length - 1 });
  }
  return found;
}

/**
 * The examples of one Markdown text.
 * @returns {{file: string, line: number, schema: string | null, text: string}[]}
 */
export function examplesIn(file, markdown) {
  const examples = [];
  const lines = markdown.split("\n");
  let named = null; // what a comment before the next fence says
  for (let i = 0; i < lines.length; ++i) {
    const comment = /^\s*<!--\s*schema:\s*(\S+)\s*-->\s*$/.exec(lines[i]);
    if (comment) named = comment[1];
    const fence = /^(\s*)(```+)\s*(\S*)/.exec(lines[i]);
    if (!fence) {
      if (lines[i].trim() !== "" && !comment) named = null;
      continue;
    }
    const first = i + 1;
    do ++i;
    while (i < lines.length && !lines[i].trimStart().startsWith(fence[2]));
    const block = lines.slice(first, i).join("\n");
    if (fence[3] === "json") {
      examples.push({ file, line: first + 1, schema: named, text: block });
    } else if (["sh", "bash", "console", "shell"].includes(fence[3])) {
      for (const { url, text, line } of curlBodies(block, first + 1)) {
        const schema = named ?? bodies.find(([path]) => path.test(url))?.[1] ?? null;
        examples.push({ file, line, schema, text });
      }
    }
    named = null;
  }
  return examples;
}
