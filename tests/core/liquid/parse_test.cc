// Faults of syntax, asserted whole: code, place and arguments.
#include "core/base/limits.h"
#include "core/liquid/filter.h"
#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

struct Fault {
  std::string_view source;
  std::string_view expected;
};

TEST(LiquidParse, FaultsPointAtTheCulprit) {
  const Fault rows[] = {
      // placeholders
      {"Hi {{ name", "error unclosed_placeholder 3..5 1:4 opening={{ closing=}}"},
      {"Hi {% if x", "error unclosed_placeholder 3..5 1:4 opening={% closing=%}"},
      {"a\nb {{ x }", "error unclosed_placeholder 4..6 2:3 opening={{ closing=}}"},
      {"{{ 'abc }}", "error unclosed_quote 3..8 1:4"},
      {"{{ a b }}", "error unexpected_here 5..6 1:6 found=b"},
      {"{{ a * 3 }}", "error unexpected_here 5..6 1:6 found=*"},
      {"{{ é }}", "error unexpected_here 3..5 1:4 found=é"},
      {"{{ -foo }}", "error unexpected_here 3..4 1:4 found=-"},
      {"{{ a..b }}", "error unexpected_here 4..6 1:5 found=.."},
      {"{{ a. }}", "error name_missing 6..6 1:7"},
      {"{{ a[ }}", "error value_missing 6..6 1:7"},
      {"{{ a[1 }}", "error symbol_missing 7..7 1:8 symbol=]"},
      {"{{ a[0]b }}", "error unexpected_here 7..8 1:8 found=b"},
      {"{{ (1..2 }}", "error symbol_missing 9..9 1:10 symbol=)"},
      {"{{ (1) }}", "error symbol_missing 5..6 1:6 symbol=.."},
      {"{{ 99999999999999999999999999999999999999999 }}", "error number_too_large 3..44 1:4"},
      // filters
      {"{{ a | }}", "error name_missing 7..7 1:8"},
      {"{{ a | upcsae }}", "error unknown_filter 7..13 1:8 name=upcsae suggestion=upcase fix=upcase"},
      {"{{ a | zebra }}", "error unknown_filter 7..12 1:8 name=zebra"},
      {"{{ a | append }}", "error wrong_argument_count 7..13 1:8 name=append expected=1 actual=0"},
      {"{{ a | replace: 1, 2, 3 }}",
       "error wrong_argument_count 7..14 1:8 name=replace expected=1–2 actual=3"},
      {"{{ a | default: 1, allow_fasle: true }}",
       "error unknown_argument 19..30 1:20 owner=default name=allow_fasle suggestion=allow_false "
       "fix=allow_false"},
      {"{{ a | append: }}", "error value_missing 15..15 1:16"},
      // tags
      {"{% fro x in y %}", "error unknown_tag 3..6 1:4 name=fro suggestion=for fix=for"},
      {"{% zebra %}", "error unknown_tag 3..8 1:4 name=zebra"},
      {"{% %}", "error name_missing 0..5 1:1"},
      {"{% endif %}", "error unexpected_tag 3..8 1:4 name=endif"},
      {"{% else %}", "error unexpected_tag 3..7 1:4 name=else"},
      {"{% for x in y %}{% elsif z %}{% endfor %}", "error unexpected_tag 19..24 1:20 name=elsif"},
      {"{% if x %}a", "error unclosed_block 0..10 1:1 name=if closing=endif"},
      {"{% if x %}{% for a in b %}{% endif %}", "error unclosed_block 10..26 1:11 name=for closing=endfor"},
      {"{% if %}{% endif %}", "error value_missing 6..6 1:7"},
      {"{% if a = b %}{% endif %}", "error unexpected_here 8..9 1:9 found=="},
      {"{% if a == %}{% endif %}", "error value_missing 10..10 1:11"},
      {"{% if a == b == c %}{% endif %}", "error unexpected_here 13..15 1:14 found==="},
      {"{% if a | size > 1 %}{% endif %}", "error unexpected_here 8..9 1:9 found=|"},
      {"{% assign x %}", "error symbol_missing 11..11 1:12 symbol=="},
      {"{% assign = 1 %}", "error unexpected_here 10..11 1:11 found=="},
      {"{% assign x? = 1 %}", "error name_not_allowed 10..12 1:11 name=x?"},
      {"{% for x y %}{% endfor %}", "error symbol_missing 9..10 1:10 symbol=in"},
      {"{% for x in y limt:1 %}{% endfor %}", "error unknown_argument 14..18 1:15 owner=for name=limt"},
      {"{% case x %}{% when %}{% endcase %}", "error value_missing 20..20 1:21"},
      {"{% cycle %}", "error value_missing 9..9 1:10"},
      {"{% render x %}", "error unexpected_here 10..11 1:11 found=x"},
      {"{% raw %}abc", "error unclosed_block 0..9 1:1 name=raw closing=endraw"},
      {"{% raw x %}{% endraw %}", "error tag_takes_nothing 7..8 1:8 name=raw"},
      {"{% comment %}abc", "error unclosed_block 0..13 1:1 name=comment closing=endcomment"},
      {"{% # a\n b %}", "error comment_needs_hash 0..12 1:1"},
      {"{% liquid\n  if x\n  echo x\n%}", "error unclosed_block 12..16 2:3 name=if closing=endif"},
      {"{% if x %}{% liquid endif %}{% endif %}", "error unexpected_tag 20..25 1:21 name=endif"},
      {"{% liquid raw %}", "error tag_not_in_liquid 10..13 1:11 name=raw"},
  };
  for (const Fault& row : rows) EXPECT_EQ(Faults(row.source), row.expected) << row.source;
}

