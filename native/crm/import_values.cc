#include "native/crm/import_values.h"

#include <algorithm>
#include <array>

#include "core/base/decimal.h"
#include "core/text/time_zone.h"

namespace recado::directory {
namespace {

constexpr size_t kMaxNumberBytes = 60;
constexpr size_t kMaxDigits = 30;

struct LanguageForm {
  std::string_view language;
  char decimal;
  std::string_view date;
};
constexpr std::array<LanguageForm, 13> kLanguages = {{{"en-US", '.', "MM/DD/YYYY"},
                                                      {"en-GB", '.', "DD/MM/YYYY"},
                                                      {"de-CH", '.', "DD.MM.YYYY"},
                                                      {"en", '.', "YYYY-MM-DD"},
                                                      {"de", ',', "DD.MM.YYYY"},
                                                      {"es", ',', "DD/MM/YYYY"},
                                                      {"fr", ',', "DD/MM/YYYY"},
                                                      {"it", ',', "DD/MM/YYYY"},
                                                      {"pl", ',', "DD.MM.YYYY"},
                                                      {"pt", ',', "DD/MM/YYYY"},
                                                      {"ru", ',', "DD.MM.YYYY"},
                                                      {"tr", ',', "DD.MM.YYYY"},
                                                      {"uk", ',', "DD.MM.YYYY"}}};
constexpr std::array<std::string_view, 7> kDateForms = {
    "YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD"};
// Blanks that spreadsheets group with, beside the ordinary one.
constexpr std::array<std::string_view, 3> kBlanks = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Everything around the number that is no part of it: "EUR 12" and "12 €".
std::string_view WithoutCurrency(std::string_view text) {
  const auto part = [](char c) { return IsDigit(c) || c == '-' || c == '+' || c == '.' || c == ','; };
  size_t from = 0;
  size_t to = text.size();
  while (from < to && !part(text[from])) ++from;
  while (to > from && !IsDigit(text[to - 1]) && text[to - 1] != '.' && text[to - 1] != ',') --to;
  // Letters that are more than a currency make it a text with a number in it.
  constexpr size_t kMaxAround = 6;
  if (from > kMaxAround || text.size() - to > kMaxAround) return {};
  return text.substr(from, to - from);
}

// The digits before the decimal sign: plain, or grouped in threes by one and the same sign.
bool TakeWhole(std::string_view whole, char decimal, std::string& digits) {
  std::string groups(whole);
  for (const std::string_view blank : kBlanks) {
    for (size_t at = groups.find(blank); at != std::string::npos; at = groups.find(blank)) {
      groups.replace(at, blank.size(), " ");
    }
  }
  char sign = 0;
  size_t in_group = 0;
  for (const char c : groups) {
    if (IsDigit(c)) {
      digits += c;
      ++in_group;
      continue;
    }
    const bool grouping =
        (c == '.' && decimal == ',') || (c == ',' && decimal == '.') || c == ' ' || c == '\'';
    const bool fits = grouping && (sign == 0 ? in_group >= 1 && in_group <= 3 : c == sign && in_group == 3);
    if (!fits) return false;
    sign = c;
    in_group = 0;
  }
  return sign == 0 || in_group == 3;
}

// Exactly `digits` digits.
std::optional<int> TakeNumber(std::string_view& text, size_t least, size_t most) {
  int number = 0;
  size_t count = 0;
  while (count < most && count < text.size() && IsDigit(text[count]))
    number = number * 10 + (text[count++] - '0');
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

// A date of this form at the beginning of `text`, which is taken off.
std::optional<Date> TakeDate(std::string_view& text, std::string_view form) {
  int year = 0;
  int month = 0;
  int day = 0;
  while (!form.empty()) {
    const size_t run = std::min(form.find_first_not_of(form.front()), form.size());
    const char unit = form.front();
    form.remove_prefix(run);
    if (unit != 'Y' && unit != 'M' && unit != 'D') {
      if (text.empty() || text.front() != unit) return std::nullopt;
      text.remove_prefix(1);
      continue;
    }
    const auto number = unit == 'Y' ? TakeNumber(text, 4, 4) : TakeNumber(text, 1, 2);
    if (!number) return std::nullopt;
    (unit == 'Y' ? year : unit == 'M' ? month : day) = *number;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const Date date{year, static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
  // The 31st of a month that has none would be another day.
  if (DateFromDays(DaysFromDate(date)) != date) return std::nullopt;
  return date;
}

std::optional<Date> TakeAnyDate(std::string_view& text, const Spelling& spelling) {
  for (const std::string_view form : {std::string_view(spelling.date), kDateForms.front()}) {
    std::string_view rest = text;
    if (const std::optional<Date> date = TakeDate(rest, form)) {
      text = rest;
      return date;
    }
  }
  return std::nullopt;
}

// "8:30", "08:30:15"; nothing left behind it.
std::optional<int64_t> ReadTimeOfDay(std::string_view text) {
  int64_t ms = 0;
  int64_t unit = 3'600'000;
  for (const int bound : {24, 60, 60}) {
    const auto number = TakeNumber(text, unit == 3'600'000 ? 1 : 2, 2);
    if (!number || *number >= bound) return std::nullopt;
    ms += *number * unit;
    unit /= 60;
    if (text.empty()) return unit < 60'000 ? std::optional<int64_t>(ms) : std::nullopt;
    if (text.front() != ':') return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  for (const std::string_view space : kBlanks) {
    while (text.starts_with(space)) text.remove_prefix(space.size());
    while (text.ends_with(space)) text.remove_suffix(space.size());
  }
  return text;
}

std::optional<Spelling> SpellingOf(std::string_view language) {
  for (const LanguageForm& form : kLanguages) {
    const bool fits = language == form.language || language.starts_with(std::string(form.language) + "-");
    if (fits) return Spelling{.decimal = form.decimal, .date = std::string(form.date)};
  }
  return std::nullopt;
}

bool IsDateForm(std::string_view form) {
  return std::find(kDateForms.begin(), kDateForms.end(), form) != kDateForms.end();
}

std::optional<std::string> ReadNumber(std::string_view text, const Spelling& spelling) {
  if (text.size() > kMaxNumberBytes) return std::nullopt;
  text = WithoutCurrency(Trimmed(text));
  std::string digits;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    if (text.front() == '-') digits = "-";
    text.remove_prefix(1);
  }
  const size_t sign = text.rfind(spelling.decimal);
  const std::string_view whole = text.substr(0, sign);
  const std::string_view part = sign == std::string_view::npos ? std::string_view() : text.substr(sign + 1);
  const size_t before = digits.size();
  if (!TakeWhole(whole, spelling.decimal, digits)) return std::nullopt;
  if (digits.size() == before) digits += '0';
  if (!std::all_of(part.begin(), part.end(), IsDigit)) return std::nullopt;
  if (whole.empty() && part.empty()) return std::nullopt;
  if (!part.empty()) digits.append(".").append(part);
  if (digits.size() > kMaxDigits || !Decimal::Parse(digits)) return std::nullopt;
  return digits;
}

std::optional<std::string> ReadDate(std::string_view text, const Spelling& spelling) {
  text = Trimmed(text);
  const std::optional<Date> date = TakeAnyDate(text, spelling);
  if (!date) return std::nullopt;
  // What spreadsheets put behind a date that has no time of its own.
  const std::string_view rest = Trimmed(text);
  if (!rest.empty() && rest != "00:00" && rest != "00:00:00") return std::nullopt;
  return FormatDate(*date);
}

std::optional<std::string> ReadDateTime(std::string_view text, const Spelling& spelling) {
  text = Trimmed(text);
  if (const Result<Instant> instant = ParseInstant(text); instant.ok()) return FormatInstant(*instant);
  const std::optional<Date> date = TakeAnyDate(text, spelling);
  if (!date) return std::nullopt;
  if (!text.empty() && (text.front() == 'T' || text.front() == ',')) text.remove_prefix(1);
  text = Trimmed(text);
  const std::optional<int64_t> ms = text.empty() ? std::optional<int64_t>(0) : ReadTimeOfDay(text);
  if (!ms) return std::nullopt;
  return FormatInstant(text::FromLocal(*date, *ms, spelling.time_zone));
}

std::optional<bool> ReadYesNo(std::string_view text) {
  std::string lower(Trimmed(text));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  constexpr std::array<std::string_view, 12> kYes = {"1", "y",  "yes",       "true", "x",   "ja",
                                                     "j", "si", "s\xC3\xAD", "tak",  "sim", "on"};
  constexpr std::array<std::string_view, 9> kNo = {"0",   "n",          "no",  "false", "nein",
                                                   "nie", "n\xC3\xA3o", "nao", "off"};
  if (std::find(kYes.begin(), kYes.end(), lower) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), lower) != kNo.end()) return false;
  return std::nullopt;
}

}  // namespace recado::directory
