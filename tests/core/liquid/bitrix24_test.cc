#include "core/liquid/bitrix24.h"

#include "core/base/limits.h"
#include "core/liquid/bitrix24_lexer.h"
#include "core/liquid/bitrix24_parser.h"
#include "core/liquid/bitrix24_writer.h"
#include "tests/core/liquid/support.h"

namespace recado::liquid::bitrix24 {
namespace {

const Names& TestNames() {
  static const Names names = [] {
    Names made;
    made.AddCode("TITLE", {"deal.title", "", Kind::kText, true, true});
    made.AddCode("OPPORTUNITY", {"deal.amount", "", Kind::kMoney, true, true});
    made.AddCode("CURRENCY_ID", {"deal.amount.currency", "", Kind::kText, true, true});
    made.AddCode("COUNT", {"deal.count", "", Kind::kInteger, true, true});
    made.AddCode("WEIGHT", {"deal.weight", "", Kind::kNumber, false, true});
    made.AddCode("GIFT", {"deal.gift", "", Kind::kBoolean, true, true});
    made.AddCode("CLOSEDATE", {"deal.close_date", "", Kind::kDate, true, true});
    made.AddCode("BEGINDATE", {"deal.begin_date", "", Kind::kDate, false, true});
    made.AddCode("DATE_CREATE", {"deal.created", "", Kind::kDateTime, false, true});
    made.AddCode("CONTACT.NAME", {"contact.first_name", "", Kind::kText, true, true});
    made.AddCode("CONTACT.PHONE",
                 {"contact.phones", R"( | map: "value" | join: ", ")", Kind::kText, true, true});
    made.AddTitle("Amount", {"deal.amount", "", Kind::kMoney, true, true});
    made.AddTitle("Contact: First name", {"contact.first_name", "", Kind::kText, true, true});
    made.AddTitle("Contato: Código", {"contact.first_name", "", Kind::kText, true, true});
    made.OpenFor("deal");
    return made;
  }();
  return names;
}

// The Liquid, or the diagnostics where there are errors; warnings behind the text.
std::string Written(std::string_view text) {
  const Converted converted = FromBitrix24(text, TestNames());
  if (HasErrors(converted.diagnostics)) return Dump(converted.diagnostics);
  if (converted.diagnostics.empty()) return converted.text;
  return converted.text + "\n" + Dump(converted.diagnostics);
}

struct Case {
  std::string_view form;
  std::string_view expected;
};

TEST(Bitrix24, FormsBecomeLiquid) {
  const Case rows[] = {
      {"", ""},
      {"Hello", "Hello"},
      {"{=Document:TITLE}", "{{ deal.title }}"},
      {"{=document:TITLE}", "error bitrix24_process_value 0..17 1:1 name=document:TITLE"},
      {"{=Document:title}!", "{{ deal.title }}!"},
      {"{= Document:TITLE}", "{= Document:TITLE}"},
      {"Hi {{Contact: First name}},", "Hi {{ contact.first_name }},"},
      {"{{ contact :  first NAME }}", "{{ contact.first_name }}"},
      {"{{CONTATO: CÓDIGO}}", "{{ contact.first_name }}"},
      {"{=Document:CONTACT.PHONE}", R"({{ contact.phones | map: "value" | join: ", " }})"},
      {"{=Document:OPPORTUNITY}", "{{ deal.amount }}"},
      {"{=Document:OPPORTUNITY} {=Document:CURRENCY_ID}",
       "{{ deal.amount.amount }} {{ deal.amount.currency }}"},
      {"{=Document:CLOSEDATE}", R"({{ deal.close_date | datetime: "yMMdd" }})"},
      {"{=Document:DATE_CREATE}", R"({{ deal.created | datetime: "yMMddjjmm" }})"},
      {"{=Document:GIFT}", "{{ deal.gift }}"},
      {"{{=1+2*3}}", "{% assign b24_1 = 2 | times: 3 %}{{ 1 | plus: b24_1 }}"},
      {"{{=(1+2)*3}}", "{{ 1 | plus: 2 | times: 3 }}"},
      {"{{={=Document:OPPORTUNITY}}}", "{{ deal.amount }}"},
      {"{{=Document:TITLE}}", "{{ deal.title }}"},
      {"{{={{Amount}} > 5}}",
       "{% assign b24_1 = \"\" %}{% if deal.amount > 5 %}{% assign b24_1 = \"1\" %}{% endif %}{{ b24_1 "
       "}}\nwarning bitrix24_yes_no_printed 3..17 1:4 name={{Amount}} > 5"},
      {"=\"a\" & {=Document:TITLE}\n", "{{ \"a\" | append: deal.title }}\n"},
      {"== Sale ==", "== Sale =="},
      {"=", "="},
      {R"({{=if({=Document:OPPORTUNITY} > 100, "big", "small")}})",
       "{% if deal.amount > 100 %}big{% else %}small{% endif %}"},
      {"{{=if({=Document:OPPORTUNITY} < 100, 'yes', '')}}",
       "{% assign b24_1 = deal.amount | plus: 0 %}{% if b24_1 < 100 %}yes{% endif %}"},
      {"{{=IF(or({=Document:COUNT}>2, {=Document:COUNT}<1), 1, 2)}}",
       "{% assign b24_1 = deal.count | plus: 0 %}{% if deal.count > 2 or b24_1 < 1 %}1{% else %}2{% endif "
       "%}"},
      {R"({{=if({=Document:COUNT}>2 and {=Document:COUNT}<9 or {=Document:TITLE}="x", 1, 2)}})",
       R"({% assign b24_1 = deal.count | plus: 0 %}{% if deal.title == "x" or deal.count > 2 and b24_1 < 9 %}1{% else %}2{% endif %})"},
      {R"({{=if(({=Document:COUNT}>2 or {=Document:COUNT}<-9) and ({=Document:TITLE}="x" or {=Document:TITLE}="y"), 1, 2)}})",
       R"({% assign b24_1 = false %}{% if deal.title == "x" or deal.title == "y" %}{% assign b24_1 = true %}{% endif %}{% if b24_1 and deal.count > 2 or deal.count < -9 %}1{% else %}2{% endif %})"},
      {R"({{=if(not {=Document:TITLE} = "", {=Document:TITLE}, "none")}})",
       "{% assign b24_1 = true %}{% if deal.title == blank %}{% assign b24_1 = false %}{% endif %}{% if "
       "b24_1 %}{{ deal.title }}{% else %}none{% endif %}"},
      {R"({{=if({=Document:GIFT}="Y", "gift", " ")}})",
       R"({% if deal.gift %}gift{% else %}{{ " " }}{% endif %})"},
      {"{{=if({=Document:TITLE}, if({=Document:COUNT}, 1, 2), 3)}}",
       R"({% if deal.title and deal.title != "" and deal.title != "0" %}{% assign b24_1 = deal.count | plus: 0 %}{% if b24_1 != 0 %}1{% else %}2{% endif %}{% else %}3{% endif %})"},
      {"{{=if({=Document:COUNT}>1,{=Document:COUNT},0)*2}}",
       "{% if deal.count > 1 %}{% assign b24_1 = deal.count %}{% else %}{% assign b24_1 = 0 %}{% endif %}{{ "
       "b24_1 | times: 2 }}"},
      {"{{=abs({=Document:COUNT}-5)}}", "{{ deal.count | minus: 5 | abs }}"},
      {"{{=min({=Document:COUNT}, 5, {=Document:WEIGHT})}}",
       "{% assign b24_1 = deal.count | at_most: 5 | at_most: deal.weight %}{% assign b24_2 = b24_1 | round "
       "%}{% if b24_1 == b24_2 %}{% assign b24_1 = b24_2 %}{% endif %}{{ b24_1 }}"},
      {"{{={=Document:COUNT}/2}}",
       "{% assign b24_1 = deal.count | divided_by: 2.0 %}{% assign b24_2 = b24_1 | round %}{% if b24_1 == "
       "b24_2 %}{% assign b24_1 = b24_2 %}{% endif %}{{ b24_1 }}"},
      {"{{={=Document:COUNT}^3}}", "{{ deal.count | times: deal.count | times: deal.count }}"},
      {R"({{=date("d.m.Y H:i", {=Document:CLOSEDATE})}})",
       R"({{ deal.close_date | date: "%d.%m.%Y %H:%M" }})"},
      {R"({{=date('j \o\f F')}})", R"({{ now | date: "%-d of %B" }})"},
      {R"({{=dateadd({=Document:CLOSEDATE}, "-2d")}})",
       R"({% assign b24_1 = nil %}{% if deal.close_date != blank %}{% assign b24_1 = deal.close_date | date: "%Y-%m-%d 12:00" | date: "%s" | plus: -172800 | date: "%Y-%m-%d" %}{% endif %}{{ b24_1 | datetime: "yMMdd" }})"},
      {R"({{=date("d.m.", dateadd({=Document:DATE_CREATE}, "2 days 3 minutes"))}})",
       R"({% assign b24_1 = deal.created | date: " %H:%M:%S" %}{% assign b24_2 = deal.created | date: "%Y-%m-%d 12:00" | date: "%s" | plus: 172800 | date: "%Y-%m-%d" | append: b24_1 | date: "%s" | plus: 180 %}{{ b24_2 | date: "%d.%m." }})"},
      {R"({{=datediff({=Document:CLOSEDATE}, {=Document:BEGINDATE}, "%a days")}})",
       R"({% assign b24_2 = nil %}{% if deal.close_date != blank and deal.begin_date != blank %}{% assign b24_1 = deal.close_date | date: "%Y-%m-%d 12:00" | date: "%s" %}{% assign b24_2 = deal.begin_date | date: "%Y-%m-%d 12:00" | date: "%s" | minus: b24_1 | divided_by: 86400.0 | round | abs %}{% endif %}{{ b24_2 | append: " days" }})"},
      {"{{=if({=Document:CLOSEDATE} > {=Document:BEGINDATE}, 1, 0)}}",
       R"({% assign b24_1 = deal.close_date | date: "%s" | plus: 0 %}{% assign b24_2 = deal.begin_date | date: "%s" | plus: 0 %}{% if b24_1 > b24_2 %}1{% else %}0{% endif %})"},
      {R"({{={=Document:UF_CRM_12} & "!"}})",
       "{{ deal.uf_crm_12 | append: \"!\" }}\nwarning undeclared_field 3..24 1:4 name=deal.uf_crm_12"},
      {"{=Document:TITLE > printable}",
       "{{ deal.title }}\nwarning bitrix24_modifier 0..29 1:1 name=printable"},
      {"a {{ b {% if %} {{{=Document:TITLE}",
       "error unclosed_placeholder 17..20 1:18 opening={{= closing=}}"},
      {R"({{="}}" & {=Document:TITLE}}})",
       "{% capture b24_1 %}}}{% endcapture %}{{ b24_1 | append: deal.title }}"},
      {"{{=10% * {=Document:OPPORTUNITY}}}",
       "{% assign b24_1 = 10 | divided_by: 100.0 | times: deal.amount %}{% assign b24_2 = b24_1 | round %}{% "
       "if b24_1 == b24_2 %}{% assign b24_1 = b24_2 %}{% endif %}{{ b24_1 }}\nwarning bitrix24_percent 3..6 "
       "1:4 name=10%"},
      {"{{={=Document:COUNT} % 2}}",
       "{{ deal.count | modulo: 2 }}\nwarning bitrix24_remainder 21..22 1:22 name=%"},
  };
  for (const Case& row : rows) EXPECT_EQ(Written(row.form), row.expected) << row.form;
}

