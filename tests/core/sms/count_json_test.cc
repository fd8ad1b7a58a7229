#include <gtest/gtest.h>

#include "core/sms/count.h"

namespace recado::sms {
namespace {

std::string Answer(std::string_view line, OffsetUnit unit = OffsetUnit::kBytes) {
  return DumpJson(CountRequestLine(line, unit));
}

// code@from..to of each error, "error:" first where the request itself is at fault.
std::string Codes(std::string_view line, OffsetUnit unit = OffsetUnit::kBytes) {
  const Json answer = CountRequestLine(line, unit);
  std::string out = answer.contains("error") ? "error:" + answer["error"]["code"].get<std::string>() : "";
  if (!answer.contains("errors")) return out;
  for (const Json& error : answer["errors"]) {
    out += (out.empty() ? "" : " ") + error["code"].get<std::string>() + error["path"].get<std::string>();
    if (error.contains("from")) out += "@" + DumpJson(error["from"]) + ".." + DumpJson(error["to"]);
  }
  return out;
}

TEST(CountJson, AnswerHasTheMembersOfTheContract) {
  EXPECT_EQ(
      Answer(R"({"text":"Hi “Zoë”"})"),
      R"({"encoding":"ucs2","units":8,"segments":1,"characters":8,"per_segment":70,"remaining":62,)"
      R"("parts":[{"from":0,"to":13,"units":8}],"culprits":[{"from":3,"to":6,"character":"“","replacement":"\""},)"
      R"({"from":8,"to":10,"character":"ë"},{"from":10,"to":13,"character":"”","replacement":"\""}]})");
  EXPECT_EQ(
      Answer(R"({"text":"“€”"})", OffsetUnit::kUtf16),
      R"({"encoding":"ucs2","units":3,"segments":1,"characters":3,"per_segment":70,"remaining":67,)"
      R"("parts":[{"from":0,"to":3,"units":3}],"culprits":[{"from":0,"to":1,"character":"“","replacement":"\""},)"
      R"({"from":2,"to":3,"character":"”","replacement":"\""}],"suggestion":{"text":"\"€\"","encoding":"gsm7","segments":1}})");
  EXPECT_EQ(
      Answer(R"({"text":"ş","national":["tr"]})"),
      R"({"encoding":"gsm7","units":1,"segments":1,"characters":1,"per_segment":155,"remaining":154,)"
      R"("parts":[{"from":0,"to":2,"units":1}],"national":{"locking":"tr","single":null},"culprits":[]})");
  EXPECT_EQ(
      Answer(R"({"text":"a€"})"),
      R"({"encoding":"gsm7","units":3,"segments":1,"characters":2,"per_segment":160,"remaining":157,)"
      R"("parts":[{"from":0,"to":4,"units":3}],"culprits":[],"extended":[{"from":1,"to":4,"character":"€"}]})");
  EXPECT_EQ(Answer(R"({"text":""})"),
            R"({"encoding":"gsm7","units":0,"segments":0,"characters":0,"per_segment":160,"remaining":160,)"
            R"("parts":[],"culprits":[]})");
}

TEST(CountJson, RequestsThatAreNone) {
  EXPECT_EQ(Codes("{}"), "error:missing_member missing_member");
  EXPECT_EQ(Codes("[]"), "error:wrong_type wrong_type");
  EXPECT_EQ(Codes(R"({"text":1})"), "error:wrong_type wrong_type/text");
  EXPECT_EQ(Codes(R"({"text":"a","reference":12})"), "error:invalid_value invalid_value/reference");
  EXPECT_EQ(Codes(R"({"text":"a","reference":"8"})"), "error:wrong_type wrong_type/reference");
  EXPECT_EQ(Codes(R"({"text":"a","national":"tr"})"), "error:wrong_type wrong_type/national");
  EXPECT_EQ(Codes(R"({"text":"a","national":["tr",1,"xx"]})"),
            "error:wrong_type wrong_type/national/1 invalid_value/national/2");
  EXPECT_EQ(Codes(R"({"text":"a","keep_clusters":1})"), "error:wrong_type wrong_type/keep_clusters");
  EXPECT_EQ(Codes(R"({"text":"a","force":"utf8"})"), "error:invalid_value invalid_value/force");
  EXPECT_EQ(Codes("nonsense"), "error:invalid_json");
  EXPECT_EQ(Codes(""), "error:invalid_json");
  EXPECT_EQ(Codes(R"({"text":"a)"), "error:invalid_json");
}

TEST(CountJson, UnknownMembersAreOnlyRemarked) {
  const Json answer = CountRequestLine(R"({"text":"a","colour":"red"})", OffsetUnit::kBytes);
  EXPECT_EQ(answer["segments"], 1);
  ASSERT_EQ(answer["warnings"].size(), 1U);
  EXPECT_EQ(answer["warnings"][0]["code"], "unknown_member");
}

TEST(CountJson, FaultsOfTheTextAreErrors) {
  EXPECT_EQ(Codes(R"({"text":"☃","force":"gsm7"})"), "not_in_gsm7/text@0..3");
  EXPECT_EQ(Codes(R"({"text":")" + std::string(39016, 'a') + R"("})"), "too_many_segments/text");
}

TEST(CountRequestLine, HalfASurrogatePairIsAFaultOfTheText) {
  EXPECT_EQ(Codes(R"({"text":"a\ud800"})"), "invalid_unicode/text@1..4");
  EXPECT_EQ(Codes(R"({"text":"é\uDC00b\ud83d"})"), "invalid_unicode/text@2..5 invalid_unicode/text@6..9");
  EXPECT_EQ(Codes(R"({"text":"é\uDC00b\ud83d"})", OffsetUnit::kUtf16),
            "invalid_unicode/text@1..2 invalid_unicode/text@3..4");
  EXPECT_EQ(Codes(R"({"text":"\ud800\ud83d\ude00"})"), "invalid_unicode/text@0..3");
  EXPECT_EQ(Codes(R"({"text":"\ud83d\ude00"})"), "");
  EXPECT_EQ(Codes(R"({"text":"\\ud800"})"), "");  // a backslash, not an escape
  EXPECT_EQ(Codes(R"({"text":"\\\ud800"})"), "invalid_unicode/text@1..4");
  EXPECT_EQ(Codes(R"({"text":"\ufdd0\ud800\uFDD1"})"), "invalid_unicode/text@3..6");
  EXPECT_EQ(Codes(R"({"text":"\ud800","reference":3})"), "error:invalid_value invalid_value/reference");
}

TEST(CountRequestLine, MalformedUtf8IsAFaultOfTheText) {
  EXPECT_EQ(Codes("{\"text\":\"a\xFF\"}"), "invalid_unicode/text@1..2");
  EXPECT_EQ(Codes("{\"text\":\"a\xED\xA0\x80\"}"), "invalid_unicode/text@1..4");
  EXPECT_EQ(Codes("{\"text\":\"a\xE2\x82\",\"reference\":8}"), "invalid_unicode/text@1..3");
}

TEST(CountRequestLine, DamageElsewhereIsAFaultOfTheLine) {
  EXPECT_EQ(Codes("{\"text\":\"a\",\"x\xFF\":1}"), "error:invalid_utf8");
  EXPECT_EQ(Codes(R"({"text":"a\ud800","note":"\ud800"})"), "error:invalid_json");
  EXPECT_EQ(Codes(R"({"text":"a\ud800)"), "error:invalid_json");
  EXPECT_EQ(Codes("\xFF"), "error:invalid_utf8");
}

}  // namespace
}  // namespace recado::sms
