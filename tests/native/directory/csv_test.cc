#include "native/crm/csv.h"

#include <gtest/gtest.h>

namespace recado::directory {
namespace {

// What a whole text reads as: values with | between, rows with newlines, faults by name.
std::string Read(std::string_view bytes, char delimiter = ',', bool last = true) {
  std::string out;
  CsvRow row;
  for (;;) {
    const CsvStep step = ReadCsvRow(bytes, last, delimiter, row);
    if (step == CsvStep::kEnd) return out;
    if (step == CsvStep::kMore) return out + "more";
    if (step == CsvStep::kRow) {
      for (size_t i = 0; i < row.count; ++i) out += (i == 0 ? "" : "|") + row.values[i];
    } else {
      out += step == CsvStep::kQuoteOpen     ? "!open"
             : step == CsvStep::kQuoteInside ? "!inside " + row.rest
                                             : "!long";
    }
    out += "\n";
    bytes.remove_prefix(row.bytes);
  }
}

struct Row {
  const char* situation;
  const char* bytes;
  const char* rows;
};
constexpr Row kRows[] = {
    {"plain", "a,b\nc,d\n", "a|b\nc|d\n"},
    {"no line end at the end", "a,b\nc,d", "a|b\nc|d\n"},
    {"CRLF", "a,b\r\nc,d\r\n", "a|b\nc|d\n"},
    {"empty values", ",,\n", "||\n"},
    {"a blank line is one empty value", "a\n\nb\n", "a\n\nb\n"},
    {"quoted delimiter", "\"a,b\",c\n", "a,b|c\n"},
    {"quoted line end", "\"a\nb\",c\n", "a\nb|c\n"},
    {"doubled quotation mark", "\"say \"\"hi\"\"\",c\n", "say \"hi\"|c\n"},
    {"quoted nothing", "\"\",c\n", "|c\n"},
    {"quoted before CRLF", "a,\"b\"\r\nc\n", "a|b\nc\n"},
    {"a mark inside an unquoted value is itself", "5\" disk,b\n", "5\" disk|b\n"},
    {"blanks belong to values", " a , b \n", " a | b \n"},
    {"a lone CR is no line end", "a\rb,c\n", "a\rb|c\n"},
    {"text behind a closing mark costs its line", "\"a\"x,b\nc,d\n", "!inside x,b\nc|d\n"},
    {"a mark that is never closed costs its first line", "\"a,b\nc,d\ne,f\n", "!open\nc|d\ne|f\n"},
    {"never closed on the last line", "a,b\n\"c", "a|b\n!open\n"},
    {"bytes above ASCII pass", "\xE4,\xF6\n", "\xE4|\xF6\n"},
    {"nothing", "", ""},
};

TEST(Csv, RowsAsRfc4180SaysAndFaultsCostTheirLine) {
  for (const Row& row : kRows) EXPECT_EQ(Read(row.bytes), row.rows) << row.situation;
}

// However the bytes are cut, the same rows come out.
TEST(Csv, RowsDoNotDependOnWhereTheBytesWereCut) {
  for (const Row& row : kRows) {
    const std::string bytes = row.bytes;
    std::string held;
    std::string out;
    CsvRow one;
    for (size_t i = 0; i <= bytes.size(); ++i) {
      const bool last = i == bytes.size();
      if (!last) held += bytes[i];
      for (;;) {
        const CsvStep step = ReadCsvRow(held, last, ',', one);
        if (step == CsvStep::kMore || step == CsvStep::kEnd) break;
        if (step == CsvStep::kRow) {
          for (size_t v = 0; v < one.count; ++v) out += (v == 0 ? "" : "|") + one.values[v];
        } else {
          out += step == CsvStep::kQuoteOpen ? "!open" : "!inside " + one.rest;
        }
        out += "\n";
        held.erase(0, one.bytes);
      }
    }
    EXPECT_EQ(out, row.rows) << row.situation;
  }
}

TEST(Csv, UnfinishedRowAsksForMore) {
  EXPECT_EQ(Read("a,b\nc,", ',', false), "a|b\nmore");
  EXPECT_EQ(Read("\"a\"", ',', false), "more");  // the next byte may be another quotation mark
  EXPECT_EQ(Read("\"a\"\r", ',', false), "more");
  EXPECT_EQ(Read("", ',', false), "more");
}

TEST(Csv, RowsAreBounded) {
  const std::string most(kMaxCsvRowBytes, 'x');
  EXPECT_EQ(Read(most + "\nb\n"), most + "\nb\n");
  EXPECT_EQ(Read(most + "x\nb\n"), "!long\nb\n");
  const std::string wide(kMaxCsvColumns - 1, ',');
  EXPECT_EQ(Read(wide + "\n").size(), kMaxCsvColumns);
  EXPECT_EQ(Read(wide + ",\nb\n"), "!long\nb\n");
  const std::string quoted = "\"" + most + "\n";
  EXPECT_EQ(Read(quoted + "b\n\",c\n"), "!open\nb\n!open\n");
}

TEST(Csv, DelimiterIsGuessedFromTheFirstLine) {
  const std::pair<const char*, char> cases[] = {
      {"id,title,amount", ','},   {"id;title;amount", ';'}, {"id\ttitle\tamount", '\t'}, {"id", ','},
      {"\"a;b;c\",title,x", ','}, {"a;b,c", ','},           {"Preis, netto;id;x", ';'},
  };
  for (const auto& [line, delimiter] : cases) EXPECT_EQ(GuessDelimiter(line), delimiter) << line;
}

TEST(Csv, Windows1252BecomesUtf8) {
  EXPECT_EQ(FromWindows1252("M\xFCller \x80 5"), "Müller € 5");
  EXPECT_EQ(FromWindows1252("\x84so\x93"), "„so“");
  EXPECT_EQ(FromWindows1252("a\x81z"), "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace recado::directory