TEST(Bitrix24, FaultsPointAtTheirPlace) {
  const Case rows[] = {
      {"{=Document:TILTE}",
       "error bitrix24_unknown_field 0..17 1:1 name=TILTE suggestion=TITLE fix={=Document:TITLE}"},
      {"Hi {{Contact: Frist name}}",
       "error bitrix24_unknown_field 3..26 1:4 name=Contact: Frist name suggestion=Contact: First name "
       "fix={{Contact: First name}}"},
      {"{=Variable:X} {=Constant:C} {=A1_2_3:F} {=System:Now}",
       "error bitrix24_process_value 0..13 1:1 name=Variable:X\nerror bitrix24_process_value 14..27 1:15 "
       "name=Constant:C\nerror bitrix24_activity_result 28..39 1:29 name=A1_2_3:F\nerror "
       "bitrix24_process_value 40..53 1:41 name=System:Now"},
      {"{{=round(1.5)}}", "error bitrix24_unconfirmed_function 3..8 1:4 name=round"},
      {"{{=abz(1)}}", "error bitrix24_unknown_function 3..6 1:4 name=abz suggestion=abs fix=abs"},
      {"{{=abs()}}", "error bitrix24_argument_count 3..6 1:4 name=abs expected=1 actual=0"},
      {"{{=1 +}}", "error value_missing 6..6 1:7"},
      {"{{=1 2}}", "error unexpected_here 5..6 1:6 found=2"},
      {"{{=(1}}", "error symbol_missing 5..5 1:6 symbol=)"},
      {"{{=1)}}", "error unexpected_here 4..5 1:5 found=)"},
      {R"({{="a}})", "error unclosed_quote 3..4 1:4"},
      {"x {{=1", "error unclosed_placeholder 2..5 1:3 opening={{= closing=}}"},
      {"{{=}}", "error value_missing 3..3 1:4"},
      {"{{=addworkdays({=Document:CLOSEDATE}, 3)}}",
       "error bitrix24_no_counterpart 3..14 1:4 name=addworkdays"},
      {R"({{=dateadd({=Document:CLOSEDATE}, "1m")}})", "error bitrix24_date_span 34..38 1:35 name=1m"},
      {R"({{=dateadd({=Document:CLOSEDATE}, {=Document:COUNT} & "d")}})",
       R"(error bitrix24_not_fixed 34..57 1:35 name={=Document:COUNT} & "d")"},
      {R"({{=datediff({=Document:CLOSEDATE}, {=Document:BEGINDATE}, "%d")}})",
       "error bitrix24_date_format 58..62 1:59 format=%d name=%d"},
      {R"({{=date("jS", {=Document:CLOSEDATE})}})", "error bitrix24_date_format 8..12 1:9 format=jS name=S"},
      {"{{={=Document:CLOSEDATE}+1}}",
       "error type_mismatch 3..24 1:4 operation=+ name={=Document:CLOSEDATE}"},
      {"{{=2^{=Document:COUNT}}}", "error bitrix24_power 3..22 1:4 name=2^{=Document:COUNT} limit=8"},
      {"{{={=Document:COUNT}/0}}", "error division_by_zero 3..22 1:4 name={=Document:COUNT}/0"},
      {R"({{={=Document:CLOSEDATE} > "x"}})", R"(error type_mismatch 27..30 1:28 operation=> name="x")"},
  };
  for (const Case& row : rows) EXPECT_EQ(Written(row.form), row.expected) << row.form;
}

