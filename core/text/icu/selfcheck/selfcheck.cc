#include "core/text/icu/selfcheck/selfcheck.h"

#include <array>
#include <memory>
#include <string_view>
#include <unicode/calendar.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/udata.h>
#include <unicode/unistr.h>

namespace recado::text {
namespace {

constexpr std::array kLocales = {"en", "en-GB", "de",    "de-AT", "es", "es-MX", "fr",
                                 "it", "pl",    "pt-BR", "pt-PT", "ru", "uk",    "tr"};

// 2026-07-15T16:05:09Z, a Wednesday, in summer time; and 2026-01-05T07:30:00Z, a Monday.
constexpr UDate kSummer = 1784131509000.0;
constexpr UDate kWinter = 1767598200000.0;

std::string Utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// Collects the lines; `locale` is a BCP 47 tag or "-" where none matters.
class Report {
 public:
  void Line(std::string_view kind, std::string_view locale, std::string_view question,
            const icu::UnicodeString& answer, UErrorCode status) {
    text_.append(kind).append(" ").append(locale).append(" ").append(question).append(" = ");
    text_.append(U_SUCCESS(status) ? Utf8(answer) : u_errorName(status)).append("\n");
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

icu::Locale LocaleOf(const char* tag) {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Locale::forLanguageTag(tag, status);
}

// --- numbers and money ----------------------------------------------------------------------------

void Number(Report& report, const char* tag, std::string_view question,
            const icu::number::LocalizedNumberFormatter& formatter, const char* decimal) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString answer = formatter.formatDecimal(decimal, status).toString(status);
  report.Line("number", tag, question, answer, status);
}

void Numbers(Report& report, const char* tag) {
  using icu::number::NumberFormatter;
  using icu::number::Precision;
  const auto plain = NumberFormatter::withLocale(LocaleOf(tag));
  Number(report, tag, "1234567.891", plain.precision(Precision::maxFraction(2)), "1234567.891");
  Number(report, tag, "1234 grouped", plain, "1234");
  Number(report, tag, "-0.5 percent",
         plain.unit(icu::NoUnit::percent()).scale(icu::number::Scale::powerOfTen(2)), "-0.5");
}

void Money(Report& report, const char* tag) {
  using icu::number::NumberFormatter;
  struct Row {
    const char16_t* currency;
    UNumberUnitWidth width;
    const char* amount;
    const char* question;
  };
  static constexpr std::array<Row, 11> kRows = {{
      {u"EUR", UNUM_UNIT_WIDTH_SHORT, "1234.5", "EUR 1234.5"},
      {u"EUR", UNUM_UNIT_WIDTH_SHORT, "-1234.5", "EUR -1234.5"},
      {u"USD", UNUM_UNIT_WIDTH_SHORT, "1234.5", "USD 1234.5"},
      {u"USD", UNUM_UNIT_WIDTH_NARROW, "1234.5", "USD narrow"},
      {u"MXN", UNUM_UNIT_WIDTH_SHORT, "99", "MXN 99"},
      {u"BRL", UNUM_UNIT_WIDTH_ISO_CODE, "1000000", "BRL iso"},
      {u"JPY", UNUM_UNIT_WIDTH_SHORT, "1234", "JPY without minor units"},
      {u"PLN", UNUM_UNIT_WIDTH_FULL_NAME, "1", "PLN name 1"},
      {u"RUB", UNUM_UNIT_WIDTH_FULL_NAME, "2", "RUB name 2"},
      {u"UAH", UNUM_UNIT_WIDTH_FULL_NAME, "5", "UAH name 5"},
      {u"CHF", UNUM_UNIT_WIDTH_SHORT, "0.05", "CHF 0.05"},
  }};
  for (const Row& row : kRows) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::CurrencyUnit unit(row.currency, status);
    Number(report, tag, row.question,
           NumberFormatter::withLocale(LocaleOf(tag)).unit(unit).unitWidth(row.width), row.amount);
  }
}

void Plurals(Report& report, const char* tag) {
  static constexpr std::array kAmounts = {0.0, 1.0, 1.5, 2.0, 3.0, 5.0, 11.0, 21.0, 1000000.0};
  for (const UPluralType type : {UPLURAL_TYPE_CARDINAL, UPLURAL_TYPE_ORDINAL}) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(LocaleOf(tag), type, status));
    icu::UnicodeString answer;
    for (const double amount : kAmounts) {
      if (U_FAILURE(status)) break;
      answer.append(rules->select(amount)).append(u' ');
    }
    report.Line("plural", tag, type == UPLURAL_TYPE_CARDINAL ? "cardinal" : "ordinal", answer, status);
  }
}

