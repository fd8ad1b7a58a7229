// Conditions: every operator on every kind of value (formats §1).
#include "core/plan/condition.h"

#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

// "holds", "condition_false" or "currency_mismatch" for the conditions on a fixed set of data.
std::string Judge(std::string_view conditions, std::string_view currency = "EUR") {
  static const liquid::Document data = liquid::Document::FromJson(J(R"({"deal":{
      "title":"Größe Straße","empty":"","blank":"  ","nil":null,"number":"1042","amount":{"amount":"100.00","currency":"EUR"},"plain":"99.90",
      "seats":5,"ratio":2.50,"vip":true,"date":"2026-12-01","moment":"2026-12-01T21:30:00Z","time":"23:15","tags":["New","Hot"],"none":[],
      "files":[{"file":"a"}]},"now":"2026-11-22T23:30:00Z"})"));
  Json rule = SmsRule();
  rule["conditions"] = J(conditions);
  const rule::ParsedRule parsed = rule::ParseRule(rule);
  EXPECT_FALSE(HasErrors(parsed.diagnostics)) << Dump(parsed.diagnostics) << conditions;
  const auto reason = WhyNot(parsed.rule->conditions, {data.root(), "Europe/Berlin", currency});
  return reason ? std::string(CodeName(reason->code)) : "holds";
}

std::string OutcomeOf(std::string_view field, std::string_view op, std::string_view value = "") {
  Json test = {{"field", "deal." + std::string(field)}, {"op", op}};
  if (!value.empty()) test["value"] = J(value);
  Json conditions = Json::object();
  conditions["all"] = Json::array({test});
  return Judge(DumpJson(conditions));
}

struct Row {
  const char* field;
  const char* op;
  const char* value;
  bool holds;
};

void ExpectAll(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(OutcomeOf(row.field, row.op, row.value), row.holds ? "holds" : "condition_false")
        << row.field << " " << row.op << " " << row.value;
  }
}

TEST(Conditions, TextsCompareWithoutCase) {
  ExpectAll({{"title", "eq", "\"GRÖSSE STRASSE\"", true},
             {"title", "eq", "\"größe strasse\"", true},
             {"title", "eq", "\"grosse strasse\"", false},
             {"title", "ne", "\"GRÖSSE STRASSE\"", false},
             {"title", "contains", "\"SSE STR\"", true},
             {"title", "not_contains", "\"sse str\"", false},
             {"title", "starts_with", "\"GRÖ\"", true},
             {"title", "starts_with", "\"rö\"", false},
             {"title", "ends_with", "\"SSE\"", true},
             {"title", "ends_with", "\"straß\"", false},
             {"title", "in", R"(["x","größe straße"])", true},
             {"title", "not_in", R"(["x","größe straße"])", false},
             {"title", "gt", "\"a\"", true},
             {"number", "eq", "\"1042.0\"", false},
             {"number", "eq", "1042", true},
             {"number", "gt", "\"999\"", true}});
}

TEST(Conditions, NumbersCompareExactly) {
  ExpectAll({{"seats", "eq", "5", true},
             {"seats", "eq", "5.0", true},
             {"seats", "eq", "\"5\"", true},
             {"seats", "gt", "5", false},
             {"seats", "ge", "5", true},
             {"seats", "lt", "5", false},
             {"seats", "le", "5", true},
             {"seats", "between", "[5,5]", true},
             {"seats", "between", "[6,9]", false},
             {"seats", "not_between", "[6,9]", true},
             {"seats", "between", "[9,1]", false},
             {"ratio", "eq", "2.5", true},
             {"plain", "lt", "99.91", true},
             {"plain", "ge", "\"99.90\"", true},
             {"seats", "in", "[1,5]", true},
             {"seats", "gt", "\"many\"", false}});
}

TEST(Conditions, MoneyComparesInOneCurrency) {
  ExpectAll({{"amount", "ge", "\"100.00\"", true},
             {"amount", "ge", "100", true},
             {"amount", "gt", "100", false},
             {"amount", "eq", R"({"amount":"100","currency":"EUR"})", true},
             {"amount", "between", "[50,\"100\"]", true},
             {"amount", "in", "[1,100]", true},
             {"plain", "lt", R"({"amount":"100","currency":"EUR"})", true}});
  const char* in_dollars = R"({"amount":"1","currency":"USD"})";
  for (const char* op : {"eq", "ne", "gt", "ge", "lt", "le"})
    EXPECT_EQ(OutcomeOf("amount", op, in_dollars), "currency_mismatch") << op;
  EXPECT_EQ(OutcomeOf("amount", "between", R"([1,{"amount":"1","currency":"USD"}])"), "currency_mismatch");
  EXPECT_EQ(OutcomeOf("amount", "in", R"([100,{"amount":"1","currency":"USD"}])"), "currency_mismatch");
  EXPECT_EQ(OutcomeOf("amount", "not_empty"), "holds");
}

TEST(Conditions, ABareNumberMeansTheWorkspacesCurrency) {
  const char* over = R"({"all":[{"field":"deal.amount","op":"ge","value":1}]})";
  EXPECT_EQ(Judge(over, "EUR"), "holds");
  EXPECT_EQ(Judge(over, "BRL"), "currency_mismatch");
  EXPECT_EQ(Judge(over, ""), "holds");
}

