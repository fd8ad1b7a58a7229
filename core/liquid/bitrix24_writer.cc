#include "core/liquid/bitrix24_writer.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/liquid/number.h"

namespace recado::liquid::bitrix24 {
namespace {

// What Bitrix24 prints for a date is the account's numeric form (31.12.2026, 12/31/2026); CLDR's skeletons
// give the same for the language of the message.
constexpr std::string_view kDatePrinted = R"( | datetime: "yMMdd")";
constexpr std::string_view kDateTimePrinted = R"( | datetime: "yMMddjjmm")";
constexpr size_t kLongestWhole = 30;  // digits; a decimal has room for 37 with its fraction

bool IsBlankText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsSpace);
}

// Inside of quotation marks Liquid still looks for braces.
bool HasBraces(std::string_view text) {
  for (const std::string_view pair : {"{{", "}}", "{%", "%}"}) {
    if (text.find(pair) != std::string_view::npos) return true;
  }
  return false;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsActivity(std::string_view prefix) {
  return prefix.size() > 1 && prefix[0] == 'A' && IsDigit(prefix[1]);
}

}  // namespace

std::string Protected(std::string_view text, bool code_follows) {
  std::string out;
  size_t done = 0;
  for (size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    const bool last = at + 1 == text.size();
    const bool opens = !last && (text[at + 1] == '{' || text[at + 1] == '%');
    if (!opens && !(last && code_follows)) {
      ++at;
      continue;
    }
    const size_t length = opens ? 2 : 1;
    out.append(text.substr(done, at - done)).append("{% raw %}");
    out.append(text.substr(at, length)).append("{% endraw %}");
    at += length;
    done = at;
  }
  return out.append(text.substr(done));
}

// --- Faults

Term Writer::Fail(Diagnostic diagnostic, SourceRange range) {
  if (found_.size() < kMaxTemplateFaults) found_.push_back({std::move(diagnostic), range});
  ++faults_;
  Term nothing;
  nothing.code = "nil";
  nothing.kind = Kind::kAny;
  return nothing;
}

Term Writer::Fail(DiagnosticCode code, SourceRange range) {
  return Fail(Diagnostic::Of(code).With("name", Source(range)), range);
}

void Writer::Warn(DiagnosticCode code, SourceRange range) {
  if (found_.size() < kMaxTemplateFaults)
    found_.push_back({Diagnostic::Of(code).With("name", Source(range)), range});
}

Term Writer::Mismatch(const Node& node, SourceRange culprit) {
  return Fail(Diagnostic::Of(DiagnosticCode::type_mismatch)
                  .With("operation", Source(node.token.range))
                  .With("name", Source(culprit)),
              culprit);
}

std::string Writer::NewVariable() {
  return names_.helper_prefix() + std::to_string(++variables_);
}

// --- Values

Term Writer::OfNumber(const Decimal& number) {
  Term term;
  term.number = number.Normalized();
  term.code = term.number->ToString();
  term.kind = term.number->IsInteger() ? Kind::kInteger : Kind::kNumber;
  return term;
}

Term Writer::OfText(std::string letters) {
  Term term;
  const char quote = letters.find('"') == std::string::npos ? '"' : '\'';
  if (HasBraces(letters)) {
    term.code = NewVariable();
    term.before = "{% capture " + term.code + " %}" + Protected(letters, true) + "{% endcapture %}";
  } else {
    term.code = quote + letters + quote;
  }
  term.letters = std::move(letters);
  return term;
}

Term Writer::Leaf(const Node& node) {
  const SourceRange range = node.token.range;
  Term term;
  switch (node.op) {
    case Op::kNumber: {
      const auto number = Decimal::Parse(Source(range));
      return number ? OfNumber(*number) : Fail(DiagnosticCode::number_too_large, range);
    }
    case Op::kText:
      return OfText(Source({range.from + 1, range.to - 1}));
    case Op::kReference:
      return OfField(node.token.reference, range);
    default:
      term.code = node.op == Op::kTrue ? "true" : "false";
      term.kind = Kind::kBoolean;
      return term;
  }
}

