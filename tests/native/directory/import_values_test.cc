#include "native/crm/import_values.h"

#include <gtest/gtest.h>

#include "native/crm/columns.h"

namespace recado::directory {
namespace {

std::string Number(const char* text, const char* language) {
  return ReadNumber(text, *SpellingOf(language)).value_or("-");
}

TEST(ImportValues, NumbersAsTheirLanguageWritesThem) {
  struct Row {
    const char* text;
    const char* language;
    const char* number;
  };
  constexpr Row kRows[] = {
      {"199.90", "en", "199.90"},
      {"1,234.50", "en", "1234.50"},
      {"1234", "en", "1234"},
      {"1.234,50", "de", "1234.50"},
      {"199,9", "de", "199.9"},
      {"1.234.567", "de", "1234567"},
      {"1 234,50", "pl", "1234.50"},
      {"1\xC2\xA0"
       "234,50",
       "fr", "1234.50"},
      {"1'234.50", "de-CH", "1234.50"},
      {"€ 12,00", "de", "12.00"},
      {"12,00 EUR", "de", "12.00"},
      {"-5", "en", "-5"},
      {".5", "en", "0.5"},
      {"5.", "en", "5"},
      {"0.00725", "en", "0.00725"},
      {"12,34", "en", "-"},
      {"1.23", "de", "-"},
      {"1.2345", "de", "-"},
      {"1,23,456", "en", "-"},
      {"12a", "en", "12"},
      {"about twelve", "en", "-"},
      {"", "en", "-"},
      {"1e5", "en", "-"},
      {"--5", "en", "-"},
      {"1.2.3", "en", "-"},
      {"order number 5", "en", "-"},
  };
  for (const Row& row : kRows)
    EXPECT_EQ(Number(row.text, row.language), row.number) << row.text << " " << row.language;
  EXPECT_FALSE(ReadNumber(std::string(31, '9'), {}));
}

TEST(ImportValues, DatesAsWasSaidOrIso) {
  const auto date = [](const char* text, const char* language) {
    return ReadDate(text, *SpellingOf(language)).value_or("-");
  };
  EXPECT_EQ(date("24.12.2026", "de"), "2026-12-24");
  EXPECT_EQ(date("3/4/2026", "en-US"), "2026-03-04");
  EXPECT_EQ(date("3/4/2026", "en-GB"), "2026-04-03");
  EXPECT_EQ(date("2026-12-24", "de"), "2026-12-24");
  EXPECT_EQ(date("24.12.2026 00:00:00", "de"), "2026-12-24");
  for (const char* wrong : {"31.02.2026", "24.13.2026", "0.1.2026", "24.12.26", "24/12/2026", "tomorrow", "",
                            "24.12.2026 10:00", "2026-12-241"}) {
    EXPECT_EQ(date(wrong, "de"), "-") << wrong;
  }
}

TEST(ImportValues, TimesWithoutAZoneAreLocal) {
  Spelling spelling = *SpellingOf("de");
  spelling.time_zone = "Europe/Berlin";
  const auto read = [&](const char* text) { return ReadDateTime(text, spelling).value_or("-"); };
  EXPECT_EQ(read("24.12.2026 14:30"), "2026-12-24T13:30:00Z");
  EXPECT_EQ(read("24.06.2026 14:30:05"), "2026-06-24T12:30:05Z");
  EXPECT_EQ(read("2026-12-24T14:30:00+05:00"), "2026-12-24T09:30:00Z");
  EXPECT_EQ(read("24.12.2026"), "2026-12-23T23:00:00Z");
  for (const char* wrong :
       {"24.12.2026 25:00", "24.12.2026 8", "24.12.2026 8:3", "24.12.2026 08:30:00:00", "14:30"}) {
    EXPECT_EQ(read(wrong), "-") << wrong;
  }
}

TEST(ImportValues, YesAndNoInFiveLanguages) {
  for (const char* yes : {"yes", "Ja", "sí", "TAK", "sim", "1", "true", "x"})
    EXPECT_EQ(ReadYesNo(yes), true) << yes;
  for (const char* no : {"no", "Nein", "nie", "não", "0", "false"}) EXPECT_EQ(ReadYesNo(no), false) << no;
  for (const char* neither : {"", "maybe", "2"}) EXPECT_FALSE(ReadYesNo(neither).has_value()) << neither;
}

TEST(ImportColumns, MeaningIsGuessedInFiveLanguages) {
  const crm::Entity* deal = crm::BuiltInSchema().Find("deal");
  const std::pair<const char*, const char*> cases[] = {
      {"ID", "id"},
      {"Title", "title"},
      {"Betrag", "amount"},
      {"Währung", "currency"},
      {"First Name", "contact.first_name"},
      {"Vorname", "contact.first_name"},
      {"imię", "contact.first_name"},
      {"Sobrenome", "contact.last_name"},
      {"Telefon", "contact.phone"},
      {"Mobile", "contact.phone.mobile"},
      {"E-Mail", "contact.email"},
      {"Firma", "company.name"},
      {"tracking_number", "tracking_number"},
      {"contact.phone.work", "contact.phone.work"},
      {"deal.title", "title"},
  };
  for (const auto& [column, field] : cases) {
    const auto target = GuessTarget(column, deal);
    ASSERT_TRUE(target) << column;
    EXPECT_EQ(target->Dump(), field) << column;
  }
  for (const char* nothing : {"", "Memo", "???", "Spalte 7"})
    EXPECT_FALSE(GuessTarget(nothing, deal)) << nothing;
}

TEST(ImportColumns, FieldsThatDoNotExistAreRefused) {
  for (const char* wrong :
       {"", "contact.", "contact.phone.carrier", "title.x", "responsible.phone.work", "a b", "x/y"}) {
    EXPECT_FALSE(ParseTarget(wrong, "deal").ok()) << wrong;
  }
}

TEST(ImportColumns, AMappingOverrulesTheGuesses) {
  const crm::Entity* deal = crm::BuiltInSchema().Find("deal");
  const auto columns =
      MapColumns({"Nr", "Name", "Telefon", "Telefon 2"},
                 {{"Nr", "id"}, {"Name", ""}, {"Telefon 2", "contact.phone.home"}}, "deal", deal);
  ASSERT_TRUE(columns.ok()) << Dump(columns.error());
  EXPECT_EQ((*columns)[0].target->Dump(), "id");
  EXPECT_FALSE((*columns)[1].target);
  EXPECT_TRUE((*columns)[2].guessed);
  EXPECT_EQ((*columns)[3].target->Dump(), "contact.phone.home");
  EXPECT_EQ(Dump(MapColumns({"Titel"}, {}, "deal", deal).error()), "error import_no_column name=id");
  EXPECT_EQ(Dump(MapColumns({"id"}, {{"Titel", "title"}}, "deal", deal).error()),
            "error import_unknown_column /columns/Titel name=Titel");
}

}  // namespace
}  // namespace recado::directory
