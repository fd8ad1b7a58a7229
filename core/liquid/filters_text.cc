// Filters on text: case, trimming, cutting, replacing, splitting.
#include <algorithm>

#include "core/base/utf8.h"
#include "core/liquid/filters.h"
#include "core/liquid/number.h"
#include "core/liquid/text_search.h"
#include "core/text/case.h"

namespace recado::liquid {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Languages whose i is not the root's (Turkish, Azeri, Lithuanian) go through ICU even for ASCII.
bool HasOwnCase(std::string_view language) {
  const std::string_view base = language.substr(0, 2);
  return base == "tr" || base == "az" || base == "lt";
}

Value MapAscii(FilterCall& call, std::string_view text, char (*map)(char)) {
  char* to = call.renderer.arena().Make<char>(text.size());
  if (to == nullptr) return {};
  std::transform(text.begin(), text.end(), to, map);
  return Value::Text({to, text.size()});
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && (IsSpace(text.front()) || text.front() == '\0')) text.remove_prefix(1);
  return text;
}
std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && (IsSpace(text.back()) || text.back() == '\0')) text.remove_suffix(1);
  return text;
}

// Part of a text that was safe markup is safe where only spaces were taken off.
Value Like(const Value& input, std::string_view text) {
  return input.IsSafe() ? Value::SafeText(text) : Value::Text(text);
}

// Byte offset of the `count`-th code point, at most the size.
size_t OffsetOf(std::string_view text, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += utf8::Decode(text, at).length;
  return at;
}

// Where one of the two is markup already and the message is markup, the other is escaped before they join.
Value Join(FilterCall& call, const Value& left, const Value& right) {
  Renderer& renderer = call.renderer;
  const bool safe = renderer.options().escape != Escape::kNone && (left.IsSafe() || right.IsSafe());
  std::string_view parts[2] = {renderer.ToText(left), renderer.ToText(right)};
  const bool safe_parts[2] = {left.IsSafe(), right.IsSafe()};
  std::string& buffer = renderer.Buffer();
  for (size_t i = 0; i < 2; ++i) {
    if (safe && !safe_parts[i]) {
      renderer.AppendEscaped(buffer, parts[i]);
    } else {
      buffer += parts[i];
    }
  }
  const Value joined = renderer.MakeText(buffer);
  return safe ? Value::SafeText(joined.AsString()) : joined;
}

enum class Which { kAll, kFirst, kLast };

Value Replace(FilterCall& call, std::string_view replacement, Which which) {
  Renderer& renderer = call.renderer;
  const std::string_view text = renderer.ToText(call.input);
  const std::string_view wanted = renderer.ToText(call.Argument(0));
  const auto put = [&](size_t at) {
    std::string& buffer = renderer.Buffer();
    buffer.append(text, 0, at).append(replacement).append(text, at + wanted.size());
    return renderer.MakeText(buffer);
  };
  if (which == Which::kLast) {
    size_t at = std::string_view::npos;  // found from the front, so that the search stays linear
    if (wanted.empty()) return put(text.size());
    if (wanted.size() <= 64) {
      at = text.rfind(wanted);
    } else {
      for (size_t next = FindText(text, wanted); next != std::string_view::npos;
           next = FindText(text, wanted, next + 1)) {
        at = next;
        renderer.Charge(wanted.size() / 16);
        if (renderer.failed()) return {};
      }
    }
    return at == std::string_view::npos ? Value::Text(text) : put(at);
  }
  if (which == Which::kFirst) {
    const size_t at = FindText(text, wanted);
    return at == std::string_view::npos ? Value::Text(text) : put(at);
  }
  std::string& buffer = renderer.Buffer();
  size_t from = 0;
  while (from <= text.size()) {
    const size_t at = FindText(text, wanted, from);
    if (at == std::string_view::npos) break;
    buffer.append(text, from, at - from).append(replacement);
    from = at + wanted.size();
    if (wanted.empty()) {  // between all characters, and at both ends
      const size_t length = at < text.size() ? utf8::Decode(text, at).length : 1;
      buffer.append(text, at, length);
      from = at + length;
    }
    if (wanted.size() > 64) renderer.Charge(wanted.size() / 16);
    if (!renderer.Fits(buffer.size()) || renderer.failed()) return {};
  }
  if (from < text.size()) buffer.append(text, from);
  return renderer.MakeText(buffer);
}

