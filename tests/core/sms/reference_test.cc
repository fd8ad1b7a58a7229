// A slow and obvious counter against the quick one, over generated texts and all options.
#include <array>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <tuple>

#include "core/base/utf8.h"
#include "core/sms/alphabet.h"
#include "core/text/grapheme.h"

namespace recado::sms {
namespace {

std::u32string PointsOf(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    out.push_back(decoded.code_point);
    at += decoded.length;
  }
  return out;
}

std::u16string Utf16Of(std::string_view text) {
  std::u16string out;
  for (const char32_t c : PointsOf(text)) {
    if (c > 0xFFFF) out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
    out.push_back(static_cast<char16_t>(c > 0xFFFF ? 0xDC00 + (c & 0x3FF) : c));
  }
  return out;
}

using Alphabet = std::array<std::set<char32_t>, kNationals>;

template <class Character>
Alphabet ReadThrough(const Character& character) {
  Alphabet alphabet;
  for (uint8_t i = 0; i < kNationals; ++i) {
    for (uint8_t septet = 0; septet < 128; ++septet) {
      if (const char32_t c = character(static_cast<National>(i), septet); c != 0) alphabet[i].insert(c);
    }
  }
  return alphabet;
}

// Septets of a character, by what stands in the tables.
int Septets(char32_t c, National locking, National single) {
  static const Alphabet lockings = ReadThrough(LockingCharacter);
  static const Alphabet singles = ReadThrough(SingleCharacter);
  if (lockings[static_cast<size_t>(locking)].contains(c)) return 1;
  return singles[static_cast<size_t>(single)].contains(c) ? 2 : 0;
}

struct Slow {
  bool possible = true;
  Encoding encoding = Encoding::kGsm7;
  National locking = National::kNone;
  National single = National::kNone;
  int units = 0;
  std::vector<int> parts{};
  int capacity = 0;
};

// The pieces that must not be cut: units of each code point, or of each cluster.
std::vector<std::vector<int>> Pieces(std::string_view text, const std::vector<int>& units, bool keep) {
  std::vector<std::vector<int>> pieces;
  if (!keep) {
    for (const int unit : units) pieces.push_back({unit});
    return pieces;
  }
  size_t start = 0;
  size_t next = 0;
  for (const uint32_t end : text::GraphemeEnds(text)) {
    pieces.emplace_back();
    for (size_t i = PointsOf(text.substr(start, end - start)).size(); i > 0; --i) {
      pieces.back().push_back(units[next++]);
    }
    start = end;
  }
  return pieces;
}

std::vector<int> Cut(const std::vector<std::vector<int>>& pieces, int capacity) {
  std::vector<int> parts = {0};
  const auto put = [&](int units) {
    if (parts.back() + units > capacity) parts.push_back(0);
    parts.back() += units;
  };
  for (const std::vector<int>& piece : pieces) {
    int sum = 0;
    for (const int units : piece) sum += units;
    if (sum <= capacity) {
      put(sum);
    } else {
      for (const int units : piece) put(units);
    }
  }
  return parts;
}

Slow SlowForm(std::string_view text, Encoding encoding, National locking, National single,
              const CountOptions& options) {
  Slow form{.encoding = encoding, .locking = locking, .single = single};
  std::vector<int> units;
  for (const char32_t c : PointsOf(text)) {
    const int cost = encoding == Encoding::kUcs2 ? (c > 0xFFFF ? 2 : 1) : Septets(c, locking, single);
    form.possible = form.possible && cost > 0;
    units.push_back(cost);
    form.units += cost;
  }
  const int shifts = (locking != National::kNone ? 1 : 0) + (single != National::kNone ? 1 : 0);
  form.capacity = CapacityOf(encoding, 0, shifts);
  if (form.units == 0) return form;
  form.parts = {form.units};
  if (form.units <= form.capacity) return form;
  form.capacity = CapacityOf(encoding, options.reference_bits, shifts);
  form.parts = Cut(Pieces(text, units, options.keep_clusters), form.capacity);
  return form;
}

Slow SlowCount(std::string_view text, const CountOptions& options) {
  std::vector<Slow> forms;
  std::vector<National> tables = {National::kNone};
  tables.insert(tables.end(), options.national.begin(), options.national.end());
  const auto rank = [&](National national) {
    return national == National::kNone ? 99
                                       : std::find(tables.begin(), tables.end(), national) - tables.begin();
  };
  if (options.force != Encoding::kUcs2) {
    for (const National locking : tables) {
      for (const National single : tables) {
        if (locking == National::kSpanish) continue;
        forms.push_back(SlowForm(text, Encoding::kGsm7, locking, single, options));
      }
    }
  }
  if (options.force != Encoding::kGsm7) {
    forms.push_back(SlowForm(text, Encoding::kUcs2, National::kNone, National::kNone, options));
  }
  std::erase_if(forms, [](const Slow& form) { return !form.possible; });
  if (forms.empty()) return {.possible = false};
  const auto key = [&](const Slow& form) {
    return std::tuple(form.parts.size(), form.encoding, form.units,
                      (form.locking != National::kNone) + (form.single != National::kNone),
                      rank(form.locking), rank(form.single));
  };
  return *std::min_element(forms.begin(), forms.end(),
                           [&](const Slow& a, const Slow& b) { return key(a) < key(b); });
}

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return random_() % bound; }

  std::string Text() {
    // A palette of a few alphabets, so that texts are sometimes plain and sometimes mixed.
    std::u32string palette;
    for (size_t i = 1 + Below(3); i > 0; --i) palette += kPalettes[Below(std::size(kPalettes))];
    const size_t length = Below(4) == 0 ? Below(500) : Below(90);
    std::string text;
    while (text.size() < length) {
      if (Below(12) == 0) {
        text.append(Below(60), static_cast<char>('a' + Below(26)));
      } else {
        utf8::Append(text, palette[Below(palette.size())]);
      }
    }
    return text;
  }

  CountOptions Options() {
    CountOptions options;
    options.reference_bits = Below(2) == 0 ? 8 : 16;
    options.keep_clusters = Below(3) == 0;
    if (Below(4) == 0) options.force = Below(2) == 0 ? Encoding::kGsm7 : Encoding::kUcs2;
    if (Below(3) != 0) return options;
    for (size_t i = Below(4); i > 0; --i) {
      const auto national = static_cast<National>(1 + Below(13));
      if (std::find(options.national.begin(), options.national.end(), national) == options.national.end()) {
        options.national.push_back(national);
      }
    }
    return options;
  }

 private:
  static constexpr std::u32string_view kPalettes[] = {
      U"abcdefghijklmnopqrstuvwxyz ABCXYZ 0123456789.,!?",
      U"\f^{}\\[~]|€",
      U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà",
      U"ğışİĞŞçáíóúÁÍÓÚâãõêôÀ∞ª",
      U"яёЖ漢字`\t",
      U"😀👍\U0001F3FD\U0001F468\u200D\U0001F469\uFE0F\u20E3",
      U"\U0001F1E7\U0001F1F7\u0301\u0308\r\n\u0600",
      U"अआक\u094Dष\u0901\u0902०।",
      U"অক\u09CDষ ગક અಕൗഅ",
      U"تہپ؎٪ۓ",
      U"“”‘’–…\u00A0\u200B\u2060½ˆ«",
      U"e\u0301E\u0300n\u0303u\u0308q\u0302~",
  };
  std::mt19937 random_;
};

