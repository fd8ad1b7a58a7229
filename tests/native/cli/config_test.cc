#include "native/cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "native/cli/cli.h"
#include "native/cli/serve_settings.h"
#include "tests/native/cli/streams.h"

namespace recado::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Items(const Config& config) {
  std::string out;
  for (const ConfigItem& item : config.items) {
    out += std::to_string(item.line) + ":" + item.name + "=" + item.value + ";";
  }
  return out;
}

TEST(ParseConfig, WhatStandsInAFile) {
  const struct {
    const char* text;
    const char* items;
  } rows[] = {
      {"", ""},
      {"# nothing\n\n   # at all\n", ""},
      {"listen = \"127.0.0.1:80\"\n", "1:listen=127.0.0.1:80;"},
      {"\xEF\xBB\xBFlisten='a'", "1:listen=a;"},
      {"listen = 'a'\r\nworkers=3\r\n", "1:listen=a;2:workers=3;"},
      {"\n\n  demo = true # for now\n", "3:demo=true;"},
      {"store = \"a \\\"b\\\" \\\\ # c\"", "1:store=a \"b\" \\ # c;"},
      {"store = 'a\\b'", "1:store=a\\b;"},
      {"store = \"\"", "1:store=;"},
  };
  for (const auto& row : rows) {
    const Config config = ParseConfig(row.text);
    EXPECT_TRUE(config.faults.empty())
        << row.text << ": " << (config.faults.empty() ? "" : config.faults[0].sentence);
    EXPECT_EQ(Items(config), row.items) << row.text;
  }
}

TEST(ParseConfig, FaultsNameTheirLine) {
  const struct {
    const char* text;
    int line;
    const char* sentence;
  } rows[] = {
      {"listen", 1, "There is no = after listen."},
      {"\nlisten =\n", 2, "There is no value after listen =."},
      {"listen = # later", 1, "There is no value after listen =."},
      {"listen = 127.0.0.1", 1, "A text wants quotation marks: listen = \"…\"."},
      {"listen = \"a", 1, "The text has no closing quotation mark."},
      {"listen = \"a\" b", 1, "There is something behind the value of listen."},
      {"listen = \"\\x\"", 1, "After \\ there may be \\ \" n or t. In '…' a \\ is itself."},
      {"[serve]", 1, "There are no sections here: one setting a line, name = value."},
      {"= 3", 1, "A line is name = value."},
      {"a = 1\nb = 2\na = 3", 3, "a stands in line 1 already."},
  };
  for (const auto& row : rows) {
    const Config config = ParseConfig(row.text);
    ASSERT_EQ(config.faults.size(), 1u) << row.text;
    EXPECT_EQ(config.faults[0].line, row.line) << row.text;
    EXPECT_EQ(config.faults[0].sentence, row.sentence) << row.text;
  }
}

TEST(ParseConfig, AllFaultsAreFoundUpToABound) {
  EXPECT_EQ(ParseConfig("a\nb\nc = 1\nd\n").faults.size(), 3u);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "x\n";
  EXPECT_EQ(ParseConfig(many).faults.size(), kMaxConfigFaults);
  EXPECT_EQ(ParseConfig(std::string(kMaxConfigBytes + 1, ' ')).faults.size(), 1u);
}

class ServeSettings : public ::testing::Test {
 protected:
  // The exit code of `recado serve --check …`.
  int Check(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"recado", "serve", "--check"});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    return cli::Run(static_cast<int>(argv.size()), argv.data(), streams_.io());
  }
  std::string File(const std::string& text) {
    const std::string path = ::testing::TempDir() + "recado-" + std::to_string(::getpid()) + ".toml";
    std::FILE* file = std::fopen(path.c_str(), "w");
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
    return path;
  }
  void TearDown() override { ::unsetenv("RECADO_LISTEN"); }

  Streams streams_;
};

TEST_F(ServeSettings, FileIsTaken) {
  EXPECT_EQ(Check({"--config", File("listen = \":81\"\nworkers = 3\ndemo = true\nlog-format = \"json\"\n")}),
            kFine);
  EXPECT_THAT(streams_.out(), HasSubstr("listen = \":81\"\n"));
  EXPECT_THAT(streams_.out(), HasSubstr("workers = 3\n"));
  EXPECT_THAT(streams_.out(), HasSubstr("demo = true\n"));
  EXPECT_THAT(streams_.out(), HasSubstr("log-format = \"json\"\n"));
}

TEST_F(ServeSettings, EnvironmentWinsOverFile) {
  ::setenv("RECADO_LISTEN", ":82", 1);
  EXPECT_EQ(Check({"--config", File("listen = \":81\"\n")}), kFine);
  EXPECT_THAT(streams_.out(), HasSubstr("listen = \":82\"\n"));
}

TEST_F(ServeSettings, CommandLineWinsOverBoth) {
  ::setenv("RECADO_LISTEN", ":82", 1);
  EXPECT_EQ(Check({"--listen", ":83", "--config", File("listen = \":81\"\n")}), kFine);
  EXPECT_THAT(streams_.out(), HasSubstr("listen = \":83\"\n"));
}

TEST_F(ServeSettings, FaultsNameTheirPlace) {
  const struct {
    const char* text;
    const char* fault;
  } rows[] = {
      {"\nlisen = \":81\"\n", ", line 2: There is no setting lisen. Did you mean listen?"},
      {"workers = 900\n", ", line 1: workers: Value 900 not in range 1 to 256"},
      {"trusted-proxies = \"127.0.0.1, proxy\"\n",
       ", line 1: trusted-proxies: \"proxy\" is no address and no network."},
      {"config = \"other.toml\"\n", ", line 1: There is no setting config."},
      {"log-format = \"xml\"\n", ", line 1: log-format: "},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Check({"--config", File(row.text)}), kWrongUsage) << row.text;
    EXPECT_THAT(streams_.err(), HasSubstr(row.fault));
  }
}

TEST_F(ServeSettings, FaultOfTheEnvironmentNamesTheVariable) {
  ::setenv("RECADO_WORKERS", "none", 1);
  EXPECT_EQ(Check({}), kWrongUsage);
  ::unsetenv("RECADO_WORKERS");
  EXPECT_THAT(streams_.err(), HasSubstr("recado: RECADO_WORKERS: workers: "));
}

TEST_F(ServeSettings, MissingFileIsSaid) {
  EXPECT_EQ(Check({"--config", "/nowhere/recado.toml"}), kWrongUsage);
  EXPECT_THAT(streams_.err(), HasSubstr("/nowhere/recado.toml: The file cannot be read."));
}

TEST(EnvironmentNameTest, DashesBecomeUnderscores) {
  EXPECT_EQ(EnvironmentName("trusted-proxies"), "RECADO_TRUSTED_PROXIES");
}

}  // namespace
}  // namespace recado::cli