TEST(LiquidParse, EveryFaultIsListedInOrder) {
  EXPECT_EQ(Faults("{{ a | x }}{% y %}{{ 'z }}"),
            "error unknown_filter 7..8 1:8 name=x\nerror unknown_tag 14..15 1:15 name=y\nerror "
            "unclosed_quote 21..24 1:22");
}

TEST(LiquidParse, FaultsAreListedUpToTheBound) {
  for (const auto& [count, listed] :
       {std::pair<size_t, size_t>{199, 199}, {200, 200}, {201, 201}, {500, 201}}) {
    const Diagnostics faults = Template::Parse(Repeat("{{ * }}", count)).diagnostics;
    ASSERT_EQ(faults.size(), listed);
    EXPECT_EQ(faults.back().code == DiagnosticCode::too_many_faults, count > kMaxTemplateFaults);
  }
}

TEST(LiquidParse, TemplateSizeBound) {
  EXPECT_EQ(Faults(Repeat("a", kMaxTemplateBytes - 1)), "");
  EXPECT_EQ(Faults(Repeat("a", kMaxTemplateBytes)), "");
  EXPECT_EQ(Faults(Repeat("a", kMaxTemplateBytes + 1)), "error template_too_large limit=65536");
}

TEST(LiquidParse, BlockNestingBound) {
  const auto nested = [](size_t depth) { return Repeat("{% if a %}", depth) + Repeat("{% endif %}", depth); };
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting - 1)), "");
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting)), "");
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting + 1)), "error nesting_too_deep 640..650 1:641 limit=64");
}

TEST(LiquidParse, BracketNestingBound) {
  const auto nested = [](size_t depth) { return "{{ a" + Repeat("[a", depth) + Repeat("]", depth) + " }}"; };
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting - 1)), "");
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting)), "");
  EXPECT_EQ(Faults(nested(kMaxTemplateNesting + 1)), "error nesting_too_deep 132..133 1:133 limit=64");
}

TEST(LiquidParse, HostileNestingNeitherRecursesNorHangs) {
  for (const std::string_view piece :
       {"{% if a %}", "{{ a[", "{{ (1..", "{{ [", "{% for a in (", "{%", "{{", "{% case x %}",
        "{% capture x %}", "{% comment %}", "{% liquid liquid ", "a["}) {
    const std::string source = Repeat(piece, 10'000).substr(0, kMaxTemplateBytes);
    if (piece != "a[") {
      EXPECT_FALSE(Template::Parse(source).diagnostics.empty()) << piece;
    }
  }
  EXPECT_NE(Faults("{{ " + Repeat("a[", 10'000) + " }}"), "");
  EXPECT_NE(Faults("{{ " + Repeat("(", 10'000) + " }}"), "");
}

TEST(LiquidParse, TooManyArguments) {
  const auto call = [](size_t count) { return "{% render 'x'" + Repeat(", a: 1", count) + " %}"; };
  EXPECT_EQ(Faults(call(kMaxTagArguments)), "");
  EXPECT_EQ(Faults(call(kMaxTagArguments + 1)), "error too_many_arguments 207..208 1:208 limit=32");
}

TEST(LiquidParse, MalformedUtf8IsRefused) {
  EXPECT_EQ(Faults("ab\xFFz"), "error invalid_utf8 2..3 1:3 offset=2");
}

TEST(LiquidParse, ProgramIsFlat) {
  EXPECT_EQ(Template::Parse("Hi {{ a.b | default: 'x' }}!").program->Dump(),
            "0 text \"Hi \"\n1 path a.b\n2 push \"x\"\n3 filter default 1\n4 output\n5 text \"!\"\n");
  EXPECT_EQ(Template::Parse("{% if a == 1 or b %}x{% else %}y{% endif %}").program->Dump(),
            "0 path a\n1 push 1\n2 compare ==\n3 jump_if_true 6\n4 path b\n5 jump_if_false 8\n6 text "
            "\"x\"\n7 jump 9\n"
            "8 text \"y\"\n");
  EXPECT_EQ(Template::Parse("{% for i in a %}{{ i }}{% endfor %}").program->Dump(),
            "0 path a\n1 for i-a 5\n2 output_path i\n3 for_next 2\n4 for_end\n");
}

TEST(LiquidParse, FilterTableIsSortedForLookUp) {
  const auto filters = Filters();
  for (size_t i = 1; i < filters.size(); ++i) EXPECT_LT(filters[i - 1].name, filters[i].name);
  for (const Filter& filter : filters) EXPECT_EQ(FilterAt(*FindFilter(filter.name)).name, filter.name);
}

}  // namespace
}  // namespace recado::liquid
