// The JSON Schemas of docs/schemas (2020-12) and of the service's OpenAPI document, as one question: what is wrong with this value?
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const read = (path) => readFileSync(join(root, path), "utf8");
const kinds = ["diagnostic", "rule", "schema", "workspace", "snapshot", "event", "plan", "simulation", "coverage"];

/** A copy in which an object's members are only those that are described: an example's slip of the pen is then found. */
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const describes = node.type === "object" && node.properties && !("additionalProperties" in node);
  return describes ? { ...copy, unevaluatedProperties: false } : copy;
}

function validators(change) {
  const ajv = new Ajv2020.default({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  });
  addFormats.default(ajv);
  ajv.addVocabulary(["components"]);
  const made = new Map(
    kinds.map((kind) => [kind, ajv.compile(change(JSON.parse(read(`docs/schemas/${kind}.schema.json`))))]),
  );
  const openapi = JSON.parse(read("native/server/openapi.json"));
  ajv.addSchema(
    change({ $id: "https://recado.example/openapi", components: openapi.components }),
    undefined,
    undefined,
    false,
  );
  for (const name of Object.keys(openapi.components.schemas)) {
    made.set(
      `openapi/${name}`,
      ajv.compile({ $ref: `https://recado.example/openapi#/components/schemas/${name}` }),
    );
  }
  return made;
}

const open = validators((schema) => schema);
const strict = validators(closed);

/** Faults of `value` as texts; documents inside it (an event's snapshot, an answer's diagnostics) are judged as well. */
export function faultsOf(kind, value) {
  // A card may have members that only the workspace's own schema knows.
  const validate = (kind === "snapshot" ? open : strict).get(kind);
  if (!validate) return [`there is no schema ${kind}`];
  const faults = validate(value)
    ? []
    : validate.errors.map(
        (error) => `${kind}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`,
      );
  if (value?.snapshot) faults.push(...faultsOf("snapshot", value.snapshot));
  if (kind.startsWith("openapi/") && value?.rule) faults.push(...faultsOf("rule", value.rule));
  for (const diagnostic of Array.isArray(value?.diagnostics) ? value.diagnostics : [])
    faults.push(...faultsOf("diagnostic", diagnostic));
  return faults;
}
