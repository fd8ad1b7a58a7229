#include "core/sms/alphabet.h"

#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "core/base/json.h"
#include "core/sms/replace.h"
#include "tests/core/sms/shared.h"

namespace recado::sms {
namespace {

char32_t PointOf(const std::string& text) {
  return static_cast<char32_t>(std::stoul(text.substr(2), nullptr, 16));
}

TEST(Alphabet, CapacitiesAreThoseOf3gpp23040) {
  struct Row {
    int reference;
    int shifts;
    int septets;
  };
  for (const Row& row : {Row{0, 0, 160}, Row{8, 0, 153}, Row{16, 0, 152}, Row{0, 1, 155}, Row{0, 2, 152},
                         Row{8, 1, 149}, Row{8, 2, 146}, Row{16, 1, 148}, Row{16, 2, 145}}) {
    EXPECT_EQ(CapacityOf(Encoding::kGsm7, row.reference, row.shifts), row.septets);
  }
  EXPECT_EQ(CapacityOf(Encoding::kUcs2, 0, 0), 70);
  EXPECT_EQ(CapacityOf(Encoding::kUcs2, 8, 0), 67);
  EXPECT_EQ(CapacityOf(Encoding::kUcs2, 16, 0), 66);
}

TEST(Alphabet, TagsGoBothWays) {
  for (uint8_t i = 1; i < kNationals; ++i) {
    const auto national = static_cast<National>(i);
    EXPECT_EQ(NationalFromTag(NationalTag(national)), national);
  }
  EXPECT_EQ(NationalTag(National::kNone), "");
  for (const char* tag : {"", "de", "TR", "pt-BR", "hi "})
    EXPECT_EQ(NationalFromTag(tag), std::nullopt) << tag;
}

TEST(Alphabet, NotInTheDefaultAlphabetThoughTheyLookUsual) {
  const Costs costs = CostsOf(National::kNone, National::kNone);
  for (const char32_t c :
       {U'`', U'ç', U'\t', U'\u00A0', U'á', U'í', U'“', U'–', U'…', U'Α', U'\u001B', U'\0', U'\u007F'}) {
    EXPECT_EQ(costs[ClassOf(c)], 0) << std::hex << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {U'@', U'$', U'_', U'\n', U'\r', U'Ç', U'Δ', U'Ω', U'¤', U'¿', U'ü', U'à'}) {
    EXPECT_EQ(costs[ClassOf(c)], 1) << std::hex << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {U'\f', U'^', U'{', U'}', U'\\', U'[', U'~', U']', U'|', U'€'}) {
    EXPECT_EQ(costs[ClassOf(c)], 2) << std::hex << static_cast<uint32_t>(c);
  }
}

// What the classes say of a code point must be what the septet tables say, for every code point and language.
TEST(Alphabet, ClassesAgreeWithSeptetTables) {
  for (uint8_t i = 0; i < kNationals; ++i) {
    const auto national = static_cast<National>(i);
    std::set<char32_t> locking;
    std::set<char32_t> single;
    for (uint8_t septet = 0; septet < 128; ++septet) {
      locking.insert(LockingCharacter(national, septet));
      single.insert(SingleCharacter(national, septet));
    }
    const Costs costs = CostsOf(national, national);
    for (char32_t c = 1; c < 0x110000; ++c) {
      const int expected = locking.contains(c) ? 1 : single.contains(c) ? 2 : 0;
      ASSERT_EQ(costs[ClassOf(c)], expected)
          << std::hex << static_cast<uint32_t>(c) << " in table " << int{i};
    }
  }
}

TEST(Alphabet, SeptetTablesEqualTheReferenceEntryByEntry) {
  const std::optional<Json> reference = SharedJson("reference/gsm-national-tables.json");
  if (!reference) GTEST_SKIP() << "no shared data at " << SharedFolder();
  size_t entries = 0;
  for (const Json& table : (*reference)["tables"]) {
    const auto national = static_cast<National>(table["nationalLanguageIdentifier"].get<int>());
    EXPECT_EQ(NationalTag(national), table["iso639"].get<std::string>());
    EXPECT_EQ(HasLockingTable(national), table["locking"].is_array());
    for (uint8_t septet = 0; septet < 128; ++septet) {
      const Json locking = table["locking"].is_array() ? table["locking"][septet] : Json(nullptr);
      EXPECT_EQ(LockingCharacter(national, septet), locking.is_null() ? 0 : PointOf(locking));
      char key[8];
      std::snprintf(key, sizeof(key), "0x%02X", septet);
      const bool has_single = table["single"].contains(key);
      EXPECT_EQ(SingleCharacter(national, septet), has_single ? PointOf(table["single"][key]) : 0);
      entries += (locking.is_null() ? 0 : 1) + (has_single ? 1 : 0);
    }
  }
  EXPECT_GT(entries, 2300U);
}

TEST(Replacements, EqualTheReferenceButForWidenedSpaces) {
  const std::optional<Json> reference = SharedJson("reference/sms-smart-encoding.json");
  if (!reference) GTEST_SKIP() << "no shared data at " << SharedFolder();
  std::set<char32_t> listed;
  for (const Json& group : (*reference)["groups"]) {
    std::string to = group["to"];
    if (!to.empty() && to.find_first_not_of(' ') == std::string::npos) to = " ";
    for (const Json& from : group["from"]) {
      EXPECT_EQ(ReplacementFor(PointOf(from)), to) << from;
      listed.insert(PointOf(from));
    }
  }
  EXPECT_EQ(listed.size(), 271U);
  for (char32_t c = 0; c < 0x20000; ++c) EXPECT_EQ(ReplacementFor(c).has_value(), listed.contains(c));
}

TEST(Replacements, NeverNeedUnicodeThemselves) {
  const Costs costs = CostsOf(National::kNone, National::kNone);
  for (char32_t c = 0; c < 0x20000; ++c) {
    for (const char letter : ReplacementFor(c).value_or("")) {
      EXPECT_NE(costs[ClassOf(static_cast<unsigned char>(letter))], 0)
          << std::hex << static_cast<uint32_t>(c);
    }
  }
}

}  // namespace
}  // namespace recado::sms
