#include "native/cli/commands.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <sstream>

#include "core/base/json.h"
#include "native/cli/cli.h"
#include "tests/native/cli/streams.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kRule =
    R"({"id":"paid","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name | default: 'there' }}","phone_type":"auto","provider":"sms-main"}})";
constexpr const char* kMail =
    R"({"id":"mail","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_email","from":"a@shop.example","subject":"Grüße","html":"<p>Hi {{ contact.first_name }}</p>","text":"Hi"}})";
constexpr const char* kSnapshot =
    R"({"deal":{"id":"D-7","title":"Bike","pipeline":"sales","stage":"paid"},"contacts":[{"id":"C-1","first_name":"Ana","phones":[{"type":"mobile","value":"+5511912345678"}],"emails":[{"type":"home","value":"ana@example.com"}]}]})";

std::string EventLine(const std::string& id, const std::string& to = "paid") {
  return R"({"id":")" + id +
         R"(","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D-7","pipeline":"sales","from":"new","to":")" +
         to + R"(","snapshot":)" + kSnapshot + "}\n";
}

std::vector<Json> JsonLines(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(*ParseJson(line));
  return lines;
}

class Commands : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("commands-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "rules");
    Write("rules/paid.json", kRule);
    Write("mail.json", kMail);
    Write("snapshot.json", kSnapshot);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  // As from a shell; the exit code.
  int Recado(std::vector<std::string> arguments, const std::string& input = "") {
    streams_.emplace(input);
    arguments.insert(arguments.begin(), "recado");
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    return cli::Run(static_cast<int>(argv.size()), argv.data(), streams_->io());
  }
  std::string out() { return streams_->out(); }
  std::string err() { return streams_->err(); }

  fs::path folder_;
  std::optional<Streams> streams_;
};

TEST_F(Commands, WrongUsageIsTwoWithASentenceBesideTheOutput) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {},
           {"fly"},
           {"validate"},
           {"validate", Path("none.json")},
           {"preview", Path("mail.json")},
           {"preview", Path("none.json"), "--record", Path("snapshot.json")},
           {"plan", "--rules", Path("none")},
           {"plan", "--rules", Path("rules"), "--now", "yesterday"},
           {"validate", Path("mail.json"), "--format", "xml"},
           {"serve", "--listen", "nonsense"},
           {"token", "create", "--role", "king", "--store", Path("x.db")}}) {
    EXPECT_EQ(Recado(arguments), kWrongUsage) << (arguments.empty() ? "" : arguments.front());
    EXPECT_NE(err() + out(), "");
  }
}

TEST_F(Commands, HelpIsFineAndOnTheOutput) {
  EXPECT_EQ(Recado({"--help"}), kFine);
  EXPECT_THAT(out(), HasSubstr("validate"));
  EXPECT_EQ(Recado({"serve", "--help"}), kFine);
  EXPECT_THAT(out(), HasSubstr("--listen"));
}

TEST_F(Commands, VersionNamesIcuAndZones) {
  EXPECT_EQ(Recado({"version"}), kFine);
  EXPECT_THAT(out(), HasSubstr("ICU 72.1"));
  EXPECT_THAT(out(), HasSubstr("time zones 20"));
}

TEST_F(Commands, RenderAnswersEachLine) {
  const std::string input =
      "{\"template\":\"Hi {{ name }}\",\"data\":{\"name\":\"Ana\"}}\n"
      "{broken\n"
      "{\"template\":\"{{ 1 | divided_by: 0 }}\",\"data\":{}}\n"
      "{\"template\":\"{% if %}\",\"data\":{}}\n"
      "\n"
      "{\"template\":\"ok\"}\n";
  EXPECT_EQ(Recado({"render", "--batch"}, input), kInputHasErrors);
  const auto lines = JsonLines(out());
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[0]["text"], "Hi Ana");
  EXPECT_EQ(lines[1]["error"]["code"], "invalid_json");
  EXPECT_TRUE(lines[2].contains("errors"));
  EXPECT_TRUE(lines[3].contains("errors"));
  EXPECT_TRUE(lines[4].contains("error"));
  EXPECT_EQ(Recado({"render"}, "{\"template\":\"{{ 1 | plus: 2 }}\",\n\"data\":{}}"), kFine);
  EXPECT_EQ(out(), "{\"text\":\"3\"}\n");
}

TEST_F(Commands, SmsAnswersEachLineAndPointsIntoBrokenText) {
  EXPECT_EQ(
      Recado({"sms", "--batch"}, "{\"text\":\"hello\"}\n{\"text\":\"a\\ud83d\"}\n{\"text\":\"\xFF\"}\n"),
      kInputHasErrors);
  const auto lines = JsonLines(out());
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0]["encoding"], "gsm7");
  EXPECT_EQ(lines[0]["units"], 5);
  EXPECT_EQ(lines[1]["errors"][0]["code"], "invalid_unicode");
  EXPECT_EQ(lines[1]["errors"][0]["from"], 1);
  EXPECT_EQ(lines[2]["errors"][0]["code"], "invalid_unicode");
  EXPECT_EQ(Recado({"sms", "hello"}), kFine);
  EXPECT_THAT(out(), HasSubstr("\"segments\":1"));
}

