#include "tests/core/liquid/support.h"

namespace recado::liquid {
namespace {

Type Of(Type::Kind kind, bool optional = true) {
  Type type;
  type.kind = kind;
  type.optional = optional;
  return type;
}

Type Object(std::vector<Type::Member> members, bool open = false) {
  Type type = Of(Type::Kind::kObject, false);
  type.members = std::move(members);
  type.open = open;
  return type;
}

Type Variables() {
  Type phones = Of(Type::Kind::kList);
  phones.element = std::make_shared<const Type>(
      Object({{"type", Of(Type::Kind::kText)}, {"value", Of(Type::Kind::kText)}}));
  return Object({
      {"deal", Object({{"title", Of(Type::Kind::kText, false)},
                       {"amount", Of(Type::Kind::kMoney)},
                       {"count", Of(Type::Kind::kInteger)},
                       {"close_date", Of(Type::Kind::kDate)}})},
      {"contact", Object({{"first_name", Of(Type::Kind::kText)}, {"phones", phones}})},
      {"company", Object({{"name", Of(Type::Kind::kText)}}, true)},
      {"now", Of(Type::Kind::kDateTime, false)},
  });
}

std::string Checked(std::string_view source, bool greeting = false) {
  const ParseResult parsed = Template::Parse(source);
  if (parsed.program == nullptr) return Dump(parsed.diagnostics);
  CheckOptions options;
  options.greeting = greeting;
  return Dump(Check(*parsed.program, Variables(), options));
}

TEST(LiquidCheck, KnownFieldsPass) {
  for (const std::string_view source :
       {"{{ contact.first_name }}", "{{ deal.title | upcase }}", "{{ deal.amount | money }}",
        "{{ deal.amount.currency }}", "{{ contact.phones[0].value }}", "{{ contact.phones.first.type }}",
        "{{ contact.phones.size }}",
        "{% for p in contact.phones %}{{ p.value }}{{ forloop.index }}{% endfor %}", "{{ now | date: '%Y' }}",
        "{% assign x = deal.count | plus: 1 %}{{ x }}",
        "{% capture t %}{{ deal.title }}{% endcapture %}{{ t.size }}",
        "{% if deal.amount > 100 %}!{% endif %}", "{% increment n %}{{ n }}",
        "{{ deal.close_date | date: '%d' }}", "{{ contact.first_name | default: 'there' }}",
        "{{ deal.title.size | plus: 1 }}", "{{ '12' | plus: 1 }}"}) {
    EXPECT_EQ(Checked(source), "") << source;
  }
}

TEST(LiquidCheck, MistypedMemberSpansWholePathAndOffersTheFix) {
  EXPECT_EQ(Checked("Hi {{ contact.frist_name }}"),
            "error unknown_variable 6..24 1:7 name=contact.frist_name suggestion=contact.first_name "
            "fix=contact.first_name");
  const ParseResult parsed = Template::Parse("Hi {{ contact.frist_name }}");
  const Diagnostics found = Check(*parsed.program, Variables());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(MessageOf(found[0]), "There is no contact.frist_name. Did you mean contact.first_name?");
  EXPECT_EQ(FixTitleOf(found[0]), "Use contact.first_name");
}

struct Finding {
  std::string_view source;
  std::string_view expected;
};

TEST(LiquidCheck, Findings) {
  const Finding rows[] = {
      {"{{ contcat.first_name }}",
       "error unknown_variable 3..21 1:4 name=contcat.first_name suggestion=contact.first_name "
       "fix=contact.first_name"},
      {"{{ first_name }}",
       "error unknown_variable 3..13 1:4 name=first_name suggestion=contact.first_name "
       "fix=contact.first_name"},
      {"{{ zebra }}", "error unknown_variable 3..8 1:4 name=zebra"},
      {"{{ contact.zebra.stripe }}", "error unknown_variable 3..23 1:4 name=contact.zebra.stripe"},
      {"{{ contact['frist_name'] }}",
       "error unknown_variable 3..24 1:4 name=contact.frist_name suggestion=contact.first_name "
       "fix=contact.first_name"},
      {"{{ company.vat }}", "warning undeclared_field 3..14 1:4 name=company.vat"},
      {"{{ company.nmae }}",
       "warning undeclared_field 3..15 1:4 name=company.nmae suggestion=company.name fix=company.name"},
      {"{{ contact.phones.value }}", "error unknown_variable 3..23 1:4 name=contact.phones.value"},
      {"{% for p in contact.phones %}{{ p.valeu }}{% endfor %}",
       "error unknown_variable 32..39 1:33 name=p.valeu suggestion=p.value fix=p.value"},
      {"{{ deal.title | plus: 1 }}", "error type_mismatch 16..23 1:17 name=deal.title operation=plus"},
      {"{% assign t = deal.title %}{{ t | times: 2 }}",
       "error type_mismatch 34..42 1:35 name=t operation=times"},
      {"{{ contact.first_name | phone: 'local' }}",
       "error invalid_value 24..38 1:25 what=phone value=\"local\" allowed=international, national, e164"},
      {"{{ contact.phones | money }}", "error type_mismatch 20..25 1:21 name=contact.phones operation=money"},
      {"{{ deal.count | money }}", "error currency_missing 16..21 1:17 name=money value=deal.count"},
      {"{{ deal.amount | date: '%Y' }}", "error type_mismatch 17..27 1:18 name=deal.amount operation=date"},
      {"{% if deal.title > 3 %}!{% endif %}", "error not_comparable 6..20 1:7 left=deal.title right=3"},
      {"{% assign x = 1 %}", "warning unused_variable 10..11 1:11 name=x"},
      {"{% assign deal = 1 %}{{ deal }}", "warning shadowed_variable 10..14 1:11 name=deal"},
      {"{% for now in contact.phones %}{% endfor %}", "warning shadowed_variable 0..31 1:1 name=now"},
      {"{% if false %}a{% endif %}", "warning unreachable_branch 0..14 1:1"},
      {"{% if 1 > 2 %}a{% endif %}", "warning unreachable_branch 0..14 1:1"},
      {"{% if 'a' == 'b' %}a{% endif %}", "warning unreachable_branch 0..19 1:1"},
      {"{% unless 2 >= 2 %}a{% endunless %}", "warning unreachable_branch 0..19 1:1"},
      {"{% if 2 > 1 %}a{% endif %}", ""},
      {"{% if deal.title %}a{% else %}b{% else %}c{% endif %}", "warning unreachable_branch 31..41 1:32"},
      {"{% for i in (1..200) %}{% for j in (1..200) %}.{% endfor %}{% endfor %}",
       "warning expensive_loop 23..46 1:24 count=40000"},
  };
  for (const Finding& row : rows) EXPECT_EQ(Checked(row.source), row.expected) << row.source;
}

// What would be template_error for some customers only.
TEST(LiquidCheck, WhatMayFailIsAWarning) {
  const Finding rows[] = {
      {"{{ deal.title | truncate: 5 }}", ""},
      {"{{ deal.title | truncate: '5' }}", ""},
      {"{{ deal.title | truncate: 'x' }}", "warning not_a_whole_number 16..29 1:17 value=\"x\""},
      {"{{ deal.title | truncate: 2.5 }}", "warning not_a_whole_number 16..29 1:17 value=2.5"},
      {"{{ deal.title | truncate: deal.count }}", "warning may_be_empty 16..36 1:17 name=deal.count"},
      {"{{ deal.title | truncate: deal.title.size }}", ""},
      {"{{ deal.title | slice: 0, nil }}", ""},
      {"{{ deal.title | slice: 0, deal.count }}", ""},
      {"{{ deal.title | slice: 0, deal.title }}", "warning not_a_whole_number 16..36 1:17 value=deal.title"},
      {"{% for p in contact.phones limit: deal.count %}{{ p.type }}{% endfor %}", ""},
      {"{% for p in contact.phones limit: deal.title %}{{ p.type }}{% endfor %}",
       "warning not_a_whole_number 0..47 1:1 value=deal.title"},
      {"{{ deal.amount | divided_by: 3 }}", ""},
      {"{{ deal.amount | divided_by: 0 }}", "warning division_by_zero 17..30 1:18 name=0"},
      {"{{ deal.amount | modulo: deal.count }}", "warning division_by_zero 17..35 1:18 name=deal.count"},
      {"{% assign n = deal.count | at_least: 1 %}{{ deal.amount | divided_by: n }}", ""},
      {"{% assign n = deal.count | at_least: 0 %}{{ deal.amount | divided_by: n }}",
       "warning division_by_zero 58..71 1:59 name=n"},
      {"{{ deal.close_date | datetime: 'long' }}", ""},
      {"{{ '2026-12-01' | datetime }}", ""},
      {"{{ deal.close_date | datetime: 'd. MMMM' }}", ""},
      {"{{ deal.close_date | datetime: 'loong!' }}",
       "warning invalid_date_format 21..39 1:22 value=\"loong!\""},
      {"{{ deal.close_date | datetime: date: 'big' }}",
       "warning invalid_date_format 21..42 1:22 value=\"big\""},
      {"{{ deal.title | datetime }}", "warning not_a_date 16..24 1:17 value=deal.title"},
      {"{{ 'soon' | datetime }}", "warning not_a_date 12..20 1:13 value=\"soon\""},
      {"{{ deal.title | date: '%d' }}", ""},  // comes back unchanged
      {"{{ deal.title | money: 'EUR' }}", "warning not_a_number 16..28 1:17 value=deal.title name=money"},
      {"{{ '5' | money: 'EUR' }}", ""},
      {"{{ '5' | money }}", "warning currency_missing 9..14 1:10 value=\"5\" name=money"},
      {"{{ deal.count | money: 'EUR' }}", ""},
      {"{{ deal.count | money: 'euro' }}",
       "warning currency_missing 16..29 1:17 value=deal.count name=money"},
      {"{{ deal.amount | decimal: 2 }}", ""},
      {"{{ deal.amount | decimal: 21 }}", "warning not_a_whole_number 17..28 1:18 value=21"},
      {"{{ deal.count | plural }}", "warning may_be_empty 16..22 1:17 name=deal.count"},
      {"{{ deal.title.size | ngettext: 'letter', 'letters' }}", ""},
      {"{{ contact.phones | map: 'value' | join: ', ' }}", ""},
      {"{{ contact.phones | where: 'type', 'work' | map: 'value' | sort | first }}", ""},
      {"{{ contact.phones | sort: 'type' | size }}", ""},
      {"{{ contact.phones | sort | size }}",
       "warning not_comparable 20..24 1:21 left=contact.phones right=contact.phones"},
      {"{{ deal.count | map: 'x' | join }}",
       "warning no_property 16..24 1:17 value=deal.count name=map property=\"x\""},
      {"{{ deal.title | split: ',' | sort | join: ', ' }}", ""},
      {"{{ contact.phones | concat: deal.title | size }}",
       "warning not_a_list 20..38 1:21 value=deal.title name=concat"},
      {"{{ contact.phones | concat: contact.phones | size }}",
       "warning may_be_empty 20..42 1:21 name=contact.phones"},
      {"{{ deal.title | base64_decode }}",
       "warning invalid_encoding 16..29 1:17 value=deal.title name=base64_decode"},
      {"{% if deal.amount > 3 and deal.close_date < now %}!{% endif %}", ""},
      {"{% if deal.amount > deal.amount %}!{% endif %}",
       "warning not_comparable 6..31 1:7 left=deal.amount right=deal.amount"},
      {"{{ deal.title | phone: 'national' }}", ""},
      {"{{ deal.title | phone: deal.title }}",
       "warning invalid_value 16..33 1:17 value=deal.title what=phone allowed=international, national, e164"},
      {"{{ zebra | datetime }}", "error unknown_variable 3..8 1:4 name=zebra"},  // one finding a fault
  };
  for (const Finding& row : rows) EXPECT_EQ(Checked(row.source), row.expected) << row.source;
}

TEST(LiquidCheck, ARuleHasNoTextBlocks) {
  const ParseResult parsed = Template::Parse("{% render 'footer' %}");
  CheckOptions options;
  options.partials = false;
  EXPECT_EQ(Dump(Check(*parsed.program, Variables(), options)),
            "warning unknown_partial 10..18 1:11 name=footer");
  EXPECT_EQ(Dump(Check(*parsed.program, Variables())), "");
}

TEST(LiquidCheck, AllFindingsInOrder) {
  EXPECT_EQ(
      Checked("{{ zebra }}{{ contact.lion }}"),
      "error unknown_variable 3..8 1:4 name=zebra\nerror unknown_variable 14..26 1:15 name=contact.lion");
}

TEST(LiquidCheck, IncludeMayDefineVariablesSoUnknownOnesAreOnlyWarnings) {
  EXPECT_EQ(Checked("{% include 'head' %}{{ zebra }}"), "warning undeclared_field 23..28 1:24 name=zebra");
  EXPECT_EQ(Checked("{% render 'head' %}{{ zebra }}"), "error unknown_variable 22..27 1:23 name=zebra");
}

TEST(LiquidCheck, GreetingWarnsOfEmptyFields) {
  const std::string finding =
      "may_be_empty 6..24 1:7 name=contact.first_name fix=contact.first_name | default: \"there\"";
  EXPECT_EQ(Checked("Hi {{ contact.first_name }}", true), "warning " + finding);
  EXPECT_EQ(Checked("Hi {{ contact.first_name }}", false), "info " + finding);
  EXPECT_EQ(Checked("We miss you, {{ contact.first_name }}", false), "");
  EXPECT_EQ(Checked("Hi {{ contact.first_name | default: 'there' }}", true), "");
  EXPECT_EQ(Checked("{% if contact.first_name %}{{ contact.first_name }}{% endif %}", true), "");
  EXPECT_EQ(Checked("Hi {{ deal.title }}", true), "");
  EXPECT_EQ(Checked("Hi {{ contact.first_name | upcase }}", true), "warning " + finding);
}

TEST(LiquidCheck, NearestNameNeedsToBeNear) {
  EXPECT_EQ(NearestName("frist_name", {"last_name", "first_name"}), "first_name");
  EXPECT_EQ(NearestName("ab", {"xy"}), "");
  EXPECT_EQ(NearestName("id", {"at"}), "");
  EXPECT_EQ(NearestName("upcsae", {"upcase", "downcase"}), "upcase");
  EXPECT_EQ(NearestName("", {"upcase"}), "");
  EXPECT_EQ(NearestName(Repeat("a", 1000), {"a"}), "");
}

}  // namespace
}  // namespace recado::liquid