size_t CountWords(std::string_view text) {
  size_t words = 0;
  for (size_t i = 0; i < text.size(); ++i)
    words += !IsSpace(text[i]) && (i == 0 || IsSpace(text[i - 1])) ? 1 : 0;
  return words;
}

std::string_view NextWord(std::string_view& rest) {
  while (!rest.empty() && IsSpace(rest.front())) rest.remove_prefix(1);
  size_t end = 0;
  while (end < rest.size() && !IsSpace(rest[end])) ++end;
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

}  // namespace

Value FilterDowncase(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  const std::string_view language = call.renderer.options().language;
  if (IsAscii(text) && !HasOwnCase(language)) return MapAscii(call, text, Lower);
  return call.renderer.MakeText(text::ToLower(text, language));
}

Value FilterUpcase(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  const std::string_view language = call.renderer.options().language;
  if (IsAscii(text) && !HasOwnCase(language)) return MapAscii(call, text, Upper);
  return call.renderer.MakeText(text::ToUpper(text, language));
}

Value FilterCapitalize(FilterCall& call) {
  return call.renderer.MakeText(
      text::Capitalize(call.renderer.ToText(call.input), call.renderer.options().language));
}

// "my_first-name" → "MyFirstName"
Value FilterCamelcase(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  bool start = true;
  for (const char c : text) {
    const bool separator = c == '_' || c == '-' || IsSpace(c);
    if (!separator) buffer.push_back(start ? Upper(c) : c);
    start = separator;
  }
  return call.renderer.MakeText(buffer);
}

Value FilterStrip(FilterCall& call) {
  return Like(call.input, TrimLeft(TrimRight(call.renderer.ToText(call.input))));
}
Value FilterLstrip(FilterCall& call) {
  return Like(call.input, TrimLeft(call.renderer.ToText(call.input)));
}
Value FilterRstrip(FilterCall& call) {
  return Like(call.input, TrimRight(call.renderer.ToText(call.input)));
}

Value FilterSquish(FilterCall& call) {
  std::string_view rest = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (std::string_view word = NextWord(rest); !word.empty(); word = NextWord(rest)) {
    if (!buffer.empty()) buffer.push_back(' ');
    buffer += word;
  }
  return Like(call.input, call.renderer.MakeText(buffer).AsString());
}

Value FilterStripNewlines(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (size_t i = 0; i < text.size(); ++i) {
    const bool return_before = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] != '\n' && !return_before) buffer.push_back(text[i]);
  }
  return Like(call.input, call.renderer.MakeText(buffer).AsString());
}

Value FilterAppend(FilterCall& call) {
  return Join(call, call.input, call.Argument(0));
}
Value FilterPrepend(FilterCall& call) {
  return Join(call, call.Argument(0), call.input);
}

Value FilterReplace(FilterCall& call) {
  return Replace(call, call.renderer.ToText(call.Argument(1)), Which::kAll);
}
Value FilterReplaceFirst(FilterCall& call) {
  return Replace(call, call.renderer.ToText(call.Argument(1)), Which::kFirst);
}
Value FilterReplaceLast(FilterCall& call) {
  return Replace(call, call.renderer.ToText(call.Argument(1)), Which::kLast);
}
Value FilterRemove(FilterCall& call) {
  return Replace(call, "", Which::kAll);
}
Value FilterRemoveFirst(FilterCall& call) {
  return Replace(call, "", Which::kFirst);
}
Value FilterRemoveLast(FilterCall& call) {
  return Replace(call, "", Which::kLast);
}

