#include "core/liquid/extent.h"

#include "core/sms/count.h"
#include "core/text/data.h"
#include "core/text/grapheme.h"
#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

Type Of(Type::Kind kind, int max_length = 0) {
  Type type;
  type.kind = kind;
  type.max_length = max_length;
  return type;
}

Type Variables() {
  Type deal = Of(Type::Kind::kObject);
  deal.members = {{"title", Of(Type::Kind::kText, 10)},   {"note", Of(Type::Kind::kText)},
                  {"amount", Of(Type::Kind::kMoney)},     {"count", Of(Type::Kind::kInteger)},
                  {"rate", Of(Type::Kind::kDecimal)},     {"due", Of(Type::Kind::kDate)},
                  {"meeting", Of(Type::Kind::kDateTime)}, {"vip", Of(Type::Kind::kBoolean)},
                  {"code", Of(Type::Kind::kInteger, 4)}};
  Type tags = Of(Type::Kind::kList);
  tags.element = std::make_shared<const Type>(Of(Type::Kind::kText, 3));
  deal.members.push_back({"tags", tags});
  Type globals = Of(Type::Kind::kObject);
  globals.members = {{"deal", deal}};
  return globals;
}

TemplateExtent Measured(std::string_view source) {
  const ParseResult parsed = Template::Parse(source);
  EXPECT_NE(parsed.program, nullptr) << source << Dump(parsed.diagnostics);
  return parsed.program == nullptr ? TemplateExtent() : MeasureTemplate(*parsed.program, Variables());
}

std::string Characters(std::string_view source) {
  const std::string dump = Dump(Measured(source).extent);
  return dump.substr(0, dump.find(' '));
}

TEST(Extent, LiteralsFieldsAndFilters) {
  const Row rows[] = {
      {"", "0..0"},
      {"abc", "3..3"},
      {"a{{ deal.title }}b", "2..12"},
      {"{{ deal.note }}", "0..inf"},
      {"{{ deal.tags }}", "0..inf"},
      {"{{ deal.unknown }}", "0..inf"},
      {"{{ deal.code }}", "0..5"},
      {"{{ deal.vip }}", "0..5"},
      {"{{ deal.due }}", "0..10"},
      {"{{ 'abc' }}", "3..3"},
      {"{{ 'abc' | append: deal.title }}", "3..13"},
      {"{{ deal.title | prepend: 'No. ' }}", "4..14"},
      {"{{ deal.note | truncate: 20 }}", "0..20"},
      {"{{ deal.title | truncate: 20 }}", "0..10"},
      {"{{ deal.note | truncate: 2 }}", "0..3"},
      {"{{ deal.note | truncate: 20, '' }}", "0..20"},
      {"{{ deal.note | truncate: deal.code }}", "0..inf"},
      {"{{ deal.title | default: 'somebody else' }}", "0..13"},
      {"{{ deal.title | upcase }}", "0..30"},
      {"{{ deal.title | capitalize }}", "0..12"},
      {"{{ deal.title | downcase | strip }}", "0..10"},
      {"{{ deal.title | escape }}", "0..60"},
      {"{{ deal.note | slice: 0, 4 }}", "0..4"},
      {"{{ deal.note | slice: 3 }}", "0..1"},
      {"{{ deal.title | replace: 'a', 'bc' }}", "0..20"},
      {"{{ deal.title | remove: 'a' }}", "0..10"},
      {"{{ deal.due | date: '%d.%m.' }}", "0..6"},
      {"{{ deal.due | datetime: 'dd.MM.yyyy' }}", "0..30"},
      {"{{ deal.title | split: '' | join: '-' }}", "0..inf"},
      {"{{ deal.title.size }}", "0..13"},
  };
  for (const Row& row : rows) EXPECT_EQ(Characters(row.source), row.expected) << row.source;
}

