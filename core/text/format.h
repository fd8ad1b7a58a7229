// Numbers, money, dates and plurals as a reader of a language expects them, from CLDR data through ICU.
//
// Every function takes the language of the message as a BCP 47 tag. The caller has checked LanguageLoaded().
// Numbers come as Decimal and reach ICU as decimal text: nothing passes through floating point. Formatters
// are built once per (language, style) and kept by a Formatter, which is not safe for use by two threads at a
// time: each thread, or each message, has its own. Making one is cheap; the first use of each style is not
// (some 50 µs).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/decimal.h"
#include "core/base/instant.h"
#include "core/base/result.h"

namespace recado::text {

enum class DateStyle { kNone, kShort, kMedium, kLong, kFull };

struct NumberOptions {
  // Digits after the point, 0–20. Both absent: as the decimal is written, at most 3. Only `min`: up to 3 or
  // `min`; only `max`: from 0. Rounding is half away from zero, as people round.
  std::optional<int> min_fraction{};
  std::optional<int> max_fraction{};
  bool grouping = true;
  bool percent = false;  // 0.25 → 25 %
};

struct MoneyOptions {
  enum class Width { kSymbol, kNarrow, kCode, kName } width = Width::kSymbol;  // €, € / $, EUR, euros
  // Digits after the point: absent means the currency's own (2 for EUR, 0 for JPY). Rounded as numbers are.
  std::optional<int> fraction{};
};

// Whether Skeleton or Pattern below can take this text: letters only, or letters with punctuation and
// quoted words, all of them ones that CLDR knows.
bool IsDateFormat(std::string_view text);

class Formatter {
 public:
  Formatter(std::string_view language, std::string_view time_zone);
  // Whether the no-break and narrow spaces that CLDR puts between number and symbol ("1.299,00 €", "4:05 PM")
  // come as plain spaces. An SMS wants that: one U+00A0 makes its segments hold 70 characters instead of 160.
  void UsePlainSpaces(bool plain);
  ~Formatter();
  Formatter(Formatter&&) noexcept;
  Formatter& operator=(Formatter&&) noexcept;

  std::string Number(const Decimal& number, const NumberOptions& options = {});
  std::string Money(const recado::Money& money, const MoneyOptions& options = {});
  // Date and time in the formatter's zone. kNone for both answers "".
  std::string DateTime(Instant instant, DateStyle date, DateStyle time);
  // A calendar date by itself, which no zone can move.
  std::string DateOnly(recado::Date date, DateStyle style);
  // A CLDR skeleton ("yMMMd", "jm"): the fields to show; order and punctuation are the language's. Nothing
  // for a malformed one, for one longer than kMaxDatePatternBytes, and for zone names by place (v, V), which
  // the WebAssembly build leaves out.
  std::optional<std::string> Skeleton(Instant instant, std::string_view skeleton);
  // A CLDR pattern ("dd.MM.yyyy HH:mm"): exactly these fields in this order. Nothing as above.
  std::optional<std::string> Pattern(Instant instant, std::string_view pattern);
  // CLDR plural category of a number as it is shown: "zero one two few many other". Fraction digits count
  // ("1.0" is other in English).
  std::string_view Plural(const Decimal& number, bool ordinal = false);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace recado::text
