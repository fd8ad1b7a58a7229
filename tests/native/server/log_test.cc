#include "native/server/log.h"

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace recado::server {
namespace {

TEST(LogText, TextQuotesWhatCouldBeTakenForTwo) {
  EXPECT_EQ(
      LogText(LogFormat::kText, "delivery accepted", {{"key", "3865"}, {"rule", "my rule"}, {"reason", ""}}),
      "delivery accepted key=3865 rule=\"my rule\"");
}

TEST(LogText, LineBreakCannotForgeALine) {
  EXPECT_EQ(LogText(LogFormat::kText, "x", {{"rule", "a\n2026 info y"}}), "x rule=\"a\\n2026 info y\"");
  EXPECT_EQ(LogText(LogFormat::kJson, "x", {{"rule", "a\n\"}"}}), R"("x","rule":"a\n\"}")");
}

TEST(LogText, JsonIsReadable) {
  const std::string line =
      "{\"message\":" + LogText(LogFormat::kJson, "x", {{"a", "\xFF"}, {"b", "{}"}}) + "}";
  const auto json = ParseJson(line);
  ASSERT_TRUE(json.ok()) << line;
  EXPECT_EQ((*json)["b"], "{}");
}

}  // namespace
}  // namespace recado::server
