#include "core/plan/work_time.h"

#include <algorithm>
#include <optional>

#include "core/base/limits.h"
#include "core/text/time_zone.h"

namespace recado::plan {
namespace {

constexpr int64_t kMsPerMinute = 60'000;

struct WorkSpan {
  Instant from;
  Instant to;
};

bool IsHoliday(const crm::Calendar& calendar, Date date) {
  return std::binary_search(calendar.holidays.begin(), calendar.holidays.end(), date);
}

WorkSpan InstantsOf(const crm::TimeSpan& span, Date date, std::string_view zone) {
  return {text::FromLocal(date, span.first.minutes * kMsPerMinute, zone),
          text::FromLocal(date, span.second.minutes * kMsPerMinute, zone)};
}

std::optional<Instant> ForwardsIn(Instant moment, const std::vector<crm::TimeSpan>& spans, Date date,
                                  std::string_view zone) {
  for (const crm::TimeSpan& span : spans) {
    const WorkSpan work = InstantsOf(span, date, zone);
    if (moment < work.to) return std::max(moment, work.from);
  }
  return std::nullopt;
}

std::optional<Instant> BackwardsIn(Instant moment, const std::vector<crm::TimeSpan>& spans, Date date,
                                   std::string_view zone) {
  for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
    const WorkSpan work = InstantsOf(*span, date, zone);
    if (moment >= work.from) return std::min(moment, work.to);
  }
  return std::nullopt;
}

}  // namespace

Instant ShiftToWork(Instant moment, const crm::Calendar& calendar, Shift shift) {
  const int64_t step = shift == Shift::kForwards ? 1 : -1;
  int64_t day = DaysFromDate(text::ToLocal(moment, calendar.time_zone).date);
  for (int tried = 0; tried < kMaxCalendarDays; ++tried, day += step) {
    const Date date = DateFromDays(day);
    if (IsHoliday(calendar, date)) continue;
    const auto& spans = calendar.week[IsoWeekday(date) - 1];
    const auto found = shift == Shift::kForwards ? ForwardsIn(moment, spans, date, calendar.time_zone)
                                                 : BackwardsIn(moment, spans, date, calendar.time_zone);
    if (found) return *found;
  }
  return moment;
}

Instant ShiftOutOfAbsences(Instant moment, const crm::Responsible& responsible, Shift shift) {
  for (const auto& [from, to] : responsible.absences) {
    if (moment < from || moment >= to) continue;
    return shift == Shift::kForwards ? to : Instant{from.ms - 1};
  }
  return moment;
}

}  // namespace recado::plan
