// Dates in templates: reading the forms people and systems write, and Ruby's strftime.
//
// Nothing here asks a clock: "now" and "today" mean the render's moment. Zones come from core/text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/text/time_zone.h"

namespace recado::liquid {

// A moment as a clock on a wall shows it.
struct Moment {
  Date date;
  int32_t ms_of_day = 0;
  int32_t offset_ms = 0;  // local minus UTC
  bool has_time = false;  // the text named a time of day
  std::string zone;       // for %Z: "UTC", "GMT+1"; may be empty

  Instant instant() const { return {DaysFromDate(date) * 86'400'000 + ms_of_day - offset_ms}; }
};

Moment MomentOf(Instant instant, std::string_view zone);

// "2026-12-01", "2026-12-01T10:00:00Z", "March 14, 2016", "14 Mar 2016 10:30 pm", "Fri Jul 16 01:02:03 2004",
// seconds since 1970 ("1152098955"), "now", "today". A text that names no zone is meant in `zone`; one in UTC
// is shown in `zone`; one that names an offset keeps it. Nothing where it is no date.
std::optional<Moment> ParseMoment(std::string_view text, std::string_view zone, Instant now);
std::optional<Moment> MomentOfSeconds(int64_t seconds, std::string_view zone);

// Ruby's Time#strftime, all directives, flags (- 0 ^ # _ :) and widths. Appends to `out`, which it does not
// let grow past `max_bytes`.
void AppendStrftime(std::string& out, std::string_view format, const Moment& moment, size_t max_bytes);

}  // namespace recado::liquid
