#include "core/base/instant.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace recado {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;
constexpr int64_t kMaxPeriodDays = 36'525;  // 100 years: anything longer is a slip of the keyboard

// Reads digits and punctuation from the front of a text; every step says whether it was there.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool Done() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool Take(char c) {
    if (Peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `width` digits.
  std::optional<int> Digits(size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (size_t i = 0; i < width; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  // One or more digits, at most nine.
  std::optional<int64_t> Number() {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto length = static_cast<size_t>(end - rest_.data());
    if (error != std::errc() || length == 0 || length > 9 || rest_.front() == '-') return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }
  // The digits after a decimal point as milliseconds; what is finer is cut off.
  std::optional<int64_t> FractionMs() {
    int64_t ms = 0;
    int64_t unit = 100;
    size_t digits = 0;
    while (Peek() >= '0' && Peek() <= '9') {
      ms += (Peek() - '0') * unit;
      unit /= 10;
      rest_.remove_prefix(1);
      ++digits;
    }
    if (digits == 0) return std::nullopt;
    return ms;
  }

 private:
  std::string_view rest_;
};

bool IsLeap(int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int DaysInMonth(int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

bool IsDate(int year, int month, int day) {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month);
}

std::optional<Date> TakeDate(Cursor& in) {
  const auto year = in.Digits(4);
  if (!year || !in.Take('-')) return std::nullopt;
  const auto month = in.Digits(2);
  if (!month || !in.Take('-')) return std::nullopt;
  const auto day = in.Digits(2);
  if (!day || !IsDate(*year, *month, *day)) return std::nullopt;
  return Date{*year, static_cast<uint8_t>(*month), static_cast<uint8_t>(*day)};
}

// "+01:00", "-03:30" or "Z" as milliseconds to subtract.
std::optional<int64_t> TakeOffsetMs(Cursor& in) {
  if (in.Take('Z') || in.Take('z')) return 0;
  const bool plus = in.Take('+');
  if (!plus && !in.Take('-')) return std::nullopt;
  const auto hours = in.Digits(2);
  if (!hours || *hours > 23 || !in.Take(':')) return std::nullopt;
  const auto minutes = in.Digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const int64_t ms = (*hours * 60 + *minutes) * 60'000LL;
  return plus ? ms : -ms;
}

std::optional<Instant> TakeInstant(Cursor& in) {
  const auto date = TakeDate(in);
  if (!date || !(in.Take('T') || in.Take('t') || in.Take(' '))) return std::nullopt;
  const auto hour = in.Digits(2);
  if (!hour || *hour > 23 || !in.Take(':')) return std::nullopt;
  const auto minute = in.Digits(2);
  if (!minute || *minute > 59 || !in.Take(':')) return std::nullopt;
  const auto second = in.Digits(2);
  if (!second || *second > 60) return std::nullopt;
  int64_t ms = 0;
  if (in.Take('.')) {
    const auto fraction = in.FractionMs();
    if (!fraction) return std::nullopt;
    ms = *fraction;
  }
  const auto offset = TakeOffsetMs(in);
  if (!offset || !in.Done()) return std::nullopt;
  const int64_t of_day = ((*hour * 60LL + *minute) * 60 + *second) * 1000 + ms;
  return Instant{DaysFromDate(*date) * kMsPerDay + of_day - *offset};
}

std::string TwoDigits(int64_t value) {
  std::string out = std::to_string(value);
  return out.size() < 2 ? "0" + out : out;
}

std::string Padded(int64_t value, size_t width) {
  std::string out = std::to_string(value);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

Diagnostics Invalid(DiagnosticCode code, std::string_view value) {
  return {Diagnostic::Of(code).With("value", std::string(value))};
}

Diagnostics InvalidValue(std::string_view value, std::string what, std::string allowed) {
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .With("value", std::string(value))
              .With("what", std::move(what))
              .With("allowed", std::move(allowed))};
}

// Adds `number` of `unit` to the period; false where the unit may not stand here.
bool AddUnit(Period& period, bool time, char unit, int64_t number) {
  const auto small = static_cast<int32_t>(number);
  if (!time) {
    switch (unit) {
      case 'Y':
        period.months += small * 12;
        return number <= 100;
      case 'M':
        period.months += small;
        return number <= 1200;
      case 'W':
        period.days += small * 7;
        return number <= 5300;
      case 'D':
        period.days += small;
        return number <= kMaxPeriodDays;
      default:
        return false;
    }
  }
  switch (unit) {
    case 'H':
      period.ms += number * 3'600'000;
      return true;
    case 'M':
      period.ms += number * 60'000;
      return true;
    case 'S':
      period.ms += number * 1000;
      return true;
    default:
      return false;
  }
}

std::optional<Period> TakePeriod(Cursor& in) {
  if (!in.Take('P')) return std::nullopt;
  constexpr std::string_view kOrder[] = {"YMWD", "HMS"};
  Period period;
  bool time = false;
  size_t next = 0;  // position in kOrder: units come in falling size, each once
  bool any = false;
  while (!in.Done()) {
    if (!time && in.Take('T')) {
      time = true;
      next = 0;
      any = false;
    }
    const auto number = in.Number();
    if (!number) return std::nullopt;
    if (in.Take('.')) {
      const auto fraction = in.FractionMs();
      if (!time || !fraction || in.Peek() != 'S') return std::nullopt;
      period.ms += *fraction;
    }
    const char unit = in.Peek();
    const size_t place = kOrder[time ? 1 : 0].find(unit);
    if (unit == '\0' || place == std::string_view::npos || place < next) return std::nullopt;
    if (!in.Take(unit) || !AddUnit(period, time, unit, *number)) return std::nullopt;
    next = place + 1;
    any = true;
  }
  const int64_t days = period.months * 31LL + period.days + period.ms / kMsPerDay;
  if (!any || days > kMaxPeriodDays + 700) return std::nullopt;
  return period;
}

}  // namespace

Result<Instant> ParseInstant(std::string_view text) {
  Cursor in(text);
  if (const auto instant = TakeInstant(in)) return *instant;
  return Invalid(DiagnosticCode::invalid_instant, text);
}

std::string FormatInstant(Instant instant) {
  const int64_t days =
      instant.ms >= 0 ? instant.ms / kMsPerDay : -((-instant.ms + kMsPerDay - 1) / kMsPerDay);
  const int64_t of_day = instant.ms - days * kMsPerDay;
  const int64_t seconds = of_day / 1000;
  std::string out = FormatDate(DateFromDays(days));
  out += "T" + TwoDigits(seconds / 3600) + ":" + TwoDigits(seconds / 60 % 60) + ":" + TwoDigits(seconds % 60);
  if (of_day % 1000 != 0) out += "." + Padded(of_day % 1000, 3);
  return out + "Z";
}

Result<Date> ParseDate(std::string_view text) {
  Cursor in(text);
  const auto date = TakeDate(in);
  if (date && in.Done()) return *date;
  return InvalidValue(text, "date", "YYYY-MM-DD");
}

std::string FormatDate(Date date) {
  return Padded(date.year, 4) + "-" + TwoDigits(date.month) + "-" + TwoDigits(date.day);
}

// Days from civil, the era method: 400 years are 146,097 days whatever their start.
int64_t DaysFromDate(Date date) {
  const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t month_from_march = (date.month + 9) % 12;
  const int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

Date DateFromDays(int64_t days) {
  days += 719'468;
  const int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const int64_t day_of_era = days - era * 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int32_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

Date AddMonths(Date date, int64_t months) {
  const int64_t total = date.year * 12LL + (date.month - 1) + months;
  const int64_t year = total >= 0 ? total / 12 : -((-total + 11) / 12);
  const int month = static_cast<int>(total - year * 12) + 1;
  const int day = std::min<int>(date.day, DaysInMonth(year, month));
  return {static_cast<int32_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

int IsoWeekday(Date date) {
  const int64_t days = DaysFromDate(date) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>((days % 7 + 7) % 7) + 1;
}

Result<TimeOfDay> ParseTimeOfDay(std::string_view text) {
  Cursor in(text);
  const auto hours = in.Digits(2);
  const bool colon = hours && in.Take(':');
  const auto minutes = colon ? in.Digits(2) : std::nullopt;
  if (minutes && in.Done() && *hours < 24 && *minutes < 60) return TimeOfDay{*hours * 60 + *minutes};
  return InvalidValue(text, "time", "HH:MM, 00:00 – 23:59");
}

std::string FormatTimeOfDay(TimeOfDay time) {
  return TwoDigits(time.minutes / 60) + ":" + TwoDigits(time.minutes % 60);
}

Result<Period> ParsePeriod(std::string_view text) {
  Cursor in(text);
  if (const auto period = TakePeriod(in)) return *period;
  return Invalid(DiagnosticCode::invalid_duration, text);
}

std::string FormatPeriod(const Period& period) {
  if (period.IsZero()) return "PT0S";
  std::string out = "P";
  if (period.months / 12 != 0) out += std::to_string(period.months / 12) + "Y";
  if (period.months % 12 != 0) out += std::to_string(period.months % 12) + "M";
  if (period.days != 0) out += std::to_string(period.days) + "D";
  if (period.ms == 0) return out;
  out += "T";
  const int64_t seconds = period.ms / 1000;
  if (seconds / 3600 != 0) out += std::to_string(seconds / 3600) + "H";
  if (seconds / 60 % 60 != 0) out += std::to_string(seconds / 60 % 60) + "M";
  const int64_t ms = period.ms % 1000;
  if (seconds % 60 != 0 || ms != 0) {
    out += std::to_string(seconds % 60);
    if (ms != 0) out += "." + Padded(ms, 3);
    out += "S";
  }
  return out;
}

}  // namespace recado
