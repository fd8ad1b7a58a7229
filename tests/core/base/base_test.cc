#include <gtest/gtest.h>

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "core/base/utf8.h"

namespace recado {
namespace {

std::string Text(const std::optional<Decimal>& decimal) {
  return decimal ? decimal->ToString() : "none";
}

Decimal D(std::string_view text) {
  return Decimal::Parse(text, true).value();
}

TEST(Decimal, KeepsHowItWasWritten) {
  for (const char* text : {"0", "0.0", "199.90", "-0.5", "12345678901234567890.123", "-7"})
    EXPECT_EQ(Text(Decimal::Parse(text)), text);
  EXPECT_EQ(Text(Decimal::Parse("+3")), "3");
  EXPECT_EQ(Text(Decimal::Parse(".5")), "0.5");
  EXPECT_EQ(Text(Decimal::Parse("7.")), "7");
  EXPECT_EQ(Text(Decimal::Parse("1.5e3", true)), "1500");
  EXPECT_EQ(Text(Decimal::Parse("15e-3", true)), "0.015");
}

TEST(Decimal, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "-", ".", "1,5", "1e3", "0x1", " 1", "1 ", "1.2.3", "NaN",
                           "12345678901234567890123456789012345678"}) {
    EXPECT_EQ(Text(Decimal::Parse(text)), "none") << text;
  }
  EXPECT_EQ(Text(Decimal::Parse("1e", true)), "none");
  EXPECT_EQ(Text(Decimal::Parse("1e99", true)), "none");
}

TEST(Decimal, ComputesExactly) {
  EXPECT_EQ(Text(D("0.1").Plus(D("0.2"))), "0.3");
  EXPECT_EQ(Text(D("1.10").Minus(D("1.1"))), "0.00");
  EXPECT_EQ(Text(D("183.357").Times(12)), "2200.284");
  EXPECT_EQ(Text(D("20").DividedBy(7, 16)), "2.857142857142857");
  EXPECT_EQ(Text(D("2").DividedBy(3, 5)), "0.66667");
  EXPECT_EQ(Text(D("10").DividedBy(D("4"))), "2.5");
  EXPECT_EQ(Text(D("-10").DividedBy(D("4"))), "-2.5");
  EXPECT_EQ(Text(D("1").DividedBy(0)), "none");
  EXPECT_EQ(Text(D("-7").Modulo(3)), "2");
  EXPECT_EQ(Text(D("7").Modulo(-3)), "-2");
  EXPECT_EQ(Text(D("9999999999999999999999999999999999999").Plus(1)), "none");
}

TEST(Decimal, RoundsAsTold) {
  using enum Decimal::Rounding;
  EXPECT_EQ(Text(D("2.5").Rounded(0, kHalfEven)), "2");
  EXPECT_EQ(Text(D("3.5").Rounded(0, kHalfEven)), "4");
  EXPECT_EQ(Text(D("2.5").Rounded(0, kHalfUp)), "3");
  EXPECT_EQ(Text(D("-2.5").Rounded(0, kHalfUp)), "-3");
  EXPECT_EQ(Text(D("-2.1").Rounded(0, kFloor)), "-3");
  EXPECT_EQ(Text(D("2.1").Rounded(0, kCeiling)), "3");
  EXPECT_EQ(Text(D("-2.9").Rounded(0, kTruncate)), "-2");
  EXPECT_EQ(Text(D("1234").Rounded(-2, kHalfUp)), "1200");
  EXPECT_EQ(Text(D("1.5").Rounded(3, kHalfUp)), "1.5");
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(D("0.10"), D("0.1"));
  EXPECT_LT(D("-1"), D("0.5"));
  EXPECT_LT(D("1e30"), D("1e36"));
  EXPECT_GT(D("1e36"), D("0.0000000000000000000000000000000000001"));
  EXPECT_LT(D("-1e36"), D("-0.0000000000000000000000000000000000001"));
  EXPECT_GT(D("0.0000000000000000000000000000000000001"), D("0"));
  // Too far apart to be written with the same digits behind the point.
  const auto far = [](std::string_view text) { return *Decimal::Parse(text); };
  const Decimal huge = far("1" + std::string(35, '0'));
  const Decimal tiny = far("0." + std::string(34, '0') + "1");
  EXPECT_TRUE(huge > tiny && tiny < huge && huge.Negated() < tiny && tiny > huge.Negated());
  EXPECT_TRUE(huge > tiny.Negated() && huge.Negated() < tiny.Negated() && tiny.Negated() > huge.Negated());
  EXPECT_TRUE(huge > Decimal() && huge.Negated() < Decimal());
}

