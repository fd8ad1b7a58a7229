#include <algorithm>
#include <array>

#include "core/liquid/date.h"
#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr int kMaxWidth = 100;

struct Flags {
  char pad = '\0';  // '0', ' ', '-' for none, '\0' for the directive's own
  bool upper = false;
  bool swap_case = false;
  int colons = 0;
  int width = 0;
};

int DayOfYear(const Moment& moment) {
  return static_cast<int>(DaysFromDate(moment.date) - DaysFromDate({moment.date.year, 1, 1})) + 1;
}

// Week of the year counted from the first `first_day` (0 Sunday, 1 Monday).
int WeekOfYear(const Moment& moment, int first_day) {
  const int weekday = (IsoWeekday(moment.date) - first_day) % 7;
  return (DayOfYear(moment) + 6 - weekday) / 7;
}

struct IsoWeek {
  int year = 0;
  int week = 0;
};
// ISO 8601: the week belongs to the year its Thursday is in.
IsoWeek IsoWeekOf(const Moment& moment) {
  const Date thursday = DateFromDays(DaysFromDate(moment.date) + 4 - IsoWeekday(moment.date));
  const int day = static_cast<int>(DaysFromDate(thursday) - DaysFromDate({thursday.year, 1, 1}));
  return {thursday.year, day / 7 + 1};
}

void AppendText(std::string& out, std::string text, const Flags& flags, bool swap_to_lower = false) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (flags.upper || (flags.swap_case && !swap_to_lower))
    std::transform(text.begin(), text.end(), text.begin(), upper);
  if (flags.swap_case && swap_to_lower) std::transform(text.begin(), text.end(), text.begin(), lower);
  const auto width = static_cast<size_t>(flags.width);
  if (flags.pad != '-' && text.size() < width) out.append(width - text.size(), flags.pad == '0' ? '0' : ' ');
  out += text;
}

void AppendPadded(std::string& out, int64_t value, int width, char pad, const Flags& flags) {
  if (flags.pad != '\0') pad = flags.pad;
  if (flags.width > 0) width = flags.width;
  std::string digits;
  AppendInteger(digits, std::abs(value));
  const auto wanted = static_cast<size_t>(width) - (value < 0 && width > 0 ? 1 : 0);
  const size_t fill = pad == '-' || digits.size() >= wanted ? 0 : wanted - digits.size();
  if (pad != '0') out.append(fill, ' ');
  if (value < 0) out.push_back('-');
  if (pad == '0') out.append(fill, '0');
  out += digits;
}

// +0100, +01:00 (one colon), +01:00:00 (two)
void AppendOffset(std::string& out, const Moment& moment, const Flags& flags) {
  const int seconds = std::abs(moment.offset_ms) / 1000;
  const Flags plain;
  out.push_back(moment.offset_ms < 0 ? '-' : '+');
  AppendPadded(out, seconds / 3600, 2, '0', plain);
  if (flags.colons > 0) out.push_back(':');
  AppendPadded(out, seconds / 60 % 60, 2, '0', plain);
  if (flags.colons < 2) return;
  out.push_back(':');
  AppendPadded(out, seconds % 60, 2, '0', plain);
}

// Directives that stand for others.
std::string_view Composite(char directive) {
  switch (directive) {
    case 'c':
      return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
      return "%m/%d/%y";
    case 'F':
      return "%Y-%m-%d";
    case 'v':
      return "%e-%^b-%Y";
    case 'X':
    case 'T':
      return "%H:%M:%S";
    case 'r':
      return "%I:%M:%S %p";
    case 'R':
      return "%H:%M";
    case '+':
      return "%a %b %e %H:%M:%S %Z %Y";
    default:
      return "";
  }
}

bool AppendName(std::string& out, char directive, const Moment& moment, const Flags& flags) {
  const std::string_view day = kDays[static_cast<size_t>(IsoWeekday(moment.date) - 1)];
  const std::string_view month = kMonths[static_cast<size_t>(moment.date.month - 1)];
  const bool afternoon = moment.ms_of_day >= 12 * 3'600'000;
  switch (directive) {
    case 'a':
      AppendText(out, std::string(day.substr(0, 3)), flags);
      return true;
    case 'A':
      AppendText(out, std::string(day), flags);
      return true;
    case 'b':
    case 'h':
      AppendText(out, std::string(month.substr(0, 3)), flags);
      return true;
    case 'B':
      AppendText(out, std::string(month), flags);
      return true;
    case 'p':
      AppendText(out, afternoon ? "PM" : "AM", flags, true);
      return true;
    case 'P':
      AppendText(out, afternoon ? "pm" : "am", flags);
      return true;
    case 'Z':
      AppendText(out, moment.zone, flags, true);
      return true;
    case 'n':
      out.push_back('\n');
      return true;
    case 't':
      out.push_back('\t');
      return true;
    case '%':
      out.push_back('%');
      return true;
    default:
      return false;
  }
}

