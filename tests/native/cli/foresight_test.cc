// recado simulate and recado coverage as from a shell: options, streams, exit codes. What they decide is
// proved in tests/core/plan.
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
    R"({"id":"paid","on":{"entity":"deal","stage":"paid"},"timing":{"run":"after","delay":"PT1H"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name }}","provider":"sms-main"}})";
constexpr const char* kMail =
    R"({"id":"mail","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_email","from":"a@shop.example","subject":"Hi","text":"Hi","attachments":[{"file":"catalog.pdf"}]}})";
constexpr const char* kSnapshot =
    R"({"deal":{"id":"D-7","stage":"paid"},"contacts":[{"id":"C-1","first_name":"Ana","phones":[{"type":"mobile","value":"+5511912345678"}],"emails":[{"type":"home","value":"ana@example.com"}]}]})";
constexpr const char* kNobody = R"({"deal":{"id":"D-8","stage":"paid"},"contacts":[]})";

std::string EventLine(const std::string& id, const std::string& at, const std::string& to) {
  return R"({"id":")" + id + R"(","type":"stage_changed","at":")" + at +
         R"(","entity":"deal","entity_id":"D-7","pipeline":"sales","to":")" + to + R"(","snapshot":)" +
         kSnapshot + "}\n";
}

std::vector<Json> JsonLines(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(*ParseJson(line));
  return lines;
}

class Foresight : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("foresight-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "rules");
    Write("rules/paid.json", kRule);
    Write("mail.json", kMail);
    Write("events.ndjson",
          EventLine("b", "2026-11-22T12:00:00Z", "won") + EventLine("a", "2026-11-22T09:30:00Z", "paid"));
    Write("records.ndjson", std::string(kSnapshot) + "\n" + kNobody + "\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  // As from a shell; the exit code.
  int Recado(std::vector<std::string> arguments) {
    streams_.emplace();
    arguments.insert(arguments.begin(), "recado");
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    return cli::Run(static_cast<int>(argv.size()), argv.data(), streams_->io());
  }
  int Simulate(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"simulate", "--rules", Path("rules"), "--events",
                                          Path("events.ndjson")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Recado(std::move(arguments));
  }
  int Cover(const std::string& rule, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"coverage", "--rule", Path(rule), "--records",
                                          Path("records.ndjson")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Recado(std::move(arguments));
  }
  std::string out() { return streams_->out(); }
  std::string err() { return streams_->err(); }

  fs::path folder_;
  std::optional<Streams> streams_;
};

TEST_F(Foresight, WrongUsageIsTwo) {
  const std::string rules = Path("rules");
  const std::string events = Path("events.ndjson");
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"simulate"},
           {"simulate", "--rules", rules},
           {"simulate", "--rules", Path("none"), "--events", events},
           {"simulate", "--rules", rules, "--events", Path("none")},
           {"simulate", "--rules", rules, "--events", rules},
           {"simulate", "--rules", rules, "--events", events, "--until", "tomorrow"},
           {"simulate", "--rules", rules, "--events", events, "--workspace", Path("none")},
           {"coverage", "--rule", Path("mail.json")},
           {"coverage", "--rule", Path("none"), "--records", Path("records.ndjson")},
           {"coverage", "--rule", Path("mail.json"), "--records", Path("none")},
           {"coverage", "--rule", Path("mail.json"), "--records", Path("records.ndjson"), "--now", "noon"},
           {"coverage", "--rule", Path("mail.json"), "--records", Path("records.ndjson"), "--format",
            "xml"}}) {
    EXPECT_EQ(Recado(arguments), kWrongUsage) << arguments.front() << " " << arguments.size();
    EXPECT_NE(err(), "");
    EXPECT_EQ(out(), "");
  }
}

TEST_F(Foresight, HelpSaysTheExitCodes) {
  for (const char* command : {"simulate", "coverage"}) {
    EXPECT_EQ(Recado({command, "--help"}), kFine);
    EXPECT_THAT(out(), HasSubstr("Exit codes: 0"));
  }
}

TEST_F(Foresight, SimulatePrintsOneLineAnEntryInTimeOrder) {
  EXPECT_EQ(Simulate(), kFine);
  const std::vector<Json> lines = JsonLines(out());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["event"], "a");
  EXPECT_EQ(lines[0]["at"], "2026-11-22T10:30:00Z");
  EXPECT_EQ(lines[0]["content"]["text"], "Hi Ana");
  EXPECT_EQ(err(), "recado: 1 message, 0 not sent\n");
}

