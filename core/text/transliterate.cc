#include "core/text/transliterate.h"

#include <algorithm>
#include <optional>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <vector>

#include "core/base/utf8.h"
#include "core/text/case.h"
#include "core/text/internal.h"
#include "core/text/transliterate_table.h"

namespace recado::text {
namespace {

using Letters = std::span<const LatinLetter>;

char32_t Small(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
bool IsLetter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool IsMark(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}
bool IsGreek(char32_t c) {
  return (c >= 0x370 && c <= 0x3FF) || (c >= 0x1F00 && c <= 0x1FFF);
}
bool IsCyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}
bool IsApostrophe(char32_t c) {
  return c == U'\'' || c == U'’' || c == U'ʼ';
}

std::optional<std::string_view> Find(Letters letters, char32_t letter) {
  const auto found =
      std::lower_bound(letters.begin(), letters.end(), letter,
                       [](const LatinLetter& row, char32_t wanted) { return row.letter < wanted; });
  if (found == letters.end() || found->letter != letter) return std::nullopt;
  return found->latin;
}

// What the letter is without its marks: "ě" → "e", "ώ" → "ω"; 0 where it has none.
char32_t Bare(char32_t letter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !nfd->getDecomposition(static_cast<UChar32>(letter), parts)) return 0;
  return static_cast<char32_t>(parts.char32At(0));
}

std::vector<char32_t> PointsOf(std::string_view utf8) {
  const std::string composed = Compose(utf8);
  std::vector<char32_t> points;
  points.reserve(composed.size());
  for (size_t at = 0; at < composed.size();) {
    const utf8::Decoded decoded = utf8::Decode(composed, at);
    points.push_back(decoded.code_point);
    at += decoded.length;
  }
  return points;
}

class Walk {
 public:
  Walk(std::string_view utf8, std::string_view language, bool (*keep)(char32_t))
      : points_(PointsOf(utf8)), language_(language.substr(0, language.find_first_of("-_"))), keep_(keep) {
    for (const LatinLanguage& row : kLatinLanguages) {
      if (row.language == language_) letters_ = row.letters;
    }
  }

  std::string Run() {
    while (at_ < points_.size()) Step();
    return std::move(out_);
  }

 private:
  char32_t Point(size_t at) const { return at < points_.size() ? points_[at] : 0; }
  char32_t Previous() const { return at_ > 0 ? points_[at_ - 1] : 0; }
  bool AtStartOfWord() const { return !IsLetter(Previous()) && !IsApostrophe(Previous()); }
  bool EndsWord(size_t at) const { return !IsLetter(Point(at)); }

  void Step() {
    const char32_t point = points_[at_];
    if (DropsMark(point) || DropsApostrophe(point)) {
      ++at_;
    } else if (point < 0x80 || (keep_ != nullptr && keep_(point))) {
      utf8::Append(out_, point);
      written_ = IsLetter(point);
      ++at_;
    } else if (!Pair()) {
      Single(point);
    }
  }

  // A mark behind a letter that has no composed form with it.
  bool DropsMark(char32_t point) const { return IsMark(point) && written_; }

  // м'ята: between Cyrillic letters an apostrophe is a sign like ь.
  bool DropsApostrophe(char32_t point) const {
    return IsApostrophe(point) && (language_ == "uk" || language_ == "be") && IsCyrillic(Previous()) &&
           IsCyrillic(Point(at_ + 1));
  }

  // Two letters that are written otherwise than one after the other.
  bool Pair() {
    const char32_t first = Small(points_[at_]);
    const char32_t second = Small(Point(at_ + 1));
    std::optional<std::string_view> latin;
    if (IsGreek(first) && IsGreek(second)) latin = GreekPair(first, second);
    if (language_ == "uk" && first == U'з' && second == U'г') latin = "zgh";
    if (language_ == "bg" && first == U'и' && second == U'я' && EndsWord(at_ + 2)) latin = "ia";
    if (!latin) return false;
    Write(*latin, 2);
    return true;
  }

  // ELOT 743. A vowel with dialytika, or behind a vowel that bears the accent, is spoken by itself.
  std::optional<std::string_view> GreekPair(char32_t first, char32_t second) const {
    const bool upsilon = second == U'υ' || second == U'ύ';
    if (first == U'ο' && upsilon) return "ou";
    if (upsilon && (first == U'α' || first == U'ε' || first == U'η')) {
      const char32_t next = Small(Point(at_ + 2));
      const bool voiceless =
          EndsWord(at_ + 2) || std::u32string_view(U"θκξπσςτφχψ").find(next) != std::u32string_view::npos;
      if (first == U'α') return voiceless ? "af" : "av";
      if (first == U'ε') return voiceless ? "ef" : "ev";
      return voiceless ? "if" : "iv";
    }
    if (first == U'γ' && second == U'γ') return "ng";
    if (first == U'γ' && second == U'ξ') return "nx";
    if (first == U'γ' && second == U'χ') return "nch";
    const bool edge = AtStartOfWord() || EndsWord(at_ + 2);
    if (first == U'μ' && second == U'π' && edge) return "b";
    return std::nullopt;
  }

  void Single(char32_t point) {
    if (const auto latin = LatinOf(Small(point))) return Write(*latin, 1);
    utf8::Append(out_, point);
    written_ = false;
    ++at_;
  }

  std::optional<std::string_view> LatinOf(char32_t letter) {
    if (language_ == "uk" && AtStartOfWord()) {
      if (const auto initial = Find(kUkrainianInitials, letter)) return initial;
    }
    if (const auto own = Find(letters_, letter)) return own;
    if (const auto common = Find(kCommonLetters, letter)) return common;
    const char32_t bare = letter < 0x80 ? letter : Bare(letter);  // İ is an i already
    if (const auto common = Find(kCommonLetters, bare)) return common;
    if (bare == 0 || bare >= 0x80 || !IsLetter(bare)) return std::nullopt;
    ascii_ = static_cast<char>(bare);
    return std::string_view(&ascii_, 1);
  }

  // In the case of the letter. The letters behind the first follow the neighbours: Shchukin, SHCHUKIN.
  void Write(std::string_view latin, size_t letters) {
    const bool capital = Small(points_[at_]) != points_[at_];
    const char32_t next = Point(at_ + letters);
    const char32_t last = Point(at_ + letters - 1);
    const bool before = Small(Previous()) != Previous();
    const bool among = letters > 1 ? Small(last) != last : IsLetter(next) ? Small(next) != next : before;
    for (size_t i = 0; i < latin.size(); ++i) {
      const char c = latin[i];
      const bool upper = capital && (i == 0 || among) && c >= 'a' && c <= 'z';
      out_ += upper ? static_cast<char>(c - 'a' + 'A') : c;
    }
    written_ = true;
    at_ += letters;
  }

  std::vector<char32_t> points_;
  std::string_view language_;
  bool (*keep_)(char32_t);
  Letters letters_;
  std::string out_;
  size_t at_ = 0;
  char ascii_ = 0;
  bool written_ = false;  // what stands last is a letter, whose marks go
};

}  // namespace

std::string ToLatin(std::string_view utf8, std::string_view language, bool (*keep)(char32_t)) {
  if (IsAscii(utf8)) return std::string(utf8);
  return Walk(utf8, language, keep).Run();
}

}  // namespace recado::text
