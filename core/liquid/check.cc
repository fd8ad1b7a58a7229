// One walk over the flat program with a stack of types beside the stack of values it would have. Branches are
// walked one after the other; what is assigned in several places counts as of any type.
#include "core/liquid/check.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/liquid/check_failure.h"
#include "core/liquid/check_path.h"
#include "core/liquid/filters.h"
#include "core/liquid/locator.h"
#include "core/liquid/program.h"
#include "core/liquid/value_text.h"

namespace recado::liquid {
namespace {

constexpr int64_t kExpensiveRounds = 10'000;  // of nested loops together: a message never needs them

enum class Group : uint8_t { kOther, kNumeric, kDate, kMoney, kText };

Group GroupOf(std::string_view filter) {
  constexpr std::string_view kNumeric[] = {"abs",   "at_least", "at_most", "ceil", "divided_by",
                                           "floor", "minus",    "modulo",  "plus", "round",
                                           "times", "decimal",  "plural"};
  constexpr std::string_view kMoney[] = {"currency", "money", "money_with_currency",
                                         "money_without_trailing_zeros"};
  constexpr std::string_view kAnyResult[] = {
      "compact", "concat", "default", "find", "find_index",   "first", "has", "last", "map",  "reject",
      "reverse", "size",   "slice",   "sort", "sort_natural", "split", "sum", "uniq", "where"};
  const auto among = [filter](const auto& names) {
    return std::find(std::begin(names), std::end(names), filter) != std::end(names);
  };
  if (among(kNumeric)) return Group::kNumeric;
  if (among(kMoney)) return Group::kMoney;
  if (filter == "date" || filter == "datetime") return Group::kDate;
  return among(kAnyResult) ? Group::kOther : Group::kText;
}

bool Fits(Group group, const Known& input) {
  using Kind = Type::Kind;
  const Kind kind = input.type->kind;
  const bool number = kind == Kind::kInteger || kind == Kind::kDecimal;
  switch (group) {
    case Group::kNumeric:
      return kind == Kind::kAny || number || kind == Kind::kMoney ||
             (input.is_literal && kind == Kind::kText);
    case Group::kMoney:
      return kind == Kind::kAny || number || kind == Kind::kMoney || kind == Kind::kText;
    case Group::kDate:
      return kind == Kind::kAny || kind == Kind::kDate || kind == Kind::kDateTime || kind == Kind::kText ||
             kind == Kind::kInteger;
    default:
      return true;
  }
}

// Words a letter begins with, in the languages of the catalogue; lower case but for what follows ASCII.
constexpr std::string_view kGreetings[] = {
    "hi",      "hello",      "hey",      "dear",    "hallo",   "liebe",  "lieber", "liebe(r)", "guten",
    "hola",    "estimado",   "estimada", "querido", "querida", "buenos", "buenas", "cześć",    "dzień",
    "witaj",   "szanowny",   "szanowna", "drogi",   "droga",   "olá",    "ola",    "oi",       "prezado",
    "prezada", "prezado(a)", "caro",     "cara",    "bom",     "boa"};

// Whether what stands before a placeholder on its line is a greeting and little more: "Dear Mr".
bool IsGreeting(std::string_view before) {
  constexpr size_t kLongest = 30;
  constexpr size_t kMostWords = 3;
  const size_t start = before.find_last_of("\n>}");
  if (start != std::string_view::npos) before.remove_prefix(start + 1);
  if (before.size() > kLongest || before.find_first_of(",.!?:;") != std::string_view::npos) return false;
  std::string first;
  size_t words = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    if (before[i] == ' ') continue;
    words += i == 0 || before[i - 1] == ' ' ? 1 : 0;
    if (words == 1)
      first += before[i] >= 'A' && before[i] <= 'Z' ? static_cast<char>(before[i] + 32) : before[i];
  }
  return words <= kMostWords &&
         std::find(std::begin(kGreetings), std::end(kGreetings), first) != std::end(kGreetings);
}

// What comparing two literals gives; nothing where that is not known here.
std::optional<bool> Constant(Comparison comparison, const Value& left, const Value& right) {
  if (comparison == Comparison::kContains) return std::nullopt;
  if (comparison == Comparison::kEq || comparison == Comparison::kNe) {
    const bool simple = (left.IsNumber() || left.IsText()) && (right.IsNumber() || right.IsText());
    if (!simple) return std::nullopt;
    return Equals(left, right) == (comparison == Comparison::kEq);
  }
  if (!left.IsNumber() || !right.IsNumber()) return std::nullopt;
  const auto order = *left.AsDecimal() <=> *right.AsDecimal();
  return comparison == Comparison::kLt   ? order < 0
         : comparison == Comparison::kLe ? order <= 0
         : comparison == Comparison::kGt ? order > 0
                                         : order >= 0;
}

class Checker {
 public:
  Checker(const Template::Program& program, const Type& globals, const CheckOptions& options)
      : program_(program),
        globals_(globals),
        options_(options),
        sites_(program.symbols.size()),
        used_(program.symbols.size()) {}