TEST(Extent, BranchesLoopsAndVariables) {
  const Row rows[] = {
      {"{% if deal.vip %}abc{% else %}a{% endif %}", "1..3"},
      {"{% if deal.vip %}abc{% endif %}", "0..3"},
      {"{% unless deal.vip %}abc{% elsif deal.code %}abcde{% else %}a{% endunless %}", "1..5"},
      {"{% if deal.vip and deal.code or deal.note %}abc{% endif %}d", "1..4"},
      {"{% case deal.code %}{% when 1 %}abc{% when 2, 3 %}abcd{% else %}a{% endcase %}", "0..8"},
      {"{% case deal.code %}{% when 1 %}abc{% endcase %}", "0..3"},
      {"{% case deal.code %}{% when deal.code, 1 %}abc{% endcase %}", "0..inf"},
      {"{% for i in (1..3) %}ab{% endfor %}", "6..6"},
      {"{% for i in (1..3) %}ab{% break %}{% endfor %}c", "3..3"},
      {"{% for i in (1..3) %}a{% if deal.vip %}{% continue %}{% endif %}b{% endfor %}", "3..6"},
      {"{% for i in (1..3) limit: 2 %}ab{% endfor %}", "0..4"},
      {"{% for i in (3..1) %}ab{% else %}c{% endfor %}", "0..1"},
      {"{% for t in deal.tags %}{{ t }}{% endfor %}", "0..inf"},
      {"{% for t in deal.tags limit: 2 %}{{ t }}, {% endfor %}", "0..10"},
      {"{% for t in deal.tags %}{% endfor %}a", "1..1"},
      {"{% for i in (1..2) %}{% for j in (1..3) %}a{% endfor %}{% endfor %}", "6..6"},
      {"{% assign x = 'abc' %}{{ x }}", "3..3"},
      {"{% assign x = 'abc' %}{% if deal.vip %}{% assign x = 'b' %}{% endif %}{{ x }}", "1..3"},
      {"{% if deal.vip %}{% assign x = 'b' %}{% endif %}{{ x }}", "0..1"},
      {"{% assign x = '' %}{% for i in (1..3) %}{% assign x = x | append: 'a' %}{% endfor %}{{ x }}",
       "0..inf"},
      {"{% capture x %}a{{ deal.title }}{% endcapture %}{{ x }}{{ x }}", "2..22"},
      {"{% cycle 'a', 'bcd' %}", "1..3"},
      {"{% ifchanged %}ab{% endifchanged %}", "0..2"},
      {"{% render 'block' %}", "0..inf"},
      {"{% comment %}abc{% endcomment %}{% raw %}{{ a }}{% endraw %}", "7..7"},
      {"ab{% break %}cdef", "2..2"},
      {"{% tablerow i in (1..2) %}a{% endtablerow %}", "2..inf"},
  };
  for (const Row& row : rows) {
    const std::string measured = Characters(row.source);
    // What a table's markup costs at least is not counted.
    EXPECT_EQ(measured, row.expected) << row.source;
  }
}

TEST(Extent, AlphabetAndSegments) {
  const auto segments = [](std::string_view source) {
    const SegmentRange range = SegmentsOf(Measured(source).extent);
    return std::to_string(range.min) + ".." + std::to_string(range.max);
  };
  EXPECT_EQ(Dump(Measured("a€").extent), "2..2 characters, 3..3 septets, 2..2 units, gsm");
  EXPECT_EQ(Dump(Measured("aя").extent), "2..2 characters, 1..1 septets, 2..2 units, ucs2");
  EXPECT_EQ(Dump(Measured("{{ deal.title }}").extent),
            "0..10 characters, 0..20 septets, 0..20 units, gsm|ucs2");
  EXPECT_EQ(segments(""), "0..0");
  EXPECT_EQ(segments(Repeat("a", 160)), "1..1");
  EXPECT_EQ(segments(Repeat("a", 161)), "2..2");
  EXPECT_EQ(segments(Repeat("я", 70)), "1..1");
  EXPECT_EQ(segments(Repeat("я", 71)), "2..2");
  EXPECT_EQ(segments(Repeat("a", 60) + "{{ deal.title }}"), "1..2");
  EXPECT_EQ(segments(Repeat("a", 155) + "{{ deal.code }}"), "1..1");
  EXPECT_EQ(segments(Repeat("a", 156) + "{{ deal.code }}"), "1..2");
}

TEST(Extent, WidestAndUnboundedFieldsAreNamed) {
  const TemplateExtent reach = Measured("{{ deal.code }} {{ deal.title }} {{ deal.note }}");
  EXPECT_EQ(reach.widest, "deal.title");
  EXPECT_EQ(reach.widest_span.from, 19U);
  EXPECT_EQ(reach.unbounded, "deal.note");
  EXPECT_EQ(Measured("abc").widest, "");
}

