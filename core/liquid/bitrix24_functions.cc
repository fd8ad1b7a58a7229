// The functions the vendor's help confirms. Dates are counted so that the result is exactly Bitrix24's or not
// at all.
#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/liquid/bitrix24_writer.h"
#include "core/liquid/check.h"
#include "core/liquid/number.h"

namespace recado::liquid::bitrix24 {
namespace {

constexpr int64_t kDaySeconds = 86'400;
// Days are counted between noons, which no change of clocks moves to another day.
constexpr std::string_view kNoonSeconds = R"( | date: "%Y-%m-%d 12:00" | date: "%s")";

struct FunctionRow {
  std::string_view name;
  size_t min = 0;
  size_t max = 0;
};
constexpr FunctionRow kConfirmed[] = {
    {"abs", 1, 1},
    {"addworkdays", 2, 2},
    {"and", 1, kMaxBitrix24Arguments},
    {"date", 1, 2},
    {"dateadd", 2, 2},
    {"datediff", 3, 3},
    {"if", 3, 3},
    {"min", 1, kMaxBitrix24Arguments},
    {"not", 1, 1},
    {"or", 1, kMaxBitrix24Arguments},
};
// Known by name alone: what they do is documented nowhere we could read.
constexpr std::array<std::string_view, 28> kUnconfirmed = {
    "ceil",    "explode", "firstvalue", "floor",        "getdocumenturl", "implode",    "intval",
    "locdate", "max",     "merge",      "numberformat", "rand",           "randstring", "round",
    "settime", "shuffle", "strlen",     "strpos",       "strtolower",     "strtotime",  "strtoupper",
    "substr",  "swirl",   "touserdate", "trim",         "ucwords",        "urlencode",  "workdateadd"};

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::string WithSign(int64_t number) {
  return std::to_string(number);
}

}  // namespace

std::optional<std::string> StrftimeOf(std::string_view php, std::string& bad) {
  struct Row {
    char letter;
    std::string_view directive;
  };
  constexpr Row kRows[] = {{'d', "%d"},
                           {'j', "%-d"},
                           {'D', "%a"},
                           {'l', "%A"},
                           {'N', "%u"},
                           {'w', "%w"},
                           {'W', "%V"},
                           {'o', "%G"},
                           {'m', "%m"},
                           {'n', "%-m"},
                           {'M', "%b"},
                           {'F', "%B"},
                           {'Y', "%Y"},
                           {'y', "%y"},
                           {'a', "%P"},
                           {'A', "%p"},
                           {'g', "%-I"},
                           {'h', "%I"},
                           {'G', "%-H"},
                           {'H', "%H"},
                           {'i', "%M"},
                           {'s', "%S"},
                           {'v', "%L"},
                           {'O', "%z"},
                           {'P', "%:z"},
                           {'U', "%s"},
                           {'c', "%Y-%m-%dT%H:%M:%S%:z"},
                           {'r', "%a, %d %b %Y %H:%M:%S %z"}};
  std::string out;
  for (size_t at = 0; at < php.size(); ++at) {
    const char c = php[at];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '%') {
      out += "%%";
    } else if (c == '\\' && at + 1 < php.size()) {
      out.append(php[at + 1] == '%' ? "%" : "").push_back(php[at + 1]);
      ++at;
    } else if (!letter) {
      out.push_back(c);
    } else {
      const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                     [c](const Row& candidate) { return candidate.letter == c; });
      if (row == std::end(kRows)) {
        bad = c;
        return std::nullopt;
      }
      out += row->directive;
    }
  }
  return out;
}

