#include "core/text/format.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>

#include "core/base/limits.h"
#include "core/text/data.h"
#include "core/text/internal.h"

namespace recado::text {
namespace {

using icu::number::FormattedNumber;
using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

constexpr int64_t kMsPerDay = 86'400'000;
constexpr int kDefaultMaxFraction = 3;  // what ECMA-402 and CLDR's standard decimal pattern show
constexpr int kMaxFraction = 20;

// ICU's moments are doubles of whole milliseconds; ours are below 2^53, so they are exact.
UDate ToIcu(int64_t ms) {
  return static_cast<UDate>(ms);
}

icu::DateFormat::EStyle ToIcu(DateStyle style) {
  switch (style) {
    case DateStyle::kNone:
      return icu::DateFormat::kNone;
    case DateStyle::kShort:
      return icu::DateFormat::kShort;
    case DateStyle::kMedium:
      return icu::DateFormat::kMedium;
    case DateStyle::kLong:
      return icu::DateFormat::kLong;
    case DateStyle::kFull:
      return icu::DateFormat::kFull;
  }
  return icu::DateFormat::kNone;
}

UNumberUnitWidth ToIcu(MoneyOptions::Width width) {
  switch (width) {
    case MoneyOptions::Width::kSymbol:
      return UNUM_UNIT_WIDTH_SHORT;
    case MoneyOptions::Width::kNarrow:
      return UNUM_UNIT_WIDTH_NARROW;
    case MoneyOptions::Width::kCode:
      return UNUM_UNIT_WIDTH_ISO_CODE;
    case MoneyOptions::Width::kName:
      return UNUM_UNIT_WIDTH_FULL_NAME;
  }
  return UNUM_UNIT_WIDTH_SHORT;
}

struct Digits {
  int min = 0;
  int max = 0;
  friend auto operator<=>(const Digits&, const Digits&) = default;
};

Digits DigitsOf(const Decimal& number, const NumberOptions& options) {
  if (!options.min_fraction && !options.max_fraction) {
    const int written = std::max(0, number.scale() - (options.percent ? 2 : 0));
    const int shown = std::min(written, kDefaultMaxFraction);
    return {shown, shown};
  }
  const int most =
      options.max_fraction.value_or(std::max(options.min_fraction.value_or(0), kDefaultMaxFraction));
  Digits digits;
  digits.max = std::clamp(most, 0, kMaxFraction);
  digits.min = std::clamp(options.min_fraction.value_or(0), 0, digits.max);
  return digits;
}

FormattedNumber Format(const LocalizedNumberFormatter& formatter, const Decimal& number, UErrorCode& status) {
  const std::string text = number.ToString();
  return formatter.formatDecimal({text.data(), static_cast<int32_t>(text.size())}, status);
}

// What ICU cannot format (an impossible currency) is shown plainly rather than not at all.
std::string Text(const LocalizedNumberFormatter& formatter, const Decimal& number, std::string_view plainly) {
  UErrorCode status = U_ZERO_ERROR;
  const FormattedNumber formatted = Format(formatter, number, status);
  if (U_FAILURE(status)) return std::string(plainly);
  const icu::UnicodeString text = formatted.toString(status);
  return U_FAILURE(status) ? std::string(plainly) : ToUtf8(text);
}

// Letters of a skeleton or pattern that both builds format alike: all of CLDR's but zone names by place (v,
// V), which WebAssembly leaves out. Skeletons may also say "the language's own hour" (j J C).
constexpr std::string_view kPatternLetters = "GyYuUrQqMLwWdDFgEecabBhHkKmsSAzZOXx";
constexpr std::string_view kSkeletonOnlyLetters = "jJC";

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsCurrencyCode(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), IsLetter);
}

bool IsSkeleton(std::string_view text) {
  if (text.empty() || text.size() > kMaxDatePatternBytes) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return kPatternLetters.find(c) != std::string_view::npos ||
           kSkeletonOnlyLetters.find(c) != std::string_view::npos;
  });
}

bool IsPattern(std::string_view text) {
  if (text.empty() || text.size() > kMaxDatePatternBytes) return false;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && IsLetter(c) && kPatternLetters.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return !quoted;
}

}  // namespace

bool IsDateFormat(std::string_view text) {
  const bool letters = !text.empty() && std::all_of(text.begin(), text.end(), IsLetter);
  return letters ? IsSkeleton(text) : IsPattern(text);
}

struct Formatter::Parts {
  icu::Locale locale;
  std::string zone;
  bool plain_spaces = false;