  Diagnostics Run() {
    Survey();
    for (at_ = 0; at_ < program_.code.size(); ++at_) Visit(program_.code[at_]);
    UnusedAndDead();
    Diagnostics located;
    Locate(program_.source, std::move(found_), located);
    return located;
  }

 private:
  struct Loop {
    uint32_t symbol = 0;
    Known item;
    int64_t rounds = 1;  // of this and all outer loops
  };

  // Where variables are set and used at all.
  void Survey() {
    for (const Instruction& in : program_.code) {
      if (in.op == Op::kAssign || in.op == Op::kEndCapture || in.op == Op::kIncrement ||
          in.op == Op::kDecrement) {
        ++sites_[in.c];
      }
      if (in.op == Op::kPath || in.op == Op::kOutputPath) used_[program_.paths[in.c].symbol] = true;
      if (in.op == Op::kPartial && !program_.partials[in.c].isolated) open_ended_ = true;
      if (in.op == Op::kLoadNamed) reads_by_name_ = true;
    }
    for (const LoopInfo& loop : program_.loops) {
      sites_[loop.variable] += 2;  // of no one type outside the loop
      sites_[loop.forloop] += 2;
    }
    assigned_.resize(program_.symbols.size());
  }

  void Visit(const Instruction& in) {
    switch (in.op) {
      case Op::kPush: {
        const Value literal = program_.constants[in.c];
        Known known{&TypeOf(KindOf(literal)), literal.Dump(), false, true, literal, 0};
        Push(std::move(known));
        return;
      }
      case Op::kPath:
        Push(CheckPath(program_.paths[in.c]));
        return;
      case Op::kOutputPath:
        Printed(CheckPath(program_.paths[in.c]));
        return;
      case Op::kOutput:
        Printed(Pop());
        return;
      case Op::kFollow: {
        const Known root = Pop();
        Push(FollowTypes(program_, program_.paths[in.c], root).known);
        return;
      }
      case Op::kIndex: {
        Pop();
        const Known list = Pop();
        const bool known = list.type->kind == Type::Kind::kList && list.type->element != nullptr;
        Push({known ? list.type->element.get() : &TypeOf(Type::Kind::kAny), "", true, false, {}, 0});
        return;
      }
      case Op::kLoadNamed:
        Pop();
        Push({&TypeOf(Type::Kind::kAny), "", true, false, {}, 0});
        return;
      case Op::kRange:
        CheckRange();
        return;
      case Op::kFilter:
        CheckFilter(in);
        return;
      case Op::kCompare:
        CheckComparison(static_cast<Comparison>(in.a));
        return;
      case Op::kJumpIfFalse:
      case Op::kJumpIfTrue:
        CheckCondition(in, Pop());
        return;
      default:
        VisitBlock(in);
    }
  }

