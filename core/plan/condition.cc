#include "core/plan/condition.h"

#include <algorithm>
#include <compare>

#include "core/base/instant.h"
#include "core/text/case.h"
#include "core/text/time_zone.h"

namespace recado::plan {
namespace {

using liquid::Value;
using rule::Operator;
using Order = std::optional<std::strong_ordering>;  // nothing: the two cannot be compared

constexpr int64_t kMsPerMinute = 60'000;

// A number with a fraction prints as it was written (base/json.h), so its text is its decimal.
std::optional<Decimal> NumberOf(const Json& json) {
  if (json.is_number()) return Decimal::Parse(DumpJson(json), true);
  if (json.is_string()) return Decimal::Parse(json.get_ref<const std::string&>());
  return std::nullopt;
}

std::string TextOf(const Json& json) {
  return json.is_string() ? json.get<std::string>() : DumpJson(json);
}

// A text as a date, a moment or a time of day.
struct Moment {
  enum class Kind : uint8_t { kNone, kDate, kInstant, kTime } kind = Kind::kNone;
  Date date;
  Instant instant;
  int64_t minutes = 0;
};

Moment MomentOf(std::string_view text) {
  Moment moment;
  if (text.empty() || text.front() < '0' || text.front() > '9') return moment;
  if (const Result<Date> date = ParseDate(text); date.ok()) {
    moment.kind = Moment::Kind::kDate;
    moment.date = *date;
  } else if (const Result<Instant> instant = ParseInstant(text); instant.ok()) {
    moment.kind = Moment::Kind::kInstant;
    moment.instant = *instant;
  } else if (const Result<TimeOfDay> time = ParseTimeOfDay(text); time.ok()) {
    moment.kind = Moment::Kind::kTime;
    moment.minutes = time->minutes;
  }
  return moment;
}

class Judge {
 public:
  explicit Judge(const ConditionContext& context) : context_(context) {}

  bool Holds(const rule::ConditionNode& test) {
    const Value field = context_.data.Find(test.field);
    switch (test.op) {
      case Operator::kEmpty:
        return IsEmpty(field);
      case Operator::kNotEmpty:
        return !IsEmpty(field);
      case Operator::kEq:
        return Equal(field, test.value);
      case Operator::kNe:
        return !Equal(field, test.value);
      case Operator::kIn:
        return In(field, test.value);
      case Operator::kNotIn:
        return !In(field, test.value);
      case Operator::kBetween:
        return Between(field, test.value);
      case Operator::kNotBetween:
        return !Between(field, test.value);
      case Operator::kContains:
        return Contains(field, test.value);
      case Operator::kNotContains:
        return !Contains(field, test.value);
      case Operator::kStartsWith:
        return Folded(field).starts_with(text::FoldCase(TextOf(test.value))) && !IsEmpty(field);
      case Operator::kEndsWith:
        return Folded(field).ends_with(text::FoldCase(TextOf(test.value))) && !IsEmpty(field);
      default:
        return Compares(test.op, Compare(field, test.value));
    }
  }

  // Of the last test: the two currencies that met.
  std::optional<std::pair<std::string, std::string>> TakeMismatch() {
    auto taken = std::move(mismatch_);
    mismatch_.reset();
    return taken;
  }

 private:
  static bool IsEmpty(const Value& value) {
    if (value.IsNil()) return true;
    if (value.IsText()) return value.AsString().find_first_not_of(" \t\r\n") == std::string_view::npos;
    return (value.IsArray() || value.IsObject()) && value.size() == 0;
  }

  static std::string Folded(const Value& value) { return text::FoldCase(value.ToText()); }

  static bool Compares(Operator op, const Order& order) {
    if (!order) return false;
    switch (op) {
      case Operator::kGt:
        return *order > 0;
      case Operator::kGe:
        return *order >= 0;
      case Operator::kLt:
        return *order < 0;
      default:
        return *order <= 0;
    }
  }