std::string DumpOptions(const CountOptions& options) {
  std::string out =
      "reference " + std::to_string(options.reference_bits) + (options.keep_clusters ? " keep" : "");
  for (const National national : options.national) out.append(" ").append(NationalTag(national));
  if (options.force) out += *options.force == Encoding::kGsm7 ? " force gsm7" : " force ucs2";
  return out;
}

// The parts must lie end to end, in both kinds of offsets, and where LocateSpan says.
void ExpectPartsCover(const SmsCount& count, std::string_view text) {
  uint32_t at = 0;
  uint32_t at16 = 0;
  int units = 0;
  for (const Part& part : count.parts) {
    EXPECT_EQ(part.span.from, at);
    EXPECT_EQ(part.span.from16, at16);
    EXPECT_EQ(part.span, LocateSpan(text, part.span.from, part.span.to));
    EXPECT_LE(part.units, count.per_segment);
    at = part.span.to;
    at16 = part.span.to16;
    units += part.units;
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(units, count.units);
}

void ExpectEqual(const SmsCount& count, const Slow& slow, std::string_view text) {
  EXPECT_EQ(count.encoding, slow.encoding);
  EXPECT_EQ(count.locking, slow.locking);
  EXPECT_EQ(count.single, slow.single);
  EXPECT_EQ(count.units, slow.units);
  EXPECT_EQ(count.per_segment, slow.capacity);
  EXPECT_EQ(static_cast<size_t>(count.characters), text::GraphemeEnds(text).size());
  std::vector<int> parts{};
  for (const Part& part : count.parts) parts.push_back(part.units);
  EXPECT_EQ(parts, slow.parts);
  EXPECT_EQ(count.segments, static_cast<int>(slow.parts.size()));
  EXPECT_EQ(count.remaining, slow.capacity - (slow.parts.empty() ? 0 : slow.parts.back()));
}

void ExpectCulpritsTrue(const SmsCount& count, std::string_view text) {
  uint32_t last = 0;
  for (const Culprit& culprit : count.culprits) {
    EXPECT_GE(culprit.span.from, last);
    EXPECT_EQ(culprit.character, text.substr(culprit.span.from, culprit.span.to - culprit.span.from));
    EXPECT_EQ(culprit.span, LocateSpan(text, culprit.span.from, culprit.span.to));
    EXPECT_EQ(culprit.forces_ucs2, count.encoding == Encoding::kUcs2);
    last = culprit.span.to;
  }
}

// The suggestion is the text with every replacement put in, and is there exactly where that is cheaper.
void ExpectSuggestionTrue(const SmsCount& count, std::string_view text, const CountOptions& options) {
  std::string replaced;
  size_t copied = 0;
  bool any = false;
  for (const Culprit& culprit : count.culprits) {
    if (!culprit.replacement) continue;
    any = true;
    replaced.append(text.substr(copied, culprit.span.from - copied)).append(*culprit.replacement);
    copied = culprit.span.to;
  }
  replaced.append(text.substr(copied));
  const Slow slow = SlowCount(replaced, options);
  const auto segments = static_cast<int>(slow.parts.size());
  const bool cheaper = any && !options.force &&
                       std::tuple(segments, slow.encoding) < std::tuple(count.segments, count.encoding);
  ASSERT_EQ(count.suggestion.has_value(), cheaper);
  if (!cheaper) return;
  EXPECT_EQ(std::tuple(count.suggestion->text, count.suggestion->encoding, count.suggestion->segments),
            std::tuple(replaced, slow.encoding, segments));
}

void ExpectSizeEqual(const SmsCount& count, std::u16string_view text) {
  const SmsNumbers size = CountSizeUtf16(text);
  EXPECT_EQ(size.fault, std::nullopt);
  EXPECT_EQ(std::tuple(size.encoding, size.units, size.segments, size.per_segment, size.remaining),
            std::tuple(count.encoding, count.units, count.segments, count.per_segment, count.remaining));
}

// A sanitizer, WebAssembly or a build without optimisation makes each text many times dearer; a part of them
// then has to do.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RECADO_SLOW_BUILD
#endif
#endif
#if defined(__EMSCRIPTEN__) || !defined(__OPTIMIZE__)
#define RECADO_SLOW_BUILD
#endif
#ifdef RECADO_SLOW_BUILD
constexpr int kTexts = 6'000;
#else
constexpr int kTexts = 120'000;
#endif

TEST(Reference, QuickCounterAgreesWithSlowOne) {
  Generator generator(20261122);
  int impossible = 0;
  for (int i = 0; i < kTexts && !testing::Test::HasFailure(); ++i) {
    const std::string text = generator.Text();
    const CountOptions options = generator.Options();
    SCOPED_TRACE(text + "\n" + DumpOptions(options));
    const Slow slow = SlowCount(text, options);
    const Result<SmsCount> count = Count(text, options);
    const std::u16string text16 = Utf16Of(text);
    ASSERT_EQ(count.ok(), slow.possible);
    const SmsNumbers numbers = CountNumbers(text, options);
    const SmsNumbers numbers16 = CountNumbersUtf16(text16, options);
    const Result<SmsCount> count16 = CountUtf16(text16, options);
    ASSERT_EQ(count16.ok(), slow.possible);
    if (!slow.possible) {
      EXPECT_EQ(count.error(), count16.error());
      EXPECT_EQ(numbers.fault, DiagnosticCode::not_in_gsm7);
      EXPECT_EQ(numbers16.fault, DiagnosticCode::not_in_gsm7);
      ++impossible;
      continue;
    }
    ExpectEqual(*count, slow, text);
    ExpectPartsCover(*count, text);
    ExpectCulpritsTrue(*count, text);
    ExpectSuggestionTrue(*count, text, options);
    ExpectSizeEqual(*Count(text, {}), text16);
    EXPECT_EQ(ToJson(*count, OffsetUnit::kUtf16), ToJson(*count16, OffsetUnit::kUtf16));
    EXPECT_EQ(ToJson(*count, OffsetUnit::kBytes), ToJson(*count16, OffsetUnit::kBytes));
    for (const SmsNumbers& light : {numbers, numbers16}) {
      EXPECT_EQ(std::tuple(light.encoding, light.units, light.segments, light.characters, light.per_segment,
                           light.remaining, light.locking, light.single),
                std::tuple(count->encoding, count->units, count->segments, count->characters,
                           count->per_segment, count->remaining, count->locking, count->single));
    }
  }
  EXPECT_GT(impossible, kTexts / 120);
}

}  // namespace
}  // namespace recado::sms
