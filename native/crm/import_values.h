// How a table writes numbers, dates and yes or no, and what they are in a record (formats §2).
//
//   Spelling spelling = *SpellingOf("de");                  // 1.234,50 and 24.12.2026
//   ReadNumber("1.234,50 €", spelling)                      // "1234.50"
//   ReadDate("24.12.2026", spelling)                        // "2026-12-24"
//
// Nothing is guessed: 1,234 is one thousand or one and a bit by what was said, and 03/04/2026 is a day in
// March or in April by what was said. Dates as ISO 8601 writes them are always read. No floating point: a
// number is decimal text in and out. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"

namespace recado::directory {

struct Spelling {
  char decimal = '.';               // '.' or ','
  std::string date = "YYYY-MM-DD";  // in any order, with '.', '/' or '-' between
  std::string time_zone = "UTC";    // of times without one
};

// "en" "en-US" "en-GB" "de" "es" "fr" "it" "pl" "pt" "ru" "tr" "uk" and what begins with one; nothing for
// others.
std::optional<Spelling> SpellingOf(std::string_view language);
// One of the forms above.
bool IsDateForm(std::string_view form);

// Decimal text, at most 30 digits; nothing where it is no number of this spelling. Blanks, a currency sign or
// code around it and grouping in threes ("1 234,50", "1'234.50", "EUR 1.234") are understood.
std::optional<std::string> ReadNumber(std::string_view text, const Spelling& spelling);
// "2026-12-24".
std::optional<std::string> ReadDate(std::string_view text, const Spelling& spelling);
// "2026-12-24T08:30:00Z" from RFC 3339, or a date and a time of day in the spelling's zone.
std::optional<std::string> ReadDateTime(std::string_view text, const Spelling& spelling);
std::optional<bool> ReadYesNo(std::string_view text);

std::string_view Trimmed(std::string_view text);

}  // namespace recado::directory
