#include "core/rule/condition_sets.h"

#include <algorithm>
#include <optional>

#include "core/base/limits.h"
#include "core/rule/analysis_condition.h"
#include "core/text/case.h"

namespace recado::rule {
namespace {

using Kind = liquid::Type::Kind;

constexpr size_t kEmptyBit = 0;
constexpr size_t kOtherBit = 1;
constexpr size_t kFirstStretch = 2;
constexpr size_t kWordBits = 64;

constexpr int64_t kMsPerHour = 3'600'000;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;
// A calendar day begins between UTC+14 (Kiribati) and UTC−12 (Baker Island).
constexpr int64_t kEarliestDayMs = -14 * kMsPerHour;
constexpr int64_t kLatestDayMs = 12 * kMsPerHour;

// A value on a line, by the places from which on "at least" and "more than" it may hold and must hold. They
// differ where a date is compared with a moment, since the zone is not known.
struct Mark {
  Decimal at;
  bool behind = false;  // right after the point
};
struct Literal {
  Aspect aspect = Aspect::kLine;
  Mark ge_may, ge_must, gt_may, gt_must;
  bool loose = false;  // equality goes by letters, "5" and "5.0" differ
};

Literal Exact(Aspect aspect, const Decimal& at) {
  return {aspect, {at, false}, {at, false}, {at, true}, {at, true}, false};
}

Literal Between(int64_t ge_may, int64_t ge_must, int64_t gt_may, int64_t gt_must) {
  return {Aspect::kLine, {ge_may}, {ge_must}, {gt_may}, {gt_must}, false};
}

std::optional<Decimal> NumberOf(const Json& value) {
  if (value.is_number()) return Decimal::Parse(DumpJson(value), true);
  if (value.is_string()) return Decimal::Parse(value.get_ref<const std::string&>());
  if (!value.is_object()) return std::nullopt;
  const auto amount = value.find("amount");
  return amount == value.end() || amount->is_object() ? std::nullopt : NumberOf(*amount);
}

std::optional<Literal> ReadNumber(Kind kind, const Json& value) {
  if (value.is_object() && kind != Kind::kMoney) return std::nullopt;
  const auto number = NumberOf(value);
  if (!number) return std::nullopt;
  Literal literal = Exact(Aspect::kLine, *number);
  literal.loose = kind == Kind::kDecimal && value.is_string();
  return literal;
}

std::optional<Literal> ReadMoment(Kind kind, const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (const Result<Date> date = ParseDate(text); date.ok()) {
    const int64_t day = DaysFromDate(*date);
    if (kind == Kind::kDate) return Exact(Aspect::kLine, day);
    const int64_t from = day * kMsPerDay;
    const int64_t to = from + kMsPerDay;
    return Between(from + kEarliestDayMs, from + kLatestDayMs, to + kEarliestDayMs, to + kLatestDayMs);
  }
  if (const Result<Instant> instant = ParseInstant(text); instant.ok()) {
    if (kind == Kind::kDateTime) return Exact(Aspect::kLine, instant->ms);
    const auto day = [](int64_t ms) {
      return ms >= 0 ? ms / kMsPerDay : -((-ms + kMsPerDay - 1) / kMsPerDay);
    };
    const int64_t first = day(instant->ms - kLatestDayMs);
    const int64_t last = day(instant->ms - kEarliestDayMs);
    return Between(first, last, first + 1, last + 1);
  }
  const Result<TimeOfDay> time = ParseTimeOfDay(text);
  if (!time.ok() || kind != Kind::kDateTime) return std::nullopt;
  return Exact(Aspect::kTimeOfDay, int64_t{time->minutes});
}

std::optional<Literal> Read(Kind kind, const Json& value) {
  if (kind == Kind::kDate || kind == Kind::kDateTime) return ReadMoment(kind, value);
  if (kind == Kind::kInteger || kind == Kind::kDecimal || kind == Kind::kMoney)
    return ReadNumber(kind, value);
  return std::nullopt;
}

// A text that is compared by its letters: dates and times are compared as such.
std::optional<std::string> ReadText(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (ParseDate(text).ok() || ParseInstant(text).ok() || ParseTimeOfDay(text).ok()) return std::nullopt;
  return text::FoldCase(text);
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The operator that says the opposite, for those that are the negation of another.
std::optional<Operator> Negated(Operator op) {
  switch (op) {
    case Operator::kNe:
      return Operator::kEq;
    case Operator::kNotIn:
      return Operator::kIn;
    case Operator::kNotBetween:
      return Operator::kBetween;
    case Operator::kNotContains:
      return Operator::kContains;
    case Operator::kNotEmpty:
      return Operator::kEmpty;
    default:
      return std::nullopt;
  }
}

std::vector<Aspect> AspectsOf(Kind kind) {
  switch (kind) {
    case Kind::kText:
      return {Aspect::kText};
    case Kind::kInteger:
    case Kind::kDecimal:
    case Kind::kMoney:
    case Kind::kDate:
      return {Aspect::kLine};
    case Kind::kDateTime:
      return {Aspect::kLine, Aspect::kTimeOfDay};
    case Kind::kBoolean:
      return {Aspect::kTruth};
    default:
      return {Aspect::kPresence};
  }
}

template <class T>
void SortUnique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

// The first stretch at or behind a mark.
size_t StretchAt(const Variable& variable, const Mark& mark) {
  const auto found = std::lower_bound(variable.points.begin(), variable.points.end(), mark.at);
  return 2 * static_cast<size_t>(found - variable.points.begin()) + (mark.behind ? 2 : 1);
}

// What a test accepts of one variable: the stretches it may accept, and those it accepts for certain.
struct Accepted {
  std::vector<char> may, must;

  explicit Accepted(size_t stretches) : may(stretches, 0), must(stretches, 0) {}
  static void Add(std::vector<char>& set, size_t from, size_t to) {
    for (size_t i = from; i < std::min(to, set.size()); ++i) set[i] = 1;
  }
  void AddAny() { Add(may, 0, may.size()); }
};

// One comparison on a line; `value` is the pair of a `between`.
void AcceptOnLine(const Variable& variable, Operator op, const Json& value, Accepted& accepted) {
  const bool pair = op == Operator::kBetween;
  if (pair && (!value.is_array() || value.size() != 2)) return accepted.AddAny();
  const auto low = Read(variable.kind, pair ? value[0] : value);
  const auto high = pair ? Read(variable.kind, value[1]) : low;
  if (!low || !high || low->aspect != variable.aspect || high->aspect != variable.aspect)
    return accepted.AddAny();
  const auto at = [&variable](const Mark& mark) { return StretchAt(variable, mark); };
  const size_t end = variable.stretches;
  const auto add = [&accepted](size_t may_from, size_t may_to, size_t must_from, size_t must_to) {
    Accepted::Add(accepted.may, may_from, may_to);
    Accepted::Add(accepted.must, must_from, must_to);
  };
  switch (op) {
    case Operator::kGt:
      return add(at(low->gt_may), end, at(low->gt_must), end);
    case Operator::kGe:
      return add(at(low->ge_may), end, at(low->ge_must), end);
    case Operator::kLt:
      return add(0, at(low->ge_must), 0, at(low->ge_may));
    case Operator::kLe:
      return add(0, at(low->gt_must), 0, at(low->gt_may));
    case Operator::kBetween:
      if (variable.aspect == Aspect::kTimeOfDay && high->ge_may.at < low->ge_may.at) {  // over midnight
        add(at(low->ge_may), end, at(low->ge_must), end);
        return add(0, at(high->gt_must), 0, at(high->gt_may));
      }
      [[fallthrough]];
    default:  // eq, or one of `in`
      add(at(low->ge_may), at(high->gt_must), at(low->ge_must), low->loose ? 0 : at(high->gt_may));
  }
}

void AcceptText(const Variable& variable, Operator op, const Json& value, Accepted& accepted) {
  const auto wanted = ReadText(value);
  const bool part = op == Operator::kContains || op == Operator::kStartsWith || op == Operator::kEndsWith;
  if (!wanted || (!part && op != Operator::kEq)) return accepted.AddAny();
  for (size_t i = 0; i < variable.texts.size(); ++i) {
    const std::string& text = variable.texts[i];
    const bool fits = op == Operator::kContains     ? text.find(*wanted) != std::string::npos
                      : op == Operator::kStartsWith ? text.starts_with(*wanted)
                      : op == Operator::kEndsWith   ? text.ends_with(*wanted)
                                                    : text == *wanted;
    if (fits) accepted.may[i] = accepted.must[i] = 1;
  }
  if (part) accepted.may.back() = 1;  // any other text
}

void AcceptOne(const Variable& variable, Operator op, const Json& value, Accepted& accepted) {
  switch (variable.aspect) {
    case Aspect::kLine:
    case Aspect::kTimeOfDay:
      return AcceptOnLine(variable, op, value, accepted);
    case Aspect::kText:
      return AcceptText(variable, op, value, accepted);
    case Aspect::kTruth:
      if (!value.is_boolean() || op != Operator::kEq) return accepted.AddAny();
      accepted.may[value.get<bool>() ? 1 : 0] = accepted.must[value.get<bool>() ? 1 : 0] = 1;
      return;
    case Aspect::kPresence:
      return;
  }
}

void Accept(const Variable& variable, Operator op, const Json& value, Accepted& accepted) {
  if (op != Operator::kIn) return AcceptOne(variable, op, value, accepted);
  if (!value.is_array()) return accepted.AddAny();
  for (const Json& one : value) AcceptOne(variable, Operator::kEq, one, accepted);
}

}  // namespace

ConditionSets::ConditionSets(const Conditions& conditions, const liquid::Type& variables)
    : conditions_(conditions) {
  for (const ConditionNode& node : conditions.nodes) {
    if (node.kind == ConditionNode::Kind::kTest) Declare(node, variables);
  }
  Layout();
  if (!usable_) return;
  may_hold_.resize(conditions.nodes.size());
  may_fail_.resize(conditions.nodes.size());
  // Children stand behind their group.
  for (auto node = static_cast<uint32_t>(conditions.nodes.size()); node-- > 0;) {
    conditions.nodes[node].kind == ConditionNode::Kind::kTest ? JudgeTest(node) : JudgeGroup(node);
  }
}

Variable* ConditionSets::Find(std::string_view field, Aspect aspect) {
  for (Variable& variable : variables_) {
    if (variable.field == field && variable.aspect == aspect) return &variable;
  }
  return nullptr;
}

// Makes the variables of a test's field and notes what it is compared with.
void ConditionSets::Declare(const ConditionNode& test, const liquid::Type& variables) {
  const liquid::Type* type = FindType(variables, test.field);
  const Kind kind = type == nullptr ? Kind::kAny : type->kind;
  for (const Aspect aspect : AspectsOf(kind)) {
    if (Find(test.field, aspect) != nullptr) continue;
    Variable& variable = variables_.emplace_back();
    variable.field = test.field;
    variable.kind = kind;
    variable.aspect = aspect;
  }
  const auto note = [&](const Json& value) {
    if (const auto literal = Read(kind, value)) {
      Variable* variable = Find(test.field, literal->aspect);
      for (const Mark* mark : {&literal->ge_may, &literal->ge_must, &literal->gt_may, &literal->gt_must})
        variable->points.push_back(mark->at);
    } else if (kind == Kind::kText) {
      if (auto text = ReadText(value)) Find(test.field, Aspect::kText)->texts.push_back(std::move(*text));
    }
  };
  if (!test.value.is_array()) return note(test.value);
  for (const Json& value : test.value) note(value);
}

void ConditionSets::Layout() {
  size_t compared = 0;
  size_t bits = 0;
  for (Variable& variable : variables_) {
    SortUnique(variable.points);
    SortUnique(variable.texts);
    compared += variable.points.size() + variable.texts.size();
    const bool line = variable.aspect == Aspect::kLine || variable.aspect == Aspect::kTimeOfDay;
    variable.stretches = line                                   ? 2 * variable.points.size() + 1
                         : variable.aspect == Aspect::kTruth    ? 2
                         : variable.aspect == Aspect::kPresence ? 1
                                                                : variable.texts.size() + 1;
    variable.first_bit = bits;
    bits += (kFirstStretch + variable.stretches + kWordBits - 1) / kWordBits * kWordBits;
  }
  usable_ = compared <= kMaxAnalysedValues;
  if (!usable_) return;
  everything_.assign(bits / kWordBits, 0);
  for (const Variable& variable : variables_) {
    Fill(variable, 0, kFirstStretch + variable.stretches, everything_);
    RuleOut(variable);
  }
}

void ConditionSets::Fill(const Variable& variable, size_t from, size_t to, Words& words) const {
  for (size_t bit = variable.first_bit + from; bit < variable.first_bit + to; ++bit)
    words[bit / kWordBits] |= uint64_t{1} << (bit % kWordBits);
}

// Stretches without any value: no whole number lies between 5 and 6, no time before 00:00, no text that says
// something equals "".
void ConditionSets::RuleOut(const Variable& variable) {
  const auto rule_out = [&](size_t stretch) {
    const size_t bit = variable.first_bit + kFirstStretch + stretch;
    everything_[bit / kWordBits] &= ~(uint64_t{1} << (bit % kWordBits));
  };
  for (size_t i = 0; i < variable.texts.size(); ++i) {
    if (IsBlank(variable.texts[i])) rule_out(i);
  }
  const bool whole =
      variable.aspect == Aspect::kTimeOfDay ||
      (variable.aspect == Aspect::kLine && (variable.kind == Kind::kInteger || variable.kind == Kind::kDate));
  const auto& points = variable.points;
  if (!whole || points.empty()) return;
  for (size_t i = 0; i < points.size(); ++i) {
    if (!points[i].IsInteger()) rule_out(2 * i + 1);
    if (i + 1 == points.size()) break;
    const auto next = points[i].Rounded(0, Decimal::Rounding::kFloor);
    const auto after = next ? next->Plus(Decimal(1)) : std::nullopt;
    if (after && *after >= points[i + 1]) rule_out(2 * i + 2);
  }
  if (variable.aspect != Aspect::kTimeOfDay) return;
  if (points.front() <= Decimal(0)) rule_out(0);
  if (points.back() >= Decimal(24 * 60 - 1)) rule_out(2 * points.size());
}

void ConditionSets::JudgeTest(uint32_t node) {
  const ConditionNode& test = conditions_.nodes[node];
  const auto opposite = Negated(test.op);
  const Operator op = opposite.value_or(test.op);
  Words holds = everything_;
  Words fails = everything_;
  for (const Variable& variable : variables_) {
    if (variable.field != test.field) continue;
    Words mask(everything_.size(), 0);
    if (op == Operator::kEmpty) {
      Fill(variable, kEmptyBit, kEmptyBit + 1, mask);
    } else {
      // No comparison holds for a field with nothing in it.
      Accepted accepted(variable.stretches);
      if (variable.aspect == Aspect::kPresence) accepted.AddAny();
      Accept(variable, op, test.value, accepted);
      Words certain(everything_.size(), 0);
      for (size_t i = 0; i < variable.stretches; ++i) {
        const size_t at = kFirstStretch + i;
        if (accepted.may[i] != 0) Fill(variable, at, at + 1, mask);
        if (accepted.must[i] != 0) Fill(variable, at, at + 1, certain);
      }
      if (variable.aspect == Aspect::kPresence) Fill(variable, kOtherBit, kOtherBit + 1, mask);
      for (size_t i = 0; i < fails.size(); ++i) fails[i] &= ~certain[i];
    }
    Words whole(everything_.size(), 0);
    Fill(variable, 0, kFirstStretch + variable.stretches, whole);
    for (size_t i = 0; i < holds.size(); ++i) {
      holds[i] &= mask[i] | ~whole[i];
      if (op == Operator::kEmpty) fails[i] &= ~mask[i];
    }
  }
  may_hold_[node] = Meet(opposite ? fails : holds, everything_);
  may_fail_[node] = Meet(opposite ? holds : fails, everything_);
}

void ConditionSets::JudgeGroup(uint32_t node) {
  const ConditionNode& group = conditions_.nodes[node];
  const bool all = group.kind == ConditionNode::Kind::kAll;
  Words met = everything_;
  Words joined(everything_.size(), 0);
  for (const uint32_t child : group.children) {
    met = Meet(met, all ? may_hold_[child] : may_fail_[child]);
    const Words& other = all ? may_fail_[child] : may_hold_[child];
    for (size_t i = 0; i < joined.size(); ++i) joined[i] |= other[i];
  }
  if (group.children.empty() && !all) std::swap(met, joined);  // asks for nothing and holds
  if (!all) std::swap(met, joined);
  may_hold_[node] = std::move(met);
  may_fail_[node] = std::move(joined);
}

Words ConditionSets::Meet(const Words& a, const Words& b) const {
  Words met(a.size());
  for (size_t i = 0; i < a.size(); ++i) met[i] = a[i] & b[i];
  for (const Variable& variable : variables_) {
    const size_t from = variable.first_bit / kWordBits;
    const size_t to = from + (kFirstStretch + variable.stretches + kWordBits - 1) / kWordBits;
    if (std::all_of(&met[from], &met[from] + (to - from), [](uint64_t word) { return word == 0; })) {
      std::fill(met.begin(), met.end(), 0);
      return met;
    }
  }
  return met;
}

bool ConditionSets::IsEmpty(const Words& words) {
  return std::all_of(words.begin(), words.end(), [](uint64_t word) { return word == 0; });
}

bool ConditionSets::OnlyEmpty(const Words& words, std::string_view field) const {
  for (const Variable& variable : variables_) {
    if (variable.field != field) continue;
    for (size_t i = kEmptyBit + 1; i < kFirstStretch + variable.stretches; ++i) {
      const size_t bit = variable.first_bit + i;
      if ((words[bit / kWordBits] >> (bit % kWordBits) & 1) != 0) return false;
    }
    return true;
  }
  return false;
}

}  // namespace recado::rule