// Why a reference has no field.
void Writer::Explain(const Reference& reference, SourceRange range) {
  const std::string name(reference.name);
  if (!reference.prefix.empty() && reference.prefix != "Document") {
    const auto code = IsActivity(reference.prefix) ? DiagnosticCode::bitrix24_activity_result
                                                   : DiagnosticCode::bitrix24_process_value;
    const std::string whole = std::string(reference.prefix) + ":" + name;
    Fail(Diagnostic::Of(code).With("name", whole), range);
    return;
  }
  Diagnostic fault = Diagnostic::Of(DiagnosticCode::bitrix24_unknown_field).With("name", name);
  const std::string nearest = found_.size() >= kMaxTemplateFaults ? ""
                              : reference.prefix.empty()          ? names_.NearestTitle(name)
                                                                  : names_.NearestCode(name);
  if (!nearest.empty()) {
    fault = std::move(fault).With("suggestion", nearest);
    const bool title = reference.prefix.empty();
    fault = std::move(fault).Fixed((title ? "{{" : "{=Document:") + nearest + (title ? "}}" : "}"));
  }
  Fail(std::move(fault), range);
}

Term Writer::OfField(const Reference& reference, SourceRange range) {
  Field made;
  const Field* field = reference.prefix.empty()         ? names_.ByTitle(reference.name)
                       : reference.prefix == "Document" ? names_.ByCode(reference.name, made)
                                                        : nullptr;
  Term term;
  term.kind = Kind::kAny;
  term.code = "nil";
  if (field == nullptr) {
    Explain(reference, range);
    return term;
  }
  if (!reference.modifier.empty()) {
    found_.push_back(
        {Diagnostic::Of(DiagnosticCode::bitrix24_modifier).With("name", std::string(reference.modifier)),
         range});
  }
  if (!field->declared) {
    found_.push_back({Diagnostic::Of(DiagnosticCode::undeclared_field).With("name", field->path), range});
  }
  term.code = field->path + field->filters;
  term.plain = field->filters.empty();
  term.kind = field->kind;
  term.optional = field->optional;
  return term;
}

void Writer::MakePlain(Term& term) {
  AsValue(term);
  if (term.plain) return;
  const std::string name = NewVariable();
  term.before += "{% assign " + name + " = " + term.code + " %}";
  term.code = name;
  term.plain = true;
}

void Writer::AsValue(Term& term) {
  if (term.shape != Term::Shape::kCondition) return;
  const std::string name = NewVariable();
  term.before += "{% assign " + name + " = false %}{% if " + term.code + " %}{% assign " + name +
                 " = true %}{% endif %}";
  term.code = name;
  term.shape = Term::Shape::kValue;
  term.kind = Kind::kBoolean;
  term.plain = true;
}

// Texts that begin with a number are that number for Liquid as for Bitrix24, so only what can never be one is
// refused.
bool Writer::AsNumber(const Node& node, Term& term) {
  const bool is_date = term.kind == Kind::kDate || term.kind == Kind::kDateTime;
  if (term.letters) {
    const auto number = Decimal::Parse(*term.letters);
    if (number) {
      const SourceRange range = term.range;
      term = OfNumber(*number);
      term.range = range;
      return true;
    }
  } else if (!is_date && term.kind != Kind::kBoolean) {
    return true;
  }
  Mismatch(node, term.range);
  return false;
}

// --- Printing

