#include "native/cli/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recado::cli {
namespace {

using ::testing::HasSubstr;

Diagnostic Typo(const std::string& text) {
  const size_t from = text.find("contact.frist_name");
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At("/action/text")
      .In(LocateSpan(text, from, from + 18))
      .With("value", "contact.frist_name")
      .With("what", "x")
      .With("allowed", "y")
      .Fixed("contact.first_name");
}

TEST(TextReport, CaretStandsUnderTheFaultInTheFile) {
  const Source source{"paid.json",
                      "{\n  \"action\": {\"text\": \"Grüße \\u00e4 {{ contact.frist_name }}\"}\n}\n"};
  const Finding finding{&source, Typo("Grüße ä {{ contact.frist_name }}")};
  const std::string text = TextOf(finding, "en", false);
  EXPECT_THAT(text, ::testing::StartsWith("paid.json:2:39: error: "));
  EXPECT_THAT(text, HasSubstr("[invalid_value]\n"));
  EXPECT_THAT(text,
              HasSubstr("    2 |   \"action\": {\"text\": \"Grüße \\u00e4 {{ contact.frist_name }}\"}\n"));
  EXPECT_THAT(text, HasSubstr("      | " + std::string(38, ' ') + "^~~~~~~~~~~~~~~~~~\n"));
  EXPECT_THAT(text, HasSubstr("      = Use contact.first_name\n"));
}

TEST(TextReport, MissingMemberPointsAtItsObject) {
  const Source source{"a.json", "{\"action\": {\n}}"};
  const Finding finding{
      &source, Diagnostic::Of(DiagnosticCode::missing_member).At("/action/type").With("what", "\"type\"")};
  EXPECT_THAT(TextOf(finding, "en", false),
              ::testing::StartsWith("a.json:1:12: error: \"type\" is missing."));
}

TEST(TextReport, BrokenJsonPointsIntoTheText) {
  const Source source{"a.json", "{\n  \"a\": ,\n}"};
  const auto parsed = ParseJson(source.text);
  ASSERT_FALSE(parsed.ok());
  EXPECT_THAT(TextOf({&source, parsed.error().front()}, "en", false),
              ::testing::StartsWith("a.json:2:8: error: "));
}

TEST(TextReport, LongLineIsCutAroundTheFault) {
  const std::string filler(400, 'a');
  const std::string value = filler + "contact.frist_name" + filler;
  const Source source{"a.json", "{\"action\":{\"text\":\"" + value + "\"}}"};
  const std::string text = TextOf({&source, Typo(value)}, "en", false);
  EXPECT_THAT(text, HasSubstr(" | … aaa"));
  EXPECT_THAT(text, HasSubstr("aaa …\n"));
  const size_t line = text.find(" | …") + 3;
  const size_t caret = text.find('^') - (text.find("| ", line) + 2);
  EXPECT_EQ(text.substr(line + 2 + caret, 7), "contact") << "(the ellipsis is three bytes and one character)";
}

TEST(TextReport, ColourOnlyWhereAsked) {
  const Source source{"a.json", "{}"};
  const Finding finding{&source, Diagnostic::Of(DiagnosticCode::missing_member).With("what", "x")};
  EXPECT_EQ(TextOf(finding, "en", false).find('\033'), std::string::npos);
  EXPECT_NE(TextOf(finding, "en", true).find('\033'), std::string::npos);
}

TEST(TextReport, FileThatCouldNotBeReadHasNoLines) {
  const Source source{"gone.json", ""};
  const Finding finding{&source, Diagnostic::Of(DiagnosticCode::file_unreadable)
                                     .With("name", "gone.json")
                                     .With("detail", "No such file or directory")};
  EXPECT_THAT(TextOf(finding, "en", false),
              ::testing::StartsWith("gone.json:1:1: error: gone.json cannot be read"));
}

TEST(JsonReport, HasFileAndPlaceBesideTheDiagnostic) {
  const Source source{"paid.json", "{\n\"action\":{\"text\":\"{{ contact.frist_name }}\"}}"};
  const Json json = JsonOf({&source, Typo("{{ contact.frist_name }}")}, "de");
  EXPECT_EQ(json["file"], "paid.json");
  EXPECT_EQ(json["path"], "/action/text");
  EXPECT_EQ(json["line"], 1) << "inside the value";
  EXPECT_EQ(json["from"], 3);
  EXPECT_EQ(json["place"]["line"], 2) << "in the file";
  EXPECT_EQ(json["fix"]["title"], "contact.first_name verwenden");
}

TEST(SarifReport, HasResultsWithRegionsAndFixes) {
  const Source source{"paid.json", "{\"action\":{\"text\":\"{{ contact.frist_name }}\"}}"};
  const Json sarif = SarifOf({{&source, Typo("{{ contact.frist_name }}")}}, "en");
  EXPECT_EQ(sarif["version"], "2.1.0");
  const Json& result = sarif["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"], "invalid_value");
  EXPECT_EQ(result["level"], "error");
  const Json& region = result["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], 23);
  EXPECT_EQ(region["endColumn"], 41);
  const Json& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(change["insertedContent"]["text"], "contact.first_name");
  EXPECT_EQ(change["deletedRegion"], region);
}

}  // namespace
}  // namespace recado::cli
