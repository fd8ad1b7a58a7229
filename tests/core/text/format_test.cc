#include "core/text/format.h"

#include <gtest/gtest.h>

#include "core/text/data.h"

namespace recado::text {
namespace {

// 2026-07-15 16:05:09 UTC, a Wednesday.
constexpr Instant kSummer{1'784'131'509'000};

Decimal D(std::string_view text) {
  return Decimal::Parse(text).value_or(Decimal());
}

std::string Number(std::string_view language, std::string_view number, const NumberOptions& options = {}) {
  return Formatter(language, "UTC").Number(D(number), options);
}

std::string Euro(std::string_view language, std::string_view amount, const MoneyOptions& options = {}) {
  return Formatter(language, "UTC").Money({D(amount), "EUR"}, options);
}

TEST(Number, AsTheLanguageWritesIt) {
  EXPECT_EQ(Number("en", "1234567.891"), "1,234,567.891");
  EXPECT_EQ(Number("de", "1234567.891"), "1.234.567,891");
  EXPECT_EQ(Number("de-CH", "1234567.891"), "1’234’567.891");
  EXPECT_EQ(Number("pl", "1234"), "1234");
  EXPECT_EQ(Number("pl", "12345"), "12\u00A0345");
  EXPECT_EQ(Number("en", "-5"), "-5");
  EXPECT_EQ(Number("en", "0"), "0");
}

TEST(Number, ShowsTheDigitsThatWereWrittenUpToThree) {
  EXPECT_EQ(Number("en", "1.50"), "1.50");
  EXPECT_EQ(Number("en", "1.5"), "1.5");
  EXPECT_EQ(Number("en", "1.23456"), "1.235");
  EXPECT_EQ(Number("en", "1.0005"), "1.001");  // half away from zero, as people round
  EXPECT_EQ(Number("en", "12345678901234567890.12"), "12,345,678,901,234,567,890.12");
}

TEST(Number, Options) {
  EXPECT_EQ(Number("en", "1.005", {.min_fraction = 2, .max_fraction = 2}), "1.01");
  EXPECT_EQ(Number("en", "2", {.min_fraction = 2}), "2.00");
  EXPECT_EQ(Number("en", "2.50", {.max_fraction = 1}), "2.5");
  EXPECT_EQ(Number("en", "2.04", {.max_fraction = 1}), "2");
  EXPECT_EQ(Number("en", "1234", {.grouping = false}), "1234");
  EXPECT_EQ(Number("en", "0.25", {.percent = true}), "25%");
  EXPECT_EQ(Number("de", "0.255", {.percent = true}), "25,5\u00A0%");
  EXPECT_EQ(Number("tr", "0.25", {.percent = true}), "%25");
  EXPECT_EQ(Number("en", "1.5", {.min_fraction = -3, .max_fraction = 99}), "1.5");
}

TEST(MoneyFormat, AsTheLanguageWritesIt) {
  EXPECT_EQ(Euro("en", "1234.5"), "€1,234.50");
  EXPECT_EQ(Euro("de", "1234.5"), "1.234,50\u00A0€");
  EXPECT_EQ(Euro("pt-BR", "1234.5"), "€\u00A01.234,50");
  EXPECT_EQ(Euro("pt-PT", "12345"), "12\u00A0345,00\u00A0€");
  EXPECT_EQ(Euro("en", "-0.005"), "-€0.01");
  EXPECT_EQ(Euro("en", "10", {.fraction = 0}), "€10");
  EXPECT_EQ(Euro("en", "10", {.width = MoneyOptions::Width::kCode}), "EUR\u00A010.00");
  EXPECT_EQ(Euro("de", "1", {.width = MoneyOptions::Width::kName}), "1,00 Euro");
}

TEST(MoneyFormat, CurrenciesHaveTheirOwnDigitsAndSigns) {
  Formatter english("en", "UTC");
  EXPECT_EQ(english.Money({D("1234"), "JPY"}), "¥1,234");
  EXPECT_EQ(english.Money({D("1.2345"), "KWD"}), "KWD\u00A01.235");
  EXPECT_EQ(english.Money({D("5"), "CAD"}, {.width = MoneyOptions::Width::kNarrow}), "$5.00");
  EXPECT_EQ(english.Money({D("5"), "XQZ"}), "XQZ\u00A05.00");
}

TEST(MoneyFormat, WhatIsNoCurrencyIsShownAsWritten) {
  Formatter english("en", "UTC");
  EXPECT_EQ(english.Money({D("1234.50"), "points"}), "1,234.50 points");
  EXPECT_EQ(english.Money({D("5"), ""}), "5 ");
  EXPECT_EQ(english.Money({D("5"), "€€€"}), "5 €€€");
}

TEST(MoneyFormat, PlainSpacesWhereAsked) {
  Formatter formatter("de", "UTC");
  const Money price{*Decimal::Parse("1299.00"), "EUR"};
  EXPECT_EQ(formatter.Money(price), "1.299,00\u00A0€");
  formatter.UsePlainSpaces(true);
  EXPECT_EQ(formatter.Money(price), "1.299,00 €");
  formatter.UsePlainSpaces(false);
  EXPECT_EQ(formatter.Money(price), "1.299,00\u00A0€");
}

TEST(DateFormat, StylesInTheZone) {
  Formatter german("de", "Europe/Berlin");
  EXPECT_EQ(german.DateTime(kSummer, DateStyle::kMedium, DateStyle::kShort), "15.07.2026, 18:05");
  EXPECT_EQ(german.DateTime(kSummer, DateStyle::kFull, DateStyle::kNone), "Mittwoch, 15. Juli 2026");
  EXPECT_EQ(german.DateTime(kSummer, DateStyle::kNone, DateStyle::kMedium), "18:05:09");
  EXPECT_EQ(german.DateTime(kSummer, DateStyle::kNone, DateStyle::kNone), "");
  EXPECT_EQ(Formatter("en", "America/New_York").DateTime(kSummer, DateStyle::kNone, DateStyle::kFull),
            "12:05:09\u202FPM Eastern Daylight Time");
  EXPECT_EQ(Formatter("pt-BR", "America/Sao_Paulo").DateTime(kSummer, DateStyle::kShort, DateStyle::kShort),
            "15/07/2026, 13:05");
  EXPECT_EQ(Formatter("en", "").DateTime(kSummer, DateStyle::kShort, DateStyle::kNone), "7/15/26");
}

TEST(DateFormat, ADateByItselfIsMovedByNoZone) {
  for (const char* zone : {"Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"}) {
    EXPECT_EQ(Formatter("en-GB", zone).DateOnly({2026, 12, 1}, DateStyle::kLong), "1 December 2026");
  }
}

TEST(DateFormat, CalendarIsGregorianThroughout) {
  EXPECT_EQ(Formatter("en-GB", "UTC").DateOnly({1500, 3, 1}, DateStyle::kLong), "1 March 1500");
}

TEST(DateFormat, SkeletonsAreOrderedByTheLanguage) {
  Formatter english("en", "UTC");
  Formatter polish("pl", "UTC");
  EXPECT_EQ(english.Skeleton(kSummer, "yMMMd"), "Jul 15, 2026");
  EXPECT_EQ(polish.Skeleton(kSummer, "yMMMMd"), "15 lipca 2026");
  EXPECT_EQ(english.Skeleton(kSummer, "jm"), "4:05\u202FPM");
  EXPECT_EQ(polish.Skeleton(kSummer, "jm"), "16:05");
  for (const char* bad : {"", "foo", "yMMM d", "v", "VVVV", "y'", "yyyyé"}) {
    EXPECT_EQ(english.Skeleton(kSummer, bad), std::nullopt) << bad;
  }
  EXPECT_TRUE(english.Skeleton(kSummer, std::string(64, 'y')).has_value());
  EXPECT_EQ(english.Skeleton(kSummer, std::string(65, 'y')), std::nullopt);
}

TEST(DateFormat, PatternsAreTakenAsTheyStand) {
  Formatter german("de", "Europe/Berlin");
  EXPECT_EQ(german.Pattern(kSummer, "dd.MM.yyyy 'um' HH:mm"), "15.07.2026 um 18:05");
  EXPECT_EQ(german.Pattern(kSummer, "EEEE"), "Mittwoch");
  EXPECT_EQ(german.Pattern(kSummer, "h 'o''clock'"), "6 o'clock");
  for (const char* bad : {"", "dd.MM 'um HH", "foo", "vvvv", "jj"}) {
    EXPECT_EQ(german.Pattern(kSummer, bad), std::nullopt) << bad;
  }
}

TEST(DateFormat, ManyPatternsDoNotPileUp) {
  Formatter english("en", "UTC");
  for (int i = 0; i < 500; ++i) {
    EXPECT_EQ(english.Pattern(kSummer, "yyyy'" + std::to_string(i) + "'"), "2026" + std::to_string(i));
  }
}

std::string Plurals(std::string_view language, bool ordinal = false) {
  Formatter formatter(language, "UTC");
  std::string out;
  for (const char* number : {"0", "1", "2", "5", "21", "1.0", "1.5", "1000000"}) {
    out.append(out.empty() ? "" : " ").append(formatter.Plural(D(number), ordinal));
  }
  return out;
}

TEST(Plural, CategoriesByLanguage) {
  EXPECT_EQ(Plurals("en"), "other one other other other other other other");
  EXPECT_EQ(Plurals("pl"), "many one few many many other other many");
  EXPECT_EQ(Plurals("ru"), "many one few many one other other many");
  EXPECT_EQ(Plurals("pt-BR"), "one one other other other one one many");
  EXPECT_EQ(Plurals("tr"), "other one other other other one other other");
  EXPECT_EQ(Plurals("en", true), "other one two other one one other other");
}

TEST(Formatter, MovesWithItsCaches) {
  Formatter first("de", "UTC");
  EXPECT_EQ(first.Number(D("1.5")), "1,5");
  Formatter second = std::move(first);
  EXPECT_EQ(second.Number(D("1.5")), "1,5");
  second = Formatter("en", "UTC");
  EXPECT_EQ(second.Number(D("1.5")), "1.5");
}

TEST(Data, EveryLanguageIsHereAndNoOther) {
  EXPECT_EQ(Languages().size(), 10U);
  for (const std::string_view language : Languages()) EXPECT_TRUE(LanguageLoaded(language)) << language;
  for (const char* tag :
       {"pt-BR", "PT-pt", "de_AT", "en-GB-oxendict", "es-419", "uk-Cyrl-UA", "tr-u-nu-latn"}) {
    EXPECT_TRUE(LanguageLoaded(tag)) << tag;
  }
  for (const char* tag : {"", "ja", "d", "deu", "-de", "english", "x-de"})
    EXPECT_FALSE(LanguageLoaded(tag)) << tag;
}

TEST(Data, LocaleIsTheRegionWhereThereIsDataForIt) {
  EXPECT_EQ(LocaleFor("pt-BR"), "pt_BR");
  EXPECT_EQ(LocaleFor("pt-pt"), "pt_PT");
  EXPECT_EQ(LocaleFor("ES_419"), "es_419");
  EXPECT_EQ(LocaleFor("de-XX"), "de");
  EXPECT_EQ(LocaleFor("uk-Cyrl-UA"), "uk_UA");
  EXPECT_EQ(LocaleFor("en-u-rg-gbzzzz"), "en");
  EXPECT_EQ(LocaleFor("ja-JP"), "");
}

TEST(Data, VersionsAreNamed) {
  const Versions versions = DataVersions();
  EXPECT_EQ(versions.icu, "72.1");
  EXPECT_EQ(versions.unicode, "15.0");
  EXPECT_GE(versions.zones, "2022g");
}

TEST(Data, WhatIsNoPackageIsRefused) {
  alignas(16) std::byte nonsense[64] = {};
  const Result<bool> base = LoadBaseData(nonsense);
  ASSERT_FALSE(base.ok());
  EXPECT_EQ(base.error()[0].code, DiagnosticCode::data_package_refused);
  EXPECT_FALSE(LoadMergedData(std::span(nonsense).subspan(1)).ok());
  EXPECT_FALSE(LoadMergedData({}).ok());
  EXPECT_FALSE(LoadLanguageData("ja", nonsense).ok());
}

}  // namespace
}  // namespace recado::text
