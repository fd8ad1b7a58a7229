// What templates print, by subject; faults at run time with their places; bounds; escaping; languages.
#include "core/base/limits.h"
#include "core/liquid/render_json.h"
#include "tests/core/liquid/support.h"

#include "gmock/gmock.h"

namespace recado::liquid {
namespace {

TEST(LiquidRender, Output) {
  ExpectRows({
      {"", ""},
      {"Hi", "Hi"},
      {"{{ 'a' }}", "a"},
      {"{{ a.b.c }}", "1", R"({"a":{"b":{"c":1}}})"},
      {"{{ a }}|{{ a.x.y }}", "|"},
      {"{{ a['b c'] }}", "1", R"({"a":{"b c":1}})"},
      {"{{ a[-1] }}{{ a[5] }}{{ a.first }}{{ a.size }}", "313", R"({"a":[1,2,3]})"},
      {"{{ a[b.c] }}", "2", R"({"a":{"x":2},"b":{"c":"x"}})"},
      {"{{ a.size }}", "5", R"({"a":"Größe"})"},
      {"{{ a }}", "1truex", R"({"a":[1,[true,null],"x"]})"},
      {"{{ a }}", R"({"k"=>1, "l"=>[nil, "x\n"]})", R"({"a":{"k":1,"l":[null,"x\n"]}})"},
      {"{{ a }}", R"({"z"=>1, "a"=>2})", R"({"a":{"z":1,"a":2}})"},
      {"{{ (1..3) }}", "1..3"},
      {"{{ true }}{{ nil }}{{ blank }}{{ empty }}", "true"},
      {"{{- ' a ' -}} b", " a b"},
      {" a {%- if true -%} b {%- endif %} c", " ab c"},
  });
}

TEST(LiquidRender, Numbers) {
  ExpectRows({
      {"{{ 1.0 }} {{ 1.50 }} {{ -0.25 }}", "1.0 1.5 -0.25"},
      {"{{ a }}", "0.1", R"({"a":0.1})"},
      {"{{ a }}", "199.9", R"({"a":199.90})"},
      {"{{ a }} {{ b }}", "1.0e+16 1000000000000000.0", R"({"a":1e16,"b":1e15})"},
      {"{{ a }} {{ b }}", "0.0001 1.0e-05", R"({"a":0.0001,"b":0.00001})"},
      {"{{ a }}", "123456789.12345679", R"({"a":123456789.123456789})"},
      {"{{ a }}", "5.0e-324", R"({"a":"5.0e-324"})"},
      {"{{ 0.1 | plus: 0.2 }}", "0.3"},
      {"{{ 20 | divided_by: 7.0 }}", "2.857142857142857"},
      {"{{ 1 | divided_by: 3.0 }}", "0.3333333333333333"},
      {"{{ 2 | divided_by: 3.0 }}", "0.6666666666666666"},
      {"{{ 10 | divided_by: 3 }} {{ -10 | divided_by: 3 }} {{ 10 | divided_by: -3 }}", "3 -4 -4"},
      {"{{ -10 | modulo: 3 }} {{ 10 | modulo: -3 }} {{ 7.5 | modulo: 2 }}", "2 -2 1.5"},
      {"{{ 9223372036854775807 | plus: 1 }}", "9223372036854775808"},
      {"{{ 9223372036854775807 | times: 2 | minus: 9223372036854775807 }}", "9223372036854775807"},
      {"{{ '12 pieces' | plus: 1 }} {{ ' 2.5 ' | times: 2 }} {{ 'x' | plus: 1 }}", "13 5.0 1"},
      {"{{ 2.5 | round }} {{ -2.5 | round }} {{ 1234 | round: -2 }} {{ 1.005 | round: 2 }}",
       "3 -3 1200 1.01"},
      {"{{ 5.0 | ceil }} {{ -5.1 | floor }} {{ '3.2' | abs }}", "5 -6 3.2"},
      {"{{ m | plus: 1 }}", "200.9", R"({"m":{"amount":"199.90","currency":"EUR"}})"},
  });
}

TEST(LiquidRender, ControlFlow) {
  ExpectRows({
      {"{% if a and b or c %}1{% else %}0{% endif %}", "0", R"({"a":false,"b":true,"c":true})"},
      {"{% if a or b and c %}1{% else %}0{% endif %}", "1", R"({"a":true,"b":false,"c":false})"},
      {"{% unless a or b %}1{% else %}0{% endunless %}", "0", R"({"b":true})"},
      {"{% unless a and b %}1{% else %}0{% endunless %}", "1", R"({"b":true})"},
      {"{% unless a %}1{% elsif b %}2{% endunless %}", "2", R"({"a":1,"b":1})"},
      {"{% case a %}{% when 1, 2 %}x{% when 3 %}y{% else %}z{% endcase %}", "y", R"({"a":3})"},
      {"{% for i in (1..3) %}{% case i %}{% when 2 %}{% break %}{% endcase %}{{ i }}{% endfor %}", "1"},
      {"{% for i in (1..3) %}{% capture x %}{{ i }}{% break %}{% endcapture %}{% endfor %}{{ x }}", "1"},
      {"{% for i in (1..3) %}{% for j in (1..3) %}{% continue %}{% endfor %}{{ i }}{% endfor %}", "123"},
      {"{% for i in (1..9) reversed limit: 3 offset: 1 %}{{ i }}{% endfor %}", "432"},
      {"{% for i in a %}{% else %}none{% endfor %}", "none"},
      {"{% for i in (1..2) %}{% assign i = 9 %}{{ i }}{% endfor %}{{ i }}", "129"},
      {"{% for i in (1..2) %}{% for i in (5..6) %}{{ i }}{% endfor %}{{ i }}{% endfor %}[{{ i }}]",
       "561562[]"},
      {"{% for p in o %}{{ p[0] }}={{ p[1] }};{% endfor %}", "a=1;b=2;", R"({"o":{"a":1,"b":2}})"},
      {"{% for i in (1..2) %}{% assign l = forloop %}{% endfor %}{{ l.index }}", "2"},
      {"x{% break %}y", "x"},
      {"{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}", "aba"},
  });
}

TEST(LiquidRender, TableRowReadsNumbersLeniently) {
  ExpectRows({
      {"{% tablerow i in (1..2) cols: 1.9 %}{{ i }}{% endtablerow %}",
       "<tr class=\"row1\">\n<td class=\"col1\">1</td></tr>\n<tr class=\"row2\"><td "
       "class=\"col1\">2</td></tr>\n"},
      {"{% tablerow i in (1..2) cols: none %}{{ tablerowloop.col_last }}{% endtablerow %}",
       "<tr class=\"row1\">\n<td class=\"col1\">false</td><td class=\"col2\">false</td></tr>\n"},
      {"{% tablerow i in (1..2) limit: none %}{{ i }}{% endtablerow %}", "<tr class=\"row1\">\n</tr>\n"},
      {"{% tablerow i in none %}{{ i }}{% endtablerow %}", ""},
      {"{% tablerow i in (1..2) cols: true %}{% endtablerow %}",
       "error not_a_whole_number 0..37 1:1 value=true"},
  });
}

TEST(LiquidRender, HugeLoopsAreNotLaidOut) {
  ExpectRows({{"{% for i in (1..9000000000) limit: 2 %}{{ i }}{% endfor %}", "12"},
              {"{% for i in (1..9000000000) reversed %}{{ i }}{% break %}{% endfor %}", "9000000000"},
              {"{% assign r = (1..9000000000) %}{{ r.size }}{{ r.last }}", "90000000009000000000"}});
}

TEST(LiquidRender, RuntimeFaultsPointAtTheCulprit) {
  ExpectRows({
      {"a {{ 1 | divided_by: 0 }}", "error division_by_zero 9..22 1:10"},
      {"{{ 1 | modulo: a }}", "error division_by_zero 7..16 1:8"},
      {"{% if 1 < 'a' %}{% endif %}", "error not_comparable 6..13 1:7 left=1 right=\"a\""},
      {"{{ a | sort }}", "error not_comparable 7..11 1:8 left=1 right=\"b\"", R"({"a":[1,"b"]})"},
      {"{{ 'abc' | slice: 'x' }}", "error not_a_whole_number 11..21 1:12 value=\"x\""},
      {"{{ a | concat: 5 }}", "error not_a_list 7..16 1:8 name=concat value=5"},
      {"{{ 5 | map: 'x' }}", "error no_property 7..15 1:8 name=map property=\"x\" value=5"},
      {"{{ 'a' | base64_decode }}", "error invalid_encoding 9..22 1:10 name=base64_decode value=\"a\""},
      {"{% for i in (1..4) limit: 'x' %}{% endfor %}", "error not_a_whole_number 0..32 1:1 value=\"x\""},
      {"{% render 'x' %}", "error unknown_partial 10..13 1:11 name=x"},
      {"{{ 'x' | money }}", "error not_a_number 9..14 1:10 name=money value=\"x\""},
      {"{{ 5 | money }}", "error currency_missing 7..12 1:8 name=money value=5"},
      {"{{ 'x' | datetime }}", "error not_a_date 9..17 1:10 value=\"x\""},
      {"{{ 1 | times: 1e }}", "error unexpected_here 15..16 1:16 found=e"},
  });
}

TEST(LiquidRender, LanguageAndZoneMustExist) {
  RenderOptions options = TestOptions();
  options.language = "xx";
  EXPECT_EQ(Rendered("a", "{}", options), "error language_not_loaded language=xx");
  options.language = "en";
  options.time_zone = "Mars/Olympus";
  EXPECT_EQ(Rendered("a", "{}", options), "error unknown_time_zone name=Mars/Olympus");
}

TEST(LiquidRender, StepBound) {
  RenderOptions options = TestOptions();
  options.max_steps = 10;  // eight texts and the end are nine steps
  EXPECT_EQ(Rendered(Repeat("{% raw %}a{% endraw %}", 8), "{}", options), "aaaaaaaa");
  EXPECT_EQ(Rendered(Repeat("{% raw %}a{% endraw %}", 9), "{}", options), "aaaaaaaaa");
  EXPECT_EQ(Rendered(Repeat("{% raw %}a{% endraw %}", 10), "{}", options),
            "error too_many_steps 220..220 1:221 limit=10");
  EXPECT_THAT(Rendered("{% for i in (1..9000000000) %}{% assign x = i %}{% endfor %}"),
              testing::StartsWith("error too_many_steps"));
}

TEST(LiquidRender, WorkThatGrowsWithTheDataCountsAsSteps) {
  Json list = Json::array();
  for (int i = 0; i < 100'000; ++i) list.push_back(i);
  const std::string data = DumpJson(Json{{"a", list}, {"s", std::string(1'000'000, 'a')}});
  for (const std::string_view source :
       {"{% for i in (1..100000) %}{% if a contains -1 %}{% endif %}{% endfor %}",
        "{% for i in (1..100000) %}{% assign x = a | has: -1 %}{% endfor %}",
        "{% for i in (1..100000) %}{% assign x = s | size %}{% endfor %}",
        "{% for i in (1..100000) %}{% assign x = s.size %}{% endfor %}",
        "{% for i in (1..100000) %}{% if s contains 'b' %}{% endif %}{% endfor %}"}) {
    EXPECT_THAT(Rendered(source, data), testing::AnyOf(testing::StartsWith("error too_many_steps"),
                                                       testing::StartsWith("error no_property")))
        << source;
  }
}

TEST(LiquidRender, OutputBound) {
  RenderOptions options = TestOptions();
  options.max_output_bytes = 10;
  EXPECT_EQ(Rendered("123456789", "{}", options), "123456789");
  EXPECT_EQ(Rendered("1234567890", "{}", options), "1234567890");
  EXPECT_EQ(Rendered("12345678901", "{}", options), "error output_too_large 0..11 1:1 limit=10");
}

TEST(LiquidRender, MemoryBound) {
  const std::string doubling =
      "{% assign s = 'x' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}";
  EXPECT_NE(Rendered(doubling).find("error too_much_memory"), std::string::npos);
  EXPECT_NE(Rendered("{{ (1..90000000) | join }}").find("error too_much_memory"), std::string::npos);
  EXPECT_NE(
      Rendered(
          "{% assign s = 'aaaaaaaa' %}{% for i in (1..6) %}{% assign s = s | replace: 'a', s %}{% endfor %}")
          .find("error too_much_memory"),
      std::string::npos);
}

TEST(LiquidRender, PartialDepthBound) {
  const auto chain = [](size_t depth) {
    Json partials = Json::object();
    for (size_t i = 1; i < depth; ++i)
      partials[std::to_string(i)] = "{% render '" + std::to_string(i + 1) + "' %}";
    partials[std::to_string(depth)] = "end";
    const Json request{{"template", "{% render '1' %}"}, {"partials", partials}};
    const Json answer = RenderJson(request, Instant{}, OffsetUnit::kBytes);
    return answer.contains("text") ? answer["text"].get<std::string>()
                                   : answer["errors"][0]["code"].get<std::string>();
  };
  EXPECT_EQ(chain(kMaxPartialDepth - 1), "end");
  EXPECT_EQ(chain(kMaxPartialDepth), "end");
  EXPECT_EQ(chain(kMaxPartialDepth + 1), "partial_too_deep");
}

TEST(LiquidRender, HtmlEscaping) {
  RenderOptions options = TestOptions();
  options.escape = Escape::kHtml;
  ExpectRows(
      {
          {"<b>{{ a }}</b>", "<b>&lt;i&gt; &amp; &quot;x&quot; &#39;y&#39;</b>",
           R"({"a":"<i> & \"x\" 'y'"})"},
          {"{{ a | escape }}", "&lt;", R"({"a":"<"})"},
          {"{{ a | raw }}", "<", R"({"a":"<"})"},
          {"{{ a | escape | append: '<' }}", "&lt;&lt;", R"({"a":"<"})"},
          {"{{ a | prepend: '<b>' }}", "&lt;b&gt;&lt;", R"({"a":"<"})"},
          {"{% capture x %}<b>{{ a }}</b>{% endcapture %}{{ x }}", "<b>&lt;</b>", R"({"a":"<"})"},
          {"{{ a | newline_to_br }}", "&lt;<br />\n&gt;", R"({"a":"<\n>"})"},
          {"{{ a }}", "[&quot;&lt;&quot;]", R"({"a":"[\"<\"]"})"},
          {"{{ a }}", "{&quot;k&quot;=&gt;&quot;&lt;&quot;}", R"({"a":{"k":"<"}})"},
          {"{{ 5 }}{{ true }}", "5true"},
      },
      options);
}

TEST(LiquidRender, Partials) {
  const auto render = [](std::string_view source, Json partials, Json data = Json::object()) {
    const Json request{{"template", source}, {"partials", std::move(partials)}, {"data", std::move(data)}};
    return DumpJson(RenderJson(request, Instant{}, OffsetUnit::kBytes));
  };
  EXPECT_EQ(render("{% assign x = 1 %}{% include 'p' %}{{ y }}", {{"p", "{{ x }}{% assign y = 2 %}"}}),
            R"({"text":"12"})");
  EXPECT_EQ(render("{% include 'p' %}{% include 'q' %}", {{"p", "{% assign v = 3 %}"}, {"q", "{{ v }}"}}),
            R"({"text":"3"})");
  EXPECT_EQ(render("{% assign x = 1 %}{% render 'p' %}", {{"p", "[{{ x }}]{{ g }}"}}, {{"g", 7}}),
            R"({"text":"[]7"})");
  EXPECT_EQ(render("{% render 'p' for l as i %}", {{"p", "{{ i }}{{ forloop.last }}{% break %}x"}},
                   {{"l", {1, 2}}}),
            R"({"text":"1false2true"})");
  EXPECT_EQ(render("{% for i in (1..3) %}{% include 'p' %}x{% endfor %}", {{"p", "{{ i }}{% continue %}"}}),
            R"({"text":"123"})");
  EXPECT_EQ(
      render("{% render 'p' %}", {{"p", "ab {{ 1 | divided_by: 0 }}"}}),
      R"({"errors":[{"code":"division_by_zero","severity":"error","path":"/partials/p","from":10,"to":23,"line":1,)"
      R"("column":11,"arguments":{"partial":"p"},"message":"A number is divided by zero here."}]})");
  EXPECT_NE(render("{% render 'p' %}", {{"p", "{% include 'q' %}"}, {"q", ""}}).find("include_not_allowed"),
            std::string::npos);
  EXPECT_NE(render("{% render 'haed' %}", {{"head", "x"}}).find("Did you mean head?"), std::string::npos);
  EXPECT_NE(render("x", {{"p", "{{ a | zebra }}"}}).find(R"("path":"/partials/p")"), std::string::npos);
}

TEST(LiquidRender, ARequestThatIsNoneSaysSoApartFromItsTemplatesFaults) {
  const auto error = [](std::string_view request) {
    const Json answer = RenderJson(*ParseJson(request), Instant{}, OffsetUnit::kBytes);
    return answer.contains("error") ? answer["error"]["path"].get<std::string>() : "none";
  };
  EXPECT_EQ(error("[]"), "");
  EXPECT_EQ(error("{}"), "/template");
  EXPECT_EQ(error(R"({"template":"{% if %}","data":5})"), "/data");
  EXPECT_EQ(error(R"({"template":"{% if %}"})"), "none");
  EXPECT_EQ(error(R"({"template":"x","escape":"q"})"), "none");
  EXPECT_EQ(error(R"({"template":"x"})"), "none");
}

TEST(LiquidRender, AMemberThatIsNotKnownIsAWarningBesideTheAnswer) {
  const Json answer =
      RenderJson(*ParseJson(R"({"template":"x","tempalte":1,"now":null})"), Instant{}, OffsetUnit::kBytes);
  EXPECT_EQ(answer["text"], "x");
  ASSERT_EQ(answer["warnings"].size(), 1u);
  EXPECT_EQ(answer["warnings"][0]["code"], "unknown_member");
  EXPECT_EQ(answer["warnings"][0]["path"], "/tempalte");
}

TEST(LiquidRender, RequestFaults) {
  const auto render = [](std::string_view request) {
    const Json answer = RenderJson(*ParseJson(request), Instant{}, OffsetUnit::kBytes);
    std::string text;
    for (const Json& error : answer["errors"]) {
      text += error["code"].get<std::string>() + " " + error["path"].get<std::string>() + ";";
    }
    return text;
  };
  EXPECT_EQ(render("[]"), "wrong_type ;");
  EXPECT_EQ(render("{}"), "missing_member /template;");
  EXPECT_EQ(render(R"({"template":1})"), "wrong_type /template;");
  EXPECT_EQ(render(R"({"template":"","data":[]})"), "wrong_type /data;");
  EXPECT_EQ(render(R"({"template":"","partials":{"a/b":1}})"), "wrong_type /partials/a~1b;");
  EXPECT_EQ(render(R"({"template":"","language":1,"now":"x","escape":"pdf"})"),
            "wrong_type /language;invalid_instant /now;invalid_value /escape;");
  EXPECT_EQ(render(R"({"template":"","language":"xx"})"), "language_not_loaded /language;");
  EXPECT_EQ(render(R"({"template":"","time_zone":"x"})"), "unknown_time_zone /time_zone;");
  EXPECT_EQ(render(R"({"template":"{{ a | x }}{% y %}"})"),
            "unknown_filter /template;unknown_tag /template;");
}

TEST(LiquidRender, ExtraVariablesGoBeforeTheData) {
  Builder builder;
  const Value extra = builder.Object(std::vector<Member>{{"now", builder.Text("2026")}});
  const Document document = std::move(builder).Finish(extra);
  RenderOptions options = TestOptions();
  options.extra = document.root();
  EXPECT_EQ(Rendered("{{ now }}{{ a }}", R"({"now":"x","a":1})", options), "20261");
}

}  // namespace
}  // namespace recado::liquid