constexpr std::string_view kData =
    R"({"deal":{"title":"Bike","amount":{"amount":"1299.00","currency":"EUR"},"count":7,"weight":2.5,"gift":true,
        "close_date":"2026-03-30","begin_date":"2026-03-20","created":"2026-03-27T09:30:00Z","uf_crm_12":"red"},
        "now":"2026-11-22T09:30:00Z","contact":{"first_name":"Ana","phones":[{"type":"work","value":"1"},{"type":"home","value":"2"}]}})";
constexpr std::string_view kEmpty =
    R"({"deal":{"begin_date":"2026-03-20","created":"2026-03-27T09:30:00Z"}})";

std::string Shown(std::string_view text, std::string_view data) {
  const Converted converted = FromBitrix24(text, TestNames());
  if (HasErrors(converted.diagnostics)) return Dump(converted.diagnostics);
  RenderOptions options = TestOptions();
  options.time_zone = "Europe/Berlin";  // clocks change on 2026-03-29
  return Rendered(converted.text, data, options);
}

TEST(Bitrix24, RendersWhatBitrix24Would) {
  const Case rows[] = {
      {"Hi {{Contact: First name}}, {=Document:TITLE}!", "Hi Ana, Bike!"},
      {"{=Document:CONTACT.PHONE}", "1, 2"},
      {"{=Document:OPPORTUNITY}", "€1,299.00"},
      {"{=Document:OPPORTUNITY} {=Document:CURRENCY_ID}", "1299.00 EUR"},
      {"{=Document:CLOSEDATE}", "03/30/2026"},
      {"{{=1+2*3}} {{=(1+2)*3}} {{=2^3}} {{=-2^2}} {{=7-2-1}} {{=2*-3}}", "7 9 8 4 4 -6"},
      {"{{=6/1000000000000000000000000000000000000}}", "6.0e-36"},
      {"{{=7/2}} {{=6/2}} {{={=Document:COUNT}/2}} {{={=Document:WEIGHT}*2}}", "3.5 3 3.5 5"},
      {"{{={=Document:OPPORTUNITY}*2}} {{={=Document:OPPORTUNITY}+0.5}}", "2598 1299.5"},
      {"{{=10%*{=Document:OPPORTUNITY}}}", "129.9"},
      {"{{=abs(3-5)}} {{=min(3,1,2)}} {{=min({=Document:WEIGHT},9)}}", "2 1 2.5"},
      {"=\"a\"&1+1&\"b\"", "a2b"},
      {"{{=\"}}{{\"&'{%'}}", "}}{{{%"},
      {"{{=\"Sum: \"&{=Document:OPPORTUNITY}}}", "Sum: €1,299.00"},
      {"{{=if({=Document:COUNT}=7 and ({=Document:TITLE}=\"x\" or {=Document:GIFT}=\"Y\"),1,2)}}", "1"},
      {"{{=if({=Document:COUNT}=1 and {=Document:COUNT}=2 or {=Document:COUNT}=7,1,2)}}", "1"},
      {"{{=if({=Document:COUNT}=7 or {=Document:COUNT}=2 and {=Document:COUNT}=3,1,2)}}", "1"},
      {"{{=if(({=Document:COUNT}=7 or {=Document:COUNT}=2) and {=Document:COUNT}=3,1,2)}}", "2"},
      {"{{=if(and(1,or(0,{=Document:COUNT}>6),not(false)),\"y\",\"n\")}}", "y"},
      {"{{=if({=Document:OPPORTUNITY}=1299,1,2)}} {{=if({=Document:OPPORTUNITY}<>1299,1,2)}}", "1 2"},
      {"{{=if(\"7\"={=Document:COUNT},1,2)}}", "1"},
      {"{{=if({=Document:COUNT}>5,{=Document:OPPORTUNITY},0)*2}}", "2598"},
      {"{{=if({=Document:COUNT}>5,\"{\",\"}\")}}{=Document:TITLE}", "{Bike"},
      {"{{=if({=Document:COUNT}<5,\"x\",\" \")}}|", " |"},
      {"{{=date(\"d.m.Y \\a\\t H:i\", {=Document:DATE_CREATE})}}", "27.03.2026 at 10:30"},
      {"{{=date(\"j F\", {=Document:CLOSEDATE})}} {{=date('Y')}}", "30 March 2026"},
      // Over the change of clocks: a day more keeps the time of day, 24 hours do not.
      {"{{=date(\"d.m. H:i\", dateadd({=Document:DATE_CREATE},\"3d\"))}}", "30.03. 10:30"},
      {"{{=date(\"d.m. H:i\", dateadd({=Document:DATE_CREATE},\"72h\"))}}", "30.03. 11:30"},
      {"{{=dateadd({=Document:CLOSEDATE},\"-2d\")}} {{=dateadd({=Document:CLOSEDATE},\"1 DAY\")}}",
       "03/28/2026 03/31/2026"},
      {"{{=datediff({=Document:CLOSEDATE},{=Document:BEGINDATE},\"%a\")}}", "10"},
      {"{{=datediff({=Document:CLOSEDATE},{=Document:BEGINDATE},\"in %a days\")}}", "in 10 days"},
      {"{{=if({=Document:CLOSEDATE}>\"2026-03-29\",\"late\",\"soon\")}}", "late"},
      {"{{={=Document:UF_CRM_12}&\"!\"}}", "red!"},
      {"{ {{ {% if %} {% raw %} }} %} {{=1}}", "{ {{ {% if %} {% raw %} }} %} 1"},
      {"{{{=Document:TITLE}}}", "{Bike}"},
  };
  for (const Case& row : rows) EXPECT_EQ(Shown(row.form, kData), row.expected) << row.form;
}