  std::map<std::tuple<Digits, bool, bool>, LocalizedNumberFormatter> numbers;
  std::map<std::tuple<std::string, int, int>, LocalizedNumberFormatter> monies;
  std::map<int, LocalizedNumberFormatter> plural_numbers;  // by fraction digits
  std::array<std::unique_ptr<icu::PluralRules>, 2> plurals;
  std::map<std::tuple<DateStyle, DateStyle, bool>, std::unique_ptr<icu::DateFormat>> styles;
  std::map<std::string, std::unique_ptr<icu::DateFormat>, std::less<>> patterns;
  std::map<std::string, std::string, std::less<>> skeletons;  // skeleton → pattern
  std::unique_ptr<icu::DateTimePatternGenerator> generator;

  const LocalizedNumberFormatter& NumberFor(const Digits& digits, const NumberOptions& options);
  const LocalizedNumberFormatter& MoneyFor(const std::string& currency, const MoneyOptions& options);
  std::string Date(int64_t ms, DateStyle date, DateStyle time, bool utc);
  std::optional<std::string> ByPattern(int64_t ms, const std::string& pattern);
  std::string Spaced(std::string text) const;
  // Sets zone and calendar: Gregorian throughout, as core/base counts days, not Julian before 1582.
  bool Adopt(icu::DateFormat& format, bool utc) const;
};

// The caches are keyed by what a template's author writes, which a loop can vary without end.
template <class Map>
void Bound(Map& cache) {
  if (cache.size() >= kMaxCachedFormats) cache.clear();
}

const LocalizedNumberFormatter& Formatter::Parts::NumberFor(const Digits& digits,
                                                            const NumberOptions& options) {
  const auto key = std::make_tuple(digits, options.grouping, options.percent);
  const auto found = numbers.find(key);
  if (found != numbers.end()) return found->second;
  Bound(numbers);
  auto settings = NumberFormatter::withLocale(locale)
                      .precision(Precision::minMaxFraction(digits.min, digits.max))
                      .roundingMode(UNUM_ROUND_HALFUP)
                      .grouping(options.grouping ? UNUM_GROUPING_AUTO : UNUM_GROUPING_OFF);
  if (options.percent) {
    settings = std::move(settings).unit(icu::NoUnit::percent()).scale(icu::number::Scale::powerOfTen(2));
  }
  return numbers.emplace(key, std::move(settings)).first->second;
}

const LocalizedNumberFormatter& Formatter::Parts::MoneyFor(const std::string& currency,
                                                           const MoneyOptions& options) {
  const int fraction = options.fraction ? std::clamp(*options.fraction, 0, kMaxFraction) : -1;
  const auto key = std::make_tuple(currency, static_cast<int>(options.width), fraction);
  const auto found = monies.find(key);
  if (found != monies.end()) return found->second;
  Bound(monies);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString code = FromUtf8(currency);
  const icu::CurrencyUnit unit(icu::ConstChar16Ptr(code.getTerminatedBuffer()), status);
  auto settings = NumberFormatter::withLocale(locale)
                      .unit(unit)
                      .unitWidth(ToIcu(options.width))
                      .precision(Precision::currency(UCURR_USAGE_STANDARD))
                      .roundingMode(UNUM_ROUND_HALFUP);
  if (fraction >= 0) settings = std::move(settings).precision(Precision::fixedFraction(fraction));
  return monies.emplace(key, std::move(settings)).first->second;
}

bool Formatter::Parts::Adopt(icu::DateFormat& format, bool utc) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone* rules = icu::TimeZone::createTimeZone(utc || zone.empty() ? u"UTC" : FromUtf8(zone));
  auto calendar = std::make_unique<icu::GregorianCalendar>(rules, locale, status);
  if (U_FAILURE(status)) return false;
  calendar->setGregorianChange(ToIcu(-kMsPerDay * 1'000'000), status);
  format.adoptCalendar(calendar.release());
  return U_SUCCESS(status);
}

std::string Formatter::Parts::Spaced(std::string text) const {
  if (!plain_spaces) return text;
  for (const std::string_view space : {"\u00A0", "\u202F", "\u2009"}) {
    for (size_t at = text.find(space); at != std::string::npos; at = text.find(space, at)) {
      text.replace(at, space.size(), " ");
    }
  }
  return text;
}

std::string Formatter::Parts::Date(int64_t ms, DateStyle date, DateStyle time, bool utc) {
  if (date == DateStyle::kNone && time == DateStyle::kNone) return {};
  std::unique_ptr<icu::DateFormat>& format = styles[{date, time, utc}];
  if (format == nullptr) {
    format.reset(icu::DateFormat::createDateTimeInstance(ToIcu(date), ToIcu(time), locale));
    if (format == nullptr || !Adopt(*format, utc)) return {};
  }
  icu::UnicodeString text;
  return Spaced(ToUtf8(format->format(ToIcu(ms), text)));
}

