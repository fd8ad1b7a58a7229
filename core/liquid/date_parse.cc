#include <algorithm>
#include <array>
#include <charconv>

#include "core/liquid/date.h"
#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr size_t kMaxDateBytes = 100;              // longer texts are no dates
constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31

bool IsLowerLetter(char c) {
  return c >= 'a' && c <= 'z';
}

// Reads a date piece by piece: numbers, words and times in any order that makes sense.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  bool Read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (IsSpace(c) || c == ',' || c == '.') {
        ++at_;
      } else if (IsDigit(c)) {
        if (!ReadDigits()) return false;
      } else if (IsLowerLetter(c)) {
        if (!ReadWord()) return false;
      } else if ((c == '+' || c == '-') && has_time) {
        if (!ReadOffset()) return false;
      } else {
        return false;
      }
    }
    return Finish();
  }

  std::optional<int> year;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  bool has_time = false;
  bool utc = false;
  std::optional<int> offset_minutes;

 private:
  struct Digits {
    int value = 0;
    size_t count = 0;
  };
  Digits TakeDigits(size_t most) {
    Digits digits;
    while (at_ < text_.size() && IsDigit(text_[at_]) && digits.count < most) {
      digits.value = digits.value * 10 + (text_[at_++] - '0');
      ++digits.count;
    }
    return digits;
  }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool ReadDigits() {
    const Digits first = TakeDigits(9);
    if (IsDigit(Peek())) return false;
    if (Peek() == ':') return !has_time && ReadTime(first.value);
    if ((Peek() == '-' || Peek() == '/') && month == 0) return ReadDateFrom(first);
    if (first.count == 8 && month == 0) {  // 20261201
      year = first.value / 10000;
      month = first.value / 100 % 100;
      day = first.value % 100;
      return true;
    }
    while (IsLowerLetter(Peek()) && (text_.substr(at_, 2) == "st" || text_.substr(at_, 2) == "nd" ||
                                     text_.substr(at_, 2) == "rd" || text_.substr(at_, 2) == "th")) {
      at_ += 2;  // 1st, 2nd
    }
    const size_t rest = std::min(text_.find_first_not_of(' ', at_), text_.size());
    const std::string_view word = text_.substr(rest, 2);
    if ((word == "am" || word == "pm") && !has_time && first.count <= 2) {  // 10 pm
      hour = first.value;
      has_time = true;
      return true;
    }
    if (first.count <= 2 && day == 0) {
      day = first.value;
      return true;
    }
    if (year || first.count > 4) return false;
    year = first.count <= 2 ? (first.value < 69 ? 2000 : 1900) + first.value : first.value;
    return true;
  }

  // 2026-12-01, 2026/12/01, 2026-12, 14-Mar-2016, 14/03/2016
  bool ReadDateFrom(const Digits& first) {
    const char separator = text_[at_++];
    if (IsLowerLetter(Peek())) {
      day = first.value;
      if (!ReadWord() || month == 0) return false;
      if (Take(separator)) {
        const Digits last = TakeDigits(4);
        year = last.count <= 2 ? (last.value < 69 ? 2000 : 1900) + last.value : last.value;
        return last.count > 0;
      }
      return true;
    }
    const Digits second_part = TakeDigits(4);
    if (second_part.count == 0) return false;
    if (first.count > 2) {
      year = first.value;
      month = second_part.value;
      day = 1;
      if (Take(separator)) day = TakeDigits(2).value;
    } else {
      day = first.value;
      month = second_part.value;
      if (!Take(separator)) return false;
      const Digits last = TakeDigits(4);
      if (last.count != 4) return false;
      year = last.value;
    }
    if (Peek() == 't' && IsDigit(at_ + 1 < text_.size() ? text_[at_ + 1] : ' ')) ++at_;
    return true;
  }

  bool ReadTime(int hours) {
    has_time = true;
    hour = hours;
    Take(':');
    const Digits minutes = TakeDigits(2);
    if (minutes.count == 0) return false;
    minute = minutes.value;
    if (!Take(':')) return true;
    const Digits seconds = TakeDigits(2);
    if (seconds.count == 0) return false;
    second = seconds.value;
    if (Take('.') || Take(',')) {
      const Digits fraction = TakeDigits(3);
      ms = fraction.count == 1   ? fraction.value * 100
           : fraction.count == 2 ? fraction.value * 10
                                 : fraction.value;
      while (IsDigit(Peek())) ++at_;
    }
    return true;
  }

  bool ReadWord() {
    const size_t from = at_;
    while (at_ < text_.size() && IsLowerLetter(text_[at_])) ++at_;
    const std::string_view word = text_.substr(from, at_ - from);
    const auto is_named = [word](std::string_view name) {
      return word.size() >= 3 && word.substr(0, 3) == name;
    };
    const auto* const named = std::find_if(kMonths.begin(), kMonths.end(), is_named);
    if (named != kMonths.end() && month == 0) {
      month = static_cast<int>(named - kMonths.begin()) + 1;
      return true;
    }
    if (std::any_of(kWeekdays.begin(), kWeekdays.end(), is_named)) return true;
    if (word == "z" || word == "utc" || word == "gmt") {
      utc = true;
      return has_time;
    }
    if (word == "t" || word == "at" || word == "of") return true;
    if ((word == "am" || word == "pm" || word == "a" || word == "p") && has_time && hour >= 1 && hour <= 12) {
      hour = hour % 12 + (word[0] == 'p' ? 12 : 0);
      return true;
    }
    return false;
  }

  bool ReadOffset() {
    const int sign = text_[at_++] == '-' ? -1 : 1;
    const Digits first = TakeDigits(4);
    if (first.count == 0 || first.count == 3) return false;
    int minutes = first.count == 4 ? first.value / 100 * 60 + first.value % 100 : first.value * 60;
    if (first.count <= 2 && Take(':')) minutes += TakeDigits(2).value;
    if (minutes > 18 * 60) return false;
    offset_minutes = sign * minutes;
    return true;
  }

  bool Finish() {
    if (month == 0 && day == 0 && !year) return has_time && InRange();
    if (month == 0) return false;
    if (day > 31 && !year) {  // "March 2016"
      year = day;
      day = 1;
    }
    if (day == 0) day = 1;
    return InRange();
  }
  bool InRange() const {
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) return false;
    if (month == 0) return true;
    if (month > 12 || day < 1 || day > 31 || (year && (*year < 1 || *year > 9999))) return false;
    const Date last =
        DateFromDays(DaysFromDate(AddMonths({year.value_or(2000), static_cast<uint8_t>(month), 1}, 1)) - 1);
    return day <= last.day;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Moment MomentOf(Instant instant, std::string_view zone) {
  const text::LocalTime local = text::ToLocal(instant, zone);
  Moment moment;
  moment.date = local.date;
  moment.ms_of_day = local.ms_of_day;
  moment.offset_ms = local.offset_ms;
  moment.has_time = true;
  if (local.offset_ms == 0 && (zone == "UTC" || zone == "Etc/UTC" || zone == "GMT")) moment.zone = "UTC";
  return moment;
}

