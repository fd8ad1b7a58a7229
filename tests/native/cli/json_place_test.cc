#include "native/cli/json_place.h"

#include <gtest/gtest.h>
#include <string>

namespace recado::cli {
namespace {

struct Row {
  const char* json;
  const char* pointer;
  const char* text;  // what stands at the place; a leading "~": the nearest value around it
};

class Place : public ::testing::TestWithParam<Row> {};

TEST_P(Place, IsWhereThePointerLeads) {
  const std::string json = GetParam().json;
  const auto place = FindInJson(json, GetParam().pointer);
  ASSERT_TRUE(place.has_value());
  const std::string text = (place->exact ? "" : "~") + json.substr(place->from, place->to - place->from);
  EXPECT_EQ(text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    All, Place,
    ::testing::Values(Row{R"({"a":1})", "", R"({"a":1})"}, Row{R"({"a":1})", "/a", "1"},
                      Row{R"( { "a" : { "b" : [ 1 , "x" , null ] } } )", "/a/b/1", "\"x\""},
                      Row{R"( { "a" : { "b" : [ 1 , "x" , null ] } } )", "/a/b/2", "null"},
                      Row{R"({"a":"}","b":[{}]})", "/b/0", "{}"}, Row{R"({"a":"\"}","b":2})", "/b", "2"},
                      Row{R"({"a/b":1,"m~n":2})", "/a~1b", "1"}, Row{R"({"a/b":1,"m~n":2})", "/m~0n", "2"},
                      Row{R"({"a":1,"a":2})", "/a", "2"}, Row{R"({"\u0061":1})", "/a", "1"},
                      Row{R"([true,false])", "/1", "false"}, Row{R"({"a":{"b":1}})", "/a/c", R"(~{"b":1})"},
                      Row{R"({"a":1})", "/a/b", "~1"}, Row{R"([1])", "/1", "~[1]"},
                      Row{R"([1])", "/x", "~[1]"}, Row{R"([])", "/0", "~[]"}, Row{R"({})", "/a", "~{}"},
                      Row{R"({"":5})", "/", "5"}, Row{R"({"a":-1.5e3 })", "/a", "-1.5e3"},
                      Row{R"({"a":[[],[[1]]],"b":3})", "/b", "3"}));

TEST(Place, PointerWithoutASlashIsNone) {
  EXPECT_FALSE(FindInJson("{}", "a").has_value());
}

struct OffsetRow {
  const char* json;  // a string
  size_t offset;
  size_t raw;
};

class Offset : public ::testing::TestWithParam<OffsetRow> {};

TEST_P(Offset, CountsEscapesAsWhatTheyStandFor) {
  const std::string json = GetParam().json;
  EXPECT_EQ(OffsetInString(json, {0, json.size()}, GetParam().offset), GetParam().raw) << json;
}

INSTANTIATE_TEST_SUITE_P(All, Offset,
                         ::testing::Values(OffsetRow{R"("abc")", 0, 1}, OffsetRow{R"("abc")", 2, 3},
                                           OffsetRow{R"("abc")", 3, 4}, OffsetRow{R"("abc")", 99, 4},
                                           OffsetRow{R"("a\nb")", 2, 4}, OffsetRow{R"("\u00e4b")", 2, 7},
                                           OffsetRow{R"("\u20acb")", 3, 7},
                                           OffsetRow{R"("\ud83d\ude00b")", 4, 13}, OffsetRow{R"("äb")", 2, 3},
                                           OffsetRow{R"(12)", 1, 0}));

}  // namespace
}  // namespace recado::cli