std::optional<DateSpan> DateSpanOf(std::string_view text) {
  constexpr int64_t kMax = 100'000;  // of one unit; longer periods are slips of the finger
  DateSpan span;
  size_t at = 0;
  bool any = false;
  bool minus = false;
  while (at < text.size()) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    const bool has_sign = text[at] == '-' || text[at] == '+';
    if (minus && !has_sign) return std::nullopt;  // does the minus hold for what follows, too?
    minus = text[at] == '-';
    if (has_sign) ++at;
    while (at < text.size() && IsSpace(text[at])) ++at;
    const size_t digits = at;
    int64_t number = 0;
    while (at < text.size() && IsDigit(text[at]) && number <= kMax) number = number * 10 + (text[at++] - '0');
    if (at == digits || number > kMax) return std::nullopt;
    while (at < text.size() && IsSpace(text[at])) ++at;
    std::string unit;
    while (at < text.size() && !IsSpace(text[at]) && !IsDigit(text[at]) && text[at] != '-' && text[at] != '+')
      unit.push_back(text[at++]);
    unit = Lower(std::move(unit));
    if (minus) number = -number;
    if (unit == "d" || unit == "day" || unit == "days") {
      span.days += number;
    } else if (unit == "h" || unit == "hour" || unit == "hours") {
      span.seconds += number * 3600;
    } else if (unit == "i" || unit == "min" || unit == "minute" || unit == "minutes") {
      span.seconds += number * 60;
    } else if (unit == "s" || unit == "second" || unit == "seconds") {
      span.seconds += number;
    } else {
      return std::nullopt;
    }
    any = true;
  }
  return any ? std::optional(span) : std::nullopt;
}

Term Writer::Call(const Node& node, std::vector<Term> arguments, bool in_text) {
  const std::string name = Lower(Source(node.token.range));
  const auto* row = std::find_if(std::begin(kConfirmed), std::end(kConfirmed),
                                 [&name](const FunctionRow& candidate) { return candidate.name == name; });
  if (row == std::end(kConfirmed)) {
    if (std::find(kUnconfirmed.begin(), kUnconfirmed.end(), name) != kUnconfirmed.end())
      return Fail(DiagnosticCode::bitrix24_unconfirmed_function, node.token.range);
    std::vector<std::string_view> known(kUnconfirmed.begin(), kUnconfirmed.end());
    for (const FunctionRow& candidate : kConfirmed) known.push_back(candidate.name);
    Diagnostic fault =
        Diagnostic::Of(DiagnosticCode::bitrix24_unknown_function).With("name", Source(node.token.range));
    if (const std::string_view near = NearestName(name, known); !near.empty())
      fault = std::move(fault).With("suggestion", std::string(near)).Fixed(std::string(near));
    return Fail(std::move(fault), node.token.range);
  }
  if (arguments.size() < row->min || arguments.size() > row->max) {
    std::string expected = std::to_string(row->min);
    if (row->max != row->min) expected += "–" + std::to_string(row->max);
    return Fail(Diagnostic::Of(DiagnosticCode::bitrix24_argument_count)
                    .With("name", Source(node.token.range))
                    .With("expected", std::move(expected))
                    .With("actual", std::to_string(arguments.size())),
                node.token.range);
  }
  if (name == "if") {
    std::vector<Term> branches = std::move(arguments);
    if (in_text) {
      for (size_t i = 1; i < 3; ++i) {
        Term finished;
        finished.code = Print(std::move(branches[i]), tree_->nodes[node.children[i]].range);
        branches[i] = std::move(finished);
      }
    }
    return Choose(node, std::move(branches), in_text);
  }
  if (name == "and" || name == "or") return Logic(node, std::move(arguments));
  if (name == "not") return Not(std::move(arguments[0]));
  if (name == "abs" || name == "min") return Smallest(node, std::move(arguments));
  if (name == "date") return FormatDate(node, std::move(arguments));
  if (name == "dateadd") return AddToDate(node, std::move(arguments));
  if (name == "datediff") return DaysBetween(node, std::move(arguments));
  return Fail(DiagnosticCode::bitrix24_no_counterpart,
              node.token.range);  // addworkdays: days off are not data
}

