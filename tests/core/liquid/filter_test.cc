// One row, one fact about a filter.
#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

TEST(LiquidFilters, Text) {
  ExpectRows({
      {"{{ 'straße' | upcase }}", "STRASSE"},
      {"{{ 'ÄÖ' | downcase }}", "äö"},
      {"{{ 'éCOLE du soir' | capitalize }}", "École du soir"},
      {"{{ ' a  b ' | strip }}|{{ '  a  b ' | squish }}", "a  b|a b"},
      {"{{ 'Größe' | truncate: 4 }}|{{ 'Größe' | truncate: 5 }}|{{ 'abc' | truncate: 0 }}", "G...|Größe|..."},
      {"{{ 'Größe' | slice: 2, 2 }}|{{ 'Größe' | slice: -2, 9 }}|{{ 'a' | slice: 2 }}", "öß|ße|"},
      {"{{ 'aaa' | replace_first: 'a', 'b' }}{{ 'aaa' | replace_last: 'a', 'b' }}", "baaaab"},
      {"{{ 'é' | replace: '', '-' }}", "-é-"},
      {"{{ 'aXbX' | split: 'X' | size }}{{ 'Grö' | split: '' | join: '-' }}", "2G-r-ö"},
      {"{{ 'a, b' | url_encode }}{{ 'a%2C+b%' | url_decode }}", "a%2C+ba, b%"},
      {"{{ 'ß' | base64_encode }}{{ 'w58=' | base64_decode }}{{ 'w58' | base64_url_safe_decode }}", "w58=ßß"},
      {"{{ '<a>&amp;&x' | escape_once }}", "&lt;a&gt;&amp;&amp;x"},
      {"{{ '<script>x</script>a<b>c<' | strip_html }}", "ac<"},
      {"{{ 'my_first-name' | camelcase }}", "MyFirstName"},
      {"{{ 'a b ' | truncatewords: 2 }}|{{ 'a b ' | truncatewords: 3 }}|{{ 'a b' | truncatewords: 2 }}",
       "a b...|a b |a b"},
      {"{{ nothing | append: 'a' | prepend: 'b' }}", "ba"},
  });
}

TEST(LiquidFilters, TurkishHasItsOwnCase) {
  RenderOptions options = TestOptions();
  options.language = "tr";
  EXPECT_EQ(Rendered("{{ 'istanbul' | upcase }}", "{}", options), "İSTANBUL");
}

TEST(LiquidFilters, Lists) {
  constexpr std::string_view kData =
      R"({"a":[3,1,2],"o":[{"k":"b","n":2},{"k":"a","n":1},{"n":3}],"m":["b","A","a"]})";
  ExpectRows({
      {"{{ a | sort | join: ',' }}", "1,2,3", kData},
      {"{{ o | sort: 'k' | map: 'n' | join: ',' }}", "1,2,3", kData},
      {"{{ m | sort_natural | join: ',' }}{{ m | sort | join }}", "A,a,bA a b", kData},
      {"{{ o | where: 'k' | size }}{{ o | where: 'n', 3 | size }}{{ o | reject: 'k' | size }}", "211", kData},
      {"{{ o | find_index: 'n', 1 }}{{ o | has: 'n', 9 }}", "1false", kData},
      {"{{ o | sum: 'n' }}{{ a | sum }}", "66", kData},
      {"{{ a | concat: m | reverse | first }}{{ a | last }}", "a2", kData},
      {"{{ m | uniq | size }}{{ o | compact: 'k' | size }}", "32", kData},
      {"{{ '' | default: 'x' }}{{ false | default: 'y', allow_false: true }}{{ false | default: allow_false: "
       "true, 'z' }}",
       "xfalsefalse"},
      {"{{ (1..3) | reverse | join }}{{ 'abc' | first }}{{ 'aß' | last }}", "3 2 1aß"},
  });
}

TEST(LiquidFilters, Date) {
  RenderOptions berlin = TestOptions();
  berlin.time_zone = "Europe/Berlin";
  ExpectRows({
      {"{{ 'March 14, 2016' | date: '%b %d, %y' }}", "Mar 14, 16"},
      {"{{ '14 Mar 2016 10:05 pm' | date: '%F %T %I %l %p' }}", "2016-03-14 22:05:00 10 10 PM"},
      {"{{ 'Fri Jul 16 01:02:03 2004' | date: '%s' }}", "1089939723"},
      {"{{ '2016-03-14T10:00:00+05:00' | date: '%H %z %:z' }}", "10 +0500 +05:00"},
      {"{{ '2026-01-01' | date: '%j %U %W %V %G %u %w %A %^a' }}", "001 00 00 01 2026 4 4 Thursday THU"},
      {"{{ '2026-12-01T09:05:07.25Z' | date: '%-d/%-m %e %k %L %3N %N %C %R %r' }}",
       "1/12  1  9 250 250 250000000 20 09:05 09:05:07 AM"},
      {"{{ 'now' | date: '%F %R %Z' }}", "2026-11-22 09:30 UTC"},
      {"{{ 0 | date: '%c' }}", "Thu Jan  1 00:00:00 1970"},
      {"{{ '2026-02-29' | date: '%F' }}{{ 'soon' | date: '%F' }}{{ nil | date: '%F' }}", "2026-02-29soon"},
      {"{{ '2026-12-01' | date: '' }}{{ '2026-12-01' | date: '%Q%' }}", "2026-12-01%Q%"},
  });
  ExpectRows({{"{{ '2026-12-01T09:00:00Z' | date: '%H %z' }}", "10 +0100"},
              {"{{ '2026-07-01' | date: '%H %z' }}", "00 +0200"},
              {"{{ 'now' | date: '%R' }}", "10:30"}},
             berlin);
}

