#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/rule/html_scan.h"

namespace recado::rule {
namespace {

// "text(a) b[href=c] /b" for "a<b href=c></b>".
std::string Pieces(std::string_view html) {
  std::string out;
  HtmlScanner scanner(html);
  while (scanner.Next()) {
    if (!out.empty()) out += ' ';
    if (scanner.is_text()) {
      out += "text(" + std::string(scanner.text()) + ")";
      continue;
    }
    out += scanner.name();
    for (const auto& attribute : scanner.attributes())
      out += "[" + attribute.name + "=" + std::string(attribute.value) + "]";
  }
  return out;
}

struct Row {
  std::string_view html;
  std::string_view pieces;
};

TEST(HtmlScanner, TagsAttributesAndText) {
  const Row rows[] = {
      {"", ""},
      {"a<b>c</b>", "text(a) b text(c) /b"},
      {"<IMG SRC='a b' alt=c width = 3 hidden/>", "img[src=a b][alt=c][width=3][hidden=]"},
      {"<br/><br />", "br br"},
      {"<a href=\"x>y\">", "a[href=x>y]"},
      {"a < b <3 </ 1>", "text(a < b <3 </ 1>)"},
      {"<!doctype html><?xml?><p>", "p"},
      {"<!-- <p> -->a", "text(a)"},
      {"<!-- never closed <p>", ""},
      {"<script>if (a<b) '<p>'</SCRIPT >x", "script /script text(x)"},
      {"<style>p{}", "style"},
      {"<p", "p"},
      {"<p a", "p[a=]"},
      {"<p a=\"b", "p[a=b]"},
      {"<p a=", "p[a=]"},
      {"<", "text(<)"},
  };
  for (const Row& row : rows) EXPECT_EQ(Pieces(row.html), row.pieces) << row.html;
}

TEST(HtmlScanner, LiquidIsOpaque) {
  const Row rows[] = {
      {"{{ '<p>' }}", "text({{ '<p>' }})"},
      {"{% if a < b %}<b>{% endif %}", "text({% if a < b %}) b text({% endif %})"},
      {"<a href=\"{{ x | append: \"y\" }}\" b=c>", "a[href={{ x | append: \"y\" }}][b=c]"},
      {"<a {% if x > 1 %}b=\"c\"{% endif %} d>", "a[b=c][d=]"},
      {"<a b={{ x | append: 'y z' }}>", "a[b={{ x | append: 'y z' }}]"},
      {"<a{{ x }}>b", "a text(b)"},
      {"{{ never closed <b>", "text({{ never closed ) b"},
  };
  for (const Row& row : rows) EXPECT_EQ(Pieces(row.html), row.pieces) << row.html;
}

TEST(HtmlScanner, ManyAttributesReachABound) {
  const auto count = [](size_t wanted) {
    std::string html = "<p";
    for (size_t i = 0; i < wanted; ++i) html += " a" + std::to_string(i);
    html += ">";
    HtmlScanner scanner(html);
    scanner.Next();
    return scanner.attributes().size();
  };
  EXPECT_EQ(count(kMaxHtmlAttributes - 1), kMaxHtmlAttributes - 1);
  EXPECT_EQ(count(kMaxHtmlAttributes), kMaxHtmlAttributes);
  EXPECT_EQ(count(kMaxHtmlAttributes + 1), kMaxHtmlAttributes);
}

TEST(LiteralScanner, GivesWhatIsPrintedAsItStands) {
  const auto literals = [](std::string_view source) {
    std::string out;
    LiteralScanner scanner(source);
    for (std::string_view literal; scanner.Next(literal);) out += "(" + std::string(literal) + ")";
    return out;
  };
  EXPECT_EQ(literals("a{{ b }}c{% if d %}e{% endif %}f"), "(a)(c)(e)(f)");
  EXPECT_EQ(literals("a{% comment %}b{% endcomment %}c{%- raw -%}{d}{% endraw %}e"), "(a)(c)(e)");
  EXPECT_EQ(literals("{a} {"), "({a} {)");
  EXPECT_EQ(literals("a{{ b"), "(a)");
  EXPECT_EQ(literals("{% comment %}a"), "");
  EXPECT_EQ(literals(""), "");
}

}  // namespace
}  // namespace recado::rule
