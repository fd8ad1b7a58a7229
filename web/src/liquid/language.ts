// Liquid for the editor's colours: a stream tokenizer of our own, a fortieth of what a full grammar with HTML
// inside would weigh. It colours; what is right or wrong comes from the core.

import { StreamLanguage, type StreamParser, type StringStream } from "@codemirror/language";

type Mode = "text" | "output" | "tag";

interface State {
  mode: Mode;
  /** The next word names a filter, or a tag. */
  expects: "filter" | "tag" | null;
  /** Inside {% comment %} or {% raw %}: nothing is Liquid until this tag. */
  until: string | null;
  word: string;
}

const KEYWORDS = new Set([
  "and",
  "or",
  "contains",
  "in",
  "with",
  "as",
  "true",
  "false",
  "nil",
  "empty",
  "blank",
]);

// All that has one colour has one name, with the space between: neighbours of one name become one element, and what a
// keystroke in a long paragraph costs is the laying out of its elements.
const CODE = "meta";

function text(stream: StringStream, state: State): string | null {
  if (state.until !== null) {
    const end = new RegExp(`^\\{%-?\\s*${state.until}\\b`);
    if (!end.test(stream.string.slice(stream.pos))) {
      stream.next();
      stream.eatWhile(/[^{]/);
      return state.until === "endcomment" ? "comment" : null;
    }
    state.until = null;
  }
  if (stream.match(/^\{\{-?/)) return enter(state, "output");
  if (stream.match(/^\{%-?/)) return enter(state, "tag");
  stream.next();
  stream.eatWhile(/[^{]/);
  return null;
}

function enter(state: State, mode: Mode): string {
  state.mode = mode;
  state.expects = mode === "tag" ? "tag" : null;
  state.word = "";
  return CODE;
}

function leave(state: State): string {
  if (state.mode === "tag" && (state.word === "comment" || state.word === "raw"))
    state.until = `end${state.word}`;
  state.mode = "text";
  state.expects = null;
  return CODE;
}

function code(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) return CODE;
  if (stream.match(state.mode === "output" ? /^-?\}\}/ : /^-?%\}/)) return leave(state);
  if (stream.match(/^"[^"]*"?/) || stream.match(/^'[^']*'?/)) return CODE;
  if (stream.match(/^-?\d+(\.\d+)?/)) return CODE;
  if (stream.match(/^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}_][\p{L}\p{N}_-]*)*/u))
    return word(stream.current(), state);
  if (stream.eat("|")) {
    state.expects = "filter";
    return CODE;
  }
  stream.next();
  return CODE;
}

function word(current: string, state: State): string {
  const expected = state.expects;
  state.expects = null;
  if (expected === "filter") return "variableName.function";
  if (expected === "tag") {
    state.word = current;
    return "keyword";
  }
  return KEYWORDS.has(current) ? "keyword" : CODE;
}

export const liquidParser: StreamParser<State> = {
  name: "liquid",
  startState: () => ({ mode: "text", expects: null, until: null, word: "" }),
  copyState: (state) => ({ ...state }),
  token: (stream, state) => (state.mode === "text" ? text(stream, state) : code(stream, state)),
  languageData: { closeBrackets: { brackets: ["{", '"'] } },
};

export const liquid = StreamLanguage.define(liquidParser);
