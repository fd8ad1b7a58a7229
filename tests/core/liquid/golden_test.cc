// golden-liquid, the conformance suite that Shopify's own engine passes, where the shared data is present.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/liquid/render_json.h"

#include "gtest/gtest.h"

namespace recado::liquid {
namespace {

std::string SharedFolder() {
  const char* folder = std::getenv("RECADO_SHARED");
  return folder != nullptr ? folder : RECADO_SHARED;
}

// What is wrong with the answer, or "".
std::string Complaint(const Json& test, const Json& answer) {
  if (test.value("invalid", false)) return answer.contains("errors") ? "" : "accepted: " + DumpJson(answer);
  if (!answer.contains("text")) return "refused: " + DumpJson(answer);
  Json expected = test.contains("results") ? test["results"] : Json::array({test["result"]});
  for (const Json& one : expected) {
    if (one == answer["text"]) return "";
  }
  return "expected " + DumpJson(expected) + ", got " + DumpJson(answer["text"]);
}

TEST(GoldenLiquid, EveryCaseHolds) {
  std::ifstream file(SharedFolder() + "/conformance/liquid-golden.json");
  if (!file) GTEST_SKIP() << "no conformance data in " << SharedFolder();
  std::stringstream text;
  text << file.rdbuf();
  const Result<Json> suite = ParseJson(text.str());
  ASSERT_TRUE(suite.ok());
  const Json& tests = (*suite)["tests"];
  size_t passed = 0;
  for (const Json& test : tests) {
    Json request{{"template", test["template"]}};
    if (test.contains("data")) request["data"] = test["data"];
    if (test.contains("templates")) request["partials"] = test["templates"];
    const std::string complaint = Complaint(test, RenderJson(request, Instant{}, OffsetUnit::kBytes));
    EXPECT_EQ(complaint, "") << test["name"] << "\n" << DumpJson(test);
    passed += complaint.empty() ? 1 : 0;
  }
  std::cout << passed << " of " << tests.size() << " cases hold\n";
  RecordProperty("passed", static_cast<int>(passed));
}

}  // namespace
}  // namespace recado::liquid