void Writer::AsText(Term& term, SourceRange range) {
  if (term.shape == Term::Shape::kCondition || term.kind == Kind::kBoolean) {
    Warn(DiagnosticCode::bitrix24_yes_no_printed, range);
    const std::string name = NewVariable();
    term.before += "{% assign " + name + " = \"\" %}{% if " + term.code + " %}{% assign " + name +
                   " = \"1\" %}{% endif %}";
    term.code = name;
    term.shape = Term::Shape::kValue;
    term.plain = true;
  } else if (term.kind == Kind::kDate || term.kind == Kind::kDateTime) {
    term.code += term.kind == Kind::kDate ? kDatePrinted : kDateTimePrinted;
    term.plain = false;
  } else if (term.kind == Kind::kMoney) {
    printed_amount_ = true;
    if (bare_amounts_) term.code += ".amount";
  } else if (term.computed && term.kind == Kind::kNumber) {
    MakePlain(term);
    const std::string whole = NewVariable();
    term.before += "{% assign " + whole + " = " + term.code + " | round %}{% if " + term.code +
                   " == " + whole + " %}{% assign " + term.code + " = " + whole + " %}{% endif %}";
  }
  term.kind = Kind::kText;
  term.computed = false;
}

std::string Writer::Print(Term term, SourceRange range) {
  if (term.shape == Term::Shape::kFinished) return term.before + term.code;
  if (term.number) return term.code;
  // Liquid leaves out a branch that has nothing but spaces; an output counts as more.
  if (term.letters && !(IsBlankText(*term.letters) && !term.letters->empty()))
    return Protected(*term.letters, true);
  AsText(term, range);
  return term.before + "{{ " + term.code + " }}";
}

std::optional<std::string> Writer::Write(const Reference& reference, SourceRange range) {
  const size_t before = faults_;
  Term term = OfField(reference, range);
  if (faults_ != before) return std::nullopt;
  if (EndsWith(term.code, ".amount.currency")) printed_currency_ = true;
  if (term.kind == Kind::kBoolean) term.kind = Kind::kText;  // prints as the CRM has it
  return Print(std::move(term), range);
}

std::optional<std::string> Writer::Write(const Tree& tree) {
  const size_t before = faults_;
  if (tree.fault) {
    Fail(*tree.fault, tree.place);
    return std::nullopt;
  }
  const size_t count = tree.nodes.size();
  tree_ = &tree;
  // The root stands in text position, and so do the branches of an `if` that does.
  std::vector<bool> in_text(count, false);
  in_text.back() = true;
  for (size_t i = count; i-- > 0;) {
    const Node& node = tree.nodes[i];
    if (!in_text[i] || node.op != Op::kCall || node.children.size() != 3) continue;
    const std::string name = Source(node.token.range);
    if (name.size() != 2 || (name[0] != 'i' && name[0] != 'I')) continue;  // if, not or
    in_text[node.children[1]] = in_text[node.children[2]] = true;
  }
  std::vector<Term> terms(count);
  for (size_t i = 0; i < count; ++i) {
    terms[i] = Finish(tree.nodes[i], terms, in_text[i]);
    terms[i].range = tree.nodes[i].range;
  }
  std::string text = Print(std::move(terms.back()), tree.nodes.back().range);
  if (faults_ != before) return std::nullopt;
  return text;
}

// --- Operators

Term Writer::Finish(const Node& node, std::vector<Term>& terms, bool in_text) {
  if (node.children.empty() && node.op != Op::kCall) return Leaf(node);
  std::vector<Term> children;
  for (const uint32_t child : node.children) children.push_back(std::move(terms[child]));
  switch (node.op) {
    case Op::kCall:
      return Call(node, std::move(children), in_text);
    case Op::kAnd:
    case Op::kOr:
      return Logic(node, std::move(children));
    case Op::kNot:
      return Not(std::move(children[0]));
    case Op::kNegate:
    case Op::kPercent:
      return Sign(node, std::move(children[0]));
    case Op::kJoin: {
      AsText(children[0], tree_->nodes[node.children[0]].range);
      AsText(children[1], tree_->nodes[node.children[1]].range);
      return Concatenate(std::move(children[0]), std::move(children[1]));
    }
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kGreater:
    case Op::kLessOrEqual:
    case Op::kGreaterOrEqual:
      return Compare(node, std::move(children[0]), std::move(children[1]));
    default:
      return Arithmetic(node, std::move(children[0]), std::move(children[1]));
  }
}

