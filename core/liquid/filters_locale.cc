// Filters that need the message's language, zone or region: money, decimal, datetime, date, plural, phone,
// transliterate.
//
// money and its relatives bear the names of python-liquid's Babel extension (and Shopify's), as template
// writers know them; what they print comes from CLDR.
#include <algorithm>

#include "core/base/limits.h"
#include "core/liquid/date.h"
#include "core/liquid/filters.h"
#include "core/liquid/number.h"
#include "core/phone/number.h"
#include "core/sms/safe.h"
#include "core/text/transliterate.h"

namespace recado::liquid {
namespace {

Value NotANumber(FilterCall& call) {
  return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::not_a_number)
                                .With("name", std::string(call.name))
                                .With("value", call.input.Dump()));
}

// Numbers and texts that are one; unlike arithmetic, what is no number is not taken for 0.
std::optional<Decimal> ExactNumber(const Value& value) {
  if (const auto money = value.AsMoney()) return money->amount;
  if (value.IsNumber()) return value.AsDecimal();
  std::string_view text = value.AsString();
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return Decimal::Parse(text);
}

// Input and currency: a money value brings its own, any other number is told by argument or keyword.
std::optional<Money> MoneyOf(FilterCall& call) {
  if (auto money = call.input.AsMoney()) return money;
  const auto amount = ExactNumber(call.input);
  if (!amount) {
    NotANumber(call);
    return std::nullopt;
  }
  const Value given = call.HasArgument(0) ? call.Argument(0) : call.Keyword("currency");
  const std::string_view currency = given.AsString();
  const bool good = currency.size() == 3 && std::all_of(currency.begin(), currency.end(),
                                                        [](char c) { return c >= 'A' && c <= 'Z'; });
  if (good) return Money{*amount, std::string(currency)};
  call.renderer.Fail(Diagnostic::Of(DiagnosticCode::currency_missing)
                         .With("name", std::string(call.name))
                         .With("value", call.input.Dump()));
  return std::nullopt;
}

std::optional<Moment> MomentOfValue(FilterCall& call, const Value& value) {
  const RenderOptions& options = call.renderer.options();
  if (value.kind() == Kind::kInteger) return MomentOfSeconds(value.AsInteger(), options.time_zone);
  if (value.IsText()) return ParseMoment(value.AsString(), options.time_zone, options.now);
  return std::nullopt;
}

std::optional<text::DateStyle> StyleNamed(std::string_view name) {
  if (name == "none") return text::DateStyle::kNone;
  if (name == "short") return text::DateStyle::kShort;
  if (name == "medium") return text::DateStyle::kMedium;
  if (name == "long") return text::DateStyle::kLong;
  if (name == "full") return text::DateStyle::kFull;
  return std::nullopt;
}

Value BadFormat(FilterCall& call, const Value& format) {
  return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::invalid_date_format).With("value", format.Dump()));
}

Value ByStyle(FilterCall& call, const Moment& moment, text::DateStyle date, text::DateStyle time) {
  text::Formatter& formatter = call.renderer.formatter();
  if (!moment.has_time) return call.renderer.MakeText(formatter.DateOnly(moment.date, date));
  return call.renderer.MakeText(formatter.DateTime(moment.instant(), date, time));
}

}  // namespace

// {{ deal.amount | money }}, {{ 12.5 | money: "EUR" }}, {{ deal.amount | money: width: "code" }}
Value FilterMoney(FilterCall& call) {
  if (call.input.IsNil()) return {};
  text::MoneyOptions options;
  const std::string_view width = call.Keyword("width").AsString();
  using Width = text::MoneyOptions::Width;
  options.width = width == "narrow" ? Width::kNarrow
                  : width == "code" ? Width::kCode
                  : width == "name" ? Width::kName
                                    : Width::kSymbol;
  const auto money = MoneyOf(call);
  return money ? call.renderer.MakeText(call.renderer.formatter().Money(*money, options)) : Value();
}

