// Holds one answer against an OpenAPI 3.1 document: is the status described, is the media type, does the body have the
// schema's form. Knows the part of JSON Schema that the document uses, and says so where it meets another.

const known = new Set(
  "$ref type properties required items enum oneOf allOf pattern format minimum maximum maxLength additionalProperties description".split(" "),
);

function resolve(document, node) {
  let current = node;
  while (current?.$ref) current = current.$ref.slice(2).split("/").reduce((at, part) => at[part], document);
  return current;
}

function typeOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isOfType(value, type) {
  const actual = typeOf(value);
  return [type].flat().some((one) => one === actual || (one === "number" && actual === "integer"));
}

/** Faults of `value` against `schema`, as texts with the place. */
export function check(document, schema, value, at = "") {
  schema = resolve(document, schema);
  const faults = Object.keys(schema).filter((key) => !known.has(key)).map((key) => `schema keyword ${key} is not known here`);
  const say = (text) => faults.push(`${at || "/"}: ${text}`);
  if (schema.type && !isOfType(value, schema.type)) {
    say(`${typeOf(value)} in the place of ${[schema.type].flat().join(" or ")}`);
    return faults;
  }
  if (schema.enum && !schema.enum.includes(value)) say(`${JSON.stringify(value)} is none of ${schema.enum.join(" ")}`);
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) say(`does not match ${schema.pattern}`);
  if (schema.format === "date-time" && Number.isNaN(Date.parse(value))) say("is no instant");
  if (schema.minimum !== undefined && value < schema.minimum) say(`less than ${schema.minimum}`);
  for (const part of schema.allOf ?? []) faults.push(...check(document, part, value, at));
  if (schema.oneOf && schema.oneOf.filter((one) => check(document, one, value, at).length === 0).length !== 1) {
    say("is not exactly one of the forms");
  }
  if (typeOf(value) === "object") {
    for (const name of schema.required ?? []) if (!(name in value)) say(`${name} is missing`);
    for (const [name, member] of Object.entries(value)) {
      const described = schema.properties?.[name] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : null);
      if (described) faults.push(...check(document, described, member, `${at}/${name}`));
    }
  }
  if (Array.isArray(value) && schema.items) {
    value.forEach((item, index) => faults.push(...check(document, schema.items, item, `${at}/${index}`)));
  }
  return faults;
}

function pathOf(document, path) {
  const parts = path.split("?")[0].split("/");
  return Object.keys(document.paths).find((pattern) => {
    const wanted = pattern.split("/");
    return wanted.length === parts.length && wanted.every((part, index) => part.startsWith("{") || part === parts[index]);
  });
}

export function faultsOf(document, method, path, response, json) {
  const operation = document.paths[pathOf(document, path)]?.[method.toLowerCase()];
  if (!operation) return [404, 405].includes(response.status) ? [] : ["not described"];
  const described = resolve(document, operation.responses[response.status] ?? (response.status >= 400 ? operation.responses.default : null));
  if (!described) return ["this status is not described"];
  const type = (response.headers.get("content-type") ?? "").split(";")[0];
  if (!described.content) return type && response.status !== 303 ? [`a body where none is described (${type})`] : [];
  const content = described.content[type] ?? described.content["*/*"];
  if (!content) return [`media type ${type} is not described`];
  return json === undefined ? [] : check(document, content.schema, json);
}