TEST(LiquidFilters, MoneyPrintsByItself) {
  constexpr std::string_view kData =
      R"({"m":{"amount":"1299.00","currency":"EUR"},"n":{"currency":"EUR","amount":"x"}})";
  ExpectRows({{"{{ m }}", "€1,299.00", kData},
              {"{{ m | money }}", "€1,299.00", kData},
              {"{{ m | append: '!' }}", "€1,299.00!", kData},
              {"{{ m.amount }} {{ m.currency }}", "1299.00 EUR", kData},
              {"{{ 12.5 | money: 'EUR' }}", "€12.50", kData},
              {"{{ n }}", R"({"currency"=>"EUR", "amount"=>"x"})", kData},
              {"{{ m | money_without_trailing_zeros }}", "€1,299", kData},
              {"{% if m > 1000 and m < 1300 %}y{% endif %}", "y", kData},
              {"{{ 1234.5 | decimal }} {{ 1234.5 | decimal: 2 }}", "1,234.5 1,234.50"}});
  RenderOptions german = TestOptions();
  german.language = "de";
  EXPECT_EQ(Rendered("{{ m }}", kData, german), "1.299,00\u00A0€");
}

TEST(LiquidFilters, Datetime) {
  RenderOptions german = TestOptions();
  german.language = "de";
  german.time_zone = "Europe/Berlin";
  ExpectRows({{"{{ '2026-12-01' | datetime: 'long' }}", "1. Dezember 2026"},
              {"{{ '2026-12-01T09:00:00Z' | datetime: 'dd.MM.yyyy HH:mm' }}", "01.12.2026 10:00"},
              {"{{ '2026-12-01T09:00:00Z' | datetime: 'yMMMMd' }}", "1. Dezember 2026"},
              {"{{ '2026-12-01T09:00:00Z' | datetime: date: 'short' }}", "01.12.26"},
              {"{{ '' | datetime }}", ""}},
             german);
}

TEST(LiquidFilters, Plural) {
  RenderOptions polish = TestOptions();
  polish.language = "pl";
  ExpectRows({{"{{ 1 | plural }} {{ 3 | plural }} {{ 5 | plural }}", "one few many"},
              {"{{ 1 | ngettext: 'dzień', 'dni', 'dni' }} {{ 5 | ngettext: 'plik', 'pliki', 'plików' }}",
               "dzień plików"}},
             polish);
  ExpectRows({{"{{ 1 | ngettext: 'day', 'days' }} {{ 2 | ngettext: 'day', 'days' }}", "day days"},
              {"{{ 2 | plural: ordinal: true }}", "two"}});
}

// Numbers as people read them; the region is the workspace's.
TEST(Filters, PhoneInTheRegionOfTheWorkspace) {
  RenderOptions brazil = TestOptions();
  brazil.region = "BR";
  ExpectRows(
      {{"{{ '11912345678' | phone }}", "+55 11 91234 5678"},
       {"{{ '+55 11 91234-5678' | phone: 'national' }}", "(11) 91234-5678"},
       {"{{ '11 91234-5678' | phone: 'e164' }}", "+5511912345678"},
       {"{{ '020 7031 3000' | phone: 'international', region: 'GB' }}", "+44 20 7031 3000"},
       {"{{ 'ask Eva' | phone }}|{{ nothing | phone }}|{{ '12' | phone: 'national' }}", "ask Eva||12"}},
      brazil);
  ExpectRows({{"{{ '11912345678' | phone }}", "11912345678"},
              {"{{ '+5511912345678' | phone }}", "+55 11 91234 5678"}});
  EXPECT_EQ(Rendered("{{ '+5511912345678' | phone: 'local' }}").substr(0, 19), "error invalid_value");
}

TEST(Filters, SmsSafeReplacesOnlyWhatHasAStandIn) {
  ExpectRows({{"{{ '“Hi” – ok…' | sms_safe }}", "\"Hi\" - ok..."},
              {"{{ 'Łódź 👋' | sms_safe }}|{{ 5 | sms_safe }}", "Łódź 👋|5"}});
}

TEST(Filters, TransliterateByTheMessagesLanguageOrTheTexts) {
  RenderOptions german = TestOptions();
  german.language = "de";
  ExpectRows({{"{{ 'Jürgen Łach' | transliterate }}", "Juergen Lach"},
              {"{{ 'Григорій' | transliterate: 'uk' }}", "Hryhorii"},
              {"{{ 'Jürgen Łach ΔΕ' | transliterate: keep: 'gsm' }}", "Jürgen Lach DE"}},
             german);
}

}  // namespace
}  // namespace recado::liquid