TEST(Bitrix24, EmptyFieldsCountAsZeroAndNothing) {
  const Case rows[] = {
      {"[{=Document:TITLE}{=Document:CLOSEDATE}{=Document:OPPORTUNITY}{=Document:CONTACT.PHONE}]", "[]"},
      {"{{={=Document:COUNT}+1}}", "1"},
      {"{{=if({=Document:OPPORTUNITY}<100,1,2)}} {{=if({=Document:OPPORTUNITY}>100,1,2)}}", "1 2"},
      {"{{=if({=Document:COUNT}=0,1,2)}} {{=if({=Document:COUNT}<>0,1,2)}}", "1 2"},
      {"{{=if(0>={=Document:COUNT},1,2)}} {{=if(-1<{=Document:COUNT},1,2)}}", "1 1"},
      {"{{=if({=Document:TITLE}=\"\",1,2)}} {{=if({=Document:TITLE},1,2)}}", "1 2"},
      {"{{=if({=Document:GIFT}=\"N\",1,2)}} {{=if({=Document:GIFT}<>\"Y\",1,2)}}", "1 1"},
      {"{{=if({=Document:CLOSEDATE}<{=Document:BEGINDATE},1,2)}}", "1"},
      {"[{{=dateadd({=Document:CLOSEDATE},\"1d\")}}{{=datediff({=Document:CLOSEDATE},{=Document:BEGINDATE},"
       "\"%a\")}}]",
       "[]"},
  };
  for (const Case& row : rows) EXPECT_EQ(Shown(row.form, kEmpty), row.expected) << row.form;
}

