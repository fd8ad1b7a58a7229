// `@recado/core/editor`: defines <recado-rule-editor>. What it is and does is told in wasm/src/editor/index.d.ts, which
// goes into the package as its types.

import { placeCore } from "../core/facade";
import { placeWords } from "../text";
import { editorWords } from "../text/editor";
import { placeMailFrame } from "../ui/mail-frame";
import { RuleConflict } from "./conflict";
import { RuleEditorElement } from "./element";

const here = import.meta.url; // apart, or the bundler would take the core for a file of its own
placeCore(new URL("../index.js", here).href);
placeMailFrame(new URL("mail.html", here).href);
placeWords(editorWords);

// A page may load the module twice, by two addresses; the first one stays.
if (!customElements.get("recado-rule-editor")) customElements.define("recado-rule-editor", RuleEditorElement);

export { placeCore, RuleConflict };