  // An amount with its currency on either side: both must be of one currency.
  Order CompareMoney(const Value& field, const Json& value) {
    const std::optional<Money> money = field.AsMoney();
    const std::optional<Decimal> amount = money ? money->amount : field.AsDecimal();
    if (!amount) return std::nullopt;
    const std::string have = money ? money->currency : std::string(context_.currency);
    std::string want(context_.currency);
    std::optional<Decimal> other;
    if (value.is_object()) {
      const auto given = value.find("amount");
      const auto currency = value.find("currency");
      if (given != value.end()) other = NumberOf(*given);
      if (currency != value.end() && currency->is_string()) want = currency->get<std::string>();
    } else {
      other = NumberOf(value);
    }
    if (!other) return std::nullopt;
    if (!have.empty() && !want.empty() && have != want) {
      mismatch_ = {have, want};
      return std::nullopt;
    }
    return *amount <=> *other;
  }

  Order CompareMoments(const Moment& a, const Moment& b) const {
    using Kind = Moment::Kind;
    if (a.kind == Kind::kNone || b.kind == Kind::kNone) return std::nullopt;
    if (a.kind == Kind::kInstant && b.kind == Kind::kInstant) return a.instant <=> b.instant;
    if (a.kind == Kind::kTime || b.kind == Kind::kTime) {
      if (a.kind == Kind::kDate || b.kind == Kind::kDate) return std::nullopt;
      return MinutesOf(a) <=> MinutesOf(b);
    }
    // A date and a moment, or two dates: by the calendar day in the zone.
    return DateOf(a) <=> DateOf(b);
  }

  int64_t MinutesOf(const Moment& moment) const {
    if (moment.kind == Moment::Kind::kTime) return moment.minutes;
    return text::ToLocal(moment.instant, context_.zone).ms_of_day / kMsPerMinute;
  }

  Date DateOf(const Moment& moment) const {
    if (moment.kind == Moment::Kind::kDate) return moment.date;
    return text::ToLocal(moment.instant, context_.zone).date;
  }

  // What is not text: money, numbers, true and false, dates and times. Nothing where the two are none of
  // these.
  Order CompareTyped(const Value& field, const Json& value) {
    if (field.IsMoney() || value.is_object()) return CompareMoney(field, value);
    if (value.is_boolean() || field.kind() == liquid::Kind::kBoolean) {
      if (!value.is_boolean() || field.kind() != liquid::Kind::kBoolean) return std::nullopt;
      return field.AsBoolean() <=> value.get<bool>();
    }
    if (field.IsNumber() || value.is_number()) {
      const auto a = field.AsDecimal();
      const auto b = NumberOf(value);
      if (!a || !b) return std::nullopt;
      return *a <=> *b;
    }
    if (!field.IsText() || !value.is_string()) return std::nullopt;
    return CompareMoments(MomentOf(field.AsString()), MomentOf(value.get_ref<const std::string&>()));
  }

  Order Compare(const Value& field, const Json& value) {
    if (IsEmpty(field)) return std::nullopt;
    if (const Order typed = CompareTyped(field, value)) return typed;
    if (!field.IsText() || !value.is_string()) return std::nullopt;
    // Decimals arrive as texts (formats: money and decimals are decimal text).
    const auto a = field.AsDecimal();
    const auto b = NumberOf(value);
    if (a && b) return *a <=> *b;
    return Folded(field).compare(text::FoldCase(TextOf(value))) <=> 0;
  }

  bool Equal(const Value& field, const Json& value) {
    if (IsEmpty(field)) return false;
    if (field.IsArray()) return field.size() == 1 && Equal(field.At(0), value);
    if (const Order typed = CompareTyped(field, value)) return *typed == 0;
    if (field.IsObject() || value.is_object() || value.is_number()) return false;
    return Folded(field) == text::FoldCase(TextOf(value));
  }

