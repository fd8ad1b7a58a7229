#include "core/base/instant.h"

#include <gtest/gtest.h>

namespace recado {
namespace {

struct GoodInstant {
  const char* text;
  const char* normal;
};

TEST(Instant, ReadsRfc3339AndPrintsUtc) {
  const GoodInstant rows[] = {
      {"2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z"},
      {"2026-11-22t09:30:00z", "2026-11-22T09:30:00Z"},
      {"2026-11-22 09:30:00Z", "2026-11-22T09:30:00Z"},
      {"2026-11-22T10:30:00+01:00", "2026-11-22T09:30:00Z"},
      {"2026-11-22T06:00:00-03:30", "2026-11-22T09:30:00Z"},
      {"2026-11-22T09:30:00.250Z", "2026-11-22T09:30:00.250Z"},
      {"2026-11-22T09:30:00.2509Z", "2026-11-22T09:30:00.250Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
  };
  for (const auto& row : rows) {
    const auto instant = ParseInstant(row.text);
    ASSERT_TRUE(instant.ok()) << row.text;
    EXPECT_EQ(FormatInstant(*instant), row.normal) << row.text;
  }
}

TEST(Instant, RefusesWhatIsNotAMoment) {
  for (const char* text :
       {"", "2026", "2026-11-22", "2026-11-22T09:30Z", "2026-11-22T09:30:00", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T09:60:00Z", "2026-11-22T09:30:00.Z",
        "2026-11-22T09:30:00+1:00", "2026-11-22T09:30:00Zx", "0000-01-01T00:00:00Z", "yesterday"}) {
    const auto instant = ParseInstant(text);
    ASSERT_FALSE(instant.ok()) << text;
    EXPECT_EQ(instant.error().front().code, DiagnosticCode::invalid_instant);
  }
}

TEST(Date, RoundTripsEveryDayOfFourCenturies) {
  Date previous = DateFromDays(DaysFromDate({1899, 12, 31}));
  for (int64_t day = DaysFromDate({1900, 1, 1}); day <= DaysFromDate({2300, 1, 1}); ++day) {
    const Date date = DateFromDays(day);
    ASSERT_LT(previous, date);
    ASSERT_EQ(DaysFromDate(date), day);
    previous = date;
  }
}

TEST(Date, MonthsHoldTheDayToTheLengthOfTheMonth) {
  EXPECT_EQ(FormatDate(AddMonths({2026, 1, 31}, 1)), "2026-02-28");
  EXPECT_EQ(FormatDate(AddMonths({2024, 1, 31}, 1)), "2024-02-29");
  EXPECT_EQ(FormatDate(AddMonths({2026, 3, 31}, -1)), "2026-02-28");
  EXPECT_EQ(FormatDate(AddMonths({2026, 11, 15}, 2)), "2027-01-15");
  EXPECT_EQ(FormatDate(AddMonths({2026, 1, 15}, -1)), "2025-12-15");
}

TEST(Date, WeekdaysAreIso) {
  EXPECT_EQ(IsoWeekday({2026, 11, 22}), 7);  // a Sunday
  EXPECT_EQ(IsoWeekday({1970, 1, 1}), 4);
  EXPECT_EQ(IsoWeekday({1969, 12, 31}), 3);
}

TEST(TimeOfDay, ReadsTwoDigitHoursAndMinutes) {
  EXPECT_EQ(ParseTimeOfDay("10:00")->minutes, 600);
  EXPECT_EQ(ParseTimeOfDay("23:59")->minutes, 1439);
  for (const char* text : {"24:00", "9:00", "09:60", "09:00:00", "", "ab:cd"})
    EXPECT_FALSE(ParseTimeOfDay(text).ok()) << text;
}

TEST(Period, ReadsIso8601AndPrintsItsCanonicalForm) {
  const GoodInstant rows[] = {
      {"PT30M", "PT30M"},   {"P1D", "P1D"},   {"P1W", "P7D"},         {"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"},
      {"PT90M", "PT1H30M"}, {"PT0S", "PT0S"}, {"PT1.5S", "PT1.500S"}, {"P14M", "P1Y2M"},
      {"PT36H", "PT36H"},   {"P0D", "PT0S"}};
  for (const auto& row : rows) {
    const auto period = ParsePeriod(row.text);
    ASSERT_TRUE(period.ok()) << row.text;
    EXPECT_EQ(FormatPeriod(*period), row.normal) << row.text;
    EXPECT_EQ(*ParsePeriod(FormatPeriod(*period)), *period) << row.text;
  }
}

TEST(Period, RefusesWhatIsNotADuration) {
  for (const char* text : {"", "P", "PT", "1D", "-P1D", "P-1D", "P1H", "PT1D", "P1M1Y", "P1D1D", "PT1.5M",
                           "P1DT", "P101Y", "P1000000D", "P1", "PT30", "P1X", "pt30m", "P1D "}) {
    const auto period = ParsePeriod(text);
    EXPECT_FALSE(period.ok()) << text;
  }
}

}  // namespace
}  // namespace recado
