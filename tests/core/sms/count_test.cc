#include "core/sms/count.h"

#include <gtest/gtest.h>
#include <tuple>

#include "core/base/limits.h"

namespace recado::sms {
namespace {

std::string Times(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out.append(text);
  return out;
}

std::string Units(const SmsCount& count) {
  std::string out;
  for (const Part& part : count.parts) out += (out.empty() ? "" : " ") + std::to_string(part.units);
  return out;
}

// One line a fact: encoding, units, segments, units of each part.
std::string Summary(std::string_view text, const CountOptions& options = {}) {
  const Result<SmsCount> count = Count(text, options);
  if (!count.ok()) return Dump(count.error());
  return std::string(count->encoding == Encoding::kGsm7 ? "gsm7 " : "ucs2 ") + std::to_string(count->units) +
         " " + std::to_string(count->segments) + " (" + Units(*count) + ")";
}

SmsCount Must(std::string_view text, const CountOptions& options = {}) {
  Result<SmsCount> count = Count(text, options);
  EXPECT_TRUE(count.ok()) << text;
  return count.ok() ? std::move(*count) : SmsCount{};
}

constexpr std::string_view kYa = "я";
constexpr std::string_view kGrin = "😀";
constexpr std::string_view kFlag = "🇧🇷";

TEST(Count, PlainRule) {
  struct Row {
    std::string text;
    std::string expected;
  };
  const Row rows[] = {
      {"", "gsm7 0 0 ()"},
      {Times(160, "a"), "gsm7 160 1 (160)"},
      {Times(161, "a"), "gsm7 161 2 (153 8)"},
      {Times(306, "a"), "gsm7 306 2 (153 153)"},
      {Times(307, "a"), "gsm7 307 3 (153 153 1)"},
      {Times(80, "€"), "gsm7 160 1 (160)"},
      {Times(81, "€"), "gsm7 162 2 (152 10)"},
      {Times(152, "€"), "gsm7 304 2 (152 152)"},
      {Times(153, "€"), "gsm7 306 3 (152 152 2)"},
      {Times(152, "a") + "€" + Times(152, "a"), "gsm7 306 3 (152 153 1)"},
      {Times(152, "a") + "€" + Times(151, "a"), "gsm7 305 2 (152 153)"},
      {Times(70, kYa), "ucs2 70 1 (70)"},
      {Times(71, kYa), "ucs2 71 2 (67 4)"},
      {Times(35, kGrin), "ucs2 70 1 (70)"},
      {Times(67, kGrin), "ucs2 134 3 (66 66 2)"},
      {Times(66, kYa) + std::string(kGrin) + Times(66, kYa), "ucs2 134 3 (66 67 1)"},
      {std::string(kGrin) + Times(68, "]"), "ucs2 70 1 (70)"},
      {"a" + Times(200, "\u0301"), "ucs2 201 3 (67 67 67)"},
      {Times(65, kYa) + std::string(kFlag) + Times(65, kYa), "ucs2 134 2 (67 67)"},
      {Times(152, "a") + "\r\n" + Times(20, "a"), "gsm7 174 2 (153 21)"},
      {"\f^{}\\[~]|€", "gsm7 20 1 (20)"},
      {"`", "ucs2 1 1 (1)"},
      {"ç", "ucs2 1 1 (1)"},
      {"Ç", "gsm7 1 1 (1)"},
      {"\x1B", "ucs2 1 1 (1)"},
      {std::string("\0", 1), "ucs2 1 1 (1)"},
  };
  for (const Row& row : rows) EXPECT_EQ(Summary(row.text), row.expected) << row.text;
}

TEST(Count, KeepingClustersWholeCostsRoom) {
  const CountOptions keep{.keep_clusters = true};
  EXPECT_EQ(Summary(Times(65, kYa) + std::string(kFlag) + Times(65, kYa), keep), "ucs2 134 3 (65 67 2)");
  // A cluster longer than a part is cut like anything else.
  EXPECT_EQ(Summary("a" + Times(200, "\u0301"), keep), "ucs2 201 3 (67 67 67)");
  EXPECT_EQ(Summary(Times(152, "a") + "\r\n" + Times(20, "a"), keep), "gsm7 174 2 (152 22)");
  EXPECT_EQ(Summary(Times(70, kYa), keep), "ucs2 70 1 (70)");
}

TEST(Count, ReferenceOfSixteenBitsTakesOneUnitMore) {
  const CountOptions wide{.reference_bits = 16};
  EXPECT_EQ(Summary(Times(161, "a"), wide), "gsm7 161 2 (152 9)");
  EXPECT_EQ(Summary(Times(71, kYa), wide), "ucs2 71 2 (66 5)");
  EXPECT_EQ(Summary(Times(160, "a"), wide), "gsm7 160 1 (160)");
}

TEST(Count, AtMost255Segments) {
  const auto refused = [](const std::string& text, const CountOptions& options, std::string_view actual) {
    const Result<SmsCount> count = Count(text, options);
    ASSERT_FALSE(count.ok());
    EXPECT_EQ(Dump(count.error()),
              "error too_many_segments /text actual=" + std::string(actual) + " limit=255");
    EXPECT_EQ(CountNumbers(text, options).fault, DiagnosticCode::too_many_segments);
  };
  EXPECT_EQ(Must(Times(39014, "a")).remaining, 1);
  EXPECT_EQ(Must(Times(39015, "a")).segments, 255);
  refused(Times(39016, "a"), {}, "256");
  EXPECT_EQ(Must(Times(17085, kYa)).segments, 255);
  refused(Times(17086, kYa), {}, "256");
  EXPECT_EQ(Must(Times(255 * 76, "€")).segments, 255);
  refused(Times(255 * 76 + 1, "€"), {}, "256");
  EXPECT_EQ(Must(Times(255 * 152, "a"), {.reference_bits = 16}).segments, 255);
  refused(Times(255 * 152 + 1, "a"), {.reference_bits = 16}, "256");
  refused(Times(1'000'000, "a"), {}, "6536");
}

TEST(Count, RoomThatIsLeft) {
  struct Row {
    std::string text;
    int per_segment;
    int remaining;
  };
  for (const Row& row :
       {Row{"", 160, 160}, Row{"a", 160, 159}, Row{Times(160, "a"), 160, 0}, Row{Times(161, "a"), 153, 145},
        Row{"я", 70, 69}, Row{Times(71, kYa), 67, 63}, Row{Times(81, "€"), 153, 143}}) {
    const SmsCount count = Must(row.text);
    EXPECT_EQ(count.per_segment, row.per_segment) << row.text;
    EXPECT_EQ(count.remaining, row.remaining) << row.text;
  }
  EXPECT_EQ(Must("", {.force = Encoding::kUcs2}).remaining, 70);
}

TEST(Count, CharactersAreGraphemeClusters) {
  EXPECT_EQ(Must("👨‍👩‍👧‍👦").characters, 1);
  EXPECT_EQ(Must("👨‍👩‍👧‍👦").units, 11);
  EXPECT_EQ(Must("🇧🇷🇧🇷").characters, 2);
  EXPECT_EQ(Must("a\r\nb").characters, 3);
  EXPECT_EQ(Must("abcdefgh\r\nabcdefgh\n\nabcdefg\u0301x").characters, 27);
  EXPECT_EQ(Must("12345678\u0301").characters, 8);
  EXPECT_EQ(Must("\u0600abcdefghi").characters, 9);  // a prepended mark takes the next letter in
}

TEST(Count, ForcedEncodings) {
  EXPECT_EQ(Summary("abc", {.force = Encoding::kUcs2}), "ucs2 3 1 (3)");
  EXPECT_EQ(Summary("abc€", {.force = Encoding::kGsm7}), "gsm7 5 1 (5)");
  EXPECT_EQ(Summary("a☃b“", {.force = Encoding::kGsm7}),
            "error not_in_gsm7 /text 1..4 1:2 character=☃ code=U+2603\n"
            "error not_in_gsm7 /text 5..8 1:4 character=“ code=U+201C fix=\"");
  EXPECT_EQ(Count(Times(1000, kYa), {.force = Encoding::kGsm7}).error().size(), kMaxSmsDiagnostics);
  EXPECT_EQ(CountNumbers("☃", {.force = Encoding::kGsm7}).fault, DiagnosticCode::not_in_gsm7);
}

// --- National tables

std::string Chosen(std::string_view text, std::vector<National> national) {
  const SmsCount count = Must(text, {.national = std::move(national)});
  return std::string(count.encoding == Encoding::kGsm7 ? "gsm7" : "ucs2") + " " +
         std::string(NationalTag(count.locking)) + "/" + std::string(NationalTag(count.single)) + " " +
         std::to_string(count.units) + "/" + std::to_string(count.per_segment) + " x" +
         std::to_string(count.segments);
}

TEST(Count, HasOneLineForLogs) {
  EXPECT_EQ(Dump(Must("Hi")),
            "gsm7 units=2 segments=1 characters=2 per_segment=160 remaining=158 parts=[0..2:2]");
  EXPECT_EQ(
      Dump(Must("€")),
      "gsm7 units=2 segments=1 characters=1 per_segment=160 remaining=158 parts=[0..3:2] extended=€@0..3");
  EXPECT_EQ(
      Dump(Must("“Hi”")),
      "ucs2 units=4 segments=1 characters=4 per_segment=70 remaining=66 parts=[0..8:4] culprit=“@0..3→\" "
      "culprit=”@5..8→\" suggestion=\"Hi\"");
  EXPECT_EQ(Dump(Must("ğ", {.national = {National::kTurkish}})).substr(0, 20), "gsm7 locking=tr unit");
}

TEST(National, NeverUnasked) {
  EXPECT_EQ(Chosen("ğışİ", {}), "ucs2 / 4/70 x1");
  EXPECT_EQ(Chosen("ğışİ", {National::kPortuguese}), "ucs2 / 4/70 x1");
}

TEST(National, UnusedIsNotDeclared) {
  EXPECT_EQ(Chosen("hello", {National::kUrdu}), "gsm7 / 5/160 x1");
  EXPECT_EQ(Chosen("{hello}", {National::kTurkish, National::kPortuguese}), "gsm7 / 9/160 x1");
}

TEST(National, CheapestPairWins) {
  EXPECT_EQ(Chosen("hi ت", {National::kUrdu}), "gsm7 ur/ 4/155 x1");
  EXPECT_EQ(Chosen("hi ؎", {National::kUrdu}), "gsm7 /ur 5/155 x1");
  EXPECT_EQ(Chosen("hi ت؎", {National::kUrdu}), "gsm7 ur/ur 6/152 x1");
  EXPECT_EQ(Chosen(Times(155, "ş"), {National::kTurkish}), "gsm7 tr/ 155/155 x1");
  EXPECT_EQ(Chosen(Times(156, "ş"), {National::kTurkish}), "gsm7 tr/ 156/149 x2");
  EXPECT_EQ(Chosen("á", {National::kSpanish}), "gsm7 /es 2/155 x1");
  // ğ is in Turkish alone, ã in Portuguese alone: tables of two languages, locking for the one that occurs
  // more often.
  EXPECT_EQ(Chosen("ğğã", {National::kTurkish, National::kPortuguese}), "gsm7 tr/pt 4/152 x1");
  EXPECT_EQ(Chosen("ğãã", {National::kTurkish, National::kPortuguese}), "gsm7 pt/tr 4/152 x1");
}

TEST(National, TiesGoToTheOrderGiven) {
  // In both single shift tables, at the same price.
  EXPECT_EQ(Chosen("á", {National::kSpanish, National::kPortuguese}), "gsm7 pt/ 1/155 x1");
  EXPECT_EQ(Chosen("Áè", {National::kSpanish, National::kPortuguese}), "gsm7 /es 3/155 x1");
  EXPECT_EQ(Chosen("Áè", {National::kPortuguese, National::kSpanish}), "gsm7 /pt 3/155 x1");
  EXPECT_EQ(Chosen("ऀ।", {National::kHindi, National::kBengali}), "ucs2 / 2/70 x1");
}

TEST(National, ForcedWithTablesNamesOnlyWhatNoTableHas) {
  const Result<SmsCount> count = Count("ş☃", {.national = {National::kTurkish}, .force = Encoding::kGsm7});
  ASSERT_FALSE(count.ok());
  EXPECT_EQ(Dump(count.error()), "error not_in_gsm7 /text 2..5 1:2 character=☃ code=U+2603");
}

TEST(National, EachInSomeTableButNoPairHasAllNamesWhatTheDefaultLacks) {
  const Result<SmsCount> count = Count(
      "ت অ ಅ",
      {.national = {National::kUrdu, National::kBengali, National::kKannada}, .force = Encoding::kGsm7});
  ASSERT_FALSE(count.ok());
  EXPECT_EQ(count.error().size(), 3U);
}

// --- Culprits and suggestions

std::string Culprits(std::string_view text, const CountOptions& options = {}) {
  std::string out;
  for (const Culprit& culprit : Must(text, options).culprits) {
    out += (out.empty() ? "" : " ") + std::to_string(culprit.span.from) + ".." +
           std::to_string(culprit.span.to) + "/" + std::to_string(culprit.span.from16) + ".." +
           std::to_string(culprit.span.to16) + "=" + culprit.character + (culprit.forces_ucs2 ? "!" : "");
    if (culprit.replacement) out += "→" + *culprit.replacement;
  }
  return out;
}

TEST(Culprit, PointsAtWhatForcesUnicode) {
  EXPECT_EQ(Culprits("más"), "1..3/1..2=á!");
  EXPECT_EQ(Culprits("“hi”…"), "0..3/0..1=“!→\" 5..8/3..4=”!→\" 8..11/4..5=…!→...");
  EXPECT_EQ(Culprits("a{€"), "1..2/1..2={ 2..5/2..3=€");
  EXPECT_EQ(Culprits("a{€ё"), "5..7/3..4=ё!");
  EXPECT_EQ(Culprits("plain"), "");
  EXPECT_EQ(Culprits("zero\u200Bwidth\u00A0space"), "4..7/4..5=\u200B!→ 12..14/10..11=\u00A0!→ ");
}

TEST(Culprit, AClusterIsOneCulprit) {
  EXPECT_EQ(Culprits("ok 👍🏽 🇧🇷"), "3..11/3..7=👍🏽! 12..20/8..12=🇧🇷!");
  EXPECT_EQ(Culprits("1\uFE0F\u20E3"), "1..7/1..3=\uFE0F\u20E3!");  // the digit is innocent
  EXPECT_EQ(Culprits("I\u0333F\u0333"), "1..3/1..2=\u0333! 4..6/3..4=\u0333!");
}

TEST(Culprit, AnAccentTypedBehindItsLetterIsComposed) {
  EXPECT_EQ(Culprits("cafe\u0301"), "3..6/3..5=e\u0301!→é");
  EXPECT_EQ(Culprits("a\u0301"), "1..3/1..2=\u0301!");  // á is not in GSM-7 either
  EXPECT_EQ(Culprits("12345678e\u0301"), "8..11/8..10=e\u0301!→é");
}

TEST(Culprit, AllowedTablesAreNotBlamed) {
  EXPECT_EQ(Culprits("ş☃", {.national = {National::kTurkish}}), "2..5/1..2=☃!");
}

TEST(Suggestion, OnlyWhereItIsCheaper) {
  const auto suggested = [](std::string_view text, const CountOptions& options = {}) {
    const SmsCount count = Must(text, options);
    return count.suggestion ? count.suggestion->text + "|" + std::to_string(count.suggestion->segments)
                            : "none";
  };
  EXPECT_EQ(suggested("“hi”"), "\"hi\"|1");
  EXPECT_EQ(suggested("cafe\u0301…"), "café...|1");
  EXPECT_EQ(suggested(Times(100, "a") + "’"), Times(100, "a") + "'|1");
  EXPECT_EQ(suggested("“más”"), "none");  // still Unicode, still one
  EXPECT_EQ(suggested("ё"), "none");
  EXPECT_EQ(suggested("plain"), "none");
  EXPECT_EQ(suggested("€"), "none");
  EXPECT_EQ(suggested("“hi”", {.force = Encoding::kUcs2}), "none");
  EXPECT_EQ(suggested(Times(70, "я") + "\u200B"), Times(70, "я") + "|1");  // still Unicode, one segment less
  EXPECT_EQ(suggested(Times(60, "…")), "none");                            // 180 dots would be two
}

// --- Damaged text

std::string Faults(std::string_view text) {
  const Result<SmsCount> count = Count(text, {});
  return count.ok() ? "fine" : Dump(count.error());
}

TEST(InvalidUnicode, EachPlaceIsNamed) {
  EXPECT_EQ(Faults("ab\xFFxyz"), "error invalid_unicode /text 2..3 1:3 bytes=FF");
  EXPECT_EQ(Faults("\xC3"), "error invalid_unicode /text 0..1 1:1 bytes=C3");
  EXPECT_EQ(Faults("\xE2\x82"), "error invalid_unicode /text 0..2 1:1 bytes=E2 82");
  EXPECT_EQ(Faults("a\n\xC0\xAF"),
            "error invalid_unicode /text 2..3 2:1 bytes=C0\nerror invalid_unicode /text 3..4 2:2 bytes=AF");
  EXPECT_EQ(
      Faults("\xED\xA0\x80z\xED\xBF\xBF"),
      "error invalid_unicode /text 0..3 1:1 bytes=U+D800\nerror invalid_unicode /text 4..7 1:3 bytes=U+DFFF");
  EXPECT_EQ(Faults("\xF4\x90\x80\x80").substr(0, 45), "error invalid_unicode /text 0..1 1:1 bytes=F4");
  EXPECT_EQ(Count(std::string(1000, '\xFF'), {}).error().size(), kMaxSmsDiagnostics);
}

TEST(InvalidUnicode, LoneSurrogatesInUtf16HaveTheSamePlaces) {
  const std::u16string lone = {u'a', 0xD800, u'b', 0xDC00, 0xD83D, 0xDE00};
  const Result<SmsCount> count = CountUtf16(lone, {});
  ASSERT_FALSE(count.ok());
  const Result<SmsCount> bytes = Count(
      "a\xED\xA0\x80"
      "b\xED\xB0\x80😀",
      {});
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(count.error(), bytes.error());
  EXPECT_EQ(count.error()[1].span->from16, 3U);
  EXPECT_EQ(CountNumbersUtf16(lone, {}).fault, DiagnosticCode::invalid_unicode);
}

// --- The size alone

void ExpectSizeAgrees(const std::u16string& text) {
  const SmsNumbers size = CountSizeUtf16(text);
  const SmsNumbers numbers = CountNumbersUtf16(text, {});
  ASSERT_EQ(size.fault, numbers.fault);
  if (size.fault) return;
  ASSERT_EQ(
      std::tuple(size.encoding, size.units, size.segments, size.per_segment, size.remaining),
      std::tuple(numbers.encoding, numbers.units, numbers.segments, numbers.per_segment, numbers.remaining));
}

// All texts of up to seven units over an alphabet that has halves of characters in it, behind so many letters
// that every place in a block and at an edge of a part has its turn.
TEST(Size, AgreesOnEveryShortTextWithHalvesOfCharacters) {
  constexpr char16_t kAlphabet[] = {u'a', u'[', u'ж', 0xD83D, 0xDE00};
  for (const size_t before : {size_t{0}, size_t{64}, size_t{65}, size_t{66}, size_t{67}}) {
    for (size_t length = 0; length <= 6; ++length) {
      std::vector<size_t> digits(length, 0);
      for (bool more = true; more;) {
        std::u16string text(before, u'ж');
        for (const size_t digit : digits) text.push_back(kAlphabet[digit]);
        ExpectSizeAgrees(text);
        ASSERT_FALSE(HasFatalFailure());
        size_t place = 0;
        while (place < length && ++digits[place] == std::size(kAlphabet)) digits[place++] = 0;
        more = place < length;
      }
    }
  }
}

TEST(Size, OfMoreThan255SegmentsIsAFault) {
  EXPECT_EQ(CountSizeUtf16(std::u16string(39015, u'a')).segments, 255);
  EXPECT_EQ(CountSizeUtf16(std::u16string(39016, u'a')).fault, DiagnosticCode::too_many_segments);
  EXPECT_EQ(CountSizeUtf16(std::u16string(17086, u'ж')).fault, DiagnosticCode::too_many_segments);
}

}  // namespace
}  // namespace recado::sms