// --- dates ------------------------------------------------------------------------------------------

// `kind` is "rules" where the zone's rules changed after the system's data was made.
void Date(Report& report, std::string_view kind, const char* tag, const char* question,
          std::unique_ptr<icu::DateFormat> format, const char* zone, UDate when, UErrorCode status) {
  icu::UnicodeString answer;
  if (U_SUCCESS(status)) {
    format->adoptTimeZone(icu::TimeZone::createTimeZone(zone));
    format->format(when, answer);
  }
  report.Line(kind, tag, question, answer, status);
}

void DateStyles(Report& report, const char* tag) {
  struct Row {
    icu::DateFormat::EStyle date;
    icu::DateFormat::EStyle time;
    const char* question;
  };
  static constexpr std::array<Row, 4> kRows = {{
      {icu::DateFormat::kFull, icu::DateFormat::kFull, "style full"},
      {icu::DateFormat::kLong, icu::DateFormat::kLong, "style long"},
      {icu::DateFormat::kMedium, icu::DateFormat::kMedium, "style medium"},
      {icu::DateFormat::kShort, icu::DateFormat::kShort, "style short"},
  }};
  for (const Row& row : kRows) {
    std::unique_ptr<icu::DateFormat> format(
        icu::DateFormat::createDateTimeInstance(row.date, row.time, LocaleOf(tag)));
    const UErrorCode status = format == nullptr ? U_MISSING_RESOURCE_ERROR : U_ZERO_ERROR;
    Date(report, "date", tag, row.question, std::move(format), "Europe/Madrid", kSummer, status);
  }
}

void DateSkeletons(Report& report, const char* tag) {
  struct Row {
    const char* kind;
    const char* skeleton;
    const char* zone;
    UDate when;
  };
  static constexpr std::array<Row, 12> kRows = {{
      {"date", "yMMMMEEEEd", "Europe/Warsaw", kWinter},
      {"date", "yMMMEd", "America/Sao_Paulo", kSummer},
      {"date", "yMd", "Europe/Kyiv", kWinter},
      {"date", "MMMMd", "Europe/Istanbul", kSummer},
      {"date", "LLLLy", "Europe/Istanbul", kSummer},
      {"date", "jm", "America/New_York", kSummer},
      {"date", "Hms", "Asia/Kolkata", kSummer},
      {"date", "hmB", "Europe/London", kWinter},
      {"date", "yMMMdjmz", "Europe/Lisbon", kSummer},
      {"date", "jmzzzz", "Europe/Moscow", kWinter},
      {"date", "jmVVV", "Europe/Vienna", kSummer},
      {"rules", "yMdjmzzzz", "America/Mexico_City", kSummer},
  }};
  for (const Row& row : kRows) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(LocaleOf(tag), status));
    std::unique_ptr<icu::DateFormat> format;
    if (U_SUCCESS(status)) {
      const icu::UnicodeString pattern =
          patterns->getBestPattern(icu::UnicodeString(row.skeleton, -1, US_INV), status);
      format = std::make_unique<icu::SimpleDateFormat>(pattern, LocaleOf(tag), status);
    }
    Date(report, row.kind, tag, row.skeleton, std::move(format), row.zone, row.when, status);
  }
}