TEST_F(Commands, ValidateShowsFaultsInThreeFormats) {
  std::string text = std::string(kRule);
  text.replace(text.find("first_name"), 10, "frist_name").replace(text.find("\"paid\""), 6, "\"typo\"");
  Write("rules/typo.json", text);
  EXPECT_EQ(Recado({"validate", Path("rules")}), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr("typo.json:1:"));
  EXPECT_THAT(out(), HasSubstr("^~~~~"));
  EXPECT_THAT(err(), HasSubstr("2 rules checked: 1 error"));
  EXPECT_EQ(Recado({"validate", Path("rules"), "--format", "json", "--language", "de"}), kInputHasErrors);
  const Json list = *ParseJson(out());
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["code"], "unknown_variable");
  EXPECT_EQ(list[0]["path"], "/action/text");
  EXPECT_THAT(list[0]["file"].get<std::string>(), ::testing::EndsWith("typo.json"));
  EXPECT_EQ(Recado({"validate", Path("rules"), "--format", "sarif"}), kInputHasErrors);
  EXPECT_EQ((*ParseJson(out()))["version"], "2.1.0");
}

TEST_F(Commands, ValidateOfGoodRulesIsFine) {
  EXPECT_EQ(Recado({"validate", Path("rules"), Path("mail.json"), "--format", "json"}), kFine) << out();
}

TEST_F(Commands, RulesOfSeveralFilesAreJudgedTogether) {
  std::string text = std::string(kRule);
  text.replace(text.find("\"paid\""), 6, "\"again\"");
  Write("rules/zagain.json", text);
  EXPECT_EQ(Recado({"validate", Path("rules"), "--format", "json"}), kFine);
  const Json list = *ParseJson(out());
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["code"], "rules_collide");
  EXPECT_EQ(list[0]["path"], "/on");
  EXPECT_THAT(list[0]["file"].get<std::string>(), ::testing::EndsWith("paid.json"));
}

TEST_F(Commands, SameIdInTwoFilesIsAFault) {
  Write("rules/second.json", kRule);
  EXPECT_EQ(Recado({"validate", Path("rules"), "--format", "json"}), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr("duplicate_rule"));
}

TEST_F(Commands, BrokenFileDoesNotHideTheOthers) {
  Write("rules/a.json", "{broken");
  EXPECT_EQ(Recado({"validate", Path("rules"), "--format", "json"}), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr("invalid_json"));
  EXPECT_THAT(out(), HasSubstr("a.json"));
}

TEST_F(Commands, PlanAnswersEachEventAndKnowsDoubles) {
  EXPECT_EQ(Recado({"plan", "--rules", Path("rules")}, EventLine("e1") + "{broken\n" + EventLine("e1") +
                                                           EventLine("e1", "won") + EventLine("e2", "won")),
            kInputHasErrors);
  const auto lines = JsonLines(out());
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0]["event"], "e1");
  EXPECT_EQ(lines[0]["deliveries"][0]["content"]["text"], "Hi Ana");
  EXPECT_EQ(lines[1]["error"]["code"], "invalid_json");
  EXPECT_EQ(lines[2]["deliveries"].size(), 0U);
  EXPECT_EQ(lines[2]["skipped"][0]["reason"], "duplicate_event");
  EXPECT_EQ(lines[3]["error"]["code"], "event_conflict");
  EXPECT_EQ(lines[4]["event"], "e2");
  EXPECT_EQ(lines[4]["skipped"].size(), 0U) << "a rule that does not match is not mentioned";
}

TEST_F(Commands, PreviewSpeaksFourFormats) {
  const std::string rule = Path("mail.json");
  const std::string record = Path("snapshot.json");
  EXPECT_EQ(Recado({"preview", rule, "--record", record}), kFine) << err();
  EXPECT_THAT(out(), HasSubstr("Subject  Grüße\n"));
  EXPECT_EQ(Recado({"preview", rule, "--record", record, "--format", "json"}), kFine);
  EXPECT_EQ((*ParseJson(out()))["deliveries"][0]["to"]["address"], "ana@example.com");
  EXPECT_EQ(Recado({"preview", rule, "--record", record, "--format", "html"}), kFine);
  EXPECT_EQ(out(), "<p>Hi Ana</p>\n");
  EXPECT_EQ(Recado({"preview", rule, "--record", record, "--format", "eml", "--now", "2026-11-22T09:30:00Z"}),
            kFine);
  EXPECT_THAT(out(), StartsWith("Date: Sun, 22 Nov 2026 09:30:00 +0000\r\nFrom: a@shop.example\r\n"));
}

TEST_F(Commands, PreviewSaysWhyNothingIsSent) {
  Write("nobody.json",
        R"({"deal":{"id":"D-7","stage":"paid"},"contacts":[{"id":"C-1","first_name":"Ana"}]})");
  EXPECT_EQ(Recado({"preview", Path("rules/paid.json"), "--record", Path("nobody.json"), "--format", "json"}),
            kInputHasErrors);
  EXPECT_EQ((*ParseJson(out()))["skipped"][0]["reason"], "no_phone");
  EXPECT_EQ(Recado({"preview", Path("rules/paid.json"), "--record", Path("nobody.json")}), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr("not sent, no_phone"));
}

