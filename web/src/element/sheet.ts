// The editor's style, once for all elements of a page. An adopted sheet is no <style> element: a strict content security
// policy has nothing to refuse.

import base from "../styles/base.css?inline";
import message from "../styles/message.css?inline";
import parts from "../styles/parts.css?inline";
import tokens from "../styles/tokens.css?inline";
import editor from "../pages/editor/editor.css?inline";
import own from "./element.css?inline";

let sheet: CSSStyleSheet | null = null;

export function editorSheet(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync([own, tokens, base, parts, message, editor].join("\n"));
  return sheet;
}