void FirstDayOfWeek(Report& report, const char* tag) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(
      icu::Calendar::createInstance(icu::TimeZone::getGMT()->clone(), LocaleOf(tag), status));
  icu::UnicodeString answer;
  if (U_SUCCESS(status)) {
    answer.append(static_cast<char16_t>(u'0' + calendar->getFirstDayOfWeek(status)));
  }
  report.Line("date", tag, "first day of week", answer, status);
}

// --- zones, whatever the locale ---------------------------------------------------------------------

void Offset(Report& report, const char* zone, UDate when, const char* question) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZone> time_zone(icu::TimeZone::createTimeZone(zone));
  int32_t raw = 0;
  int32_t summer = 0;
  time_zone->getOffset(when, false, raw, summer, status);
  icu::UnicodeString answer;
  const int32_t minutes = (raw + summer) / 60000;
  if (minutes < 0) answer.append(u'-');
  const int32_t absolute = minutes < 0 ? -minutes : minutes;
  for (const int32_t digit : {absolute / 600, absolute / 60 % 10, absolute % 60 / 10, absolute % 10}) {
    answer.append(static_cast<char16_t>(u'0' + digit));
  }
  report.Line("rules", "-", question, answer, status);
}

void Zones(Report& report) {
  UErrorCode status = U_ZERO_ERROR;
  const char* version = icu::TimeZone::getTZDataVersion(status);
  report.Line("rules", "-", "tzdata", icu::UnicodeString(version, -1, US_INV), status);
  Offset(report, "America/Mexico_City", kSummer, "offset Mexico City, July 2026");
  Offset(report, "America/Tijuana", kSummer, "offset Tijuana, July 2026");
  Offset(report, "Europe/Dublin", kSummer, "offset Dublin, July 2026");
  Offset(report, "Europe/Dublin", kWinter, "offset Dublin, January 2026");
  Offset(report, "Europe/Kyiv", kSummer, "offset Kyiv, July 2026");
  Offset(report, "Africa/Casablanca", kWinter, "offset Casablanca, January 2026");
  Offset(report, "Asia/Kathmandu", kWinter, "offset Kathmandu, January 2026");
  Offset(report, "America/Sao_Paulo", kWinter, "offset Sao Paulo, January 2026");
}

// --- text -------------------------------------------------------------------------------------------

void Case(Report& report, const char* tag) {
  icu::UnicodeString upper(u"stra\u00DFe istanbul \u0131 i\u0307 \u00E9t\u00E9");
  icu::UnicodeString lower(u"STRASSE ISTANBUL \u0130I \u039F\u0394\u039F\u03A3");
  report.Line("text", tag, "upper", upper.toUpper(LocaleOf(tag)), U_ZERO_ERROR);
  report.Line("text", tag, "lower", lower.toLower(LocaleOf(tag)), U_ZERO_ERROR);
}

void Normal(Report& report) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString answer;
  if (U_SUCCESS(status)) {
    answer = nfc->normalize(u"e\u0301 a\u0328\u0301 \u1112\u1161\u11AB \u212B", status);
  }
  report.Line("text", "-", "nfc", answer, status);
}

}  // namespace

bool SelfcheckLoad(const void* bytes) {
  UErrorCode status = U_ZERO_ERROR;
  udata_setCommonData(bytes, &status);
  return status == U_ZERO_ERROR;
}

std::string SelfcheckRun() {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale::setDefault(icu::Locale::getEnglish(), status);
  icu::TimeZone::adoptDefault(icu::TimeZone::getGMT()->clone());
  Report report;
  for (const char* tag : kLocales) {
    Numbers(report, tag);
    Money(report, tag);
    Plurals(report, tag);
    DateStyles(report, tag);
    DateSkeletons(report, tag);
    FirstDayOfWeek(report, tag);
    Case(report, tag);
  }
  Zones(report);
  Normal(report);
  return report.Take();
}

}  // namespace recado::text