TEST_F(Commands, AttachmentIsLookedForBesideTheRuleAndNowhereElse) {
  EXPECT_FALSE(FileIsBeside(folder_, "missing.pdf"));
  EXPECT_TRUE(FileIsBeside(folder_, "mail.json"));
  EXPECT_TRUE(FileIsBeside(folder_, "rules/paid.json"));
  EXPECT_FALSE(FileIsBeside(folder_ / "rules", "../mail.json"));
  EXPECT_FALSE(FileIsBeside(folder_ / "rules", Path("mail.json")));
  EXPECT_FALSE(FileIsBeside(folder_, "rules"));
}

TEST_F(Commands, TokenIsPrintedAloneOnItsLine) {
  EXPECT_EQ(Recado({"token", "create", "--role", "operator", "--store", Path("recado.db")}), kFine) << err();
  EXPECT_TRUE(fs::exists(Path("recado.db")));
  const std::string token = out();
  EXPECT_EQ(std::count(token.begin(), token.end(), '\n'), 1);
  EXPECT_THAT(token, StartsWith("recado_"));
  EXPECT_EQ(Recado({"token", "create", "--role", "operator", "--store", Path("recado.db")}), kFine);
  EXPECT_NE(out(), token);
  EXPECT_EQ(Recado({"token", "create", "--role", "admin", "--store", "/nonexistent/recado.db"}),
            kInputHasErrors);
}

TEST_F(Commands, ImportBitrix24PrintsATextsLiquid) {
  Write("text", "Hi {{Contact: First name}}!\n");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("text")}), kFine);
  EXPECT_EQ(out(), "Hi {{ contact.first_name }}!\n");
  EXPECT_EQ(err(), "");
  Write("text", "{=Document:NAME} {=Document:TILTE}");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("text"), "--entity", "lead"}), kInputHasErrors);
  EXPECT_EQ(out(), "{{ lead.first_name }} {=Document:TILTE}");
  EXPECT_THAT(err(), HasSubstr("text:1:18: error: Recado knows no field TILTE here. Did you mean TITLE?"));
  EXPECT_EQ(Recado({"import", "bitrix24", Path("text"), "--format", "json", "--language", "de"}),
            kInputHasErrors);
  EXPECT_EQ(err(), "");
  const Json answer = *ParseJson(out());
  EXPECT_EQ(answer["text"], "{=Document:NAME} {=Document:TILTE}");
  EXPECT_EQ(answer["diagnostics"].size(), 2U);
  EXPECT_EQ(answer["diagnostics"][1]["file"], Path("text"));
  EXPECT_EQ(answer["diagnostics"][1]["path"], "");
  EXPECT_EQ(answer["diagnostics"][1]["from"], 17);
  EXPECT_THAT(answer["diagnostics"][1]["message"].get<std::string>(), StartsWith("Ein Feld TILTE"));
}

TEST_F(Commands, ImportBitrix24TurnsRobotsIntoRules) {
  Write(
      "robots.json",
      R"([{"Type":"CrmSendSmsActivity","Properties":{"MessageText":"Hi {=Document:X}","ProviderId":"p"}}])");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("robots.json"), "--stage", "paid"}), kInputHasErrors);
  const Json answer = *ParseJson(out());
  EXPECT_EQ(answer["rules"][0]["on"]["stage"], "paid");
  EXPECT_EQ(answer["diagnostics"][0]["path"], "/0/Properties/MessageText");
  EXPECT_EQ(answer["diagnostics"][0]["from"], 3);
  EXPECT_THAT(err(), HasSubstr("robots.json:1:63: error"));
}

TEST_F(Commands, ImportBitrix24ReadsTheSchema) {
  Write(
      "schema.json",
      R"({"entities":[{"code":"deal","name":"Deal","fields":[{"name":"uf_crm_1","type":"text","title":"Colour"}]}]})");
  Write("text", "{{Colour}} {=Document:UF_CRM_1}");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("text"), "--schema", Path("schema.json")}), kFine);
  EXPECT_EQ(out(), "{{ deal.uf_crm_1 }} {{ deal.uf_crm_1 }}");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("text"), "--schema", Path("none")}), kWrongUsage);
}

TEST_F(Commands, ImportBitrix24RefusesWhatItCannotRead) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"import"},
                                             {"import", "bitrix24"},
                                             {"import", "bitrix24", Path("none")},
                                             {"import", "other", Path("x")}}) {
    EXPECT_EQ(Recado(arguments), kWrongUsage);
    EXPECT_NE(err(), "");
  }
  Write("broken.json", "[{");
  EXPECT_EQ(Recado({"import", "bitrix24", Path("broken.json")}), kInputHasErrors);
  EXPECT_EQ((*ParseJson(out()))["diagnostics"][0]["code"], "invalid_json");
}

}  // namespace
}  // namespace recado::cli