Term Writer::Choose(const Node& node, std::vector<Term> arguments, bool in_text) {
  Term condition = AsCondition(std::move(arguments[0]));
  Term& yes = arguments[1];
  Term& no = arguments[2];
  Term chosen;
  if (in_text) {
    chosen.before = std::move(condition.before);
    chosen.code = "{% if " + condition.code + " %}" + yes.code;
    if (!no.code.empty()) chosen.code += "{% else %}" + no.code;
    chosen.code += "{% endif %}";
    chosen.shape = Term::Shape::kFinished;
    return chosen;
  }
  AsValue(yes);
  AsValue(no);
  const auto numeric = [](const Term& term) {
    return term.kind == Kind::kInteger || term.kind == Kind::kNumber || term.kind == Kind::kMoney;
  };
  chosen.kind = yes.kind;
  if (yes.kind != no.kind && numeric(yes) && numeric(no)) {
    chosen.kind = Kind::kNumber;
    for (Term* term : {&yes, &no}) {
      if (term->kind == Kind::kMoney) term->code += " | plus: 0";
    }
  } else if (yes.kind != no.kind) {  // a choice between unlike things is good for printing
    for (size_t i = 1; i < 3; ++i) {
      if (arguments[i].kind != Kind::kAny) AsText(arguments[i], tree_->nodes[node.children[i]].range);
    }
    chosen.kind = yes.kind == no.kind ? Kind::kText : Kind::kAny;
  }
  const std::string name = NewVariable();
  chosen.before = std::move(condition.before) + "{% if " + condition.code + " %}" + yes.before +
                  "{% assign " + name + " = " + yes.code + " %}{% else %}" + no.before + "{% assign " + name +
                  " = " + no.code + " %}{% endif %}";
  chosen.code = name;
  chosen.optional = yes.optional || no.optional;
  chosen.computed = numeric(chosen) && chosen.kind != Kind::kMoney;
  return chosen;
}

// abs and min.
Term Writer::Smallest(const Node& node, std::vector<Term> arguments) {
  Term all;
  for (Term& argument : arguments) {
    AsValue(argument);
    if (!AsNumber(node, argument)) return all;
  }
  all = std::move(arguments[0]);
  bool whole = all.kind == Kind::kInteger;
  if (Lower(Source(node.token.range)) == "abs") {
    all.code += " | abs";
  } else if (arguments.size() == 1) {
    all.code += " | plus: 0";
  }
  for (size_t i = 1; i < arguments.size(); ++i) {
    whole = whole && arguments[i].kind == Kind::kInteger;
    MakePlain(arguments[i]);
    all.before += arguments[i].before;
    all.code += " | at_most: " + arguments[i].code;
  }
  all.kind = whole ? Kind::kInteger : Kind::kNumber;
  all.plain = false;
  all.optional = false;
  all.computed = true;
  all.number.reset();
  all.letters.reset();
  return all;
}

bool Writer::IsDate(const Node& node, const Term& term) {
  if (term.shape == Term::Shape::kValue &&
      (term.kind == Kind::kDate || term.kind == Kind::kDateTime || term.kind == Kind::kAny))
    return true;
  Mismatch(node, term.range);
  return false;
}

// date("d.m.Y", {=Document:CLOSEDATE}); without a date, the moment of sending.
Term Writer::FormatDate(const Node& node, std::vector<Term> arguments) {
  const SourceRange place = tree_->nodes[node.children[0]].range;
  if (!arguments[0].letters) return Fail(DiagnosticCode::bitrix24_not_fixed, place);
  std::string bad;
  const auto format = StrftimeOf(*arguments[0].letters, bad);
  if (!format) {
    return Fail(Diagnostic::Of(DiagnosticCode::bitrix24_date_format)
                    .With("format", *arguments[0].letters)
                    .With("name", bad),
                place);
  }
  Term date;
  date.code = "now";
  date.range = node.range;
  date.kind = Kind::kDateTime;
  if (arguments.size() == 2) date = std::move(arguments[1]);
  if (!IsDate(node, date)) return date;
  Term pattern = OfText(*format);
  date.before += pattern.before;
  date.code += " | date: " + pattern.code;
  date.kind = Kind::kText;
  date.plain = false;
  return date;
}

// A variable that has the result of `pipeline`, or nothing where the date is empty.
std::string Writer::WhereGiven(Term& date, const std::string& pipeline) {
  MakePlain(date);
  std::string name = NewVariable();
  const std::string assignment = "{% assign " + name + " = " + date.code + pipeline + " %}";
  if (date.optional) {
    date.before +=
        "{% assign " + name + " = nil %}{% if " + date.code + " != blank %}" + assignment + "{% endif %}";
  } else {
    date.before += assignment;
  }
  return name;
}