Value FilterMoneyWithCurrency(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const auto money = MoneyOf(call);
  if (!money) return {};
  text::MoneyOptions options;
  options.width = text::MoneyOptions::Width::kCode;
  return call.renderer.MakeText(call.renderer.formatter().Money(*money, options));
}

Value FilterMoneyWithoutCurrency(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const auto amount = ExactNumber(call.input);
  if (!amount) return NotANumber(call);
  text::NumberOptions options;
  options.min_fraction = options.max_fraction = 2;
  return call.renderer.MakeText(call.renderer.formatter().Number(*amount, options));
}

Value FilterMoneyWithoutTrailingZeros(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const auto money = MoneyOf(call);
  if (!money) return {};
  text::MoneyOptions options;
  if (money->amount.IsInteger()) options.fraction = 0;
  return call.renderer.MakeText(call.renderer.formatter().Money(*money, options));
}

// {{ 1234.5 | decimal }}, {{ 1234.5 | decimal: 2 }}, {{ n | decimal: group_separator: false }}
Value FilterDecimal(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const auto number = ExactNumber(call.input);
  if (!number) return NotANumber(call);
  text::NumberOptions options;
  const Value grouping = call.Keyword("group_separator");
  options.grouping = grouping.IsNil() || grouping.AsBoolean();
  const Value digits = call.HasArgument(0) ? call.Argument(0) : call.Keyword("digits");
  if (!digits.IsNil()) {
    const auto count = ToInteger(digits);
    if (!count || *count < 0 || *count > 20) {
      return call.renderer.Fail(
          Diagnostic::Of(DiagnosticCode::not_a_whole_number).With("value", digits.Dump()));
    }
    options.min_fraction = options.max_fraction = static_cast<int>(*count);
  }
  return call.renderer.MakeText(call.renderer.formatter().Number(*number, options));
}

// {{ deal.close_date | datetime }} (medium), | datetime: "long", | datetime: date: "full", time: "short",
// | datetime: "yMMMd" (a CLDR skeleton: letters only), | datetime: "dd.MM.yyyy HH:mm" (a CLDR pattern).
Value FilterDatetime(FilterCall& call) {
  if (call.input.IsNil() || IsEmpty(call.input)) return {};
  const auto moment = MomentOfValue(call, call.input);
  if (!moment)
    return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::not_a_date).With("value", call.input.Dump()));
  const Value date = call.Keyword("date");
  const Value time = call.Keyword("time");
  const Value format = call.HasArgument(0) ? call.Argument(0) : call.Keyword("format");
  if (!date.IsNil() || !time.IsNil()) {
    const auto date_style = date.IsNil() ? text::DateStyle::kNone : StyleNamed(date.AsString());
    const auto time_style = time.IsNil() ? text::DateStyle::kNone : StyleNamed(time.AsString());
    if (!date_style || !time_style) return BadFormat(call, date_style ? time : date);
    return ByStyle(call, *moment, *date_style, *time_style);
  }
  if (format.IsNil()) return ByStyle(call, *moment, text::DateStyle::kMedium, text::DateStyle::kMedium);
  const std::string_view text = format.AsString();
  if (const auto style = StyleNamed(text)) return ByStyle(call, *moment, *style, *style);
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool skeleton = !text.empty() && std::all_of(text.begin(), text.end(), letter);
  text::Formatter& formatter = call.renderer.formatter();
  const auto formatted =
      skeleton ? formatter.Skeleton(moment->instant(), text) : formatter.Pattern(moment->instant(), text);
  if (!formatted || text.empty()) return BadFormat(call, format);
  return call.renderer.MakeText(*formatted);
}

