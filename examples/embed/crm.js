// What a CRM does with the editor: gives it what rules are written against, and listens.
import { rule, schema, snapshots, workspace } from "./data.js";

const editor = document.querySelector("recado-rule-editor");
const log = document.querySelector("#log");
const state = document.querySelector("#state");

editor.schema = schema;
editor.workspace = workspace;
editor.snapshots = snapshots;
editor.rule = rule;

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  log.prepend(line);
  while (log.children.length > 8) log.lastElementChild.remove();
}

/** Here a real CRM would send the rule to its server. */
async function keep(saved, publish) {
  localStorage.setItem(`rule ${saved.id}`, JSON.stringify({ rule: saved, publish }));
}

editor.addEventListener("change", ({ detail }) => note(`change: “${detail.rule.name}” was edited`));
editor.addEventListener("diagnostics", ({ detail }) => {
  const { errors, diagnostics } = detail;
  state.textContent = `${errors} errors among ${diagnostics.length} findings`;
});
editor.addEventListener("save", ({ detail }) => {
  note(`save: “${detail.rule.name}”, ${detail.publish ? "to go live" : "as a draft"}`);
  detail.until(keep(detail.rule, detail.publish));
});

document.querySelector("#language").addEventListener("change", ({ target }) => (editor.language = target.value));
document.querySelector("#colours").addEventListener("change", ({ target }) => (editor.colorScheme = target.value));
