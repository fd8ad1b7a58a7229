#include "core/text/time_zone.h"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace recado::text {
namespace {

Instant At(std::string_view text) {
  const Result<Instant> instant = ParseInstant(text);
  EXPECT_TRUE(instant.ok()) << text;
  return instant.ValueOr(Instant{});
}

std::string Local(std::string_view instant, std::string_view zone) {
  const LocalTime local = ToLocal(At(instant), zone);
  return FormatDate(local.date) + " " + FormatTimeOfDay({local.ms_of_day / 60'000}) + " " +
         std::to_string(local.offset_ms / 60'000);
}

std::string From(Date date, int hour, int minute, std::string_view zone) {
  return FormatInstant(FromLocal(date, (hour * 60LL + minute) * 60'000, zone));
}

Period Of(std::string_view text) {
  const Result<Period> period = ParsePeriod(text);
  EXPECT_TRUE(period.ok()) << text;
  return period.ValueOr(Period{});
}

std::string Add(std::string_view instant, std::string_view period, std::string_view zone) {
  return FormatInstant(AddPeriod(At(instant), Of(period), zone));
}

std::string Subtract(std::string_view instant, std::string_view period, std::string_view zone) {
  return FormatInstant(SubtractPeriod(At(instant), Of(period), zone));
}

TEST(TimeZone, KnowsIanaNamesAndNothingElse) {
  for (const char* zone :
       {"Europe/Berlin", "UTC", "Etc/UTC", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
        "Europe/Kyiv", "Europe/Kiev", "Asia/Calcutta", "Etc/GMT+3", "EST", "GMT"}) {
    EXPECT_TRUE(ZoneExists(zone)) << zone;
  }
  for (const char* zone : {"", "Berlin", "europe/berlin", "Europe/Berlin ", "CST", "PST", "IST", "GMT+3",
                           "+03:00", "Etc/Unknown", "SystemV/PST8", "Mars/Phobos", "Europe/Бе"}) {
    EXPECT_FALSE(ZoneExists(zone)) << zone;
  }
  EXPECT_FALSE(ZoneExists(std::string(5000, 'x')));
}

TEST(TimeZone, LocalTimes) {
  EXPECT_EQ(Local("2026-11-22T09:30:00Z", "Europe/Berlin"), "2026-11-22 10:30 60");
  EXPECT_EQ(Local("2026-07-22T09:30:00Z", "Europe/Berlin"), "2026-07-22 11:30 120");
  EXPECT_EQ(Local("2026-11-22T01:00:00Z", "America/Sao_Paulo"), "2026-11-21 22:00 -180");
  EXPECT_EQ(Local("2026-11-22T20:00:00Z", "Asia/Kolkata"), "2026-11-23 01:30 330");
  EXPECT_EQ(Local("1969-12-31T23:59:59Z", "UTC"), "1969-12-31 23:59 0");
  EXPECT_EQ(Local("1965-07-01T00:00:00Z", "Europe/London"), "1965-07-01 01:00 60");
  EXPECT_EQ(Local("2026-11-22T09:30:00Z", "No/Zone"), "2026-11-22 09:30 0");  // read as UTC
}

TEST(TimeZone, RulesAreNewerThanTheLibrary) {
  EXPECT_EQ(Local("2026-07-01T12:00:00Z", "America/Mexico_City"),
            "2026-07-01 06:00 -360");  // no summer time since 2022
}

TEST(TimeZone, GapMeansTheFirstMomentAfterIt) {
  EXPECT_EQ(From({2026, 3, 29}, 2, 0, "Europe/Berlin"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(From({2026, 3, 29}, 2, 30, "Europe/Berlin"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(From({2026, 3, 29}, 2, 59, "Europe/Berlin"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(From({2026, 3, 29}, 3, 0, "Europe/Berlin"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(From({2026, 3, 29}, 1, 59, "Europe/Berlin"), "2026-03-29T00:59:00Z");
  EXPECT_EQ(From({2018, 11, 4}, 0, 0, "America/Sao_Paulo"),
            "2018-11-04T03:00:00Z");                                               // midnight did not exist
  EXPECT_EQ(From({2011, 12, 30}, 12, 0, "Pacific/Apia"), "2011-12-30T10:00:00Z");  // nor did this day
  EXPECT_EQ(From({2026, 10, 4}, 2, 15, "Australia/Lord_Howe"), "2026-10-03T15:30:00Z");  // half an hour
}

TEST(TimeZone, OverlapMeansTheEarlierMoment) {
  EXPECT_EQ(From({2026, 10, 25}, 2, 0, "Europe/Berlin"), "2026-10-25T00:00:00Z");
  EXPECT_EQ(From({2026, 10, 25}, 2, 30, "Europe/Berlin"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(From({2026, 10, 25}, 3, 0, "Europe/Berlin"), "2026-10-25T02:00:00Z");
  EXPECT_EQ(From({2026, 11, 1}, 1, 30, "America/New_York"), "2026-11-01T05:30:00Z");
}

TEST(TimeZone, TimeOfDayMayLieOutsideTheDay) {
  EXPECT_EQ(From({2026, 11, 22}, 25, 0, "UTC"), "2026-11-23T01:00:00Z");
  EXPECT_EQ(From({2026, 11, 22}, -1, 0, "UTC"), "2026-11-21T23:00:00Z");
}

TEST(TimeZone, ThereAndBackAgainAcrossTheYears) {
  for (const char* zone :
       {"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Africa/Casablanca"}) {
    for (int64_t hour = -400'000; hour < 1'200'000; hour += 997) {
      const Instant instant{hour * 3'600'000};
      const LocalTime local = ToLocal(instant, zone);
      const Instant back = FromLocal(local.date, local.ms_of_day, zone);
      // An overlap answers its first moment, which is at most a few hours earlier.
      EXPECT_LE(back.ms, instant.ms);
      EXPECT_GE(back.ms, instant.ms - 3 * 3'600'000) << zone << FormatInstant(instant);
      EXPECT_EQ(ToLocal(back, zone).ms_of_day, local.ms_of_day);
    }
  }
}

TEST(Period, CalendarStepsKeepTheTimeOfDay) {
  EXPECT_EQ(Add("2026-03-28T11:00:00Z", "P1D", "Europe/Berlin"), "2026-03-29T10:00:00Z");
  EXPECT_EQ(Add("2026-03-28T11:00:00Z", "PT24H", "Europe/Berlin"), "2026-03-29T11:00:00Z");
  EXPECT_EQ(Add("2026-03-28T01:30:00Z", "P1D", "Europe/Berlin"), "2026-03-29T01:00:00Z");  // into the gap
  EXPECT_EQ(Add("2026-01-31T09:00:00Z", "P1M", "UTC"), "2026-02-28T09:00:00Z");
  EXPECT_EQ(Add("2026-01-31T09:00:00Z", "P1M1D", "UTC"), "2026-03-01T09:00:00Z");
  EXPECT_EQ(Add("2024-01-31T09:00:00Z", "P1M", "UTC"), "2024-02-29T09:00:00Z");
  EXPECT_EQ(Add("2026-11-22T09:00:00Z", "P1W", "UTC"), "2026-11-29T09:00:00Z");
  EXPECT_EQ(Add("2026-10-24T22:00:00Z", "P1DT1H", "Europe/Berlin"), "2026-10-26T00:00:00Z");
  // Nothing to step: the second of two equal clock times stays the second.
  EXPECT_EQ(Add("2026-10-25T01:30:00Z", "PT0S", "Europe/Berlin"), "2026-10-25T01:30:00Z");
}

TEST(Period, BackwardsTakesElapsedTimeOffFirst) {
  EXPECT_EQ(Subtract("2026-03-29T10:00:00Z", "P1D", "Europe/Berlin"), "2026-03-28T11:00:00Z");
  EXPECT_EQ(Subtract("2026-03-31T09:00:00Z", "P1M", "UTC"), "2026-02-28T09:00:00Z");
  // 01:30 less an hour is 00:30 on the 30th; a day before that is 00:30 on the 29th, still winter time.
  EXPECT_EQ(Subtract("2026-03-29T23:30:00Z", "P1DT1H", "Europe/Berlin"), "2026-03-28T23:30:00Z");
  EXPECT_EQ(Subtract("2026-11-22T09:00:00Z", "PT90M", "UTC"), "2026-11-22T07:30:00Z");
}

TEST(Period, StaysWithinTheYearsOfInstants) {
  EXPECT_EQ(Add("9999-12-31T23:59:59Z", "P100Y", "UTC"), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(Subtract("0001-01-01T00:00:00Z", "P100Y", "UTC"), "0001-01-01T00:00:00Z");
}

TEST(TimeZone, ThreadsMayAskAtOnce) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "this build has no threads";
#endif
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int n = 0; n < 200; ++n)
        EXPECT_EQ(From({2026, 3, 29}, 2, 30, "Europe/Paris"), "2026-03-29T01:00:00Z");
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace recado::text