TEST_F(Foresight, SimulateStopsTheClockAtUntil) {
  EXPECT_EQ(Simulate({"--until", "2026-11-22T10:00:00Z"}), kFine);
  EXPECT_EQ(out(), "");
  EXPECT_EQ(err(), "recado: 0 messages, 0 not sent, 1 still to come\n");
}

TEST_F(Foresight, SimulateIsOneWhereSomethingIsNotSentOrFaulty) {
  const std::string enter = EventLine("a", "2026-11-22T09:30:00Z", "paid");
  Write("events.ndjson", enter + EventLine("b", "2026-11-22T10:00:00Z", "won"));
  EXPECT_EQ(Simulate({"--language", "de"}), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr(R"("reason":"stage_left","message":"Das Element)"));
  Write("events.ndjson", enter + "{broken\n");
  EXPECT_EQ(Simulate(), kInputHasErrors);
  EXPECT_THAT(out(), StartsWith(R"({"line":2,"error":{"code":"invalid_json")"));
  EXPECT_THAT(err(), HasSubstr("1 faulty line"));
  // A duplicate alone is nothing that was not sent, as for `plan`.
  Write("events.ndjson", enter + enter);
  EXPECT_EQ(Simulate(), kFine);
  EXPECT_THAT(out(), HasSubstr("duplicate_event"));
}

TEST_F(Foresight, SimulateOfFaultyRulesSaysSoAndGoesOn) {
  Write(
      "rules/faulty.json",
      R"({"id":"faulty","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"{{ x | upcaze }}","provider":"p"}})");
  EXPECT_EQ(Simulate(), kInputHasErrors);
  EXPECT_EQ(JsonLines(out()).size(), 2U);
  EXPECT_THAT(out(), HasSubstr("rule_invalid"));
  EXPECT_THAT(err(), HasSubstr("upcaze"));
}

TEST_F(Foresight, CoverageIsOneObject) {
  EXPECT_EQ(Cover("rules/paid.json"), kInputHasErrors);
  const std::vector<Json> lines = JsonLines(out());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["records"], 2);
  EXPECT_EQ(lines[0]["reached"], 1);
  EXPECT_EQ(DumpJson(lines[0]["skipped"]), R"({"no_client":1})");
  Write("records.ndjson", kSnapshot);
  EXPECT_EQ(Cover("rules/paid.json"), kFine);
}

TEST_F(Foresight, CoverageLooksForAttachmentsBesideTheRule) {
  Write("records.ndjson", kSnapshot);
  EXPECT_EQ(Cover("mail.json"), kInputHasErrors);
  EXPECT_THAT(out(), HasSubstr(R"("skipped":{"attachment_missing":1})"));
  Write("catalog.pdf", "%PDF");
  EXPECT_EQ(Cover("mail.json"), kFine);
}

TEST_F(Foresight, CoverageAsTextIsForReading) {
  Write(
      "workspace.json",
      R"({"default_region":"BR","providers":[{"id":"sms-main","kind":"sandbox","settings":{"prices":[{"prefix":"55","per":"segment","amount":"0.0450","currency":"EUR"}]}}]})");
  Cover("rules/paid.json",
        {"--format", "text", "--workspace", Path("workspace.json"), "--now", "2026-11-22T09:30:00Z"});
  EXPECT_EQ(
      out(),
      "paid: reaches 1 of 2\n"
      "  not sent   1 no_client\n"
      "  segments   half at most 1, 95 of 100 at most 1, largest 1, together 1\n"
      "  encoding   1 gsm7, 0 ucs2\n"
      "  characters half at most 6, 95 of 100 at most 6, largest 6\n"
      "  cost       half at most 0.0450, 95 of 100 at most 0.0450, largest 0.0450, together 0.0450 EUR\n");
}

TEST_F(Foresight, CoverageTakesOneRule) {
  Write("two.json", std::string(R"({"rules":[)") + kRule + "," + kMail + "]}");
  EXPECT_EQ(Cover("two.json"), kWrongUsage);
  EXPECT_THAT(err(), HasSubstr("one rule"));
}

}  // namespace
}  // namespace recado::cli