  void VisitBlock(const Instruction& in) {
    switch (in.op) {
      case Op::kAssign:
        Set(in.c, Pop());
        return;
      case Op::kEndCapture:
        Set(in.c, {&TypeOf(Type::Kind::kText), "", true, false, {}, 0});
        return;
      case Op::kFor:
        BeginLoop(program_.loops[in.c]);
        return;
      case Op::kForEnd:
        if (!loops_.empty()) loops_.pop_back();
        return;
      case Op::kCase:
      case Op::kWhen:
        Pop();
        return;
      case Op::kCycle:
        if (program_.cycles[in.c].named) Pop();
        return;
      case Op::kPartial: {
        const PartialInfo& partial = program_.partials[in.c];
        Known name;
        for (size_t i = 0; i < partial.arguments.size() + (partial.has_subject ? 2 : 1); ++i) name = Pop();
        if (!options_.partials) UnknownPartial(name);
        return;
      }
      default:
        return;
    }
  }

  // Nothing can be brought in, and so the text can never be filled in.
  void UnknownPartial(const Known& name) {
    const std::string text = name.is_literal ? std::string(name.literal.AsString()) : name.name;
    Diagnostic finding = Diagnostic::Of(DiagnosticCode::unknown_partial).With("name", text);
    finding.severity = Severity::kWarning;
    Report(std::move(finding), Here());
  }

  void Push(Known known) { stack_.push_back(std::move(known)); }
  Known Pop() {
    if (stack_.empty()) return {&TypeOf(Type::Kind::kAny), "", false, false, {}, 0};
    Known known = std::move(stack_.back());
    stack_.pop_back();
    return known;
  }

  static Type::Kind KindOf(const Value& literal) {
    switch (literal.kind()) {
      case Kind::kInteger:
        return Type::Kind::kInteger;
      case Kind::kDecimal:
        return Type::Kind::kDecimal;
      case Kind::kText:
        return Type::Kind::kText;
      case Kind::kBoolean:
        return Type::Kind::kBoolean;
      default:
        return Type::Kind::kAny;
    }
  }

  void Report(Diagnostic diagnostic, SourceRange range) { found_.push_back({std::move(diagnostic), range}); }
  SourceRange Here() const { return program_.ranges[at_]; }

  // --- variables ---

  Known CheckPath(const Path& path) {
    Known root = RootOf(path);
    if (root.type == nullptr) return UnknownRoot(path);
    PathResult result = FollowTypes(program_, path, root);
    if (!result.good) {
      Diagnostic fault =
          Diagnostic::Of(result.certain ? DiagnosticCode::unknown_variable : DiagnosticCode::undeclared_field)
              .With("name", result.known.name);
      if (!result.suggestion.empty())
        fault = std::move(fault).With("suggestion", result.suggestion).Fixed(result.suggestion);
      Report(std::move(fault), Here());
      result.known.may_be_empty = false;  // one finding a fault
      result.known.blamed = true;
    }
    return std::move(result.known);
  }

  // The variable itself; without a type where there is none of that name.
  Known RootOf(const Path& path) {
    const std::string_view name = program_.symbols[path.symbol].text;
    for (auto loop = loops_.rbegin(); loop != loops_.rend(); ++loop) {
      if (loop->symbol != path.symbol) continue;
      Known item = loop->item;
      item.name = name;
      return item;
    }
    Known known{nullptr, std::string(name), false, false, {}, 0};
    if (sites_[path.symbol] == 1 && assigned_[path.symbol].type != nullptr) {
      known = assigned_[path.symbol];
      known.name = name;
    } else if (sites_[path.symbol] > 0 || name == "forloop" || name == "tablerowloop") {
      known.type = &TypeOf(Type::Kind::kAny);
    } else if (const Type* global = MemberOf(globals_, name)) {
      known.type = global;
      known.may_be_empty = global->optional;
    }
    return known;
  }

  Known UnknownRoot(const Path& path) {
    std::vector<std::string_view> locals;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (sites_[i] > 0) locals.push_back(program_.symbols[i].text);
    }
    const std::string name = PathText(program_, path);
    const bool certain = !globals_.open && !open_ended_;
    const std::string suggestion = SuggestRoot(program_, path, globals_, locals);
    Diagnostic fault =
        Diagnostic::Of(certain ? DiagnosticCode::unknown_variable : DiagnosticCode::undeclared_field)
            .With("name", name);
    if (!suggestion.empty()) fault = std::move(fault).With("suggestion", suggestion).Fixed(suggestion);
    Report(std::move(fault), Here());
    return {.type = &TypeOf(Type::Kind::kAny), .name = name, .blamed = true};
  }

