#include <algorithm>

#include "core/base/limits.h"
#include "core/plan/plan.h"
#include "core/plan/settings.h"
#include "core/plan/work_time.h"
#include "core/text/time_zone.h"

namespace recado::plan {
namespace {

constexpr int64_t kMsPerMinute = 60'000;

// A moment of a field: a date means its first instant in the zone.
Result<Instant> MomentOf(const std::string& field, const crm::Snapshot& snapshot, std::string_view zone) {
  const liquid::Value value = snapshot.document.root().Find(field);
  const std::string_view text = value.AsString();
  if (const Result<Date> date = ParseDate(text); date.ok()) return text::FromLocal(*date, 0, zone);
  if (const Result<Instant> instant = ParseInstant(text); instant.ok()) return *instant;
  return Diagnostics{Diagnostic::Of(DiagnosticCode::date_missing)
                         .With("field", field)
                         .With("value", std::string(text))
                         .At("/timing/field")};
}

// Shifts by the calendars that the timing asks for; both must hold, so they take turns until both agree.
class Hours {
 public:
  Hours(const rule::Timing& timing, const crm::Snapshot& snapshot, const Settings& settings) {
    if (timing.business_hours) business_ = settings.FindCalendar(*timing.business_hours);
    if (timing.responsible_hours && snapshot.responsible) {
      responsible_ = &*snapshot.responsible;
      own_ = settings.FindCalendar(responsible_->calendar);
    }
  }

  Instant Apply(Instant moment, Shift shift) const {
    for (int turn = 0; turn < kMaxCalendarTurns; ++turn) {
      Instant next = moment;
      if (business_ != nullptr) next = ShiftToWork(next, *business_, shift);
      if (own_ != nullptr) next = ShiftToWork(next, *own_, shift);
      if (responsible_ != nullptr) next = ShiftOutOfAbsences(next, *responsible_, shift);
      if (next == moment) break;
      moment = next;
    }
    return moment;
  }

 private:
  const crm::Calendar* business_ = nullptr;
  const crm::Calendar* own_ = nullptr;
  const crm::Responsible* responsible_ = nullptr;
};

// "today at that time if it is not past, else at once"; with a field, on the field's date.
Instant AtTime(TimeOfDay time, Instant base, bool has_field, std::string_view zone) {
  const Instant at = text::FromLocal(text::ToLocal(base, zone).date, time.minutes * kMsPerMinute, zone);
  return has_field ? at : std::max(at, base);
}

Result<Instant> Compute(const rule::Timing& timing, Instant entered, const crm::Snapshot& snapshot,
                        const Settings& settings) {
  const std::string_view zone = timing.client_zone ? settings.client_zone() : settings.zone();
  const Hours hours(timing, snapshot, settings);
  const bool uses_field = timing.field && timing.run != rule::Run::kImmediately;
  Instant base = entered;
  if (uses_field) {
    const Result<Instant> moment = MomentOf(*timing.field, snapshot, zone);
    if (!moment.ok()) return moment.error();
    base = *moment;
  }
  const Period delay = timing.delay.value_or(Period{});
  switch (timing.run) {
    case rule::Run::kImmediately:
      return hours.Apply(base, Shift::kForwards);
    case rule::Run::kAfter:
      return hours.Apply(text::AddPeriod(hours.Apply(base, Shift::kForwards), delay, zone), Shift::kForwards);
    case rule::Run::kBefore:
      return hours.Apply(text::SubtractPeriod(hours.Apply(base, Shift::kBackwards), delay, zone),
                         Shift::kBackwards);
    case rule::Run::kAt:
      return hours.Apply(AtTime(timing.time.value_or(TimeOfDay{}), base, uses_field, zone), Shift::kForwards);
  }
  return base;
}

}  // namespace

Result<Instant> DueOf(const rule::Rule& rule, Instant entered, const crm::Snapshot& snapshot,
                      const crm::Workspace& workspace) {
  const Settings settings(workspace, snapshot);
  const rule::Timing& timing = rule.timing;
  if (timing.business_hours && settings.FindCalendar(*timing.business_hours) == nullptr) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::unknown_calendar)
                           .With("name", *timing.business_hours)
                           .At("/timing/business_hours")};
  }
  Result<Instant> computed = Compute(timing, entered, snapshot, settings);
  if (!computed.ok()) return computed;
  return std::max(*computed, entered);
}

Instant NextAllowed(Instant due, rule::Channel channel, const crm::Snapshot& snapshot,
                    const crm::Workspace& workspace) {
  if (channel != rule::Channel::kSms && channel != rule::Channel::kCall) return due;
  const Settings settings(workspace, snapshot);
  const auto& quiet = settings.quiet_hours();
  if (!quiet) return due;
  const std::string_view zone = settings.client_zone();
  const text::LocalTime local = text::ToLocal(due, zone);
  const int64_t from = quiet->first.minutes * kMsPerMinute;
  const int64_t to = quiet->second.minutes * kMsPerMinute;
  const int64_t now = local.ms_of_day;
  const bool over_midnight = from > to;
  const bool is_quiet = over_midnight ? now >= from || now < to : now >= from && now < to;
  if (!is_quiet) return due;
  const bool ends_tomorrow = over_midnight && now >= from;
  const Date day = ends_tomorrow ? DateFromDays(DaysFromDate(local.date) + 1) : local.date;
  return std::max(due, text::FromLocal(day, to, zone));
}

}  // namespace recado::plan
