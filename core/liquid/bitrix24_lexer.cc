#include "core/liquid/bitrix24_lexer.h"

#include "core/base/limits.h"
#include "core/base/utf8.h"
#include "core/liquid/number.h"

namespace recado::liquid::bitrix24 {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsWord(char c) {
  return IsLetter(c) || IsDigit(c);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// "FIELD > modifier" → both; HTML writes the arrow as &gt;. A title may have a > of its own where nothing
// like a modifier is behind it.
void SplitModifier(std::string_view inner, Reference& reference) {
  const size_t sign = inner.rfind('>');
  const size_t entity = inner.rfind("&gt;");
  const bool is_sign = sign != std::string_view::npos;
  const size_t arrow = is_sign ? sign : entity;
  const std::string_view behind =
      arrow == std::string_view::npos ? std::string_view() : Trimmed(inner.substr(arrow + (is_sign ? 1 : 4)));
  bool is_word = !behind.empty();
  for (const char c : behind) is_word = is_word && (IsWord(c) || c == ',' || c == ' ');
  reference.name = Trimmed(is_word ? inner.substr(0, arrow) : inner);
  reference.modifier = is_word ? behind : std::string_view();
}

// The inside of braces: up to a brace or the end of the line, at most so many bytes that a name has.
std::string_view InnerOf(std::string_view text, size_t at) {
  const std::string_view reach = text.substr(at, kMaxBitrix24NameBytes + 1);
  const size_t end = reach.find_first_of("{}\r\n");
  return end == std::string_view::npos ? std::string_view() : reach.substr(0, end);
}

// {=Document:FIELD}
size_t ReadCode(std::string_view text, size_t at, Reference& reference) {
  const std::string_view inner = InnerOf(text, at + 2);
  const size_t end = at + 2 + inner.size();
  const size_t colon = inner.find(':');
  if (end >= text.size() || text[end] != '}' || colon == 0 || colon == std::string_view::npos) return 0;
  for (const char c : inner.substr(0, colon)) {
    if (!IsWord(c)) return 0;
  }
  SplitModifier(inner.substr(colon + 1), reference);
  reference.prefix = inner.substr(0, colon);
  return reference.name.empty() ? 0 : end + 1 - at;
}

// {{Field title}}
size_t ReadTitle(std::string_view text, size_t at, Reference& reference) {
  const std::string_view inner = InnerOf(text, at + 2);
  const size_t end = at + 2 + inner.size();
  if (text.substr(end, 2) != "}}" || inner.empty() || inner.front() == '=') return 0;
  SplitModifier(inner, reference);
  reference.prefix = {};
  return reference.name.empty() ? 0 : end + 2 - at;
}

size_t WordEnd(std::string_view text, size_t at) {
  while (at < text.size() && IsWord(text[at])) ++at;
  return at;
}

// Document:FIELD without braces of its own, as people write it in {{=Document:FIELD}}.
size_t ReadBareCode(std::string_view text, size_t at, Reference& reference) {
  const size_t colon = WordEnd(text, at);
  if (colon >= text.size() || text[colon] != ':') return 0;
  size_t end = colon + 1;
  while (end < text.size() && (IsWord(text[end]) || (text[end] == '.' && end > colon + 1))) ++end;
  if (end == colon + 1) return 0;
  reference = {text.substr(at, colon - at), text.substr(colon + 1, end - colon - 1), {}};
  return end - at;
}

size_t NumberEnd(std::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  if (at + 1 < text.size() && text[at] == '.' && IsDigit(text[at + 1])) {
    ++at;
    while (at < text.size() && IsDigit(text[at])) ++at;
  }
  return at;
}

Token ReadToken(std::string_view text, size_t at) {
  Token token;
  const char c = text[at];
  const std::string_view two = text.substr(at, 2);
  size_t end = at + 1;
  if (const size_t length = ReadReference(text, at, token.reference); length > 0) {
    token.kind = TokenKind::kReference;
    end = at + length;
  } else if (IsLetter(c)) {
    const size_t bare = ReadBareCode(text, at, token.reference);
    token.kind = bare > 0 ? TokenKind::kReference : TokenKind::kName;
    end = bare > 0 ? at + bare : WordEnd(text, at);
  } else if (IsDigit(c)) {
    token.kind = TokenKind::kNumber;
    end = NumberEnd(text, at);
  } else if (c == '"' || c == '\'') {
    const size_t close = text.find(c, at + 1);
    token.kind = close == std::string_view::npos ? TokenKind::kUnclosedText : TokenKind::kText;
    end = close == std::string_view::npos ? text.size() : close + 1;
  } else if (two == "<>" || two == "<=" || two == ">=") {
    token.kind = TokenKind::kSymbol;
    end = at + 2;
  } else if (std::string_view("+-*/^%&=<>(),;").find(c) != std::string_view::npos) {
    token.kind = TokenKind::kSymbol;
  } else {
    token.kind = TokenKind::kUnknown;
    end = at + utf8::Decode(text, at).length;
  }
  token.range = {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
  return token;
}

}  // namespace

size_t ReadReference(std::string_view text, size_t at, Reference& reference) {
  const std::string_view two = text.substr(at, 2);
  if (two == "{=") return ReadCode(text, at, reference);
  if (two == "{{") return ReadTitle(text, at, reference);
  return 0;
}

Expression ReadExpression(std::string_view text, size_t from, bool embedded) {
  Expression expression;
  size_t at = from;
  size_t end = text.size();
  expression.closed = !embedded;
  while (at < text.size()) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    if (embedded && text.substr(at, 2) == "}}") {
      expression.closed = true;
      end = at;
      break;
    }
    expression.tokens.push_back(ReadToken(text, at));
    at = expression.tokens.back().range.to;
  }
  expression.end = embedded && expression.closed ? end + 2 : text.size();
  Token last;
  last.range = {static_cast<uint32_t>(end), static_cast<uint32_t>(end)};
  expression.tokens.push_back(last);
  return expression;
}

std::optional<Form> NextForm(std::string_view text, size_t from) {
  for (size_t at = text.find('{', from); at != std::string_view::npos; at = text.find('{', at + 1)) {
    Form form;
    form.from = at;
    if (text.substr(at, 3) == "{{=") {
      form.expression = ReadExpression(text, at + 3, true);
      form.kind = form.expression.closed ? Form::Kind::kExpression : Form::Kind::kUnclosed;
      form.to = form.expression.end;
      return form;
    }
    if (const size_t length = ReadReference(text, at, form.reference); length > 0) {
      form.to = at + length;
      return form;
    }
  }
  return std::nullopt;
}

}  // namespace recado::liquid::bitrix24