TEST(Bitrix24, OperatorsBindAsDocumented) {
  const Case rows[] = {
      {"1+2*3^2", "(+ 1 (* 2 (^ 3 2)))"},
      {"2^3^2", "(^ 2 (^ 3 2))"},
      {"1-2-3", "(- (- 1 2) 3)"},
      {"a(1)&1+2=3", "(= (& (a 1) (+ 1 2)) 3)"},
      {"not 1=2 and 3 or 4", "(or (and (not (= 1 2)) 3) 4)"},
      {"NOT(1)=2", "(= (NOT 1) 2)"},
      {"-1*2", "(* (negate 1) 2)"},
      {"10%*2", "(* (percent 10) 2)"},
      {"10%3", "(% 10 3)"},
      {"f()", "(f)"},
      {"f(1;2,(3))", "(f 1 2 3)"},
  };
  for (const Case& row : rows) {
    const Expression expression = ReadExpression(row.form, 0, false);
    EXPECT_EQ(Dump(ParseExpression(row.form, expression.tokens), row.form), row.expected) << row.form;
  }
}

TEST(Bitrix24, TextStaysByteForByte) {
  for (const std::string_view text : {"", "a\r\n\tb", "{", "{{", "{%", "{{{", "{ {", "}} %}", "{{ open",
                                      "{% raw %}", "{{}}", "{=}", "{=a}", "{%- endraw -%}", "{{'{%'"}) {
    const Converted converted = FromBitrix24(text, TestNames());
    EXPECT_EQ(Dump(converted.diagnostics), "") << text;
    EXPECT_EQ(Rendered(converted.text), text);
  }
}