Term Writer::Concatenate(Term left, Term right) {
  MakePlain(right);
  left.before += right.before;
  left.code += " | append: " + right.code;
  left.plain = false;
  left.optional = false;
  left.number.reset();
  left.letters.reset();
  return left;
}

Term Writer::Sign(const Node& node, Term value) {
  AsValue(value);
  if (!AsNumber(node, value)) return value;
  if (node.op == Op::kPercent) Warn(DiagnosticCode::bitrix24_percent, node.range);
  if (value.number && node.op == Op::kNegate) return OfNumber(value.number->Negated());
  value.code += node.op == Op::kNegate ? " | times: -1" : " | divided_by: 100.0";
  value.kind = node.op == Op::kNegate && value.kind == Kind::kInteger ? Kind::kInteger : Kind::kNumber;
  value.plain = false;
  value.optional = false;
  value.computed = true;
  value.number.reset();
  return value;
}

Term Writer::Arithmetic(const Node& node, Term left, Term right) {
  AsValue(left);
  AsValue(right);
  if (!AsNumber(node, left) || !AsNumber(node, right)) return left;
  if (node.op == Op::kPower) return Power(node, std::move(left), right);
  if (node.op == Op::kDivide) return Divide(node, std::move(left), std::move(right));
  if (node.op == Op::kRemainder) Warn(DiagnosticCode::bitrix24_remainder, node.token.range);
  const bool whole = left.kind == Kind::kInteger && right.kind == Kind::kInteger;
  MakePlain(right);
  left.before += right.before;
  left.code += node.op == Op::kPlus    ? " | plus: "
               : node.op == Op::kMinus ? " | minus: "
               : node.op == Op::kTimes ? " | times: "
                                       : " | modulo: ";
  left.code += right.code;
  left.kind = whole ? Kind::kInteger : Kind::kNumber;
  left.plain = false;
  left.optional = false;
  left.computed = true;
  left.number.reset();
  return left;
}

// Bitrix24 divides exactly; Liquid drops the fraction where both numbers are whole.
Term Writer::Divide(const Node& node, Term left, Term right) {
  if (right.number && right.number->IsZero()) return Fail(DiagnosticCode::division_by_zero, node.range);
  const bool is_money = left.kind == Kind::kMoney || right.kind == Kind::kMoney;
  if (right.number && right.number->IsInteger() && right.code.size() < kLongestWhole) {
    right.code += ".0";
  } else if (!is_money && !(right.number && !right.number->IsInteger())) {
    left.code += " | times: 1.0";
  }
  MakePlain(right);
  left.before += right.before;
  left.code += " | divided_by: " + right.code;
  left.kind = Kind::kNumber;
  left.plain = false;
  left.optional = false;
  left.computed = true;
  left.number.reset();
  return left;
}

// Repeated multiplication: Liquid has no power.
Term Writer::Power(const Node& node, Term base, const Term& exponent) {
  const auto times = exponent.number ? exponent.number->ToInt64() : std::nullopt;
  if (!times || *times < 1 || *times > kMaxBitrix24Power)
    return Fail(Diagnostic::Of(DiagnosticCode::bitrix24_power)
                    .With("name", Source(node.range))
                    .With("limit", std::to_string(kMaxBitrix24Power)),
                node.range);
  MakePlain(base);
  const std::string factor = base.code;
  base.code += " | times: " + (*times == 1 ? std::string("1") : factor);
  for (int64_t i = 2; i < *times; ++i) base.code += " | times: " + factor;
  if (base.kind != Kind::kInteger) base.kind = Kind::kNumber;
  base.plain = false;
  base.optional = false;
  base.computed = true;
  base.number.reset();
  return base;
}

}  // namespace recado::liquid::bitrix24