Value FilterTruncate(FilterCall& call) {
  if (call.input.IsNil()) return {};
  Renderer& renderer = call.renderer;
  const std::string_view text = renderer.ToText(call.input);
  int64_t length = 50;
  if (call.HasArgument(0)) {
    const auto given = ToInteger(call.Argument(0));
    if (!given) {
      return renderer.Fail(
          Diagnostic::Of(DiagnosticCode::not_a_whole_number).With("value", call.Argument(0).Dump()));
    }
    length = *given;
  }
  const std::string_view ellipsis = call.HasArgument(1) ? renderer.ToText(call.Argument(1)) : "...";
  if (length >= static_cast<int64_t>(utf8::CountCodePoints(text))) return Like(call.input, text);
  const auto kept = std::max<int64_t>(0, length - static_cast<int64_t>(utf8::CountCodePoints(ellipsis)));
  std::string& buffer = renderer.Buffer();
  buffer.append(text, 0, OffsetOf(text, static_cast<size_t>(kept))).append(ellipsis);
  return renderer.MakeText(buffer);
}

Value FilterTruncatewords(FilterCall& call) {
  if (call.input.IsNil()) return {};
  Renderer& renderer = call.renderer;
  std::string_view rest = renderer.ToText(call.input);
  int64_t words = 15;
  if (call.HasArgument(0)) {
    const auto given = ToInteger(call.Argument(0));
    if (!given) {
      return renderer.Fail(
          Diagnostic::Of(DiagnosticCode::not_a_whole_number).With("value", call.Argument(0).Dump()));
    }
    words = std::max<int64_t>(1, *given);
  }
  // Spaces behind the last word count as one word more, as in Ruby's split with a limit.
  const int64_t extra = !rest.empty() && IsSpace(rest.back()) ? 1 : 0;
  if (static_cast<int64_t>(CountWords(rest)) + extra <= words) return call.input;
  const std::string_view ellipsis = call.HasArgument(1) ? renderer.ToText(call.Argument(1)) : "...";
  std::string& buffer = renderer.Buffer();
  for (int64_t i = 0; i < words; ++i) {
    if (i > 0) buffer.push_back(' ');
    buffer += NextWord(rest);
  }
  buffer += ellipsis;
  return renderer.MakeText(buffer);
}

// As Ruby's split: " " means any run of spaces, "" every character, and empty parts at the end are dropped.
Value FilterSplit(FilterCall& call) {
  Renderer& renderer = call.renderer;
  const std::string_view text = renderer.ToText(call.input);
  const std::string_view separator = renderer.ToText(call.Argument(0));
  std::vector<Value> parts;
  if (separator == " ") {
    std::string_view rest = text;
    for (std::string_view word = NextWord(rest); !word.empty(); word = NextWord(rest))
      parts.push_back(Value::Text(word));
  } else if (separator.empty()) {
    for (size_t at = 0; at < text.size();) {
      const size_t length = utf8::Decode(text, at).length;
      parts.push_back(Value::Text(text.substr(at, length)));
      at += length;
    }
  } else {
    size_t from = 0;
    for (size_t at = FindText(text, separator); at != std::string_view::npos;
         at = FindText(text, separator, from)) {
      parts.push_back(Value::Text(text.substr(from, at - from)));
      from = at + separator.size();
      if (separator.size() > 64) renderer.Charge(separator.size() / 16);
      if (renderer.failed()) return {};
    }
    parts.push_back(Value::Text(text.substr(from)));
    while (!parts.empty() && parts.back().size() == 0) parts.pop_back();
  }
  Value* items = renderer.MakeValues(parts.size());
  if (items == nullptr) return {};
  std::copy(parts.begin(), parts.end(), items);
  return Value::Array(items, parts.size());
}

}  // namespace recado::liquid
