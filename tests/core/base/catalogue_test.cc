// The catalogue whole: every sentence is there in five languages and says the same things. The rows are read
// here by the compiler; the program's come by way of make_tables.py and the tables, so this proves that road
// too.
#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace recado {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;
constexpr auto kInfo = Severity::kInfo;

constexpr std::string_view kLanguages[] = {"en", "de", "es", "pl", "pt"};

struct Row {
  std::string_view name;
  Severity severity;
  std::string_view texts[std::size(kLanguages)];
};

constexpr Row kRows[] = {
#define RECADO_DIAGNOSTIC(code, severity, en, de, es, pl, pt) {#code, severity, {en, de, es, pl, pt}},
#include "core/base/catalogue/all.inc"
#undef RECADO_DIAGNOSTIC
};

// Sentences that are rightly the same in two languages: code and language, like "some_code de".
const std::set<std::string> kSameAsEnglish = {};

// "{a}{b}[{c}]": the placeholders and the brackets, sorted within and outside of the brackets, because
// another language may need another order.
std::string ShapeOf(std::string_view text) {
  std::vector<std::string> outside;
  std::vector<std::string> optional;
  std::vector<std::string> inside;
  bool open = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' && !open) {
      open = true;
    } else if (text[i] == ']' && open) {
      open = false;
      std::sort(inside.begin(), inside.end());
      std::string stretch = "[";
      for (const std::string& name : inside) stretch += name;
      optional.push_back(stretch + "]");
      inside.clear();
    } else if (text[i] == '{') {
      const size_t close = text.find('}', i);
      if (close == std::string_view::npos) return "unclosed {";
      (open ? inside : outside).emplace_back(text.substr(i, close + 1 - i));
      i = close;
    } else if (text[i] == ']' || text[i] == '}') {
      return "unopened bracket";
    }
  }
  if (open) return "unclosed [";
  std::sort(outside.begin(), outside.end());
  std::sort(optional.begin(), optional.end());
  std::string shape;
  for (const std::string& name : outside) shape += name;
  for (const std::string& stretch : optional) shape += stretch;
  return shape;
}

TEST(Catalogue, ShapeTellsSentencesApart) {
  EXPECT_EQ(ShapeOf("{b} and {a}.[ Or {c}?]"), ShapeOf("Ob {a} oder {b}.[ {c}?]"));
  EXPECT_NE(ShapeOf("{a}.[ Or {b}?]"), ShapeOf("{a}. Or {b}?"));
  EXPECT_NE(ShapeOf("{a} {a}"), ShapeOf("{a}"));
  EXPECT_NE(ShapeOf("{a}"), ShapeOf("a"));
  EXPECT_EQ(ShapeOf("{a"), "unclosed {");
  EXPECT_EQ(ShapeOf("[a"), "unclosed [");
  EXPECT_EQ(ShapeOf("a}"), "unopened bracket");
}

TEST(Catalogue, EverySentenceIsThereInEveryLanguageWithTheSamePlaceholders) {
  for (const Row& row : kRows) {
    for (size_t i = 0; i < std::size(kLanguages); ++i) {
      const std::string here = std::string(row.name) + " " + std::string(kLanguages[i]);
      EXPECT_FALSE(row.texts[i].empty()) << here;
      EXPECT_EQ(ShapeOf(row.texts[i]), ShapeOf(row.texts[0])) << here;
      if (i == 0) continue;
      EXPECT_EQ(row.texts[i] == row.texts[0], kSameAsEnglish.contains(here)) << here;
    }
  }
}

TEST(Catalogue, CodesKeepNameNumberAndSeverity) {
  ASSERT_EQ(DiagnosticCodeCount(), std::size(kRows));
  for (size_t i = 0; i < std::size(kRows); ++i) {
    const auto code = static_cast<DiagnosticCode>(i);
    EXPECT_EQ(CodeName(code), kRows[i].name);
    EXPECT_EQ(CodeFromName(kRows[i].name), code);
    EXPECT_EQ(DefaultSeverity(code), kRows[i].severity) << kRows[i].name;
  }
}

// The sentence with every argument given as <name>.
std::string Filled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '{') out += '<';
    if (c == '}') out += '>';
    if (c != '{' && c != '}' && c != '[' && c != ']') out += c;
  }
  return out;
}

Diagnostic WithEveryArgument(DiagnosticCode code, std::string_view text) {
  Diagnostic diagnostic = Diagnostic::Of(code);
  for (size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::string name(text.substr(open + 1, text.find('}', open) - open - 1));
    diagnostic = std::move(diagnostic).With(name, "<" + name + ">");
  }
  return diagnostic;
}

TEST(Catalogue, TablesHoldTheSentencesOfTheCatalogue) {
  for (size_t i = 0; i < std::size(kRows); ++i) {
    for (size_t j = 0; j < std::size(kLanguages); ++j) {
      const std::string_view text = kRows[i].texts[j];
      const Diagnostic diagnostic = WithEveryArgument(static_cast<DiagnosticCode>(i), text);
      EXPECT_EQ(MessageOf(diagnostic, kLanguages[j]), Filled(text));
    }
  }
}

TEST(Catalogue, NearMissIsSuggestedInTheSentence) {
  const auto wrong = Diagnostic::Of(DiagnosticCode::invalid_value)
                         .With("value", "sen_sms")
                         .With("what", "type")
                         .With("allowed", "send_sms, send_email");
  EXPECT_EQ(MessageOf(wrong), "sen_sms is not allowed for type. Possible: send_sms, send_email.");
  EXPECT_EQ(MessageOf(Diagnostic(wrong).With("suggestion", "send_sms")),
            "sen_sms is not allowed for type. Possible: send_sms, send_email. Did you mean send_sms?");
  const auto unknown =
      Diagnostic::Of(DiagnosticCode::unknown_member).With("name", "actoin").With("suggestion", "action");
  EXPECT_EQ(MessageOf(unknown, "de"),
            "Eine Einstellung actoin gibt es hier nicht; sie wird ignoriert. Meinten Sie action?");
}

}  // namespace
}  // namespace recado
