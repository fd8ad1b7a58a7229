#include "core/text/time_zone.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <unicode/basictz.h>
#include <unicode/tztrans.h>

#include "core/text/internal.h"

namespace recado::text {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: the range of Instant.
constexpr int64_t kFirstMs = -62'135'596'800'000;
constexpr int64_t kLastMs = 253'402'300'799'999;

// Abbreviations that ICU adds to the IANA names. They are ambiguous ("CST" is Chicago's or Shanghai's), so a
// person who types one is told.
constexpr std::string_view kIcuOnly[] = {"ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT",        "CNT",
                                         "CST", "CTT", "EAT", "ECT", "IET", "IST", "JST", "MIT",        "NET",
                                         "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST", "Etc/Unknown"};

bool IsIana(std::string_view name) {
  if (name.empty() || name.size() > 40 || !IsAscii(name) || name.substr(0, 8) == "SystemV/") return false;
  return std::find(std::begin(kIcuOnly), std::end(kIcuOnly), name) == std::end(kIcuOnly);
}

std::unique_ptr<icu::BasicTimeZone> OpenZone(std::string_view name) {
  if (!IsIana(name)) return nullptr;
  PrepareIcu();
  const icu::UnicodeString id = FromUtf8(name);
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  icu::UnicodeString found;
  // An unknown name gives Etc/Unknown and "GMT+3" a made-up zone; both show another name than the one asked
  // for or are not in the data.
  UBool system = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, found, system, status);
  if (zone == nullptr || U_FAILURE(status) || !system) return nullptr;
  // Everything createTimeZone makes of a known name is a BasicTimeZone.
  return std::unique_ptr<icu::BasicTimeZone>(dynamic_cast<icu::BasicTimeZone*>(zone.release()));
}

// The zones this thread has asked for. Bounded by the number of zones there are: names that are not zones are
// not kept. ICU's zones are cheap to ask and dear to make (rules are read from the data).
const icu::BasicTimeZone* FindZone(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::BasicTimeZone>, std::less<>> zones;
  const auto found = zones.find(name);
  if (found != zones.end()) return found->second.get();
  std::unique_ptr<icu::BasicTimeZone> zone = OpenZone(name);
  if (zone == nullptr) return nullptr;
  return zones.emplace(std::string(name), std::move(zone)).first->second.get();
}

// ICU's moments are doubles of whole milliseconds; ours are below 2^53, so both ways are exact.
UDate ToIcu(int64_t ms) {
  return static_cast<UDate>(ms);
}

int64_t FloorDays(int64_t ms) {
  return ms >= 0 ? ms / kMsPerDay : -((-ms + kMsPerDay - 1) / kMsPerDay);
}

int32_t OffsetAt(const icu::BasicTimeZone& zone, int64_t ms) {
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(ToIcu(ms), false, raw, summer, status);
  return raw + summer;
}

int64_t InstantOfLocal(const icu::BasicTimeZone& zone, int64_t local_ms) {
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  // FORMER: the offset before the change, for a time that does not exist and for one that comes twice.
  zone.getOffsetFromLocal(ToIcu(local_ms), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, summer, status);
  const int64_t ms = local_ms - raw - summer;
  if (ms + OffsetAt(zone, ms) == local_ms) return ms;
  // A gap: the clock with the old offset has gone past the change, and the change itself is what is wanted.
  icu::TimeZoneTransition change;
  if (zone.getPreviousTransition(ToIcu(ms), true, change)) return static_cast<int64_t>(change.getTime());
  return ms;
}

Instant Clamped(int64_t ms) {
  return {std::clamp(ms, kFirstMs, kLastMs)};
}

// Moves the date, keeps the time of day. Without a step the instant stays as it is: the second of two equal
// clock times must not become the first.
Instant StepCalendar(Instant instant, int64_t months, int64_t days, std::string_view zone) {
  if (months == 0 && days == 0) return instant;
  const LocalTime local = ToLocal(instant, zone);
  const Date moved = DateFromDays(DaysFromDate(AddMonths(local.date, months)) + days);
  return FromLocal(moved, local.ms_of_day, zone);
}

}  // namespace

bool ZoneExists(std::string_view zone) {
  return FindZone(zone) != nullptr;
}

LocalTime ToLocal(Instant instant, std::string_view zone) {
  const icu::BasicTimeZone* rules = FindZone(zone);
  LocalTime local;
  local.offset_ms = rules == nullptr ? 0 : OffsetAt(*rules, instant.ms);
  const int64_t local_ms = instant.ms + local.offset_ms;
  const int64_t days = FloorDays(local_ms);
  local.date = DateFromDays(days);
  local.ms_of_day = static_cast<int32_t>(local_ms - days * kMsPerDay);
  return local;
}

Instant FromLocal(Date date, int64_t ms_of_day, std::string_view zone) {
  const icu::BasicTimeZone* rules = FindZone(zone);
  const int64_t local_ms = DaysFromDate(date) * kMsPerDay + ms_of_day;
  return Clamped(rules == nullptr ? local_ms : InstantOfLocal(*rules, local_ms));
}

Instant AddPeriod(Instant instant, const Period& period, std::string_view zone) {
  const Instant stepped = StepCalendar(instant, period.months, period.days, zone);
  return Clamped(stepped.ms + period.ms);
}

Instant SubtractPeriod(Instant instant, const Period& period, std::string_view zone) {
  return StepCalendar(Clamped(instant.ms - period.ms), -int64_t{period.months}, -int64_t{period.days}, zone);
}

}  // namespace recado::text
