#include "core/rule/analysis_condition.h"

#include "core/base/limits.h"
#include "tests/core/rule/analysis_support.h"

namespace recado::rule {
namespace {

std::string Conditions(std::string_view json) {
  Json rule = RuleWith("{}");
  rule["conditions"] = J(json);
  return Brief(Findings(rule), {"condition", "other"});
}

// {"field":"deal.<field>","op":…,"value":…} of "amount lt 5"; the value is JSON.
std::string T(std::string_view text) {
  const size_t first = text.find(' ');
  const size_t second = text.find(' ', first + 1);
  std::string test = R"({"field":"deal.)" + std::string(text.substr(0, first)) + R"(","op":")" +
                     std::string(text.substr(first + 1, second - first - 1)) + '"';
  if (second != std::string_view::npos) test += R"(,"value":)" + std::string(text.substr(second + 1));
  return test + "}";
}

std::string Group(std::string_view name, std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return R"({")" + std::string(name) + R"(":[)" + text + "]}";
}
std::string All(std::initializer_list<std::string> parts) {
  return Group("all", parts);
}
std::string Any(std::initializer_list<std::string> parts) {
  return Group("any", parts);
}

struct Row {
  std::string conditions;
  std::string findings;
};

TEST(ConditionAnalysis, OrdinaryConditionsAreNotRemarkedOn) {
  for (const std::string& conditions :
       {All({T("amount ge 100")}), All({T("amount ge 100"), T("amount lt 200")}), All({}), Any({}),
        All({T("amount not_empty"), T("amount ge 100")}),
        All({T("title contains \"bike\""), T("title ne \"Bike 7\"")}),
        Any({T("title eq \"a\""), T("title eq \"b\"")}),
        All({T("title in [\"a\",\"b\"]"), T("title ne \"a\"")}),
        All({T("meeting between [\"21:00\",\"08:00\"]"), T("meeting lt \"23:00\"")}),
        All({T("due ge \"2026-12-01\""), T("due le \"2026-12-01\"")}),
        All({T("count gt 4"), T("count lt 6")}), Any({T("amount lt 100"), T("amount ge 100")}),
        All({T("vip eq true")}), Any({T("vip eq true"), T("vip eq false")}),
        All({T("meeting eq \"2026-12-01\""), T("meeting ge \"2026-11-30T20:00:00Z\"")}),
        All({T("note gt \"a\""), T("note lt \"a\"")}),
        All({T("tags contains \"a\""), T("tags not_contains \"b\"")}),
        All({T("rate eq \"5\""), T("rate ne \"5.0\"")}),
        All({T("title eq \"10:00\""), T("title eq \"2026-12-01T10:00:00Z\"")})}) {
    EXPECT_EQ(Conditions(conditions), "ok") << conditions;
  }
}

TEST(ConditionAnalysis, ClashesAreNamedAtTheLaterOfTheTwo) {
  const std::string at = "warning condition_never /conditions/all/1 condition=deal.";
  const Row rows[] = {
      {All({T("amount gt 100"), T("amount lt 50")}), at + "amount < 50 other=deal.amount > 100"},
      {All({T("amount gt \"100\""), T("amount le {\"amount\":\"100.00\",\"currency\":\"EUR\"}")}),
       at + "amount ≤ 100.00 EUR other=deal.amount > 100"},
      {All({T("count gt 5"), T("count lt 6")}), at + "count < 6 other=deal.count > 5"},
      {All({T("rate gt \"5\""), T("rate lt \"4.99\"")}), at + "rate < 4.99 other=deal.rate > 5"},
      {All({T("title eq \"Bike\""), T("title eq \"Car\"")}), at + "title = Car other=deal.title = Bike"},
      {All({T("title eq \"Bike\""), T("title ne \"bike\"")}), at + "title ≠ bike other=deal.title = Bike"},
      {All({T("title in [\"a\",\"b\"]"), T("title not_in [\"B\",\"A\",\"c\"]")}),
       at + "title not in B, A, c other=deal.title in a, b"},
      {All({T("title eq \"Bike\""), T("title contains \"car\"")}),
       at + "title contains car other=deal.title = Bike"},
      {All({T("title eq \"Bike\""), T("title not_contains \"IKE\"")}),
       at + "title not contains IKE other=deal.title = Bike"},
      {All({T("title starts_with \"b\""), T("title in [\"car\",\"tram\"]")}),
       at + "title in car, tram other=deal.title starts with b"},
      {All({T("vip eq true"), T("vip eq false")}), at + "vip = false other=deal.vip = true"},
      {All({T("vip empty"), T("vip ne true"), T("vip not_empty")}),
       "warning condition_never /conditions/all/2 condition=deal.vip not empty other=deal.vip empty"},
      {All({T("amount empty"), T("amount ge 0")}), at + "amount ≥ 0 other=deal.amount empty"},
      {All({T("tags empty"), T("tags contains \"a\"")}), at + "tags contains a other=deal.tags empty"},
      {All({T("due gt \"2026-12-01\""), T("due lt \"2026-12-02\"")}),
       at + "due < 2026-12-02 other=deal.due > 2026-12-01"},
      {All({T("meeting gt \"2026-12-03\""), T("meeting lt \"2026-12-02\"")}),
       at + "meeting < 2026-12-02 other=deal.meeting > 2026-12-03"},
      {All({T("meeting gt \"2026-12-03T12:00:00Z\""), T("meeting eq \"2026-12-01\"")}),
       at + "meeting = 2026-12-01 other=deal.meeting > 2026-12-03T12:00:00Z"},
      {All({T("meeting between [\"21:00\",\"08:00\"]"), T("meeting between [\"09:00\",\"18:00\"]")}),
       at + "meeting between 09:00 – 18:00 other=deal.meeting between 21:00 – 08:00"},
      {All({T("meeting gt \"10:00\""), T("meeting lt \"10:01\"")}),
       at + "meeting < 10:01 other=deal.meeting > 10:00"},
  };
  for (const Row& row : rows) EXPECT_EQ(Conditions(row.conditions), row.findings) << row.conditions;
}

TEST(ConditionAnalysis, OneTestAloneCanBeImpossible) {
  const std::string at = "warning condition_never /conditions/all/0 condition=deal.";
  const Row rows[] = {
      {All({T("amount between [200, 100]")}), at + "amount between 200 – 100"},
      {All({T("title eq \"  \"")}), at + "title =   "},
      {All({T("count between [\"5.2\", \"5.8\"]")}), at + "count between 5.2 – 5.8"},
      {All({T("meeting gt \"23:59\"")}), at + "meeting > 23:59"},
      {All({T("meeting lt \"00:00\"")}), at + "meeting < 00:00"},
  };
  for (const Row& row : rows) EXPECT_EQ(Conditions(row.conditions), row.findings) << row.conditions;
}

TEST(ConditionAnalysis, NestedGroups) {
  const Row rows[] = {
      // Every way through the alternatives is closed.
      {All({T("amount gt 100"), Any({T("amount lt 50"), T("amount eq 7")})}),
       "warning condition_never /conditions/all/1/any/0 condition=deal.amount < 50 other=deal.amount > 100\n"
       "warning condition_never /conditions/all/1/any/1 condition=deal.amount = 7 other=deal.amount > 100"},
      // One of them is.
      {All({T("amount gt 100"), Any({T("amount lt 50"), T("vip eq true")})}),
       "info alternative_never /conditions/all/1/any/0 condition=deal.amount < 50 other=deal.amount > 100"},
      {Any({All({T("count gt 5"), T("count lt 3")}), T("vip eq true")}),
       "info alternative_never /conditions/any/0/all/1 condition=deal.count < 3 other=deal.count > 5"},
      // No pair tells it, all three together do.
      {All({T("title in [\"a\",\"b\"]"), T("title in [\"b\",\"c\"]"), T("title in [\"a\",\"c\"]")}),
       "warning condition_never /conditions condition=deal.title in a, b, …"},
      // Joined alternatives leave no room either.
      {All({Any({T("count lt 3"), T("count gt 9")}), T("count between [4, 8]")}),
       "warning condition_never /conditions/all/0/any/0 condition=deal.count < 3 other=deal.count between 4 "
       "– 8\n"
       "warning condition_never /conditions/all/0/any/1 condition=deal.count > 9 other=deal.count between 4 "
       "– 8"},
  };
  for (const Row& row : rows) EXPECT_EQ(Conditions(row.conditions), row.findings) << row.conditions;
}

TEST(ConditionAnalysis, WhatAlwaysHolds) {
  const Row rows[] = {
      {Any({T("amount empty"), T("amount not_empty")}), "info condition_always /conditions"},
      {Any({T("title eq \"a\""), T("title ne \"A\"")}), "info condition_always /conditions"},
      {All({T("amount ge 5"), Any({T("vip eq true"), T("vip ne true")})}),
       "info condition_always /conditions/all/1"},
      {All({T("title ne \" \"")}), "info condition_always /conditions"},
      {All({T("meeting not_between [\"10:00\",\"09:59\"]")}), "ok"},
      {Any({T("meeting lt \"12:00\""), T("meeting ge \"12:00\"")}), "ok"},  // a deal without a meeting fails
      {Any({T("count empty"), T("count le 5"), T("count gt 5")}), "ok"},  // nor does a text in the field pass
  };
  for (const Row& row : rows) EXPECT_EQ(Conditions(row.conditions), row.findings) << row.conditions;
}

TEST(ConditionAnalysis, WhatANeighbourDecidesIsNotNeeded) {
  const Row rows[] = {
      {All({T("amount ge 100"), T("amount ge 50")}),
       "info condition_redundant /conditions/all/1 condition=deal.amount ≥ 50 other=deal.amount ≥ 100"},
      {Any({T("amount ge 100"), T("amount ge 50")}),
       "info condition_redundant /conditions/any/0 condition=deal.amount ≥ 100 other=deal.amount ≥ 50"},
      {All({T("title eq \"a\""), T("title eq \"A\"")}),
       "info condition_redundant /conditions/all/1 condition=deal.title = A other=deal.title = a"},
      {All({T("title eq \"bike\""), T("title contains \"i\"")}),
       "info condition_redundant /conditions/all/1 condition=deal.title contains i other=deal.title = bike"},
  };
  for (const Row& row : rows) EXPECT_EQ(Conditions(row.conditions), row.findings) << row.conditions;
}

TEST(ConditionAnalysis, NothingIsClaimedPastTheBound) {
  const auto findings = [](size_t values) {
    Json list = Json::array();
    for (size_t i = 0; i < values; ++i) list.push_back("v" + std::to_string(i));
    Json rule = RuleWith("{}");
    Json& all = rule["conditions"]["all"] = Json::array();
    all.push_back({{"field", "deal.note"}, {"op", "in"}, {"value", list}});
    for (Json& value : list) value = "w" + value.get<std::string>();
    all.push_back({{"field", "deal.note"}, {"op", "in"}, {"value", list}});
    return Brief(Findings(rule));
  };
  EXPECT_EQ(findings(kMaxAnalysedValues / 2), "warning condition_never /conditions/all/1");
  EXPECT_EQ(findings(kMaxAnalysedValues / 2 - 1), "warning condition_never /conditions/all/1");
  EXPECT_TRUE(findings(kMaxAnalysedValues / 2 + 1).find("condition_never") == std::string::npos);
}

}  // namespace
}  // namespace recado::rule
