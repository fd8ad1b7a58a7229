#include "core/rule/analysis_condition.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/rule/condition_sets.h"

namespace recado::rule {
namespace {

using NodeKind = ConditionNode::Kind;

constexpr uint32_t kNone = UINT32_MAX;

bool AsksForPresence(Operator op) {
  return op == Operator::kEmpty || op == Operator::kNotEmpty;
}

// One tree, looked at from the root down: what surrounds a node narrows what can reach it.
class Analysis {
 public:
  Analysis(const Conditions& conditions, const ConditionSets& sets)
      : nodes_(conditions.nodes), sets_(sets), parent_(nodes_.size(), kNone), dead_(nodes_.size(), 0) {
    for (uint32_t node = 0; node < nodes_.size(); ++node) {
      for (const uint32_t child : nodes_[node].children) parent_[child] = node;
    }
    FindDead();
  }

  bool Never() const { return dead_[0] != 0; }

  ConditionFindings Run() {
    found_.never = Never();
    found_.always = ConditionSets::IsEmpty(sets_.MayFail(0));
    for (uint32_t node = 0; node < nodes_.size(); ++node) {
      if (nodes_[node].kind == NodeKind::kTest) FindClash(node);
    }
    if (found_.never && found_.clashes.empty()) found_.clashes.push_back({0, {}});
    FindDeadAlternatives();
    if (found_.never) return std::move(found_);
    FindCertain();
    for (uint32_t node = 0; node < nodes_.size(); ++node) FindRedundant(node);
    return std::move(found_);
  }

 private:
  // What can reach a node at all: the surroundings' narrowing. Then the dead ones, from the leaves up.
  void FindDead() {
    std::vector<Words> reach(nodes_.size());
    reach[0] = sets_.Everything();
    for (uint32_t node = 0; node < nodes_.size(); ++node) {
      const Words here = sets_.Meet(reach[node], sets_.MayHold(node));
      dead_[node] = ConditionSets::IsEmpty(here) ? 1 : 0;
      for (const uint32_t child : nodes_[node].children)
        reach[child] = nodes_[node].kind == NodeKind::kAll ? here : reach[node];
      Words().swap(reach[node]);
    }
    for (auto node = static_cast<uint32_t>(nodes_.size()); node-- > 0;) {
      const auto& children = nodes_[node].children;
      const auto dead = [this](uint32_t child) { return dead_[child] != 0; };
      if (children.empty()) continue;
      const bool none = nodes_[node].kind == NodeKind::kAll
                            ? std::any_of(children.begin(), children.end(), dead)
                            : std::all_of(children.begin(), children.end(), dead);
      if (none) dead_[node] = 1;
    }
  }

  bool KillsTheRule(uint32_t group) const {
    for (uint32_t node = group; node != kNone; node = parent_[node]) {
      if (dead_[node] == 0) return false;
    }
    return true;
  }

  void AddClash(uint32_t node, std::optional<uint32_t> other, uint32_t group) {
    (KillsTheRule(group) ? found_.clashes : found_.alternatives).push_back({node, other});
  }

  // A test that holds for nothing, or not together with an earlier test that must hold too.
  void FindClash(uint32_t node) {
    if (dead_[node] == 0) return;
    if (ConditionSets::IsEmpty(sets_.MayHold(node))) return AddClash(node, {}, node);
    for (uint32_t group = parent_[node]; group != kNone; group = parent_[group]) {
      if (nodes_[group].kind != NodeKind::kAll) continue;
      for (const uint32_t peer : nodes_[group].children) {
        if (nodes_[peer].kind != NodeKind::kTest || peer == node) continue;
        const bool nested = parent_[node] != group;  // then the peer may also stand behind it
        if (!nested && peer > node) break;
        if (nodes_[peer].field != nodes_[node].field) continue;
        if (!ConditionSets::IsEmpty(sets_.Meet(sets_.MayHold(peer), sets_.MayHold(node)))) continue;
        return AddClash(node, peer, nested ? node : group);
      }
    }
  }

  // Members of an `any` that nothing reaches and for which no clash was told.
  void FindDeadAlternatives() {
    if (found_.never) return;
    for (uint32_t node = 1; node < nodes_.size(); ++node) {
      const uint32_t group = parent_[node];
      if (dead_[node] == 0 || dead_[group] != 0 || Told(node)) continue;
      found_.alternatives.push_back({node, {}});
    }
  }

  bool Told(uint32_t node) const {
    for (const ConditionPair& pair : found_.alternatives) {
      for (uint32_t at = pair.node; at != kNone; at = parent_[at]) {
        if (at == node) return true;
      }
    }
    return false;
  }

  void FindCertain() {
    std::vector<char> below(nodes_.size(), 0);
    for (uint32_t node = 0; node < nodes_.size(); ++node) {
      const bool told = node > 0 && below[parent_[node]] != 0;
      const bool empty_group = nodes_[node].kind != NodeKind::kTest && nodes_[node].children.empty();
      const bool certain = !empty_group && ConditionSets::IsEmpty(sets_.MayFail(node));
      if (certain && !told) found_.certain.push_back(node);
      below[node] = told || certain ? 1 : 0;
    }
  }

  bool Implies(uint32_t a, uint32_t b) const {
    return ConditionSets::IsEmpty(sets_.Meet(sets_.MayHold(a), sets_.MayFail(b)));
  }