TEST(Bitrix24, HelperVariablesNeverHideAVariable) {
  Names names;
  names.AddVariable("b24_1");
  EXPECT_EQ(FromBitrix24("{{=1*(2+3)}}", names).text,
            "{% assign b24_x_1 = 2 | plus: 3 %}{{ 1 | times: b24_x_1 }}");
}

TEST(Bitrix24, BoundsAreDiagnostics) {
  EXPECT_EQ(Written("{{=" + Repeat("(", kMaxBitrix24Nesting) + "1" + Repeat(")", kMaxBitrix24Nesting) + "}}"),
            "1");
  EXPECT_EQ(Written("{{=" + Repeat("(", kMaxBitrix24Nesting + 1) + "1}}"),
            "error nesting_too_deep 35..36 1:36 limit=32");
  const std::string deep = "{{=" + Repeat("if({=Document:COUNT}>1,", kMaxBitrix24Nesting) + "1" +
                           Repeat(",2)", kMaxBitrix24Nesting) + "}}";
  EXPECT_EQ(Shown(deep, kData), "1");
  EXPECT_EQ(Written("{{=1" + Repeat("+1", 499) + "}}").substr(0, 14), "{{ 1 | plus: 1");
  EXPECT_EQ(Written("{{=1" + Repeat("+1", 501) + "}}"),
            "error bitrix24_too_long 1004..1005 1:1005 limit=1000");
  EXPECT_EQ(Written("{{=2^8}} {{=2^9}}"), "error bitrix24_power 12..15 1:13 name=2^9 limit=8");
  EXPECT_EQ(FromBitrix24(std::string(kMaxTemplateBytes, 'a'), TestNames()).diagnostics.size(), 0U);
  EXPECT_EQ(Written(std::string(kMaxTemplateBytes + 1, 'a')),
            "error template_too_large 0..65537 1:1 limit=65536");
  EXPECT_EQ(Written("ab\xff{{=1}}"), "error invalid_utf8 2..3 1:3 offset=2");
  EXPECT_EQ(Written(Repeat("{{", kMaxTemplateBytes / 2)),
            "error template_too_large 0..65536 1:1 limit=65536");
  EXPECT_EQ(FromBitrix24(Repeat("{=A:B}", 300), TestNames()).diagnostics.size(), kMaxTemplateFaults + 1);
  const std::string name(kMaxBitrix24NameBytes - std::string_view("Document:").size(), 'A');
  EXPECT_EQ(FromBitrix24("{=Document:" + name + "}", TestNames()).diagnostics.size(), 1U);
  EXPECT_EQ(FromBitrix24("{=Document:" + name + "A}", TestNames()).diagnostics.size(), 0U);  // just text
}