Term Writer::AddToDate(const Node& node, std::vector<Term> arguments) {
  Term& date = arguments[0];
  const SourceRange place = tree_->nodes[node.children[1]].range;
  if (!IsDate(node, date)) return date;
  if (date.kind == Kind::kAny) return Mismatch(node, date.range);
  if (!arguments[1].letters) return Fail(DiagnosticCode::bitrix24_not_fixed, place);
  const auto span = DateSpanOf(*arguments[1].letters);
  if (!span) {
    return Fail(Diagnostic::Of(DiagnosticCode::bitrix24_date_span).With("name", *arguments[1].letters),
                place);
  }
  const bool date_only = date.kind == Kind::kDate;
  std::string pipeline;
  if (span->days != 0) {
    pipeline = std::string(kNoonSeconds) + " | plus: " + WithSign(span->days * kDaySeconds) +
               " | date: \"%Y-%m-%d\"";
  }
  if (span->days != 0 && !date_only) {  // the day moves, the time of day stays
    MakePlain(date);
    const std::string time = NewVariable();
    date.before += "{% assign " + time + " = " + date.code + " | date: \" %H:%M:%S\" %}";
    pipeline += " | append: " + time;
  }
  if (span->seconds != 0 || (span->days == 0 && !date_only))
    pipeline += " | date: \"%s\" | plus: " + WithSign(span->seconds);
  date.code = WhereGiven(date, pipeline);
  date.kind = date_only && span->seconds == 0 ? Kind::kDate : Kind::kDateTime;
  return std::move(date);
}

// datediff(a, b, "%a days"). PHP's %d and %m are what is left beside months and years: Liquid can't say that.
Term Writer::DaysBetween(const Node& node, std::vector<Term> arguments) {
  const SourceRange place = tree_->nodes[node.children[2]].range;
  for (size_t i = 0; i < 2; ++i) {
    if (!IsDate(node, arguments[i])) return std::move(arguments[i]);
    // Between moments PHP counts full days of 24 hours on the clock; only dates are the same in Liquid.
    if (arguments[i].kind != Kind::kDate) return Fail(DiagnosticCode::bitrix24_no_counterpart, node.range);
  }
  if (!arguments[2].letters) return Fail(DiagnosticCode::bitrix24_not_fixed, place);
  const std::string& format = *arguments[2].letters;
  const size_t token = format.find("%a");
  for (size_t at = format.find('%'); at != std::string::npos; at = format.find('%', at + 2)) {
    if (at == token || format.substr(at, 2) == "%%") continue;
    return Fail(Diagnostic::Of(DiagnosticCode::bitrix24_date_format)
                    .With("format", format)
                    .With("name", format.substr(at, 2)),
                place);
  }
  if (token == std::string::npos || format.find("%%") != std::string::npos)
    return Fail(
        Diagnostic::Of(DiagnosticCode::bitrix24_date_format).With("format", format).With("name", format),
        place);
  Term& first = arguments[0];
  Term& second = arguments[1];
  const bool optional = first.optional || second.optional;
  MakePlain(first);
  MakePlain(second);
  const std::string start = NewVariable();
  const std::string name = NewVariable();
  Term days;
  days.before = first.before + second.before;
  if (optional) {
    days.before += "{% assign " + name + " = nil %}{% if " + first.code + " != blank and " + second.code +
                   " != blank %}";
  }
  days.before += "{% assign " + start + " = " + first.code + std::string(kNoonSeconds) + " %}{% assign " +
                 name + " = " + second.code + std::string(kNoonSeconds) + " | minus: " + start +
                 " | divided_by: 86400.0 | round | abs %}";
  if (optional) days.before += "{% endif %}";
  days.code = name;
  days.kind = Kind::kInteger;
  days.optional = optional;
  if (format == "%a") return days;
  days.kind = Kind::kText;
  const auto add = [this, &days](const char* filter, std::string text) {
    if (text.empty()) return;
    Term fixed = OfText(std::move(text));
    days.before += fixed.before;
    days.code += filter + fixed.code;
    days.plain = false;
  };
  add(" | prepend: ", format.substr(0, token));
  add(" | append: ", format.substr(token + 2));
  return days;
}

}  // namespace recado::liquid::bitrix24