  void Set(uint32_t symbol, Known known) {
    if (MemberOf(globals_, program_.symbols[symbol].text) != nullptr) {
      Report(Diagnostic::Of(DiagnosticCode::shadowed_variable)
                 .With("name", std::string(program_.symbols[symbol].text)),
             Here());
    }
    assigned_[symbol] = std::move(known);
  }

  // --- places where values go ---

  void Printed(const Known& known) {
    if (!known.may_be_empty || known.name.empty() || tested_.count(known.name) != 0) return;
    const std::string_view source = program_.source;
    const SourceRange here = Here();
    if (!options_.greeting) {
      const size_t opening = source.rfind("{{", here.from);
      if (opening == std::string_view::npos || !IsGreeting(source.substr(0, opening))) return;
    }
    Diagnostic finding = Diagnostic::Of(DiagnosticCode::may_be_empty).With("name", known.name);
    if (!options_.greeting) finding.severity = Severity::kInfo;
    if (source.substr(here.from, here.to - here.from) == known.name) {
      const bool name = known.name.ends_with("name");
      finding = std::move(finding).Fixed(known.name + " | default: \"" +
                                         std::string(name ? options_.fallback_name : "-") + "\"");
    }
    Report(std::move(finding), here);
  }

  void CheckCondition(const Instruction& in, const Known& known) {
    if (!known.name.empty()) tested_.insert(known.name);
    if (!known.is_literal) return;
    const bool skips = known.literal.IsTruthy() == (in.op == Op::kJumpIfTrue);
    if (skips) Report(Diagnostic::Of(DiagnosticCode::unreachable_branch), Here());
  }

  void CheckComparison(Comparison comparison) {
    using Kind = Type::Kind;
    const Known right = Pop();
    const Known left = Pop();
    if (!left.name.empty()) tested_.insert(left.name);
    Known outcome{&TypeOf(Kind::kBoolean), "", false, false, {}, 0};
    if (left.is_literal && right.is_literal) {
      const auto constant = Constant(comparison, left.literal, right.literal);
      outcome.is_literal = constant.has_value();
      outcome.literal = Value::Boolean(constant.value_or(false));
    }
    Push(std::move(outcome));
    const bool ordered =
        comparison != Comparison::kEq && comparison != Comparison::kNe && comparison != Comparison::kContains;
    if (!ordered) return;
    const auto is_text = [](const Known& known) {
      return known.type->kind == Kind::kText || known.type->kind == Kind::kDate ||
             known.type->kind == Kind::kDateTime;
    };
    const auto is_number = [](const Known& known) {
      return known.type->kind == Kind::kInteger || known.type->kind == Kind::kDecimal ||
             known.type->kind == Kind::kMoney;
    };
    if ((is_text(left) && is_number(right)) || (is_number(left) && is_text(right))) {
      Report(Diagnostic::Of(DiagnosticCode::not_comparable).With("left", left.name).With("right", right.name),
             Here());
    } else if (auto finding = OrderMayFail(left, right)) {
      Report(*std::move(finding), Here());
    }
  }

  void CheckRange() {
    const Known last = Pop();
    const Known first = Pop();
    static const Type kNumbers = [] {
      Type type;
      type.kind = Type::Kind::kList;
      type.element = std::make_shared<const Type>(TypeOf(Type::Kind::kInteger));
      return type;
    }();
    Known range{&kNumbers, "", false, false, {}, 0};
    if (first.is_literal && last.is_literal) {
      const int64_t from = first.literal.AsInteger();
      const int64_t to = last.literal.AsInteger();
      int64_t length = 0;
      if (__builtin_sub_overflow(to, from, &length)) length = INT64_MAX - 1;
      range.count = std::max<int64_t>(0, length) + 1;
    }
    Push(range);
  }