TEST(Bitrix24, DateFormatsHaveExactCounterpartsOrNone) {
  for (const std::string_view letter : {"S", "t", "L", "B", "z", "e", "I", "T", "Z", "u", "p", "x"}) {
    std::string bad;
    EXPECT_FALSE(StrftimeOf(letter, bad)) << letter;
    EXPECT_EQ(bad, letter);
  }
  std::string bad;
  EXPECT_EQ(StrftimeOf("100% d\\d\\%", bad), "100%% %dd%%");
}

TEST(Bitrix24, DateSpansOfFixedLengthOnly) {
  struct Span {
    std::string_view text;
    int64_t days;
    int64_t seconds;
  };
  for (const Span& row : {Span{"2d", 2, 0}, Span{"-2d", -2, 0}, Span{"2 days 3 minutes", 2, 180},
                          Span{"1D-2H", 1, -7200}, Span{"+5i 4s", 0, 304}, Span{"1 day", 1, 0}}) {
    const auto span = DateSpanOf(row.text);
    ASSERT_TRUE(span) << row.text;
    EXPECT_EQ(span->days, row.days) << row.text;
    EXPECT_EQ(span->seconds, row.seconds) << row.text;
  }
  for (const std::string_view text :
       {"", "d", "2", "2x", "1m", "1 month", "2y", "1.5d", "-1d 2h", "200000d", "1d,2h"})
    EXPECT_FALSE(DateSpanOf(text)) << text;
}

}  // namespace
}  // namespace recado::liquid::bitrix24
