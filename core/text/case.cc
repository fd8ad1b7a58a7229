#include "core/text/case.h"

#include <algorithm>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>

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

std::string Capitalize(std::string_view utf8, std::string_view language) {
  if (IsAscii(utf8) && AsciiIsPlain(language)) {
    std::string out(utf8);
    std::transform(out.begin(), out.end(), out.begin(), Lower);
    if (!out.empty()) out[0] = Upper(out[0]);
    return out;
  }
  const std::string locale(language);
  return Mapped(utf8, [&locale](icu::StringPiece in, icu::ByteSink& sink, UErrorCode& status) {
    // The whole text is one "word" and its first character the one to raise, be it a letter or not: no word
    // iterator (whose rules are not in our data) and no skipping of a leading quote.
    constexpr uint32_t kOptions = U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_BREAK_ADJUSTMENT;
    icu::CaseMap::utf8ToTitle(locale.c_str(), kOptions, nullptr, in, sink, nullptr, status);
  });
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