// Shopify's date: Ruby's strftime in English. What is no date comes back unchanged.
Value FilterDate(FilterCall& call) {
  const std::string_view format = call.renderer.ToText(call.Argument(0));
  if (format.empty()) return call.input;
  auto moment = MomentOfValue(call, call.input);
  if (!moment) return call.input;
  if (moment->zone.empty() && format.find('Z') != std::string_view::npos) {
    moment->zone = call.renderer.formatter().Pattern(moment->instant(), "z").value_or("");
  }
  std::string& buffer = call.renderer.Buffer();
  AppendStrftime(buffer, format, *moment, kMaxRenderMemoryBytes);
  if (!call.renderer.Fits(buffer.size())) return {};
  return call.renderer.MakeText(buffer);
}

// The CLDR plural category of a number: {% case n | plural %}…
Value FilterPlural(FilterCall& call) {
  const auto number = ExactNumber(call.input);
  if (!number) return NotANumber(call);
  return call.renderer.MakeText(
      call.renderer.formatter().Plural(*number, call.Keyword("ordinal").IsTruthy()));
}

// {{ n | ngettext: "day", "days" }}: the forms in CLDR's order (zero, one, two, few, many, other) as far as
// the language has them; with two forms the first is for "one".
Value FilterNgettext(FilterCall& call) {
  const auto number = ExactNumber(call.input);
  if (!number) return NotANumber(call);
  text::Formatter& formatter = call.renderer.formatter();
  const std::string category(formatter.Plural(*number));
  if (call.arguments.size() == 2) return call.Argument(category == "one" ? 0 : 1);
  // Which categories the language has is learned from small numbers: every one of them occurs below 101, but
  // for "many" of Spanish, French and Italian (millions) and "other" of Slavic fractions.
  constexpr std::string_view kCategories[] = {"zero", "one", "two", "few", "many", "other"};
  size_t form = 0;
  for (const std::string_view candidate : kCategories) {
    if (candidate == category) break;
    bool used = false;
    for (int64_t n = 0; n <= 101 && !used; ++n) used = formatter.Plural(Decimal(n)) == candidate;
    form += used ? 1 : 0;
  }
  return call.Argument(std::min(form, call.arguments.size() - 1));
}

bool IsPhoneForm(const Value& form) {
  const std::string_view name = form.AsString();
  return name == "international" || name == "national" || name == "e164";
}

Diagnostic BadPhoneForm(const Value& form) {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .With("what", "phone")
      .With("value", form.Dump())
      .With("allowed", "international, national, e164");
}

// {{ contact.phones[0].value | phone }} (international), | phone: "national", | phone: "e164"; the region of
// a number without a country code is the workspace's, or | phone: region: "BR". What is no phone number comes
// back unchanged: the customer sees what the CRM has.
Value FilterPhone(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  const Value form = call.Argument(0);
  if (call.HasArgument(0) && !IsPhoneForm(form)) return call.renderer.Fail(BadPhoneForm(form));
  const Value region = call.Keyword("region");
  const auto number =
      phone::ToE164(text, region.IsNil() ? call.renderer.options().region : region.AsString());
  if (!number) return call.input;
  if (form.AsString() == "e164") return call.renderer.MakeText(*number);
  return call.renderer.MakeText(form.AsString() == "national" ? phone::FormatNational(*number)
                                                              : phone::FormatInternational(*number));
}

// {{ deal.title | sms_safe }}: typographic characters as GSM-7 has them.
Value FilterSmsSafe(FilterCall& call) {
  return call.renderer.MakeText(sms::Safe(call.renderer.ToText(call.input)));
}

// {{ contact.name | transliterate }} by the message's language, | transliterate: "uk" by the text's own;
// keep: "gsm" leaves what costs nothing in an SMS (ä, ñ, €), but no Greek capitals among Latin letters.
Value FilterTransliterate(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  const std::string_view language =
      call.HasArgument(0) ? call.Argument(0).AsString() : call.renderer.options().language;
  const auto in_gsm = [](char32_t c) { return sms::IsInGsm7(c) && !(c >= 0x370 && c <= 0x3FF); };
  const bool keep = call.Keyword("keep").AsString() == "gsm";
  return call.renderer.MakeText(text::ToLatin(text, language, keep ? +in_gsm : nullptr));
}

}  // namespace recado::liquid
