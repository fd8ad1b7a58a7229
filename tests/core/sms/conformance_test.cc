// Cases from other projects' tests and from texts that live providers billed. A row that states another rule
// than 3GPP's, or a fact that is no answer of the counter, is skipped and counted by reason.
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <set>

#include "core/base/utf8.h"
#include "core/sms/alphabet.h"
#include "core/sms/count.h"
#include "tests/core/sms/shared.h"

namespace recado::sms {
namespace {

// Why a row does not apply, or "".
std::string WhyNot(const Json& row) {
  const Json& expect = row["expect"];
  for (const char* fact : {"tablesHolding", "udhSeptets", "packedHex"}) {
    if (expect.contains(fact)) return std::string("a fact about tables or packing: ") + fact;
  }
  if (!row.contains("options") || row["options"].is_null()) return "";
  for (const auto& [name, value] : row["options"].items()) {
    const bool plain = name == "forceEncoding" && (value == "GSM-7" || value == "UCS-2");
    const bool known = plain || name == "nationalLanguages" || name == "smartEncoding";
    if (name == "replacement") {
      // The source puts a space for what GSM-7 lacks; ours refuses such a text.
      if (!Count(row["input"].get<std::string>(), {.force = Encoding::kGsm7}).ok())
        return "replaces silently";
    } else if (!known) {
      return "option " + name + (value.is_string() ? " " + value.get<std::string>() : "");
    }
  }
  return "";
}

CountOptions OptionsOf(const Json& row) {
  CountOptions options;
  if (!row.contains("options") || row["options"].is_null()) return options;
  const Json& given = row["options"];
  if (given.contains("forceEncoding")) {
    options.force = given["forceEncoding"] == "GSM-7" ? Encoding::kGsm7 : Encoding::kUcs2;
  }
  if (given.contains("nationalLanguages")) {
    for (const Json& id : given["nationalLanguages"]) {
      options.national.push_back(static_cast<National>(id.get<int>()));
    }
  }
  return options;
}

void ExpectNumber(const Json& expect, const char* name, int actual) {
  if (!expect.contains(name)) return;
  EXPECT_EQ(actual, expect[name].get<int>()) << name;
}

void ExpectParts(const Json& expect, const SmsCount& count, const std::string& input) {
  if (!expect.contains("parts")) return;
  ASSERT_EQ(count.parts.size(), expect["parts"].size());
  for (size_t i = 0; i < count.parts.size(); ++i) {
    const Part& part = count.parts[i];
    const Json& wanted = expect["parts"][i];
    ExpectNumber(wanted, "length", part.units);
    if (wanted.contains("text")) {
      EXPECT_EQ(input.substr(part.span.from, part.span.to - part.span.from),
                wanted["text"].get<std::string>());
    }
  }
}

void ExpectCulprits(const Json& expect, const SmsCount& count) {
  if (!expect.contains("nonGsm")) return;
  std::set<std::string> actual;
  for (const Culprit& culprit : count.culprits) actual.insert(culprit.character);
  std::set<std::string> wanted;
  for (const Json& character : expect["nonGsm"]) wanted.insert(character.get<std::string>());
  EXPECT_EQ(actual, wanted);
}

// `septets`: the codes on the air, escape included.
void ExpectSeptets(const Json& expect, const SmsCount& count) {
  if (!expect.contains("septets")) return;
  EXPECT_EQ(static_cast<size_t>(count.units), expect["septets"].size());
}

void Check(const Json& row) {
  const std::string input = row["input"];
  const Json& expect = row["expect"];
  Result<SmsCount> count = Count(input, OptionsOf(row));
  ASSERT_TRUE(count.ok());
  if (row.contains("options") && row["options"].is_object() && row["options"].contains("smartEncoding")) {
    ASSERT_TRUE(count->suggestion.has_value());
    count = Count(count->suggestion->text, {});
  }
  if (expect.contains("encoding")) {
    EXPECT_EQ(count->encoding == Encoding::kGsm7 ? "GSM-7" : "UCS-2", expect["encoding"].get<std::string>());
  }
  ExpectNumber(expect, "length", count->units);
  ExpectNumber(expect, "segments", count->segments);
  ExpectNumber(expect, "remaining", count->remaining);
  ExpectNumber(expect, "perSegment", count->per_segment);
  ExpectNumber(expect, "graphemes", count->characters);
  ExpectNumber(expect, "locking", static_cast<int>(count->locking));
  ExpectNumber(expect, "single", static_cast<int>(count->single));
  ExpectParts(expect, *count, input);
  ExpectCulprits(expect, *count);
  ExpectSeptets(expect, *count);
}

TEST(Conformance, RowsOfThePlainRule) {
  const std::optional<std::string> lines = SharedText("conformance/sms-cases.jsonl");
  if (!lines) GTEST_SKIP() << "no shared data at " << SharedFolder();
  std::map<std::string, int> skipped;
  int checked = 0;
  std::istringstream in(*lines);
  for (std::string line; std::getline(in, line);) {
    const Result<Json> row = ParseJson(line);
    ASSERT_TRUE(row.ok()) << line;
    if (const std::string reason = WhyNot(*row); !reason.empty()) {
      ++skipped[reason];
      continue;
    }
    SCOPED_TRACE("case " + DumpJson((*row)["id"]) + " " + DumpJson((*row)["name"]));
    Check(*row);
    ++checked;
  }
  for (const auto& [reason, count] : skipped) std::cout << "skipped " << count << ": " << reason << "\n";
  std::cout << "checked " << checked << "\n";
  EXPECT_GT(checked, 140);
}

// Rows that say which tables hold all characters of a text, among the default one and the first three
// languages.
TEST(Conformance, TablesThatHoldATextHoldIt) {
  const std::optional<std::string> lines = SharedText("conformance/sms-cases.jsonl");
  if (!lines) GTEST_SKIP() << "no shared data at " << SharedFolder();
  int checked = 0;
  std::istringstream in(*lines);
  for (std::string line; std::getline(in, line);) {
    const Result<Json> row = ParseJson(line);
    ASSERT_TRUE(row.ok()) << line;
    if (!(*row)["expect"].contains("tablesHolding")) continue;
    const Json& wanted = (*row)["expect"]["tablesHolding"];
    Json locking = Json::array();
    Json single = Json::array();
    for (int i = 0; i <= 3; ++i) {
      const auto national = static_cast<National>(i);
      const std::string input = (*row)["input"];
      const auto held = [&](auto character) {
        std::set<char32_t> table;
        for (uint8_t septet = 0; septet < 128; ++septet) table.insert(character(national, septet));
        for (size_t at = 0; at < input.size();) {
          const utf8::Decoded decoded = utf8::Decode(input, at);
          if (!table.contains(decoded.code_point)) return false;
          at += decoded.length;
        }
        return true;
      };
      if (held(LockingCharacter)) locking.push_back(i);
      if (held(SingleCharacter)) single.push_back(i);
    }
    EXPECT_EQ(locking, wanted["locking"]) << line;
    EXPECT_EQ(single, wanted["single"]) << line;
    ++checked;
  }
  EXPECT_GT(checked, 5);
}

}  // namespace
}  // namespace recado::sms
