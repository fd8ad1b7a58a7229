// Instant and Period: moments and spans of time, without a clock and without time zones.
//
// The core never asks what time it is; every function that needs to know takes an Instant. Turning instants
// into local dates needs zone rules and therefore lives in text/ (time_zone.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace recado {

// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). Years 0001 to 9999.
struct Instant {
  int64_t ms = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// RFC 3339: "2026-11-22T09:30:00Z", "2026-11-22T10:30:00.250+01:00". A space for the T and lower case are
// accepted as the RFC allows. Leap seconds (:60) count as the next second's first moment. Error:
// invalid_instant.
Result<Instant> ParseInstant(std::string_view text);

// "2026-11-22T09:30:00Z"; milliseconds appear only where they are not zero ("…:00.250Z").
std::string FormatInstant(Instant instant);

// A calendar date, proleptic Gregorian. Valid only as made by ParseDate or the functions of text/time_zone.h.
struct Date {
  int32_t year = 1970;
  uint8_t month = 1;  // 1–12
  uint8_t day = 1;    // 1–31
  friend auto operator<=>(const Date&, const Date&) = default;
};

// "2026-12-25". Error: invalid_value.
Result<Date> ParseDate(std::string_view text);
std::string FormatDate(Date date);

// Days since 1970-01-01 and back; month and day arithmetic is done on these.
int64_t DaysFromDate(Date date);
Date DateFromDays(int64_t days);
// `months` later; the day is held to the length of the month (31 January + 1 month = 28 or 29 February).
Date AddMonths(Date date, int64_t months);
// 1 = Monday … 7 = Sunday (ISO 8601).
int IsoWeekday(Date date);

// Local time of day in minutes since midnight, 0–1439.
struct TimeOfDay {
  int32_t minutes = 0;
  friend auto operator<=>(const TimeOfDay&, const TimeOfDay&) = default;
};
// "10:00", "09:05". Error: invalid_value.
Result<TimeOfDay> ParseTimeOfDay(std::string_view text);
std::string FormatTimeOfDay(TimeOfDay time);

// ISO 8601 duration in its three independent parts: calendar months (years are twelve), calendar days (weeks
// are seven) and elapsed milliseconds. "P1DT2H" is {0, 1, 7200000}. Never negative. At most 100 years in
// total.
struct Period {
  int32_t months = 0;
  int32_t days = 0;
  int64_t ms = 0;
  friend bool operator==(const Period&, const Period&) = default;
  bool IsZero() const { return months == 0 && days == 0 && ms == 0; }
};
// "PT30M", "P1D", "P1W", "P1M2DT3H". Fractions only of seconds. Error: invalid_duration.
Result<Period> ParsePeriod(std::string_view text);
// Canonical text: weeks become days, "PT0S" for nothing. ParsePeriod(FormatPeriod(p)) == p.
std::string FormatPeriod(const Period& period);

}  // namespace recado
