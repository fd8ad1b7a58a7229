// Dates as people and systems write them, and Ruby's strftime.
#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

TEST(LiquidDate, ReadsTheFormsPeopleWrite) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"1st May 2026", "2026-05-01 00:00"},   {"May 2nd, 2026", "2026-05-02 00:00"},
      {"3rd May 2026", "2026-05-03 00:00"},   {"14-Mar-16", "2016-03-14 00:00"},
      {"14-Mar-75", "1975-03-14 00:00"},  // two digits from 69 on are of the last century
      {"14-Mar", "2026-03-14 00:00"},     // the year of the render
      {"14/03/2016", "2016-03-14 00:00"},     {"2016 Mar 14", "2016-03-14 00:00"},
      {"Mar 2016", "2016-03-01 00:00"},       {"10pm", "2026-11-22 22:00"},
      {"20261201 10:30", "2026-12-01 10:30"}, {"Fri Jul 16 01:02:03 2004", "2004-07-16 01:02"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(Rendered("{{ d | date: '%F %H:%M' }}", R"({"d":")" + std::string(text) + "\"}"), expected)
        << text;
  }
}

TEST(LiquidDate, WhatIsNoneComesBackUnchanged) {
  for (const std::string_view text :
       {"14-Mxr-16", "14-Mar-", "32 May 2026x", "14/13", "soon", "1/2/16", "noon 5"}) {
    EXPECT_EQ(Rendered("{{ d | date: '%F' }}", R"({"d":")" + std::string(text) + "\"}"), text);
  }
}

TEST(LiquidDate, DirectivesFlagsAndWidths) {
  const Row rows[] = {
      {"%D %x", "11/02/26 11/02/26"},
      {"%v", " 2-NOV-2026"},
      {"%X %r", "09:05:07 09:05:07 AM"},
      {"%+", "Mon Nov  2 09:05:07 UTC 2026"},
      {"%P %p %#p", "am AM am"},
      {"%g %G %V", "26 2026 45"},
      {"%_m %_H %-d %03d %^a %#a", "11  9 2 002 MON MON"},
      {"%z %:z %::z", "+0000 +00:00 +00:00:00"},
      {"%n%t%%", "\n\t%"},
      {"%Q", "%Q"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Rendered("{{ '2026-11-02T09:05:07Z' | date: '" + std::string(row.source) + "' }}"),
              row.expected)
        << row.source;
  }
}

}  // namespace
}  // namespace recado::liquid
