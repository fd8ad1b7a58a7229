// Time zones: instants to local dates and back, by the IANA rules in our own data (never the system's).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"

namespace recado::text {

struct LocalTime {
  Date date;
  int32_t ms_of_day = 0;  // 0 … 86,399,999
  int32_t offset_ms = 0;  // local minus UTC at that moment
};

// Whether the data knows this IANA name ("Europe/Berlin", "UTC", exactly so written). "" is not a zone, nor
// are ICU's ambiguous abbreviations ("CST") or made-up ones ("GMT+3").
bool ZoneExists(std::string_view zone);

// `zone` must exist; one that does not is read as UTC.
LocalTime ToLocal(Instant instant, std::string_view zone);

// The moment a clock in `zone` shows this date and time of day. A time skipped by the start of summer time
// means the first moment after the gap; a time that comes twice means the first of the two (formats §1).
// `ms_of_day` may be any number of days outside its range.
Instant FromLocal(Date date, int64_t ms_of_day, std::string_view zone);

// Adds calendar months and days in the zone (keeping the time of day), then elapsed milliseconds.
Instant AddPeriod(Instant instant, const Period& period, std::string_view zone);
// The same backwards: elapsed time first taken off, then calendar steps.
Instant SubtractPeriod(Instant instant, const Period& period, std::string_view zone);

}  // namespace recado::text