  Known PopCount(const LoopInfo& info) {
    Known count = Pop();
    // A table reads numbers as arithmetic does.
    if (!info.table) {
      if (auto finding = CountMayFail(count)) Report(*std::move(finding), Here());
    }
    return count;
  }

  void BeginLoop(const LoopInfo& info) {
    const int options = (info.has_offset ? 1 : 0) + (info.has_cols ? 1 : 0);
    if (info.has_cols) Pop();
    Known limit{&TypeOf(Type::Kind::kAny), "", false, false, {}, 0};
    if (info.has_limit) limit = PopCount(info);
    if (options > 0 && info.has_offset) PopCount(info);
    const Known list = Pop();
    Loop loop;
    loop.symbol = info.variable;
    loop.item = {&TypeOf(Type::Kind::kAny), "", true, false, {}, 0};
    if (list.type->kind == Type::Kind::kList && list.type->element != nullptr)
      loop.item.type = list.type->element.get();
    loop.item.may_be_empty = loop.item.type->optional;
    int64_t rounds = std::max<int64_t>(1, list.count);
    if (limit.is_literal) rounds = std::min(rounds, std::max<int64_t>(1, limit.literal.AsInteger()));
    const int64_t outer = loops_.empty() ? 1 : loops_.back().rounds;
    if (__builtin_mul_overflow(rounds, outer, &loop.rounds)) loop.rounds = INT64_MAX;
    if (rounds > 1 && loop.rounds > kExpensiveRounds) {
      Report(Diagnostic::Of(DiagnosticCode::expensive_loop).With("count", std::to_string(loop.rounds)),
             Here());
    }
    if (MemberOf(globals_, program_.symbols[info.variable].text) != nullptr) {
      const std::string name(program_.symbols[info.variable].text);
      Report(Diagnostic::Of(DiagnosticCode::shadowed_variable).With("name", name), Here());
    }
    loops_.push_back(std::move(loop));
  }

  // The arguments off the stack: positional ones first, then those with names.
  std::vector<Known> PopArguments(const Instruction& in) {
    std::vector<Known> arguments(size_t{in.a} + in.d);
    for (size_t i = arguments.size(); i > 0; --i) arguments[i - 1] = Pop();
    return arguments;
  }

  void CheckFilter(const Instruction& in) {
    const std::vector<Known> popped = PopArguments(in);
    const std::span<const Known> all(popped);
    const KnownArguments arguments{all.first(in.a), std::span(program_.argument_names).subspan(in.c, in.d),
                                   all.subspan(in.a)};
    Known input = Pop();
    const std::string_view name = FilterAt(in.b).name;
    if (!CheckFilterTypes(name, input, arguments)) {
      input.blamed = true;
    } else if (auto finding = FilterMayFail(name, input, arguments)) {
      Report(*std::move(finding), Here());
      input.blamed = true;
    }
    if (name == "default") {
      PushDefault(std::move(input), arguments.At(0));
    } else {
      PushResult(name, input, arguments);
    }
  }

  // False: what is wrong has been said.
  bool CheckFilterTypes(std::string_view name, const Known& input, const KnownArguments& arguments) {
    const Known* form = arguments.At(0);
    if (name == "phone" && form != nullptr && form->is_literal && !IsPhoneForm(form->literal)) {
      Report(BadPhoneForm(form->literal), Here());
      return false;
    }
    const Group group = GroupOf(name);
    if (!Fits(group, input)) {
      Report(Diagnostic::Of(DiagnosticCode::type_mismatch)
                 .With("name", input.name.empty() ? "this value" : input.name)
                 .With("operation", std::string(name)),
             Here());
      return false;
    }
    const bool number = input.type->kind == Type::Kind::kInteger || input.type->kind == Type::Kind::kDecimal;
    if (group == Group::kMoney && number && arguments.AtOr(0, "currency") == nullptr) {
      Report(Diagnostic::Of(DiagnosticCode::currency_missing)
                 .With("name", std::string(name))
                 .With("value", input.name),
             Here());
      return false;
    }
    return true;
  }

