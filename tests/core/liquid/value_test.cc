// Values compared, looked into and shown.
#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

constexpr std::string_view kData =
    R"({"t":"aß","o":{"a":1,"b":[1,{"c":2}]},"other_order":{"b":[1,{"c":2}],"a":1},
    "less":{"a":1},"other_name":{"a":1,"c":[1,{"c":2}]},"other_value":{"a":1,"b":[1,{"c":3}]}})";

TEST(LiquidValue, ObjectsAreEqualWhateverTheOrderOfTheirMembers) {
  const Row rows[] = {
      {"{% if o == other_order %}same{% endif %}", "same"},
      {"{% if o == less %}same{% endif %}", ""},
      {"{% if o == other_name %}same{% endif %}", ""},
      {"{% if o == other_value %}same{% endif %}", ""},
      {"{% if less == o %}same{% endif %}", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Rendered(row.source, kData), row.expected) << row.source;
}

TEST(LiquidValue, RangesAreEqualByTheirEndsAndContainWhatLiesBetween) {
  const Row rows[] = {
      {"{% assign r = (1..3) %}{% assign q = (1..3) %}{% if r == q %}same{% endif %}", "same"},
      {"{% assign r = (1..3) %}{% assign q = (1..4) %}{% if r == q %}same{% endif %}", ""},
      {"{% assign r = (1..3) %}{% assign q = (0..3) %}{% if r == q %}same{% endif %}", ""},
      {"{% assign r = (1..3) %}{% if r contains 1 and r contains 3 %}in{% endif %}", "in"},
      {"{% assign r = (1..3) %}{% if r contains 0 or r contains 4 %}in{% endif %}", ""},
      {"{% assign r = (1..3) %}{% if r contains '2' %}in{% endif %}", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Rendered(row.source), row.expected) << row.source;
}

TEST(LiquidValue, EndsOfTextsObjectsAndLoops) {
  const Row rows[] = {
      {"{{ t.first }}{{ t.last }}", "aß"},  // whole characters
      {"{{ o.first[0] }}{{ o.first[1] }}", "a1"},
      {"{% for x in (1..2) %}{% assign k = 'index' %}{{ forloop[k] }}{{ forloop['none'] }}{% endfor %}",
       "12"},
      {"{{ t['a'] }}{{ o.a.b.c }}", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Rendered(row.source, kData), row.expected) << row.source;
}

// As Ruby's inspect shows it.
TEST(LiquidValue, ListsInObjectsAreShownWithEscapes) {
  EXPECT_EQ(Rendered("{{ o }}",
                     R"({"o":{"e":["\u001b[0m","\u0007\u0001\u007f","a\"#{b}\\\n\t"],"n":null,"f":1.5}})"),
            R"({"e"=>["\e[0m", "\a\u0001\u007F", "a\"\#{b}\\\n\t"], "n"=>nil, "f"=>1.5})");
}

TEST(LiquidValue, FaultsShowWhatWasCompared) {
  EXPECT_EQ(Rendered("{{ 'x' | slice: r }}{% assign r = (1..3) %}{{ 'x' | slice: r }}").substr(0, 30),
            "error not_a_whole_number 9..17");
  const ParseResult parsed = Template::Parse("{% assign r = (1..3) %}{{ 'x' | slice: r }}");
  const Document none = Document::FromJson(Json::object());
  const auto text = parsed.program->Render(none.root(), TestOptions());
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().front().Argument("value"), "(1..3)");
}

TEST(LiquidProgram, EveryKindOfInstructionHasItsLine) {
  const std::string dump = Template::Parse(
                               "{% assign v = a[0].b %}{% capture c %}x{% endcapture %}{% increment n %}{% "
                               "decrement n %}{% cycle 'a', 'b' %}"
                               "{% case a %}{% when 1 or 2 %}y{% else %}z{% endcase %}{% for i in a %}{% "
                               "break %}{% continue %}{% endfor %}"
                               "{% break %}{% render 'p', x: 1 %}")
                               .program->Dump();
  for (const std::string_view word : {"a[0].b", " v", " c", " n"}) {
    EXPECT_NE(dump.find(word), std::string::npos) << word << " in\n" << dump;
  }
}

}  // namespace
}  // namespace recado::liquid
