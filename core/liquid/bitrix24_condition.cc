// Comparisons and logic. A field that is empty counts as 0, "" or the earliest date for Bitrix24, while for
// Liquid nil has no order; where that could be seen, the field is made a number first.
#include <algorithm>

#include "core/liquid/bitrix24_writer.h"
#include "core/liquid/number.h"

namespace recado::liquid::bitrix24 {
namespace {

std::string_view LiquidComparison(Op op) {
  switch (op) {
    case Op::kEqual:
      return "==";
    case Op::kNotEqual:
      return "!=";
    case Op::kLess:
      return "<";
    case Op::kGreater:
      return ">";
    case Op::kLessOrEqual:
      return "<=";
    default:
      return ">=";
  }
}

bool IsOrder(Op op) {
  return op != Op::kEqual && op != Op::kNotEqual;
}

bool IsNumeric(const Term& term) {
  return term.kind == Kind::kInteger || term.kind == Kind::kNumber || term.kind == Kind::kMoney;
}

bool IsDateKind(const Term& term) {
  return term.kind == Kind::kDate || term.kind == Kind::kDateTime;
}

// "2026-12-01", with or without a time.
bool IsDateText(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() < kShape.size()) return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !IsDigit(text[i]) : text[i] != '-') return false;
  }
  return text.size() == kShape.size() || text[kShape.size()] == 'T' || text[kShape.size()] == ' ';
}

// Whether a test comes out alike for a number that is 0 and for one that is nil.
bool NilActsAsZero(Op op, const Decimal& other, bool nil_is_left) {
  const auto order = nil_is_left ? Decimal(0) <=> other : other <=> Decimal(0);
  switch (op) {
    case Op::kEqual:
    case Op::kNotEqual:
      return order != 0;
    case Op::kLess:
      return order >= 0;
    case Op::kGreater:
      return order <= 0;
    case Op::kLessOrEqual:
      return order > 0;
    default:
      return order < 0;
  }
}

void ToNumber(Term& term) {
  if (term.number || (term.computed && IsNumeric(term))) return;
  term.code += " | plus: 0";
  term.plain = false;
}

// "Y" and "N" are how Bitrix24 writes yes and no.
std::optional<bool> FlagOf(const Term& term) {
  if (term.code == "true" || term.code == "false") return term.code == "true";
  if (term.letters == "Y" || term.letters == "1" || (term.number && *term.number == Decimal(1))) return true;
  if (term.letters == "N" || term.letters == "0" || term.letters == "" ||
      (term.number && term.number->IsZero()))
    return false;
  return std::nullopt;
}

}  // namespace

Term Writer::Test(Term left, std::string_view comparison, Term right) {
  MakePlain(left);
  MakePlain(right);
  Term test;
  test.before = left.before + right.before;
  test.code = left.code + " " + std::string(comparison) + " " + right.code;
  test.shape = Term::Shape::kCondition;
  test.kind = Kind::kBoolean;
  return test;
}

Term Writer::Compare(const Node& node, Term left, Term right) {
  AsValue(left);
  AsValue(right);
  if (left.kind == Kind::kBoolean || right.kind == Kind::kBoolean)
    return CompareFlags(node, std::move(left), std::move(right));
  const bool left_is_empty = left.letters == "";
  if (!IsOrder(node.op) && (left_is_empty || right.letters == "")) {
    Term blank;
    blank.code = "blank";
    return Test(left_is_empty ? std::move(right) : std::move(left), LiquidComparison(node.op),
                std::move(blank));
  }
  if (IsDateKind(left) || IsDateKind(right)) return CompareDates(node, std::move(left), std::move(right));
  if (IsNumeric(left) || IsNumeric(right)) return CompareNumbers(node, std::move(left), std::move(right));
  for (Term* term : {&left, &right}) {
    if (term->kind != Kind::kAny) continue;
    term->code += " | append: \"\"";  // a number of the CRM's against a text
    term->plain = false;
  }
  return Test(std::move(left), LiquidComparison(node.op), std::move(right));
}

Term Writer::CompareFlags(const Node& node, Term left, Term right) {
  if (IsOrder(node.op)) return Mismatch(node, node.range);
  if (left.kind != Kind::kBoolean || FlagOf(left)) std::swap(left, right);
  if (right.kind != Kind::kBoolean) {
    const auto flag = FlagOf(right);
    if (!flag) return Mismatch(node, right.range);
    right = Term();
    right.code = *flag ? "true" : "false";
  }
  // A flag that was never set is no.
  const auto flag = FlagOf(right);
  if (left.optional && flag) {
    Term test = AsCondition(std::move(left));
    return *flag == (node.op == Op::kEqual) ? test : Not(std::move(test));
  }
  return Test(std::move(left), LiquidComparison(node.op), std::move(right));
}