  void PushDefault(Known input, const Known* fallback) {
    tested_.insert(input.name);
    input.may_be_empty = fallback == nullptr || fallback->may_be_empty;
    if (fallback == nullptr || fallback->type->kind != input.type->kind)
      input.type = &TypeOf(Type::Kind::kAny);
    input.is_literal = false;
    input.is_positive = false;
    Push(std::move(input));
  }

  void PushResult(std::string_view name, const Known& input, const KnownArguments& arguments) {
    using Kind = Type::Kind;
    const Group group = GroupOf(name);
    const bool text = group == Group::kText || group == Group::kMoney || group == Group::kDate;
    const bool numeric = group == Group::kNumeric && name != "decimal" && name != "plural";
    // These give back what they cannot shorten or read.
    const bool text_already = input.type->kind == Kind::kText || input.type->kind == Kind::kDate ||
                              input.type->kind == Kind::kDateTime;
    const bool unchanged = (name == "truncatewords" || name == "date" || name == "phone") && !text_already;
    Known result{.type = &TypeOf(unchanged ? Kind::kAny
                                 : text    ? Kind::kText
                                 : numeric ? Kind::kDecimal
                                           : Kind::kAny)};
    // The name stays for "may be empty": an empty text made upper case is still empty.
    if (text) result.name = input.name;
    result.may_be_empty = text && input.may_be_empty;
    result.blamed = input.blamed;
    if (const Type* list = ListOf(name, input, arguments)) result.type = list;
    if (name == "at_least" && arguments.positional[0].is_literal) {
      const auto least = arguments.positional[0].literal.AsDecimal();
      result.is_positive = least && *least > Decimal();
    }
    Push(std::move(result));
  }

  // The list that a filter makes, where it is known what is in it; null otherwise. One without an element
  // type holds texts, as the CRM's multi-value fields do.
  static const Type* ListOf(std::string_view filter, const Known& input, const KnownArguments& arguments) {
    constexpr std::string_view kKeeping[] = {"where", "reject",  "sort",   "sort_natural",
                                             "uniq",  "reverse", "compact"};
    if (filter == "split") return &TypeOf(Type::Kind::kList);
    if (input.type->kind != Type::Kind::kList) return nullptr;
    if (std::find(std::begin(kKeeping), std::end(kKeeping), filter) != std::end(kKeeping)) return input.type;
    if (filter != "map" || input.type->element == nullptr) return nullptr;
    const Type* member = MemberOf(*input.type->element, arguments.positional[0].literal.AsString());
    return member != nullptr && member->kind == Type::Kind::kText ? &TypeOf(Type::Kind::kList) : nullptr;
  }

  void UnusedAndDead() {
    std::set<uint32_t> reported;
    for (size_t i = 0; i < program_.code.size() && !open_ended_ && !reads_by_name_; ++i) {
      const Instruction& in = program_.code[i];
      if ((in.op != Op::kAssign && in.op != Op::kEndCapture) || used_[in.c] || !reported.insert(in.c).second)
        continue;
      Report(Diagnostic::Of(DiagnosticCode::unused_variable)
                 .With("name", std::string(program_.symbols[in.c].text)),
             program_.ranges[i]);
    }
    for (const SourceRange dead : program_.dead) {
      Report(Diagnostic::Of(DiagnosticCode::unreachable_branch), program_.ranges[dead.from]);
    }
  }

  const Template::Program& program_;
  const Type& globals_;
  const CheckOptions& options_;
  size_t at_ = 0;
  std::vector<Known> stack_;
  std::vector<Loop> loops_;
  std::vector<size_t> sites_;  // places that set the symbol
  std::vector<bool> used_;
  std::vector<Known> assigned_;   // by symbol
  std::set<std::string> tested_;  // paths that a condition or default looked at before
  bool open_ended_ = false;       // an include may set and read anything
  bool reads_by_name_ = false;
  std::vector<Found> found_;
};

}  // namespace

Diagnostics Check(const Template& program, const Type& globals, const CheckOptions& options) {
  return Checker(program.program(), globals, options).Run();
}

}  // namespace recado::liquid
