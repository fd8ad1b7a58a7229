#include "core/phone/table.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "core/base/limits.h"
#include "core/base/tables.h"
#include "core/phone/number.h"
#include "core/phone/pattern.h"

namespace recado::phone {
namespace {

std::string ReasonOf(std::string_view texts, std::string_view formats, std::string_view plans) {
  const Result<PhoneTable> table = ReadPhoneTable(texts, formats, plans);
  return table.ok() ? "read" : std::string(table.error().front().Argument("detail"));
}

TEST(PhoneTable, HoldsTheWorld) {
  const Result<PhoneTable> table = ReadPhoneTable();
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->plans.front().region, "US");
  EXPECT_GT(table->plans.size(), 240U);
  EXPECT_TRUE(IsKnownRegion("BR"));
  EXPECT_FALSE(IsKnownRegion("XX"));
  EXPECT_FALSE(IsKnownRegion(""));
}

TEST(PhoneTable, EveryPatternCompiles) {
  // A malformed pattern matches nothing, so a pattern that allows the empty match tells nothing; all others
  // are tried behind an optional digit, which makes every well-formed one match.
  for (const PhonePlan& plan : Phones().plans) {
    for (const std::string_view pattern : {plan.idd, plan.match, plan.parsing, plan.leading, plan.kinds}) {
      const std::string tried = "5|(" + std::string(pattern) + ")";
      EXPECT_TRUE(pattern.empty() || MatchPhone(tried, "5").has_value()) << plan.region << " " << pattern;
    }
  }
  for (const PhoneFormat& format : Phones().formats) {
    EXPECT_TRUE(MatchPhone("5|(" + std::string(format.match) + ")", "5").has_value()) << format.match;
  }
}

TEST(PhoneTable, MissingOrOddSectionsAreRefused) {
  const std::string_view texts = TableSection("phone");
  const std::string_view formats = TableSection("phone.f");
  const std::string_view plans = TableSection("phone.p");
  EXPECT_EQ(ReasonOf(texts, formats, plans), "read");
  EXPECT_EQ(ReasonOf("", formats, plans), "no numbering plans");
  EXPECT_EQ(ReasonOf(texts, formats, ""), "no numbering plans");
  EXPECT_EQ(ReasonOf(texts.substr(1), formats, plans), "no numbering plans");
  EXPECT_EQ(ReasonOf(texts, formats.substr(1), plans), "no numbering plans");
  EXPECT_EQ(ReasonOf(texts, formats, plans.substr(1)), "no numbering plans");
  EXPECT_EQ(ReasonOf(texts, "", plans), "damaged numbering plans") << "formats past the end";
}

TEST(PhoneTable, NumbersPastTheTextsAreRefused) {
  const std::string_view texts = TableSection("phone");
  const std::string_view formats = TableSection("phone.f");
  for (const size_t member : {size_t{0}, size_t{12}, size_t{26}}) {
    std::string plans(TableSection("phone.p"));
    plans.replace(member, 2, "\xFF\xFF");
    EXPECT_EQ(ReasonOf(texts, formats, plans), "damaged numbering plans") << member;
  }
}

TEST(PhoneTable, PlansOutOfOrderAreRefused) {
  std::string plans(TableSection("phone.p"));
  plans.replace(2, 2, "\xFF\xFF");  // the first plan's calling code
  EXPECT_EQ(ReasonOf(TableSection("phone"), TableSection("phone.f"), plans), "damaged numbering plans");
}

std::string Nested(size_t groups) {
  return std::string(groups, '(') + "5" + std::string(groups, ')');
}

TEST(PhonePattern, NestingIsBounded) {
  const size_t most = kMaxPhonePatternNesting - 1;  // the pattern itself is one level
  EXPECT_TRUE(MatchesWhole(Nested(most - 1), "5"));
  EXPECT_TRUE(MatchesWhole(Nested(most), "5"));
  EXPECT_FALSE(MatchesWhole(Nested(most + 1), "5"));
  EXPECT_FALSE(MatchesWhole(Nested(100'000), "5"));
}

TEST(PhonePattern, RepetitionsOfRepetitionsAreBounded) {
  std::string pattern = "5";
  for (int i = 0; i < 8; ++i) pattern = "(" + pattern + "){32}";
  EXPECT_FALSE(MatchesWhole(pattern, "5"));
  EXPECT_TRUE(MatchesWhole("((5){8}){8}", std::string(64, '5')));
}

}  // namespace
}  // namespace recado::phone