std::optional<std::string> Formatter::Parts::ByPattern(int64_t ms, const std::string& pattern) {
  auto found = patterns.find(pattern);
  if (found == patterns.end()) {
    UErrorCode status = U_ZERO_ERROR;
    auto format = std::make_unique<icu::SimpleDateFormat>(FromUtf8(pattern), locale, status);
    if (U_FAILURE(status) || !Adopt(*format, false)) return std::nullopt;
    Bound(patterns);
    found = patterns.emplace(pattern, std::move(format)).first;
  }
  icu::UnicodeString text;
  return Spaced(ToUtf8(found->second->format(ToIcu(ms), text)));
}

Formatter::Formatter(std::string_view language, std::string_view time_zone)
    : parts_(std::make_unique<Parts>()) {
  PrepareIcu();
  parts_->locale = icu::Locale(LocaleFor(language).c_str());
  parts_->zone = std::string(time_zone);
}

void Formatter::UsePlainSpaces(bool plain) {
  parts_->plain_spaces = plain;
}

Formatter::~Formatter() = default;
Formatter::Formatter(Formatter&&) noexcept = default;
Formatter& Formatter::operator=(Formatter&&) noexcept = default;

std::string Formatter::Number(const Decimal& number, const NumberOptions& options) {
  const LocalizedNumberFormatter& formatter = parts_->NumberFor(DigitsOf(number, options), options);
  return parts_->Spaced(Text(formatter, number, number.ToString()));
}

std::string Formatter::Money(const recado::Money& money, const MoneyOptions& options) {
  // ICU would show a code that cannot be one as "¤"; the reader had better see what was written.
  if (!IsCurrencyCode(money.currency)) {
    const NumberOptions plain{.min_fraction = options.fraction, .max_fraction = options.fraction};
    return Number(money.amount, plain) + " " + money.currency;
  }
  return parts_->Spaced(Text(parts_->MoneyFor(money.currency, options), money.amount,
                             money.amount.ToString() + " " + money.currency));
}

std::string Formatter::DateTime(Instant instant, DateStyle date, DateStyle time) {
  return parts_->Date(instant.ms, date, time, false);
}

std::string Formatter::DateOnly(recado::Date date, DateStyle style) {
  return parts_->Date(DaysFromDate(date) * kMsPerDay, style, DateStyle::kNone, true);
}

std::optional<std::string> Formatter::Skeleton(Instant instant, std::string_view skeleton) {
  if (!IsSkeleton(skeleton)) return std::nullopt;
  auto found = parts_->skeletons.find(skeleton);
  if (found == parts_->skeletons.end()) {
    UErrorCode status = U_ZERO_ERROR;
    if (parts_->generator == nullptr) {
      parts_->generator.reset(icu::DateTimePatternGenerator::createInstance(parts_->locale, status));
    }
    if (U_FAILURE(status)) return std::nullopt;
    const icu::UnicodeString pattern = parts_->generator->getBestPattern(FromUtf8(skeleton), status);
    if (U_FAILURE(status) || pattern.isEmpty()) return std::nullopt;
    Bound(parts_->skeletons);
    found = parts_->skeletons.emplace(std::string(skeleton), ToUtf8(pattern)).first;
  }
  return parts_->ByPattern(instant.ms, found->second);
}

std::optional<std::string> Formatter::Pattern(Instant instant, std::string_view pattern) {
  if (!IsPattern(pattern)) return std::nullopt;
  return parts_->ByPattern(instant.ms, std::string(pattern));
}

std::string_view Formatter::Plural(const Decimal& number, bool ordinal) {
  static constexpr std::array<std::string_view, 6> kCategories = {"zero", "one",  "two",
                                                                  "few",  "many", "other"};
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::PluralRules>& rules = parts_->plurals[ordinal ? 1 : 0];
  if (rules == nullptr) {
    const UPluralType type = ordinal ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL;
    rules.reset(icu::PluralRules::forLocale(parts_->locale, type, status));
  }
  if (U_FAILURE(status) || rules == nullptr) return "other";
  auto found = parts_->plural_numbers.find(number.scale());
  if (found == parts_->plural_numbers.end()) {
    auto settings =
        NumberFormatter::withLocale(parts_->locale).precision(Precision::fixedFraction(number.scale()));
    found = parts_->plural_numbers.emplace(number.scale(), std::move(settings)).first;
  }
  const FormattedNumber shown = Format(found->second, number, status);
  const icu::UnicodeString keyword = rules->select(shown, status);
  if (U_FAILURE(status)) return "other";
  const auto same = [text = ToUtf8(keyword)](std::string_view category) { return category == text; };
  const auto category = std::find_if(kCategories.begin(), kCategories.end(), same);
  return category == kCategories.end() ? "other" : *category;
}

}  // namespace recado::text
