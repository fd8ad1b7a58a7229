#include "core/text/case.h"

#include <algorithm>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>
#include <unicode/uchar.h>

#include "core/base/utf8.h"
#include "core/text/internal.h"

namespace recado::text {
namespace {

// ICU hands malformed bytes through; a text of ours is always well formed, so they are replaced first.
std::string Repaired(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + 8);
  for (size_t at = 0; at < utf8.size();) {
    const utf8::Decoded decoded = utf8::Decode(utf8, at);
    utf8::Append(out, decoded.code_point);
    at += decoded.length;
  }
  return out;
}

icu::StringPiece Piece(std::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

// Turkish and Azerbaijani have an i of their own, so that even ASCII is not safe from them.
bool AsciiIsPlain(std::string_view language) {
  const std::string_view base = language.substr(0, 2);
  const auto is = [base](char a, char b) {
    return base.size() == 2 && (base[0] | 0x20) == a && (base[1] | 0x20) == b;
  };
  return !is('t', 'r') && !is('a', 'z') && !is('n', 'l');
}

char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <class Map>
std::string Mapped(std::string_view utf8, const Map& map) {
  std::string repaired;
  if (utf8::FindInvalid(utf8)) {
    repaired = Repaired(utf8);
    utf8 = repaired;
  }
  std::string out;
  out.reserve(utf8.size() + 8);
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  map(Piece(utf8), sink, status);
  return out;
}

}  // namespace

std::string ToUpper(std::string_view utf8, std::string_view language) {
  if (IsAscii(utf8) && AsciiIsPlain(language)) {
    std::string out(utf8);
    std::transform(out.begin(), out.end(), out.begin(), Upper);
    return out;
  }
  const std::string locale(language);
  return Mapped(utf8, [&locale](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
    icu::CaseMap::utf8ToUpper(locale.c_str(), 0, in, sink, nullptr, status);
  });
}

std::string ToLower(std::string_view utf8, std::string_view language) {
  if (IsAscii(utf8) && AsciiIsPlain(language)) {
    std::string out(utf8);
    std::transform(out.begin(), out.end(), out.begin(), Lower);
    return out;
  }
  const std::string locale(language);
  return Mapped(utf8, [&locale](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
    icu::CaseMap::utf8ToLower(locale.c_str(), 0, in, sink, nullptr, status);
  });
}

namespace {

// The title case of one character by itself: its upper case, but ǆ → ǅ, ᾳ → ᾼ, and of what grows (ß → SS)
// only the first letter is a capital (Ss).
std::string TitleOf(std::string_view character, std::string_view language) {
  const char32_t code_point = utf8::Decode(character, 0).code_point;
  const auto simple = static_cast<char32_t>(u_totitle(static_cast<UChar32>(code_point)));
  std::string upper = ToUpper(character, language);
  const size_t head = upper.empty() ? 0 : utf8::Decode(upper, 0).length;
  const bool grows = head < upper.size();
  const bool differs = simple != static_cast<char32_t>(u_toupper(static_cast<UChar32>(code_point)));
  if (simple != code_point && (grows || differs)) {
    upper.clear();
    utf8::Append(upper, simple);
    return upper;
  }
  const bool cased = ToLower(upper.substr(0, head), language) != upper.substr(0, head);
  return grows && cased ? upper.substr(0, head) + ToLower(upper.substr(head), language) : upper;
}

}  // namespace

std::string Capitalize(std::string_view utf8, std::string_view language) {
  if (IsAscii(utf8) && AsciiIsPlain(language)) {
    std::string out(utf8);
    std::transform(out.begin(), out.end(), out.begin(), Lower);
    if (!out.empty()) out[0] = Upper(out[0]);
    return out;
  }
  if (utf8.empty()) return {};
  // ICU's own title casing comes only with its break iterators, which the browser's build does without. The
  // rest is cut out of the whole in lower case, because a final sigma looks at the letters before it.
  const std::string_view first = utf8.substr(0, utf8::Decode(utf8, 0).length);
  const std::string lower = ToLower(utf8, language);
  return TitleOf(first, language) + lower.substr(std::min(lower.size(), ToLower(first, language).size()));
}

std::string FoldCase(std::string_view utf8) {
  if (IsAscii(utf8)) {
    std::string out(utf8);
    std::transform(out.begin(), out.end(), out.begin(), Lower);
    return out;
  }
  // Decomposed before folding, as canonical caseless matching asks (Unicode 15, D145).
  const std::string decomposed =
      Mapped(utf8, [](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
        const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
        if (U_SUCCESS(status)) nfd->normalizeUTF8(0, in, sink, nullptr, status);
      });
  const std::string folded =
      Mapped(decomposed, [](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
        icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, in, sink, nullptr, status);
      });
  return Compose(folded);
}

std::string Compose(std::string_view utf8) {
  if (IsAscii(utf8)) return std::string(utf8);
  return Mapped(utf8, [](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_SUCCESS(status)) nfc->normalizeUTF8(0, in, sink, nullptr, status);
  });
}

}  // namespace recado::text
