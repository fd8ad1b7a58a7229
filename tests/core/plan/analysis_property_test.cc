// What rule analysis claims of conditions, held against the evaluator itself.
#include <gtest/gtest.h>

#include "core/crm/schema.h"
#include "core/plan/condition.h"
#include "core/rule/analysis_condition.h"

namespace recado::plan {
namespace {

Json J(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? *json : Json();
}

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  size_t Below(size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<size_t>(state_ >> 33) % bound;
  }

 private:
  uint64_t state_;
};

struct FieldPool {
  const char* name;
  const char* type;
  std::vector<Json> literals;  // to compare with
  std::vector<Json> values;    // a record may have; null: absent
  bool ordered;
};

const std::vector<FieldPool>& Pools() {
  static const std::vector<FieldPool> pools = {
      {"amount",
       "money",
       {5, "5.00", "10", 10.5, J(R"({"amount":"10","currency":"EUR"})"),
        J(R"({"amount":"5","currency":"PLN"})")},
       {nullptr, J(R"({"amount":"5","currency":"EUR"})"), J(R"({"amount":"7.5","currency":"EUR"})"),
        J(R"({"amount":"10.00","currency":"EUR"})"), J(R"({"amount":"10.5","currency":"PLN"})"),
        J(R"({"amount":"-1","currency":"EUR"})"), J(R"({"amount":"99","currency":"EUR"})")},
       true},
      {"count", "integer", {5, 6, "7", "5.5", 5.5}, {nullptr, 4, 5, 6, 7, 8, -1}, true},
      {"rate", "decimal", {"5", "5.0", 5, "6.5"}, {nullptr, "5", "5.0", "5.00", "6", "6.5", "7"}, true},
      {"title",
       "text",
       {"Bike", "bike", "car", "", "  ", "ike", "10:00", "2026-12-01", "5", 5, "Straße"},
       {nullptr, "", " ", "Bike", "BIKE", "car", "bikecar", "10:00", "2026-12-01", "2026-12-01T10:00:00Z",
        "5", "5.0", "STRASSE", "zzz"},
       true},
      {"vip", "boolean", {true, false}, {nullptr, true, false}, false},
      {"due",
       "date",
       {"2026-12-01", "2026-12-02", "2026-12-01T23:30:00Z"},
       {nullptr, "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"},
       true},
      {"meeting",
       "datetime",
       {"2026-12-01", "2026-12-02", "2026-12-01T12:00:00Z", "10:00", "21:00", "08:00", "00:00", "23:59"},
       {nullptr, "2026-11-30T23:30:00Z", "2026-12-01T00:00:00Z", "2026-12-01T12:00:00Z",
        "2026-12-01T09:00:00.500Z", "2026-12-02T10:00:00+14:00", "2026-12-02T23:59:00-11:00",
        "2026-12-01T21:00:00+01:00"},
       true},
      {"tags", "list", {"a", "b"}, {nullptr, J("[]"), J(R"(["a"])"), J(R"(["a","b"])")}, false},
  };
  return pools;
}

Json RandomTest(Random& random, size_t fields) {
  const FieldPool& pool = Pools()[random.Below(fields)];
  const auto literal = [&] { return pool.literals[random.Below(pool.literals.size())]; };
  const std::string type = pool.type;
  static constexpr const char* kEvery[] = {
      "eq", "ne", "in",      "not_in",      "empty",    "not_empty",    "gt",          "ge",
      "lt", "le", "between", "not_between", "contains", "not_contains", "starts_with", "ends_with"};
  const size_t allowed = type == "text" ? 16 : pool.ordered ? 12 : 6;
  const std::string op =
      type == "list" ? (random.Below(2) == 0 ? "contains" : "empty") : kEvery[random.Below(allowed)];
  Json test = {{"field", std::string("deal.") + pool.name}, {"op", op}};
  if (op == "empty" || op == "not_empty") return test;
  if (op == "between" || op == "not_between") {
    test["value"] = {literal(), literal()};
  } else if (op == "in" || op == "not_in") {
    test["value"] = Json::array();
    for (size_t i = 0; i <= random.Below(3); ++i) test["value"].push_back(literal());
  } else {
    test["value"] = literal();
  }
  return test;
}

Json RandomTree(Random& random, size_t depth, size_t fields) {
  if (depth > 0 && random.Below(3) == 0) return RandomTest(random, fields);
  Json children = Json::array();
  const size_t count = 1 + random.Below(4);
  for (size_t i = 0; i < count; ++i)
    children.push_back(depth >= 2 ? RandomTest(random, fields) : RandomTree(random, depth + 1, fields));
  return {{random.Below(2) == 0 ? "all" : "any", children}};
}

Json RandomDeal(Random& random) {
  Json deal = Json::object();
  for (const FieldPool& pool : Pools()) {
    const Json& value = pool.values[random.Below(pool.values.size())];
    if (!value.is_null()) deal[pool.name] = value;
  }
  return {{"deal", deal}};
}

liquid::Type Types() {
  Json fields = Json::array();
  for (const FieldPool& pool : Pools()) fields.push_back({{"name", pool.name}, {"type", pool.type}});
  Diagnostics remarks;
  const auto schema = crm::ParseSchema({{"entities", {{{"code", "deal"}, {"fields", fields}}}}}, remarks);
  return crm::VariablesOf(*schema, "deal", false);
}

rule::Conditions ConditionsOf(const Json& tree) {
  const Json document = {{"id", "r"},
                         {"on", {{"entity", "deal"}, {"stage", "s"}}},
                         {"conditions", tree.contains("field") ? Json{{"all", {tree}}} : tree},
                         {"action", {{"type", "send_sms"}, {"text", "t"}, {"provider", "p"}}}};
  const rule::ParsedRule parsed = rule::ParseRule(document);
  EXPECT_TRUE(parsed.rule.has_value()) << DumpJson(document);
  return parsed.rule ? parsed.rule->conditions : rule::Conditions();
}

enum class Outcome { kHolds, kFails, kMismatch };

Outcome Evaluate(const rule::Conditions& conditions, const liquid::Document& data, std::string_view zone) {
  const auto why = WhyNot(conditions, {data.root(), zone, "EUR"});
  if (!why) return Outcome::kHolds;
  return why->code == DiagnosticCode::condition_false ? Outcome::kFails : Outcome::kMismatch;
}

TEST(AnalysisProperty, NeverNeverHoldsAndAlwaysNeverFails) {
  constexpr std::string_view kZones[] = {"UTC", "Pacific/Kiritimati", "America/Sao_Paulo",
                                         "Pacific/Pago_Pago"};
  Random random(20261122);
  std::vector<liquid::Document> records;
  for (size_t i = 0; i < 160; ++i) records.push_back(liquid::Document::FromJson(RandomDeal(random)));
  const liquid::Type types = Types();
  size_t never = 0;
  size_t always = 0;
  size_t alternatives = 0;
  size_t missed_never = 0;
  for (size_t i = 0; i < 1500; ++i) {
    // Trees of few fields clash often, trees of many hardly ever.
    const size_t fields = 1 + random.Below(Pools().size());
    const Json tree = RandomTree(random, 0, fields);
    const rule::Conditions conditions = ConditionsOf(tree);
    const rule::ConditionFindings found = rule::AnalyseConditions(conditions, types);
    never += found.never ? 1 : 0;
    always += found.always ? 1 : 0;
    alternatives += found.alternatives.empty() ? 0 : 1;
    size_t held = 0;
    for (size_t r = 0; r < records.size(); ++r) {
      const Outcome outcome = Evaluate(conditions, records[r], kZones[r % 4]);
      held += outcome == Outcome::kHolds ? 1 : 0;
      ASSERT_FALSE(found.never && outcome == Outcome::kHolds) << DumpJson(tree) << " record " << r;
      ASSERT_FALSE(found.always && outcome == Outcome::kFails) << DumpJson(tree) << " record " << r;
    }
    missed_never += held == 0 && !found.never ? 1 : 0;
  }
  EXPECT_GT(never, 100U);
  EXPECT_GT(always, 50U);
  EXPECT_GT(alternatives, 20U);
  RecordProperty("never", static_cast<int>(never));
  RecordProperty("always", static_cast<int>(always));
  RecordProperty("held_for_no_record_but_not_proven", static_cast<int>(missed_never));
}

// Leaving out what is called not needed changes nothing.
TEST(AnalysisProperty, WhatIsNotNeededDecidesNothing) {
  Random random(7);
  std::vector<liquid::Document> records;
  for (size_t i = 0; i < 120; ++i) records.push_back(liquid::Document::FromJson(RandomDeal(random)));
  const liquid::Type types = Types();
  size_t redundant = 0;
  for (size_t i = 0; i < 1200; ++i) {
    const Json tree = RandomTree(random, 0, 1 + random.Below(4));
    const rule::Conditions conditions = ConditionsOf(tree);
    const rule::ConditionFindings found = rule::AnalyseConditions(conditions, types);
    for (const rule::ConditionPair& pair : found.redundant) {
      rule::Conditions less = conditions;
      for (rule::ConditionNode& node : less.nodes) std::erase(node.children, pair.node);
      ++redundant;
      for (size_t r = 0; r < records.size(); ++r) {
        const Outcome full = Evaluate(conditions, records[r], "UTC");
        const Outcome without = Evaluate(less, records[r], "UTC");
        if (full == Outcome::kMismatch || without == Outcome::kMismatch) continue;
        ASSERT_EQ(full, without) << DumpJson(tree) << " without " << rule::Describe(conditions, pair.node);
      }
    }
  }
  EXPECT_GT(redundant, 50U);
}

TEST(AnalysisProperty, DisjointConditionsShareNoRecord) {
  Random random(99);
  std::vector<liquid::Document> records;
  for (size_t i = 0; i < 120; ++i) records.push_back(liquid::Document::FromJson(RandomDeal(random)));
  const liquid::Type types = Types();
  size_t disjoint = 0;
  for (size_t i = 0; i < 1500; ++i) {
    const size_t fields = 1 + random.Below(3);
    const rule::Conditions a = ConditionsOf(RandomTree(random, 1, fields));
    const rule::Conditions b = ConditionsOf(RandomTree(random, 1, fields));
    if (!rule::AreDisjoint(a, b, types)) continue;
    ++disjoint;
    for (const liquid::Document& record : records) {
      ASSERT_FALSE(Evaluate(a, record, "UTC") == Outcome::kHolds &&
                   Evaluate(b, record, "UTC") == Outcome::kHolds);
    }
  }
  EXPECT_GT(disjoint, 30U);
}

}  // namespace
}  // namespace recado::plan
