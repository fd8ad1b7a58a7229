#include "core/base/tables.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace recado {
namespace {

std::string Number(uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

uint32_t Fnv(std::string_view bytes) {
  uint32_t value = 0x811C9DC5;
  for (const char c : bytes) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value;
}

using Sections = std::vector<std::pair<std::string, std::string>>;

std::string File(const Sections& sections, uint32_t version = kTablesVersion) {
  std::string directory = "RECADO\x1a\n" + Number(version) + Number(static_cast<uint32_t>(sections.size()));
  std::string body;
  const size_t start = directory.size() + sections.size() * 20;
  for (const auto& [name, bytes] : sections) {
    directory += name + std::string(8 - name.size(), '\0');
    directory += Number(static_cast<uint32_t>(start + body.size()));
    directory += Number(static_cast<uint32_t>(bytes.size())) + Number(Fnv(bytes));
    body += bytes;
  }
  return directory + body;
}

std::string List(const std::vector<std::string>& texts) {
  std::string out = Number(static_cast<uint32_t>(texts.size())) + Number(0);
  std::string all;
  for (const std::string& text : texts) {
    all += text;
    out += Number(static_cast<uint32_t>(all.size()));
  }
  return out + all;
}

std::string ReasonOf(const Result<Tables>& result) {
  return result.ok() ? "read" : std::string(result.error().front().Argument("detail"));
}

TEST(Tables, SectionsAreFoundByName) {
  const std::string file = File({{"one", "1"}, {"eight888", "8"}, {"empty", ""}});
  const Result<Tables> tables = ReadTables(file);
  ASSERT_TRUE(tables.ok());
  EXPECT_EQ(tables->Find("one"), "1");
  EXPECT_EQ(tables->Find("eight888"), "8");
  EXPECT_EQ(tables->Find("empty"), "");
  EXPECT_EQ(tables->Find("on"), "");
}

TEST(Tables, EveryCutFileIsRefused) {
  const std::string file = File({{"one", "12345"}, {"two", "67890"}});
  for (size_t size = 0; size < file.size(); ++size)
    EXPECT_NE(ReasonOf(ReadTables(std::string_view(file).substr(0, size))), "read") << size;
  EXPECT_EQ(ReasonOf(ReadTables(file)), "read");
}

TEST(Tables, DamagedFilesAreRefusedWithTheReason) {
  const std::string good = File({{"one", "12345"}});
  std::string other = good;
  other[0] = 'r';
  EXPECT_EQ(ReasonOf(ReadTables(other)), "not a file of tables");
  EXPECT_EQ(ReasonOf(ReadTables(File({}, kTablesVersion + 1))), "made for another version");
  other = good;
  other.back() = '6';
  EXPECT_EQ(ReasonOf(ReadTables(other)), "damaged");
  other = good;
  other.replace(24, 4, Number(0xFFFFFFFF));  // the offset
  EXPECT_EQ(ReasonOf(ReadTables(other)), "cut short");
  other = good;
  other.replace(28, 4, Number(0xFFFFFFFF));  // the size
  EXPECT_EQ(ReasonOf(ReadTables(other)), "cut short");
}

TEST(Tables, SectionsAreBounded) {
  EXPECT_TRUE(ReadTables(File(Sections(kMaxTableSections - 1, {"a", ""}))).ok());
  EXPECT_TRUE(ReadTables(File(Sections(kMaxTableSections, {"a", ""}))).ok());
  EXPECT_EQ(ReasonOf(ReadTables(File(Sections(kMaxTableSections + 1, {"a", ""})))), "too many sections");
}

TEST(Tables, FileForOtherCodesIsRefusedAndTheTablesStay) {
  const std::string_view before = TableSection("text.en");
  ASSERT_FALSE(before.empty());
  for (const std::string& file : {File({}), File({{"codes", List({"no_such_code"})}})}) {
    const Result<bool> loaded = LoadTables(std::as_bytes(std::span(file)));
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(Dump(loaded.error()), "error tables_refused detail=made for another version");
  }
  EXPECT_EQ(TableSection("text.en").data(), before.data());
}

TEST(TextList, TextsAreFoundByNumber) {
  const std::string section = List({"a", "", "bcd"});
  const TextList list(section);
  EXPECT_TRUE(list.IsValid());
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0], "a");
  EXPECT_EQ(list[1], "");
  EXPECT_EQ(list[2], "bcd");
  EXPECT_EQ(list[3], "");
}

TEST(TextList, MalformedOffsetsNeverLeadOutside) {
  const std::string good = List({"ab", "cd"});
  const char* what[] = {"empty", "no offsets", "too many", "backwards", "past the end"};
  std::string backwards = good;
  backwards.replace(8, 4, Number(4)).replace(12, 4, Number(2));
  std::string past = good;
  past.replace(12, 4, Number(5));
  const std::string sections[] = {"", Number(0), Number(0xFFFFFFFF) + good.substr(4), backwards, past};
  for (size_t i = 0; i < std::size(sections); ++i) {
    const TextList list(sections[i]);
    EXPECT_FALSE(list.IsValid()) << what[i];
    for (size_t at = 0; at < 4; ++at) EXPECT_LE(list[at].size(), 4U) << what[i];
  }
}

}  // namespace
}  // namespace recado
