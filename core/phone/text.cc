#include "core/phone/text.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/base/utf8.h"

namespace recado::phone {
namespace {

constexpr char32_t kFullWidthPlus = 0xFF0B;

// Zero of each script whose ten digits follow one another: ASCII, full width, Arabic, Persian, Devanagari,
// Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer.
constexpr std::array<char32_t, 18> kZeros = {0x30,  0xFF10, 0x660, 0x6F0, 0x966,  0x9E6,
                                             0xA66, 0xAE6,  0xB66, 0xBE6, 0xC66,  0xCE6,
                                             0xD66, 0xE50,  0xED0, 0xF20, 0x1040, 0x17E0};

// -1: no digit.
int DigitOf(char32_t c) {
  for (const char32_t zero : kZeros) {
    if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
  }
  return -1;
}

bool IsDigit(char32_t c) {
  return DigitOf(c) >= 0;
}

bool IsPlus(char32_t c) {
  return c == U'+' || c == kFullWidthPlus;
}

// Hyphens and dashes, slashes, dots, spaces, brackets and tildes, also the wide ones.
bool IsSeparator(char32_t c) {
  constexpr std::u32string_view kSeparators =
      U"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30FC\uFF0D\uFF0F/\uFF0E. "
      U"\u00A0\u00AD\u200B\u2060\u3000()\uFF08\uFF09\uFF3B\uFF3D[]~\u2053\u223C\uFF5E";
  return kSeparators.find(c) != std::u32string_view::npos;
}

std::u32string Decode(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    out.push_back(decoded.code_point);
    at += decoded.length;
  }
  return out;
}

// --- Extensions

char32_t Lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0xFF21 && c <= 0xFF3A) return c + 32;  // full width
  if (c >= 0x410 && c <= 0x42F) return c + 32;    // Cyrillic
  return c == 0xD3 ? 0xF3 : c;                    // Ó
}

bool TakeWord(std::u32string_view& rest, std::u32string_view word) {
  if (rest.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (Lower(rest[i]) != word[i]) return false;
  }
  rest.remove_prefix(word.size());
  return true;
}

void TakeAny(std::u32string_view& rest, std::u32string_view characters) {
  while (!rest.empty() && characters.find(rest.front()) != std::u32string_view::npos) rest.remove_prefix(1);
}

bool TakeOneOf(std::u32string_view& rest, std::u32string_view characters) {
  if (rest.empty() || characters.find(Lower(rest.front())) == std::u32string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

// The extension's own digits, up to the end of the text but for a closing #.
bool IsNumberAtEnd(std::u32string_view rest, size_t most, bool needs_hash = false) {
  size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
  if (digits == 0 || digits > most) return false;
  rest.remove_prefix(digits);
  if (needs_hash) return rest == U"#";
  return rest.empty() || rest == U"#";
}

void TakeAfterLabel(std::u32string_view& rest) {
  if (!rest.empty() && (rest.front() == U':' || rest.front() == U'.' || rest.front() == 0xFF0E)) {
    rest.remove_prefix(1);
  }
  TakeAny(rest, U" \u00A0\t,-");
}

// Labels that can only mean an extension. Longest first where one begins another.
bool TakeExplicitLabel(std::u32string_view& rest) {
  constexpr std::u32string_view kLabels[] = {U"extensio\u0301n",
                                             U"extensi\u00F3n",
                                             U"extension",
                                             U"extensio\u0301",
                                             U"extensi\u00F3",
                                             U"extensio",
                                             U"extensin",
                                             U"extensi",
                                             U"extn",
                                             U"ext",
                                             U"xtensio\u0301n",
                                             U"xtensi\u00F3n",
                                             U"xtension",
                                             U"xtensio",
                                             U"xtensi",
                                             U"xtn",
                                             U"xt",
                                             U"\uFF45\uFF58\uFF54\uFF4E",
                                             U"\uFF45\uFF58\uFF54",
                                             U"\uFF58\uFF54\uFF4E",
                                             U"\uFF58\uFF54",
                                             U"\u0434\u043E\u0431",
                                             U"anexo"};
  return std::any_of(std::begin(kLabels), std::end(kLabels),
                     [&rest](std::u32string_view label) { return TakeWord(rest, label); });
}

bool IsExtension(std::u32string_view text) {
  std::u32string_view rest = text;
  if (TakeWord(rest, U";ext=")) return IsNumberAtEnd(rest, 20);
  rest = text;
  TakeAny(rest, U" \u00A0\t,");
  const std::u32string_view label = rest;
  if (TakeExplicitLabel(rest)) {
    TakeAfterLabel(rest);
    if (IsNumberAtEnd(rest, 20)) return true;
  }
  rest = label;
  if (TakeWord(rest, U"int") || TakeWord(rest, U"\uFF49\uFF4E\uFF54") ||
      TakeOneOf(rest, U"x\uFF58#\uFF03~\uFF5E")) {
    TakeAfterLabel(rest);
    if (IsNumberAtEnd(rest, 9)) return true;
  }
  rest = text;
  if (!rest.empty() && (rest.front() == U'-' || rest.front() == U' ')) {
    TakeAny(rest, U"- ");
    if (IsNumberAtEnd(rest, 6, true)) return true;
  }
  rest = text;
  TakeAny(rest, U" \u00A0\t");
  const std::u32string_view commas = rest;
  if (TakeWord(rest, U",,") || TakeWord(rest, U";")) {
    TakeAfterLabel(rest);
    if (IsNumberAtEnd(rest, 15)) return true;
  }
  rest = commas;
  if (!TakeWord(rest, U",")) return false;
  TakeAny(rest, U",");
  TakeAfterLabel(rest);
  return IsNumberAtEnd(rest, 9);
}

// Cuts an extension off, the longest there is.
std::u32string_view WithoutExtension(std::u32string_view number) {
  const bool plain = std::all_of(number.begin(), number.end(), [](char32_t c) {
    return c != U'~' && c != 0xFF5E && (IsDigit(c) || IsPlus(c) || IsSeparator(c));
  });
  if (plain) return number;
  for (size_t start = 0; start < number.size(); ++start) {
    if (!IsDigit(number[start]) && IsExtension(number.substr(start))) return number.substr(0, start);
  }
  return number;
}

}  // namespace

std::optional<PhoneText> ReadPhoneText(std::string_view text) {
  if (text.size() > kMaxPhoneBytes) return std::nullopt;
  const std::u32string decoded = Decode(text);
  std::u32string_view number = decoded;
  while (!number.empty() && !IsDigit(number.front()) && !IsPlus(number.front())) number.remove_prefix(1);
  while (!number.empty() && !IsDigit(number.back()) && number.back() != U'#') number.remove_suffix(1);
  number = WithoutExtension(number);
  PhoneText read;
  if (!number.empty() && IsPlus(number.front())) {
    read.plus = true;
    number.remove_prefix(1);
  }
  for (const char32_t c : number) {
    const int digit = DigitOf(c);
    if (digit >= 0) {
      read.digits.push_back(static_cast<char>('0' + digit));
    } else if (!IsSeparator(c)) {
      return std::nullopt;
    }
  }
  if (read.digits.size() < 2) return std::nullopt;
  return read;
}

}  // namespace recado::phone
