#include "native/cli/broken_text.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "core/base/utf8.h"

namespace recado::cli {
namespace {

// The mark is a noncharacter that the document does not hold (Unicode keeps U+FDD0 … U+FDEF free for such
// uses), followed by four hexadecimal digits.
constexpr char32_t kFirstMark = 0xFDD0;
constexpr char32_t kLastMark = 0xFDEF;
constexpr size_t kMarkDigits = 4;

std::optional<std::string> FreeMark(std::string_view text) {
  for (char32_t candidate = kFirstMark; candidate <= kLastMark; ++candidate) {
    std::string mark;
    utf8::Append(mark, candidate);
    if (text.find(mark) == std::string_view::npos) return mark;
  }
  return std::nullopt;
}

void AppendMarked(std::string& out, std::string_view mark, uint32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.append(mark);
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kDigits[(value >> shift) & 15]);
}

// The code unit of "\uXXXX" at the beginning of `text`, if that is what stands there.
std::optional<uint32_t> EscapedUnit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  uint32_t unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc() || end != text.data() + 6) return std::nullopt;
  return unit;
}

bool IsHigh(uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool IsLow(uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Copies one escape from `rest`, a lone surrogate as its mark; how many bytes of the document it took.
size_t CopyEscape(std::string& out, std::string_view rest, std::string_view mark) {
  const std::optional<uint32_t> unit = EscapedUnit(rest);
  if (!unit) {
    const size_t length = std::min<size_t>(2, rest.size());
    out.append(rest.substr(0, length));
    return length;
  }
  const std::optional<uint32_t> next = EscapedUnit(rest.substr(6));
  if (IsHigh(*unit) && next && IsLow(*next)) {
    out.append(rest.substr(0, 12));
    return 12;
  }
  if (IsHigh(*unit) || IsLow(*unit)) {
    AppendMarked(out, mark, *unit);
  } else {
    out.append(rest.substr(0, 6));
  }
  return 6;
}

std::string MarkBroken(std::string_view text, std::string_view mark) {
  std::string out;
  out.reserve(text.size() + 64);
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\\') {
      at += CopyEscape(out, text.substr(at), mark);
      continue;
    }
    const utf8::Decoded decoded = utf8::Decode(text, at);
    for (size_t i = at; i < at + decoded.length; ++i) {
      if (decoded.valid) {
        out.push_back(text[i]);
      } else {
        AppendMarked(out, mark, static_cast<unsigned char>(text[i]));
      }
    }
    at += decoded.length;
  }
  return out;
}

void AppendRaw(std::string& out, uint32_t value) {
  if (value < 0x100) {
    out.push_back(static_cast<char>(value));
    return;
  }
  out.push_back(static_cast<char>(0xE0 | (value >> 12)));
  out.push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
  out.push_back(static_cast<char>(0x80 | (value & 0x3F)));
}

std::string PutBack(std::string_view text, std::string_view mark) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t found = std::min(text.find(mark, at), text.size());
    out.append(text.substr(at, found - at));
    at = found;
    if (at >= text.size()) break;
    const std::string_view digits = text.substr(at + mark.size(), kMarkDigits);
    uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    AppendRaw(out, value);
    at += mark.size() + digits.size();
  }
  return out;
}

}  // namespace

Result<Json> ParseJsonKeepingBrokenText(std::string_view text) {
  Result<Json> strict = ParseJson(text);
  if (strict.ok()) return strict;
  const std::optional<std::string> mark = FreeMark(text);
  if (!mark) return strict;
  Result<Json> marked = ParseJson(MarkBroken(text, *mark));
  if (!marked.ok() || !marked->is_object()) return strict;
  for (auto& member : marked->items()) {
    if (member.value().is_string())
      member.value() = PutBack(member.value().get_ref<const std::string&>(), *mark);
  }
  return marked;
}

}  // namespace recado::cli