TEST(Sha256, MeetsTheStandardsExamples) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Utf8, FindsTheFirstMalformedByte) {
  const auto at = [](std::string_view text) { return utf8::FindInvalid(text).value_or(999); };
  EXPECT_EQ(at("plain ASCII, longer than a block"), 999U);
  EXPECT_EQ(at("é€😀"), 999U);
  EXPECT_EQ(at("12345678\xFF"), 8U);
  EXPECT_EQ(at("\xC0\x80"), 0U);          // overlong
  EXPECT_EQ(at("a\xED\xA0\x80"), 1U);     // surrogate
  EXPECT_EQ(at("\xF4\x90\x80\x80"), 0U);  // above U+10FFFF
  EXPECT_EQ(at("\xE2\x82"), 0U);          // cut short
}

TEST(Diagnostic, SpansCountBytesUnitsLinesAndCharacters) {
  const Span span = LocateSpan("é😀\nab😀c", 9, 13);  // the second face
  EXPECT_EQ(span.from, 9U);
  EXPECT_EQ(span.to, 13U);
  EXPECT_EQ(span.from16, 6U);
  EXPECT_EQ(span.to16, 8U);
  EXPECT_EQ(span.line, 2U);
  EXPECT_EQ(span.column, 3U);
  const Span past = LocateSpan("ab", 7, 9);
  EXPECT_EQ(past.from, 2U);
  EXPECT_EQ(past.from16, 2U);
}

TEST(Diagnostic, CodesRoundTripThroughTheirNames) {
  EXPECT_EQ(CodeName(DiagnosticCode::no_phone_of_type), "no_phone_of_type");
  EXPECT_EQ(CodeFromName("no_phone_of_type"), DiagnosticCode::no_phone_of_type);
  EXPECT_FALSE(CodeFromName("no_such_code").has_value());
}

TEST(Diagnostic, SpeaksFiveLanguagesAndFallsBackToEnglish) {
  const auto diagnostic = Diagnostic::Of(DiagnosticCode::no_email_of_type).With("type", "work");
  EXPECT_EQ(MessageOf(diagnostic), "The client has no e-mail address of the type work.");
  EXPECT_EQ(MessageOf(diagnostic, "pt-BR"), "O cliente não tem endereço de e-mail do tipo work.");
  EXPECT_EQ(MessageOf(diagnostic, "fr"), MessageOf(diagnostic, "en"));
}

TEST(Json, KeepsMemberOrder) {
  EXPECT_EQ(DumpJson(*ParseJson(R"({"z":1,"a":{"c":[1,2.5,null,true],"b":"é"}})")),
            R"({"z":1,"a":{"c":[1,2.5,null,true],"b":"é"}})");
}

TEST(Json, PointsAtTheFault) {
  const auto dump = [](std::string_view text) { return Dump(ParseJson(text).error()); };
  EXPECT_EQ(dump("{\n  \"a\": x}").substr(0, 28), "error invalid_json 9..10 2:8");
  EXPECT_EQ(dump("[\"\xFF\"]"), "error invalid_utf8 2..3 1:3 offset=2");
  EXPECT_EQ(dump("[😀]").substr(0, 27), "error invalid_json 1..5 1:2") << "a whole character";
  EXPECT_EQ(dump("[tä]").substr(0, 27), "error invalid_json 2..4 1:3");
  EXPECT_NE(dump("").find("invalid_json"), std::string::npos);
  EXPECT_NE(dump("{} {}").find("invalid_json"), std::string::npos);
}

TEST(Json, BoundsDepthMembersAndBytes) {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(ParseJson(nested(kMaxJsonDepth - 1)).ok());
  EXPECT_TRUE(ParseJson(nested(kMaxJsonDepth)).ok());
  const auto deep = ParseJson(nested(kMaxJsonDepth + 1));
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(Dump(deep.error()), "error json_too_deep 64..65 1:65 limit=64");
  EXPECT_EQ(ParseJson(nested(1'000'000)).error().front().code, DiagnosticCode::json_too_deep);
  const auto wide = [](size_t members) {
    std::string text = "{";
    for (size_t i = 0; i < members; ++i) text += (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + "\":0";
    return text + "}";
  };
  EXPECT_TRUE(ParseJson(wide(kMaxJsonMembers)).ok());
  EXPECT_EQ(ParseJson(wide(kMaxJsonMembers + 1)).error().front().code, DiagnosticCode::json_too_large);
  EXPECT_EQ(ParseJson(std::string(kMaxJsonBytes + 1, ' ')).error().front().code,
            DiagnosticCode::json_too_large);
}

TEST(Json, PointersEscapeTheirTokens) {
  EXPECT_EQ(Child(Child("", "a/b"), "c~d"), "/a~1b/c~0d");
  EXPECT_EQ(Child("/rules", 3), "/rules/3");
}

}  // namespace
}  // namespace recado