std::optional<Moment> MomentOfSeconds(int64_t seconds, std::string_view zone) {
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  return MomentOf({seconds * 1000}, zone);
}

std::optional<Moment> ParseMoment(std::string_view text, std::string_view zone, Instant now) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  if (text.empty() || text.size() > kMaxDateBytes) return std::nullopt;
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (lower == "now" || lower == "today") return MomentOf(now, zone);
  if (std::all_of(lower.begin(), lower.end(), IsDigit)) {
    int64_t seconds = 0;
    const auto [end, fault] = std::from_chars(lower.data(), lower.data() + lower.size(), seconds);
    return fault == std::errc() ? MomentOfSeconds(seconds, zone) : std::nullopt;
  }
  DateReader reader(lower);
  if (!reader.Read()) return std::nullopt;
  const Date today = MomentOf(now, zone).date;
  Moment moment;
  moment.date = today;
  if (reader.month != 0) {
    moment.date = {reader.year.value_or(today.year), static_cast<uint8_t>(reader.month),
                   static_cast<uint8_t>(reader.day)};
  }
  moment.has_time = reader.has_time;
  moment.ms_of_day = ((reader.hour * 60 + reader.minute) * 60 + reader.second) * 1000 + reader.ms;
  if (reader.offset_minutes && *reader.offset_minutes != 0) {
    moment.offset_ms = *reader.offset_minutes * 60'000;
    return moment;
  }
  if (reader.utc || reader.offset_minutes) return MomentOf(moment.instant(), zone);
  Moment local = MomentOf(text::FromLocal(moment.date, moment.ms_of_day, zone), zone);
  local.has_time = reader.has_time;
  return local;
}

}  // namespace recado::liquid