bool AppendCount(std::string& out, char directive, const Moment& moment, const Flags& flags) {
  const Date& date = moment.date;
  const int seconds = moment.ms_of_day / 1000;
  const int hour = seconds / 3600;
  const int hour12 = hour % 12 == 0 ? 12 : hour % 12;
  const auto put = [&](int64_t value, int width, char pad = '0') {
    AppendPadded(out, value, width, pad, flags);
    return true;
  };
  switch (directive) {
    case 'Y':
      return put(date.year, 4);
    case 'C':
      return put(date.year / 100, 2);
    case 'y':
      return put(date.year % 100, 2);
    case 'm':
      return put(date.month, 2);
    case 'd':
      return put(date.day, 2);
    case 'e':
      return put(date.day, 2, ' ');
    case 'j':
      return put(DayOfYear(moment), 3);
    case 'H':
      return put(hour, 2);
    case 'k':
      return put(hour, 2, ' ');
    case 'I':
      return put(hour12, 2);
    case 'l':
      return put(hour12, 2, ' ');
    case 'M':
      return put(seconds / 60 % 60, 2);
    case 'S':
      return put(seconds % 60, 2);
    case 's': {
      const int64_t ms = moment.instant().ms;
      return put(ms >= 0 ? ms / 1000 : -((999 - ms) / 1000), 0);
    }
    case 'u':
      return put(IsoWeekday(date), 1);
    case 'w':
      return put(IsoWeekday(date) % 7, 1);
    case 'G':
      return put(IsoWeekOf(moment).year, 4);
    case 'g':
      return put(IsoWeekOf(moment).year % 100, 2);
    case 'V':
      return put(IsoWeekOf(moment).week, 2);
    case 'U':
      return put(WeekOfYear(moment, 0), 2);
    case 'W':
      return put(WeekOfYear(moment, 1), 2);
    default:
      return false;
  }
}

// %L and %N: digits of the fraction of a second, three or nine unless a width says otherwise.
void AppendFraction(std::string& out, const Moment& moment, int digits) {
  std::string fraction = std::to_string(1000 + moment.ms_of_day % 1000).substr(1);
  fraction.resize(static_cast<size_t>(digits), '0');
  out += fraction;
}

// Reads flags and width behind the %; returns where the directive's letter is.
size_t ReadFlags(std::string_view format, size_t at, Flags& flags) {
  for (; at < format.size(); ++at) {
    const char c = format[at];
    if (c == '-' || c == '0') {
      flags.pad = c;
    } else if (c == '_') {
      flags.pad = ' ';
    } else if (c == '^') {
      flags.upper = true;
    } else if (c == '#') {
      flags.swap_case = true;
    } else if (c == ':') {
      ++flags.colons;
    } else {
      break;
    }
  }
  for (; at < format.size() && IsDigit(format[at]); ++at) {
    flags.width = std::min(flags.width * 10 + (format[at] - '0'), kMaxWidth);
  }
  if (at < format.size() && (format[at] == 'E' || format[at] == 'O')) ++at;  // locale forms: the same here
  return at;
}

}  // namespace

void AppendStrftime(std::string& out, std::string_view format, const Moment& moment, size_t max_bytes) {
  for (size_t at = 0; at < format.size() && out.size() <= max_bytes; ++at) {
    if (format[at] != '%') {
      out.push_back(format[at]);
      continue;
    }
    Flags flags;
    const size_t start = at;
    at = ReadFlags(format, at + 1, flags);
    if (at >= format.size()) {
      out += format.substr(start);
      return;
    }
    const char directive = format[at];
    if (const std::string_view parts = Composite(directive); !parts.empty()) {
      std::string text;
      AppendStrftime(text, parts, moment, max_bytes);  // composites hold no composites
      AppendText(out, text, flags);
    } else if (directive == 'z') {
      AppendOffset(out, moment, flags);
    } else if (directive == 'L' || directive == 'N') {
      AppendFraction(out, moment, flags.width > 0 ? flags.width : directive == 'L' ? 3 : 9);
    } else if (!AppendName(out, directive, moment, flags) && !AppendCount(out, directive, moment, flags)) {
      out += format.substr(start, at + 1 - start);  // not a directive: as it is
    }
  }
}

}  // namespace recado::liquid