TEST(Conditions, AMismatchComesBeforeEverythingElse) {
  EXPECT_EQ(
      Judge(
          R"({"any":[{"field":"deal.vip","op":"eq","value":true},{"field":"deal.amount","op":"gt","value":{"amount":"1","currency":"USD"}}]})"),
      "currency_mismatch");
  EXPECT_EQ(
      Judge(
          R"({"all":[{"field":"deal.vip","op":"eq","value":false},{"field":"deal.amount","op":"gt","value":{"amount":"1","currency":"USD"}}]})"),
      "currency_mismatch");
}

TEST(Conditions, DatesAndMoments) {
  ExpectAll({{"date", "eq", "\"2026-12-01\"", true},
             {"date", "lt", "\"2026-12-02\"", true},
             {"date", "between", R"(["2026-12-01","2026-12-01"])", true},
             {"moment", "eq", "\"2026-12-01T22:30:00+01:00\"", true},
             {"moment", "eq", "\"2026-12-01\"", true},
             {"moment", "le", "\"2026-12-01\"", true},
             {"moment", "gt", "\"2026-12-01T21:29:59Z\"", true},
             {"date", "lt", "\"2026-12-02T00:00:00Z\"", true}});
}

TEST(Conditions, TimesOfDayInTheZoneAndOverMidnight) {
  // 21:30Z is 22:30 in Berlin.
  ExpectAll({{"moment", "between", R"(["22:00","06:00"])", true},
             {"moment", "between", R"(["23:00","06:00"])", false},
             {"moment", "not_between", R"(["23:00","06:00"])", true},
             {"moment", "between", R"(["22:30","22:30"])", true},
             {"moment", "ge", "\"22:30\"", true},
             {"time", "between", R"(["22:00","06:00"])", true},
             {"time", "between", R"(["08:00","18:00"])", false},
             {"date", "between", R"(["08:00","18:00"])", false}});
  // 00:30 in Berlin.
  EXPECT_EQ(Judge(R"({"all":[{"field":"now","op":"between","value":["21:00","08:00"]}]})"), "holds");
  EXPECT_EQ(Judge(R"({"all":[{"field":"now","op":"between","value":["01:00","08:00"]}]})"),
            "condition_false");
}

TEST(Conditions, BooleansListsAndFiles) {
  ExpectAll({{"vip", "eq", "true", true},
             {"vip", "ne", "true", false},
             {"vip", "eq", "\"true\"", true},
             {"tags", "contains", "\"hot\"", true},
             {"tags", "contains", "\"ho\"", false},
             {"tags", "not_contains", "\"old\"", true},
             {"tags", "eq", "\"new\"", false},
             {"files", "not_empty", "", true},
             {"files", "contains", "\"a\"", false}});
}

TEST(Conditions, WhatIsMissingIsEmptyAndEqualsNothing) {
  for (const char* field : {"missing", "nil", "empty", "blank", "none", "title.deeper"}) {
    EXPECT_EQ(OutcomeOf(field, "empty"), "holds") << field;
    EXPECT_EQ(OutcomeOf(field, "not_empty"), "condition_false") << field;
    for (const char* op : {"eq", "gt", "ge", "lt", "le", "contains", "starts_with", "ends_with"}) {
      EXPECT_EQ(OutcomeOf(field, op, "\"a\""), "condition_false") << field << op;
    }
    EXPECT_EQ(OutcomeOf(field, "in", "[\"a\"]"), "condition_false") << field;
    EXPECT_EQ(OutcomeOf(field, "between", "[1,2]"), "condition_false") << field;
    for (const char* op : {"ne", "not_contains"})
      EXPECT_EQ(OutcomeOf(field, op, "\"a\""), "holds") << field << op;
  }
}

TEST(Conditions, GroupsCombine) {
  const std::string yes = R"({"field":"deal.vip","op":"eq","value":true})";
  const std::string no = R"({"field":"deal.vip","op":"eq","value":false})";
  EXPECT_EQ(Judge(R"({"all":[)" + yes + "," + yes + "]}"), "holds");
  EXPECT_EQ(Judge(R"({"all":[)" + yes + "," + no + "]}"), "condition_false");
  EXPECT_EQ(Judge(R"({"any":[)" + no + "," + yes + "]}"), "holds");
  EXPECT_EQ(Judge(R"({"any":[)" + no + "," + no + "]}"), "condition_false");
  EXPECT_EQ(Judge(R"({"all":[{"any":[)" + no + "," + yes + R"(]},{"all":[)" + yes + "]}]}"), "holds");
  EXPECT_EQ(Judge(R"({"any":[{"all":[)" + yes + "," + no + R"(]},{"any":[)" + no + "]}]}"),
            "condition_false");
  EXPECT_EQ(Judge(R"({"all":[]})"), "holds");
  EXPECT_EQ(Judge(R"({"any":[]})"), "holds") << "a group that asks for nothing";
}

TEST(Conditions, TheReasonPointsAtTheTestThatFailed) {
  Json rule = SmsRule(
      R"({"conditions":{"all":[{"field":"deal.title","op":"not_empty"},{"any":[{"field":"deal.number","op":"eq","value":"7"}]}]}})");
  Diagnostics remarks;
  const auto snapshot = crm::ParseSnapshot(SampleSnapshot(), "deal", remarks);
  const Composed composed = Compose(*Compile(rule), "key", *snapshot, {}, At("2026-11-22T09:30:00Z"));
  ASSERT_FALSE(composed.ok());
  EXPECT_EQ(Dump(std::get<Diagnostic>(composed.outcome)),
            "info condition_false /conditions/all/1/any/0 field=deal.number");
}

}  // namespace
}  // namespace recado::plan
