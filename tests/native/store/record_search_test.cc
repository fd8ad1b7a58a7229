#include "native/store/record_search.h"

#include <gtest/gtest.h>

#include "native/store/search_text.h"

namespace recado::store {
namespace {

constexpr std::string_view kDeal =
    R"({"deal":{"id":"D-7","title":"City bike","number":1007,"pipeline":"sales"},
  "contacts":[{"first_name":"Zoë","last_name":"Müller","phones":[{"type":"mobile","value":"+4915123456789"}],
               "emails":[{"type":"work","value":"Zoe.Mueller@customer.example"}]}]})";

struct Row {
  std::string_view typed;
  bool found;
};

class RecordSearchTest : public testing::TestWithParam<Row> {};

TEST_P(RecordSearchTest, FindsWhatItsIdAndValuesSay) {
  EXPECT_EQ(RecordSearch(GetParam().typed).Matches("D-7", kDeal), GetParam().found) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(
    Typed, RecordSearchTest,
    testing::Values(Row{"", true}, Row{" \t\n", true}, Row{"city", true}, Row{"CITY BIKE", true},
                    Row{"bike city", true}, Row{"müller", true}, Row{"MÜLLER zo", true}, Row{"d-7", true},
                    Row{"1007", true}, Row{"customer.example", true}, Row{"+49 151 2345", true},
                    Row{"0151-234 567", true}, Row{"3456", true}, Row{"(0151) 2345/6789", true},
                    // words of which one is not there
                    Row{"city boat", false}, Row{"muller", false}, Row{"1008", false},
                    // the names of members are nobody's words
                    Row{"first_name", false}, Row{"pipeline", false}, Row{"contacts", false},
                    // numbers that are none of its telephone's
                    Row{"0152 2345", false}, Row{"345 6788", false}, Row{"000", false}));

TEST(RecordSearch, OfWhatIsNoJsonTheIdAloneIsFound) {
  EXPECT_TRUE(RecordSearch("d-7").Matches("D-7", "{"));
  EXPECT_FALSE(RecordSearch("city").Matches("D-7", R"({"title":"city")"));
}

TEST(RecordSearch, LongQueriesAreLookedAtUpToTheirBounds) {
  const std::string words = "city " + std::string(kMaxSearchQuery, ' ') + "boat";
  EXPECT_TRUE(RecordSearch(words).Matches("D-7", kDeal));
  std::string many;
  for (size_t i = 0; i < kMaxSearchWords; ++i) many += "city ";
  EXPECT_TRUE(RecordSearch(many + "boat").Matches("D-7", kDeal));
  // 199 bytes of blanks and a letter of two bytes: it is not cut into half a letter that nothing has.
  EXPECT_TRUE(RecordSearch("bike" + std::string(kMaxSearchQuery - 5, ' ') + "ü").Matches("D-7", kDeal));
}

TEST(RecordSearch, DeepRecordsAreSearchedWithoutRecursion) {
  std::string deep(400, '[');
  deep += R"("needle")" + std::string(400, ']');
  EXPECT_EQ(RecordSearch("needle").Matches("D-7", deep), ParseJson(deep).ok());
}

}  // namespace
}  // namespace recado::store