  bool In(const Value& field, const Json& list) {
    bool found = false;  // no early end: every currency is looked at
    for (const Json& value : list) found = Equal(field, value) || found;
    return found;
  }

  bool Between(const Value& field, const Json& pair) {
    if (!pair.is_array() || pair.size() != 2) return false;
    const Order from = Compare(field, pair[0]);
    const Order to = Compare(field, pair[1]);
    if (!from || !to) return false;
    if (CrossesMidnight(pair)) return *from >= 0 || *to <= 0;
    return *from >= 0 && *to <= 0;
  }

  static bool CrossesMidnight(const Json& pair) {
    if (!pair[0].is_string() || !pair[1].is_string()) return false;
    const Moment from = MomentOf(pair[0].get_ref<const std::string&>());
    const Moment to = MomentOf(pair[1].get_ref<const std::string&>());
    return from.kind == Moment::Kind::kTime && to.kind == Moment::Kind::kTime && from.minutes > to.minutes;
  }

  bool Contains(const Value& field, const Json& value) {
    if (field.IsArray()) {
      bool found = false;
      for (const Value& item : field.items()) found = Equal(item, value) || found;
      return found;
    }
    if (IsEmpty(field) || field.IsObject()) return false;
    return Folded(field).find(text::FoldCase(TextOf(value))) != std::string::npos;
  }

  const ConditionContext& context_;
  std::optional<std::pair<std::string, std::string>> mismatch_;
};

// Children stand behind their group, so from the back each group finds its children judged. A group without
// children asks for nothing and holds.
bool GroupHolds(const rule::ConditionNode& group, const std::vector<char>& holds) {
  if (group.children.empty()) return true;
  const auto held = [&holds](uint32_t child) { return holds[child] != 0; };
  return group.kind == rule::ConditionNode::Kind::kAll
             ? std::all_of(group.children.begin(), group.children.end(), held)
             : std::any_of(group.children.begin(), group.children.end(), held);
}

// The test to name as the culprit: the first that fails, down from the root.
const rule::ConditionNode& FirstFailing(const rule::Conditions& conditions, const std::vector<char>& holds) {
  size_t at = 0;
  while (conditions.nodes[at].kind != rule::ConditionNode::Kind::kTest) {
    const auto& children = conditions.nodes[at].children;
    const auto failing = std::find_if(children.begin(), children.end(),
                                      [&holds](uint32_t child) { return holds[child] == 0; });
    if (failing == children.end()) break;
    at = *failing;
  }
  return conditions.nodes[at];
}

}  // namespace

std::optional<Diagnostic> WhyNot(const rule::Conditions& conditions, const ConditionContext& context) {
  if (conditions.nodes.empty()) return std::nullopt;
  std::vector<char> holds(conditions.nodes.size(), 0);
  Judge judge(context);
  std::optional<Diagnostic> mismatch;
  for (size_t i = conditions.nodes.size(); i-- > 0;) {
    const rule::ConditionNode& node = conditions.nodes[i];
    if (node.kind != rule::ConditionNode::Kind::kTest) {
      holds[i] = GroupHolds(node, holds) ? 1 : 0;
      continue;
    }
    holds[i] = judge.Holds(node) ? 1 : 0;
    if (const auto currencies = judge.TakeMismatch()) {
      mismatch = Diagnostic::Of(DiagnosticCode::currency_mismatch)
                     .With("field", node.field)
                     .With("actual", currencies->first)
                     .With("expected", currencies->second)
                     .At(node.path);
    }
  }
  if (mismatch) return mismatch;
  if (holds[0] != 0) return std::nullopt;
  const rule::ConditionNode& culprit = FirstFailing(conditions, holds);
  Diagnostic reason = Diagnostic::Of(DiagnosticCode::condition_false).At(culprit.path);
  if (!culprit.field.empty()) reason = std::move(reason).With("field", culprit.field);
  return reason;
}

}  // namespace recado::plan
