// The decimal arithmetic of number.h against the machine's own doubles, and values' own rules.
#include "core/liquid/number.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/liquid/value_text.h"

#include "gtest/gtest.h"

namespace recado::liquid {
namespace {

// The fewest digits that printf needs to find the double again.
std::string ShortestByPrintf(double number, int& digits) {
  char text[64];
  for (digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*e", digits - 1, number);
    if (std::strtod(text, nullptr) == number) break;
  }
  return text;
}

size_t SignificantDigits(const Decimal& decimal) {
  std::string digits;
  for (const char c : decimal.Normalized().ToString()) {
    if (IsDigit(c) && (c != '0' || !digits.empty())) digits.push_back(c);
  }
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  return digits.size();
}

TEST(LiquidNumber, ShortestDecimalOfDoubleFindsItAgain) {
  std::mt19937_64 random(20261122);
  std::uniform_real_distribution<double> exponent(-18, 34);
  std::uniform_real_distribution<double> mantissa(-10, 10);
  for (int i = 0; i < 20'000; ++i) {
    double number = mantissa(random) * std::pow(10, exponent(random));
    if (i % 4 == 0) number = std::ldexp(1, i / 4 % 160 - 60);  // powers of two, where the gaps change
    if (i % 4 == 1) number = std::round(mantissa(random) * 1e6) / 1e4;
    const auto decimal = DecimalOfDouble(number);
    ASSERT_TRUE(decimal.has_value()) << number;
    EXPECT_EQ(std::strtod(decimal->ToString().c_str(), nullptr), number) << decimal->ToString();
    int digits = 0;
    const std::string shortest = ShortestByPrintf(number, digits);
    EXPECT_LE(SignificantDigits(*decimal), static_cast<size_t>(digits))
        << shortest << " " << decimal->ToString();
  }
}

TEST(LiquidNumber, RoundToDoubleIsTheNearestDouble) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const Int128 coefficient = static_cast<Int128>(random()) * static_cast<Int128>(random() >> 8) / 1000;
    const auto exact = Decimal::Of(coefficient, static_cast<int>(random() % 37));
    if (!exact) continue;
    const double nearest = std::strtod(exact->ToString().c_str(), nullptr);
    EXPECT_EQ(std::strtod(RoundToDouble(*exact).ToString().c_str(), nullptr), nearest) << exact->ToString();
  }
}

TEST(LiquidNumber, DoublesBeyondTheDecimalsAreNone) {
  EXPECT_FALSE(DecimalOfDouble(1e300).has_value());
  EXPECT_FALSE(DecimalOfDouble(1e-300).has_value());
  EXPECT_FALSE(DecimalOfDouble(9.9e-21).has_value());
  EXPECT_FALSE(DecimalOfDouble(NAN).has_value());
  EXPECT_FALSE(DecimalOfDouble(INFINITY).has_value());
  EXPECT_EQ(DecimalOfDouble(-0.0)->ToString(), "0");
}

TEST(LiquidValue, ReadsJsonInOrderAndFindsPaths) {
  const Document document = Document::FromJson(*ParseJson(
      R"({"z":1,"a":[{"b":"x"},2.50],"n":null,"big":18446744073709551615,"m":{"currency":"EUR","amount":"1.5"}})"));
  const Value& root = document.root();
  EXPECT_EQ(
      root.Dump(),
      R"({"z": 1, "a": [{"b": "x"}, 2.5], "n": null, "big": 18446744073709551615, "m": {"currency": "EUR", "amount": "1.5"}})");
  EXPECT_EQ(root.Find("a.0.b").AsString(), "x");
  EXPECT_TRUE(root.Find("a.9.b").IsNil());
  EXPECT_TRUE(root.Find("a.x").IsNil());
  EXPECT_TRUE(root.Find("z.y").IsNil());
  EXPECT_TRUE(root.Has("n"));
  EXPECT_FALSE(root.Has("o"));
  EXPECT_EQ(root.Find("m").AsMoney()->currency, "EUR");
  EXPECT_EQ(*root.Find("a.1").AsDecimal(), *Decimal::Parse("2.5"));
  EXPECT_EQ(root.members()[0].name, "z");
}

TEST(LiquidValue, MoneyIsExactlyTwoMembersOfTheRightForm) {
  const auto is_money = [](std::string_view json) {
    return Document::FromJson(*ParseJson(json)).root().IsMoney();
  };
  EXPECT_TRUE(is_money(R"({"amount":"1","currency":"EUR"})"));
  EXPECT_TRUE(is_money(R"({"currency":"EUR","amount":"-0.50"})"));
  EXPECT_FALSE(is_money(R"({"amount":1,"currency":"EUR"})"));
  EXPECT_FALSE(is_money(R"({"amount":"1","currency":"eur"})"));
  EXPECT_FALSE(is_money(R"({"amount":"1","currency":"EURO"})"));
  EXPECT_FALSE(is_money(R"({"amount":"1,5","currency":"EUR"})"));
  EXPECT_FALSE(is_money(R"({"amount":"1"})"));
  EXPECT_FALSE(is_money(R"({"amount":"1","currency":"EUR","x":1})"));
}

TEST(LiquidValue, LargeObjectsAreFoundByTable) {
  Json json = Json::object();
  for (int i = 0; i < 1000; ++i) json["member" + std::to_string(i)] = i;
  const Document document = Document::FromJson(json);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(document.root().Get("member" + std::to_string(i)).AsInteger(), i);
  EXPECT_FALSE(document.root().Has("member1000"));
}

TEST(LiquidValue, BuilderAddsWithoutCopyingAndKeepsTheOldAlive) {
  Document more;
  {
    const Document document = Document::FromJson(*ParseJson(R"({"contacts":[{"name":"Ana"}],"now":1})"));
    Builder builder;
    const Value base = builder.Keep(document);
    const Value root =
        builder.With(base, {{"now", builder.Text("2026")}, {"contact", base.Get("contacts").At(0)}});
    more = std::move(builder).Finish(root);
  }
  EXPECT_EQ(more.root().Dump(),
            R"({"contacts": [{"name": "Ana"}], "now": "2026", "contact": {"name": "Ana"}})");
  const Document copy = more;
  EXPECT_EQ(copy.root().Find("contact.name").AsString(), "Ana");
}

TEST(LiquidValue, BuilderTakesEvents) {
  Builder builder;
  builder.BeginObject();
  builder.Key("a");
  builder.BeginArray();
  builder.Add(Value::Integer(1));
  builder.Add(builder.Number(*Decimal::Parse("1.50")));
  builder.End();
  builder.Key("b");
  builder.Add(Value::Boolean(true));
  builder.End();
  EXPECT_EQ(std::move(builder).Finish().root().Dump(), R"({"a": [1, 1.5], "b": true})");
  EXPECT_TRUE(Document().root().IsNil());
}

TEST(LiquidValue, DeepDataNeitherRecursesNorCrashes) {
  Builder builder;
  for (int i = 0; i < 100'000; ++i) builder.BeginArray();
  const Document deep = std::move(builder).Finish();
  EXPECT_EQ(deep.root().ToText(), "");
  EXPECT_TRUE(Equals(deep.root(), deep.root()));
  EXPECT_EQ(deep.root().Dump().size(), 200'000U);
}

}  // namespace
}  // namespace recado::liquid
