// The writer: trees of Bitrix24's expressions into Liquid.
//
// Liquid has no brackets, no operators but comparisons, and no value that is chosen on the way; so what is
// nested becomes helper variables, set by tags that stand before the output:
//
//   {{=if({=Document:OPPORTUNITY} + 5 > 100, "big", "small")}}
//   {% assign b24_1 = deal.amount | plus: 5 %}{% if b24_1 > 100 %}big{% else %}small{% endif %}
//
// A tree's nodes stand children first, so one walk over them suffices and nothing recurses. Internal to the
// room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/decimal.h"
#include "core/liquid/bitrix24.h"
#include "core/liquid/bitrix24_parser.h"
#include "core/liquid/locator.h"

namespace recado::liquid::bitrix24 {

// What a node has become.
struct Term {
  enum class Shape : uint8_t {
    kValue,      // `code` can stand in {{ … }} and, if `plain`, as an argument or in a comparison
    kCondition,  // `code` can stand in {% if … %}
    kFinished,   // `code` is a piece of template: the branches of an if in text position
  };
  // How the tests of a condition are joined. Liquid reads `a and b or c` from the right, as a and (b or c).
  enum class Join : uint8_t { kSingle, kAnd, kOr, kMixed };

  SourceRange range;   // what it was
  std::string before;  // tags that must come first
  std::string code;
  Shape shape = Shape::kValue;
  Kind kind = Kind::kText;
  Join join = Join::kSingle;
  bool plain = true;                   // a path or a literal, without filters
  bool optional = false;               // may be nil
  bool computed = false;               // a number of our own making: prints 5.0 where Bitrix24 prints 5
  std::optional<Decimal> number;       // a literal number
  std::optional<std::string> letters;  // a literal text, without quotation marks
};

class Writer {
 public:
  // `bare_amounts`: amounts print without their currency, because the text prints that itself.
  Writer(std::string_view text, const Names& names, bool bare_amounts, std::vector<Found>& found)
      : text_(text), names_(names), bare_amounts_(bare_amounts), found_(found) {}

  // Template text for a form. Nothing where it cannot be converted; then `found` has an error more.
  std::optional<std::string> Write(const Reference& reference, SourceRange range);
  std::optional<std::string> Write(const Tree& tree);

  // What the text has printed so far.
  bool printed_amount() const { return printed_amount_; }
  bool printed_currency() const { return printed_currency_; }

 private:
  // bitrix24_writer.cc
  Term Leaf(const Node& node);
  Term OfField(const Reference& reference, SourceRange range);
  Term OfText(std::string letters);
  Term OfNumber(const Decimal& number);
  void Explain(const Reference& reference, SourceRange range);
  Term Sign(const Node& node, Term value);
  Term Arithmetic(const Node& node, Term left, Term right);
  Term Power(const Node& node, Term base, const Term& exponent);
  Term Divide(const Node& node, Term left, Term right);
  Term Concatenate(Term left, Term right);
  Term Finish(const Node& node, std::vector<Term>& terms, bool in_text);

  // bitrix24_condition.cc
  Term Compare(const Node& node, Term left, Term right);
  Term CompareFlags(const Node& node, Term left, Term right);
  Term CompareDates(const Node& node, Term left, Term right);
  Term CompareNumbers(const Node& node, Term left, Term right);
  Term Logic(const Node& node, std::vector<Term> terms);
  Term Not(Term term);
  Term Test(Term left, std::string_view comparison, Term right);
  Term AsCondition(Term term);

  // bitrix24_functions.cc
  using Function = Term (Writer::*)(const Node& node, std::vector<Term> arguments);
  Term Call(const Node& node, std::vector<Term> arguments, bool in_text);
  Term Choose(const Node& node, std::vector<Term> arguments, bool in_text);
  Term Smallest(const Node& node, std::vector<Term> arguments);
  Term FormatDate(const Node& node, std::vector<Term> arguments);
  Term AddToDate(const Node& node, std::vector<Term> arguments);
  Term DaysBetween(const Node& node, std::vector<Term> arguments);
  bool IsDate(const Node& node, const Term& term);
  std::string WhereGiven(Term& date, const std::string& pipeline);

  // A value fit to be an argument: assigned to a helper variable where it has filters.
  void MakePlain(Term& term);
  void AsValue(Term& term);                         // conditions become true or false
  bool AsNumber(const Node& node, Term& term);      // false, and a fault, where it is none
  void AsText(Term& term, SourceRange range);       // as it is to be printed
  std::string Print(Term term, SourceRange range);  // as template text
  std::string NewVariable();

  Term Fail(DiagnosticCode code, SourceRange range);
  Term Fail(Diagnostic diagnostic, SourceRange range);
  Term Mismatch(const Node& node, SourceRange culprit);
  void Warn(DiagnosticCode code, SourceRange range);
  std::string Source(SourceRange range) const {
    return std::string(text_.substr(range.from, range.to - range.from));
  }

  std::string_view text_;
  const Names& names_;
  const bool bare_amounts_;
  std::vector<Found>& found_;
  size_t faults_ = 0;
  size_t variables_ = 0;
  bool printed_amount_ = false;
  bool printed_currency_ = false;
  const Tree* tree_ = nullptr;
};

// Text that Liquid leaves as it is. `code_follows`: a tag or output comes next, so a brace at the end would
// join it.
std::string Protected(std::string_view text, bool code_follows);

// PHP's date() letters as strftime's; nothing, and the culprit in `bad`, for one without an exact
// counterpart.
std::optional<std::string> StrftimeOf(std::string_view php, std::string& bad);

// "2 days 3 minutes", "-2d": calendar days and elapsed seconds. Nothing for months and years, which PHP lets
// overflow into the next, and for what is no such text.
struct DateSpan {
  int64_t days = 0;
  int64_t seconds = 0;
};
std::optional<DateSpan> DateSpanOf(std::string_view text);

}  // namespace recado::liquid::bitrix24