// Whatever the data, the rendering lies inside.
TEST(Extent, EveryRenderingLiesInside) {
  const std::string_view sources[] = {
      "{{ deal.amount | money }}",
      "{{ deal.amount }}",
      "{{ deal.amount | money: width: 'name' }}",
      "{{ deal.amount | money_with_currency }}",
      "{{ deal.amount | money_without_currency }}",
      "{{ deal.amount | money_without_trailing_zeros }}",
      "{{ deal.count }}",
      "{{ deal.count | decimal }}",
      "{{ deal.rate }}",
      "{{ deal.rate | decimal: 2 }}",
      "{{ deal.rate | times: 3 }}",
      "{{ deal.due }}",
      "{{ deal.due | datetime }}",
      "{{ deal.due | datetime: date: 'full' }}",
      "{{ deal.meeting | datetime: 'full' }}",
      "{{ deal.meeting | datetime: 'long' }}",
      "{{ deal.meeting | datetime: 'medium' }}",
      "{{ deal.meeting | datetime: 'short' }}",
      "{{ deal.meeting | datetime: 'yMMMMEEEEd' }}",
      "{{ deal.meeting | datetime: 'EEEE, d. MMMM yyyy HH:mm' }}",
      "{{ deal.meeting | datetime: 'jm' }}",
      "{{ deal.meeting | date: '%A, %d %B %Y %H:%M:%S %p' }}",
      "{{ deal.meeting }}",
      "{{ deal.title | upcase }}",
      "{{ deal.title | capitalize }}",
      "{{ deal.title | downcase }}",
      "{{ deal.title | url_encode }}",
      "{{ deal.title | escape }}",
      "a{{ deal.title }}b",
      "{{ deal.title | truncate: 5 }}",
      "{{ deal.title | replace: 'a', '\xC3\xA9\xC3\xA9' }}",
      "{{ deal.title | newline_to_br }}",
      "{% for t in deal.tags limit: 3 %}{{ t }}{% unless forloop.last %}, {% endunless %}{% endfor %}",
      "{% if deal.vip %}{{ deal.title }}{% else %}-{% endif %}{{ deal.count | plus: 1 }}"};
  const char* amounts[] = {"0", "-999999999999.9999", "999999999999.99", "1.5"};
  const char* currencies[] = {"EUR", "USD", "PLN", "BRL", "JPY", "AED", "XAF", "KWD", "TRY", "UAH", "XTS"};
  const char* titles[] = {"",           "abcdefghij",         "ﬃﬃﬃﬃﬃﬃﬃﬃﬃﬃ",        "ßßßßßßßßßß",
                          "İİİİİİİİİİ", "😀😀😀😀😀😀😀😀😀😀",         "\n\n\n<>&\"'aa",    "aaaaaaaaaa",
                          "éaéaéa",     "\u0301\u0301\u0301", "👨‍👩‍👧"};
  size_t rendered = 0;
  for (const std::string_view source : sources) {
    const ParseResult parsed = Template::Parse(source);
    ASSERT_NE(parsed.program, nullptr) << source << Dump(parsed.diagnostics);
    const Extent extent = MeasureTemplate(*parsed.program, Variables()).extent;
    const SegmentRange range = SegmentsOf(extent);
    ASSERT_TRUE(extent.bounded()) << source;
    for (size_t i = 0; i < 400; ++i) {
      const int month = 1 + static_cast<int>(i % 12);
      const int day = 1 + static_cast<int>(i % 28);
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      const std::string date = "2026-" + two(month) + "-" + two(day);
      const Json json = {{"deal",
                          {{"title", titles[i % 11]},
                           {"amount", {{"amount", amounts[i % 4]}, {"currency", currencies[i % 11]}}},
                           {"count", i % 2 == 0 ? -999999999999 : static_cast<int64_t>(i)},
                           {"rate", amounts[(i + 1) % 4]},
                           {"due", date},
                           {"meeting", date + "T" + two(static_cast<int>(i % 24)) + ":59:59.250+01:00"},
                           {"vip", i % 3 == 0},
                           {"tags", {"a", "äöü", "€€€", "x"}}}}};
      const Document data = Document::FromJson(json);
      const auto languages = text::Languages();
      RenderOptions options;
      options.language = languages[i % languages.size()];
      constexpr std::string_view kZones[] = {"America/Argentina/Buenos_Aires", "Europe/Warsaw",
                                             "Asia/Kolkata", "UTC"};
      options.time_zone = kZones[i % 4];
      options.plain_spaces = true;
      const Result<std::string> text = parsed.program->Render(data.root(), options);
      if (!text.ok()) continue;
      ++rendered;
      const auto characters = text::CountGraphemes(*text);
      ASSERT_LE(characters, extent.max_characters) << source << ": " << *text;
      ASSERT_GE(characters, extent.min_characters) << source << ": " << *text;
      const sms::SmsNumbers count = sms::CountNumbers(*text, {});
      ASSERT_LE(static_cast<uint32_t>(count.segments), range.max) << source << ": " << *text;
      ASSERT_GE(static_cast<uint32_t>(count.segments), range.min) << source << ": " << *text;
      if (count.encoding == sms::Encoding::kUcs2) {
        ASSERT_TRUE(extent.may_need_ucs2) << source << ": " << *text;
      } else {
        ASSERT_FALSE(extent.needs_ucs2) << source << ": " << *text;
      }
    }
  }
  EXPECT_GT(rendered, 10'000U);
}

}  // namespace
}  // namespace recado::liquid