  // Tests of one group on one field, of which one decides the other: in an `all` the narrower, in an `any`
  // the wider. Of two that say the same the later is not needed.
  void FindRedundant(uint32_t group) {
    const auto& children = nodes_[group].children;
    const bool all = nodes_[group].kind == NodeKind::kAll;
    std::vector<char> told(children.size(), 0);
    for (size_t i = 0; i < children.size(); ++i) {
      for (size_t j = 0; j < children.size() && told[i] == 0; ++j) {
        if (i == j || told[j] != 0 || !Comparable(children[i], children[j])) continue;
        const bool decided = all ? Implies(children[j], children[i]) : Implies(children[i], children[j]);
        const bool mutual = all ? Implies(children[i], children[j]) : Implies(children[j], children[i]);
        if (!decided || (mutual && i < j)) continue;
        told[i] = 1;
        found_.redundant.push_back({children[i], children[j]});
      }
    }
  }

  bool Comparable(uint32_t a, uint32_t b) const {
    const auto plain = [this](uint32_t node) {
      return nodes_[node].kind == NodeKind::kTest && dead_[node] == 0 && !AsksForPresence(nodes_[node].op) &&
             !ConditionSets::IsEmpty(sets_.MayFail(node));
    };
    return nodes_[a].field == nodes_[b].field && plain(a) && plain(b);
  }

  const std::vector<ConditionNode>& nodes_;
  const ConditionSets& sets_;
  std::vector<uint32_t> parent_;
  std::vector<char> dead_;
  ConditionFindings found_;
};

bool HasTests(const Conditions& conditions) {
  return std::any_of(conditions.nodes.begin(), conditions.nodes.end(),
                     [](const ConditionNode& node) { return node.kind == NodeKind::kTest; });
}

void Append(const Conditions& from, Conditions& to) {
  const auto offset = static_cast<uint32_t>(to.nodes.size());
  to.nodes[0].children.push_back(offset);
  for (const ConditionNode& node : from.nodes) {
    ConditionNode& copy = to.nodes.emplace_back(node);
    for (uint32_t& child : copy.children) child += offset;
  }
}

std::string ValueText(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return DumpJson(value);
  std::string text;
  for (const char* name : {"amount", "currency"}) {
    const auto part = value.find(name);
    if (part != value.end() && part->is_string())
      text += (text.empty() ? "" : " ") + part->get_ref<const std::string&>();
  }
  return text;
}

std::string_view Sign(Operator op) {
  constexpr std::string_view kSigns[] = {"=",           "≠",           ">",        "≥",
                                         "<",           "≤",           "in",       "not in",
                                         "between",     "not between", "contains", "not contains",
                                         "starts with", "ends with",   "empty",    "not empty"};
  return kSigns[static_cast<size_t>(op)];
}

}  // namespace

ConditionFindings AnalyseConditions(const Conditions& conditions, const liquid::Type& variables) {
  if (!HasTests(conditions)) return {};
  const ConditionSets sets(conditions, variables);
  if (!sets.usable()) return {};
  return Analysis(conditions, sets).Run();
}

bool AreDisjoint(const Conditions& a, const Conditions& b, const liquid::Type& variables) {
  if (!HasTests(a) && !HasTests(b)) return false;
  Conditions both;
  both.nodes.emplace_back().kind = NodeKind::kAll;
  if (!a.nodes.empty()) Append(a, both);
  if (!b.nodes.empty()) Append(b, both);
  const ConditionSets sets(both, variables);
  return sets.usable() && Analysis(both, sets).Never();
}

bool RequireEmpty(const Conditions& conditions, const std::string& field, const liquid::Type& variables) {
  if (!HasTests(conditions)) return false;
  const ConditionSets sets(conditions, variables);
  return sets.usable() && !ConditionSets::IsEmpty(sets.MayHold(0)) && sets.OnlyEmpty(sets.MayHold(0), field);
}

const liquid::Type* FindType(const liquid::Type& variables, std::string_view field) {
  using Kind = liquid::Type::Kind;
  const liquid::Type* type = &variables;
  while (true) {
    const size_t dot = field.find('.');
    const std::string_view name = field.substr(0, dot);
    const liquid::Type* next = nullptr;
    if (type->kind == Kind::kObject) {
      for (const liquid::Type::Member& member : type->members) {
        if (member.name == name) next = &member.type;
      }
    } else if (type->kind == Kind::kList && !name.empty() &&
               name.find_first_not_of("0123456789") == std::string_view::npos) {
      next = type->element.get();
    }
    if (next == nullptr || dot == std::string_view::npos) return next;
    type = next;
    field.remove_prefix(dot + 1);
  }
}

std::string Describe(const Conditions& conditions, uint32_t node) {
  constexpr size_t kShownValues = 3;
  // Of a group the first test stands for all.
  bool more = false;
  while (conditions.nodes[node].kind != NodeKind::kTest && !conditions.nodes[node].children.empty()) {
    more = more || conditions.nodes[node].children.size() > 1;
    node = conditions.nodes[node].children.front();
  }
  const ConditionNode& test = conditions.nodes[node];
  if (test.kind != NodeKind::kTest) return "…";
  std::string text = test.field + " " + std::string(Sign(test.op));
  if (test.value.is_array()) {
    const bool pair = test.op == Operator::kBetween || test.op == Operator::kNotBetween;
    for (size_t i = 0; i < std::min(test.value.size(), kShownValues); ++i)
      text += (i == 0 ? " " : pair ? " – " : ", ") + ValueText(test.value[i]);
    if (test.value.size() > kShownValues) text += ", …";
  } else if (!test.value.is_null()) {
    text += " " + ValueText(test.value);
  }
  return more ? text + ", …" : text;
}

}  // namespace recado::rule