Term Writer::CompareDates(const Node& node, Term left, Term right) {
  for (Term* term : {&left, &right}) {
    const bool good =
        IsDateKind(*term) || term->kind == Kind::kAny || (term->letters && IsDateText(*term->letters));
    if (!good) return Mismatch(node, term->range);
    if (!IsOrder(node.op) && left.kind == Kind::kDate && right.kind == Kind::kDate) continue;
    term->code += " | date: \"%s\" | plus: 0";  // seconds
    term->plain = false;
  }
  return Test(std::move(left), LiquidComparison(node.op), std::move(right));
}

Term Writer::CompareNumbers(const Node& node, Term left, Term right) {
  if (!AsNumber(node, left) || !AsNumber(node, right)) return left;
  const auto keeps = [&node](const Term& term, const Term& other, bool is_left) {
    const bool is_field = IsNumeric(term) && term.plain && !term.computed && !term.number;
    const bool ordered = IsOrder(node.op) || term.kind != Kind::kMoney;  // money equals only money
    return is_field && ordered && other.number &&
           (!term.optional || NilActsAsZero(node.op, *other.number, is_left));
  };
  const bool keep_left = keeps(left, right, true);
  const bool keep_right = keeps(right, left, false);
  if (!keep_left) ToNumber(left);
  if (!keep_right) ToNumber(right);
  return Test(std::move(left), LiquidComparison(node.op), std::move(right));
}

// What Bitrix24 takes for true: everything but nothing, 0, "" and "0".
Term Writer::AsCondition(Term term) {
  if (term.shape == Term::Shape::kCondition) return term;
  if (term.number || term.letters) {
    const bool truth = term.number ? !term.number->IsZero() : !term.letters->empty() && *term.letters != "0";
    term = Term();
    term.code = truth ? "true" : "false";
  } else if (term.kind == Kind::kDate || term.kind == Kind::kDateTime) {
    MakePlain(term);
    term.code += " != blank";
  } else if (IsNumeric(term)) {
    ToNumber(term);
    MakePlain(term);
    term.code += " != 0";
  } else if (term.kind != Kind::kBoolean) {
    MakePlain(term);
    const std::string value = term.code;
    term.code += " and " + value + " != \"\" and " + value + " != \"0\"";
    if (term.kind == Kind::kAny) term.code += " and " + value + " != 0";
    term.join = Term::Join::kAnd;
  }
  term.shape = Term::Shape::kCondition;
  term.kind = Kind::kBoolean;
  term.number.reset();
  term.letters.reset();
  return term;
}

Term Writer::Not(Term term) {
  term = AsCondition(std::move(term));
  const std::string name = NewVariable();
  Term opposite;
  opposite.before = std::move(term.before) + "{% assign " + name + " = true %}{% if " + term.code +
                    " %}{% assign " + name + " = false %}{% endif %}";
  opposite.code = name;
  opposite.shape = Term::Shape::kCondition;
  opposite.kind = Kind::kBoolean;
  return opposite;
}

// Liquid reads a chain from the right, so one compound may stand at its end; all others become variables.
Term Writer::Logic(const Node& node, std::vector<Term> terms) {
  const bool is_and = node.op == Op::kAnd || Source(node.token.range).size() == 3;  // and, or
  const Term::Join join = is_and ? Term::Join::kAnd : Term::Join::kOr;
  const std::string_view word = is_and ? " and " : " or ";
  Term all;
  all.shape = Term::Shape::kCondition;
  all.kind = Kind::kBoolean;
  all.join = terms.size() > 1 ? join : Term::Join::kSingle;
  std::string last;
  for (Term& term : terms) {
    term = AsCondition(std::move(term));
    const bool compound = term.join != Term::Join::kSingle && term.join != join;
    if (compound && last.empty()) {
      all.before += term.before;
      last = term.code;
      if (terms.size() > 1)
        all.join = Term::Join::kMixed;
      else
        all.join = term.join;
      continue;
    }
    if (compound) AsValue(term);
    all.before += term.before;
    if (!all.code.empty()) all.code += word;
    all.code += term.code;
  }
  if (!last.empty()) all.code += (all.code.empty() ? "" : std::string(word)) + last;
  if (terms.size() == 1 && last.empty()) all.join = terms[0].join;
  return all;
}

}  // namespace recado::liquid::bitrix24
