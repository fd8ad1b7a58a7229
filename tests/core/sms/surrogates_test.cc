// Pairs of surrogates, eight units at a time: every pattern around every edge of a block, against the
// definition.
#include "core/sms/surrogates.h"

#include <gtest/gtest.h>
#include <string>

namespace recado::sms {
namespace {

constexpr char16_t kHigh = 0xD83D;
constexpr char16_t kLow = 0xDE00;

// Unit by unit, as the Unicode Standard (3.9, D79) says it.
Surrogates ByDefinition(const std::u16string& text) {
  Surrogates found;
  for (size_t at = 0; at < text.size(); ++at) {
    const char16_t unit = text[at];
    if (unit < 0xD800 || unit > 0xDFFF) continue;
    found.any = true;
    const bool pair =
        unit < 0xDC00 && at + 1 < text.size() && text[at + 1] >= 0xDC00 && text[at + 1] <= 0xDFFF;
    found.paired &= pair;
    if (pair) ++at;
  }
  return found;
}

void ExpectAsDefined(const std::u16string& text, const std::string& what) {
  const Surrogates expected = ByDefinition(text);
  const Surrogates found = SurrogatesOf(text);
  EXPECT_EQ(found.paired, expected.paired) << what;
  // Of a text with half a character nobody asks more.
  if (expected.paired) {
    EXPECT_EQ(found.any, expected.any) << what;
  }
}

TEST(Surrogates, EveryPatternOfFourUnitsAtEveryPlaceOfEveryLength) {
  constexpr char16_t kUnits[] = {u'a', 0x0416, kHigh, kLow};
  for (size_t size = 0; size <= 35; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (unsigned pattern = 0; pattern < 256; ++pattern) {
        std::u16string text(size, u'x');
        for (size_t i = 0; i < 4 && at + i < size; ++i) text[at + i] = kUnits[(pattern >> (2 * i)) & 3];
        ExpectAsDefined(text, std::to_string(size) + " units, pattern " + std::to_string(pattern) + " at " +
                                  std::to_string(at));
      }
    }
  }
}

TEST(Surrogates, TheEdgesOfTheirRangesBelongToThemAndTheirNeighboursDoNot) {
  struct Row {
    std::u16string text;
    bool paired;
  };
  const Row rows[] = {
      {{u'\xD7FF', u'\xE000'}, true},
      {{u'\xD800', u'\xDC00'}, true},
      {{u'\xDBFF', u'\xDFFF'}, true},
      {{u'\xD800', u'\xE000'}, false},
      {{u'\xD7FF', u'\xDC00'}, false},
      {{u'\xDC00', u'\xD800'}, false},
      {{u'\xDBFF'}, false},
      {{u'\xDC00'}, false},
      {{}, true},
  };
  for (const Row& row : rows) {
    for (const size_t before : {0U, 7U, 8U, 15U}) {
      const std::u16string text = std::u16string(before, u'x') + row.text + u"yyyyyyyyyyyy";
      EXPECT_EQ(SurrogatesOf(text).paired, row.paired) << before;
    }
  }
}

}  // namespace
}  // namespace recado::sms
