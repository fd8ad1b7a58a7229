#include <algorithm>

#include "core/base/limits.h"
#include "core/rule/parse.h"

namespace recado::rule {
namespace {

using crm::ObjectReader;

// A condition still to be read, and the node that waits for it.
struct Pending {
  const Json* json;
  std::string pointer;
  size_t depth;
  uint32_t node;
};

bool TakesNoValue(Operator op) {
  return op == Operator::kEmpty || op == Operator::kNotEmpty;
}

bool TakesList(Operator op) {
  return op == Operator::kIn || op == Operator::kNotIn;
}

bool TakesPair(Operator op) {
  return op == Operator::kBetween || op == Operator::kNotBetween;
}

// A single value: text, number, true or false, or an amount of money.
bool IsScalar(const Json& value) {
  return value.is_string() || value.is_number() || value.is_boolean() || value.is_object();
}

void CheckScalar(const Json& value, const std::string& pointer, Diagnostics& out) {
  if (!IsScalar(value)) {
    out.push_back(
        crm::WrongType("value", "a text, a number, true, false or an amount of money", value).At(pointer));
    return;
  }
  if (!value.is_object()) return;
  ObjectReader money(value, pointer, out);
  const std::string amount = money.RequiredText("amount");
  if (!amount.empty() && !Decimal::Parse(amount)) {
    money.Fault("amount", Diagnostic::Of(DiagnosticCode::invalid_decimal).With("value", amount));
  }
  money.RequiredText("currency");
  money.Finish();
}

void CheckList(const Json& value, const std::string& pointer, Operator op, Diagnostics& out) {
  const bool pair = TakesPair(op);
  const std::string_view expected = pair ? "a list of two values: from and to" : "a list of values";
  if (!value.is_array() || value.empty() || (pair && value.size() != 2)) {
    out.push_back(crm::WrongType("value", expected, value).At(pointer));
    return;
  }
  if (value.size() > kMaxConditionValues) {
    out.push_back(Diagnostic::Of(DiagnosticCode::too_many_items)
                      .With("what", "value")
                      .With("actual", std::to_string(value.size()))
                      .With("limit", std::to_string(kMaxConditionValues))
                      .At(pointer));
    return;
  }
  for (size_t i = 0; i < value.size(); ++i) CheckScalar(value[i], Child(pointer, i), out);
}

void ReadTest(ObjectReader& in, ConditionNode& node, Diagnostics& out) {
  node.kind = ConditionNode::Kind::kTest;
  node.field = in.RequiredText("field");
  const auto names = OperatorNames();
  const bool has_op = in.Require("op") != nullptr;
  const std::string op = has_op ? in.Choice("op", names, names[0]) : std::string(names[0]);
  node.op = static_cast<Operator>(std::find(names.begin(), names.end(), op) - names.begin());
  const Json* value = TakesNoValue(node.op) ? in.Take("value") : in.Require("value");
  if (value == nullptr) return;
  if (TakesNoValue(node.op)) {
    in.Fault("value", IgnoredMember("value", OperatorName(node.op)));
    return;
  }
  node.value = *value;
  if (TakesList(node.op) || TakesPair(node.op)) {
    CheckList(*value, in.At("value"), node.op, out);
  } else {
    CheckScalar(*value, in.At("value"), out);
  }
}

// Reads "all" or "any" and lays out a node for each child; the children are read later, from `todo`.
void ReadGroup(ObjectReader& in, std::string_view name, const Pending& at, Conditions& conditions,
               std::vector<Pending>& todo) {
  ConditionNode& node = conditions.nodes[at.node];
  node.kind = name == "all" ? ConditionNode::Kind::kAll : ConditionNode::Kind::kAny;
  const Json* children = in.List(name, kMaxConditions);
  if (children == nullptr) return;
  if (at.depth > kMaxConditionDepth) {
    in.Fault(name, Diagnostic::Of(DiagnosticCode::conditions_too_deep)
                       .With("limit", std::to_string(kMaxConditionDepth)));
    return;
  }
  if (conditions.nodes.size() + children->size() > kMaxConditions) {
    in.Fault(name, Diagnostic::Of(DiagnosticCode::too_many_items)
                       .With("what", "conditions")
                       .With("actual", std::to_string(conditions.nodes.size() + children->size()))
                       .With("limit", std::to_string(kMaxConditions)));
    return;
  }
  const auto first = static_cast<uint32_t>(conditions.nodes.size());
  const std::string list = in.At(name);
  for (uint32_t i = 0; i < children->size(); ++i) {
    conditions.nodes[at.node].children.push_back(first + i);
    conditions.nodes.emplace_back().path = Child(list, i);
  }
  // Last first, so that faults come in document order.
  for (auto i = static_cast<uint32_t>(children->size()); i-- > 0;) {
    todo.push_back({&(*children)[i], Child(list, i), at.depth + 1, first + i});
  }
}

void ReadOne(const Pending& at, Conditions& conditions, std::vector<Pending>& todo, Diagnostics& out) {
  ObjectReader in(*at.json, at.pointer, out);
  if (!in.is_object()) return;
  const bool all = at.json->contains("all");
  const bool any = at.json->contains("any");
  if (all && any) {
    in.Take("all");
    in.Take("any");
    out.push_back(Diagnostic::Of(DiagnosticCode::conflicting_members)
                      .With("first", "all")
                      .With("second", "any")
                      .At(at.pointer));
  } else if (all || any) {
    ReadGroup(in, all ? "all" : "any", at, conditions, todo);
  } else if (at.depth == 1 && !at.json->contains("field")) {
    in.Take("any");
    in.Require("all");
  } else {
    ReadTest(in, conditions.nodes[at.node], out);
  }
  in.Finish();
}

Json LeafJson(const ConditionNode& node) {
  Json json = {{"field", node.field}, {"op", OperatorName(node.op)}};
  if (!TakesNoValue(node.op)) json["value"] = node.value;
  return json;
}

}  // namespace

Conditions ParseConditions(const Json& json, const std::string& pointer, Diagnostics& out) {
  Conditions conditions;
  conditions.nodes.emplace_back().path = pointer;
  std::vector<Pending> todo = {{&json, pointer, 1, 0}};
  while (!todo.empty()) {
    const Pending next = std::move(todo.back());
    todo.pop_back();
    ReadOne(next, conditions, todo, out);
  }
  return conditions;
}

// Children always have higher indices than their group, so building from the back needs no recursion.
Json ToJson(const Conditions& conditions) {
  std::vector<Json> built(conditions.nodes.size());
  for (size_t i = conditions.nodes.size(); i-- > 0;) {
    const ConditionNode& node = conditions.nodes[i];
    if (node.kind == ConditionNode::Kind::kTest) {
      built[i] = LeafJson(node);
      continue;
    }
    Json children = Json::array();
    for (const uint32_t child : node.children) children.push_back(std::move(built[child]));
    Json group = Json::object();
    group[node.kind == ConditionNode::Kind::kAll ? "all" : "any"] = std::move(children);
    built[i] = std::move(group);
  }
  return built.empty() ? Json::object() : std::move(built.front());
}

}  // namespace recado::rule
