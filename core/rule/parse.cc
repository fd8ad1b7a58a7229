#include "core/rule/parse.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"

namespace recado::rule {
namespace {

using crm::ObjectReader;

constexpr std::array<std::string_view, 2> kPolicies = {"at_most_once", "at_least_once"};
constexpr std::array<std::string_view, 2> kOverLimits = {"skip", "truncate"};

Trigger ReadTrigger(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Trigger on;
  on.entity = in.RequiredId("entity");
  on.pipeline = in.OptionalText("pipeline");
  on.stage = in.RequiredId("stage");
  in.Finish();
  return on;
}

ParsedRule ReadRule(const Json& json, const std::string& pointer) {
  ParsedRule parsed;
  Diagnostics& out = parsed.diagnostics;
  ObjectReader in(json, pointer, out);
  if (!in.is_object()) return parsed;
  Rule rule;
  rule.id = in.RequiredId("id");
  rule.name = in.Text("name");
  rule.enabled = in.Boolean("enabled", true);
  rule.position = in.Integer("position", 0, -kMaxPosition, kMaxPosition);
  rule.transactional = in.Boolean("transactional", true);
  const Json* on = in.Require("on");
  if (on != nullptr) rule.on = ReadTrigger(*on, in.At("on"), out);
  if (const Json* conditions = in.Take("conditions")) {
    rule.conditions = ParseConditions(*conditions, in.At("conditions"), out);
  }
  if (const Json* timing = in.Take("timing")) rule.timing = ParseTiming(*timing, in.At("timing"), out);
  const Json* action = in.Require("action");
  std::optional<Action> read;
  if (action != nullptr) read = ParseAction(*action, in.At("action"), out);
  const std::string policy = in.Choice("policy", kPolicies, "");
  if (!policy.empty()) rule.policy = policy == kPolicies[0] ? Policy::kAtMostOnce : Policy::kAtLeastOnce;
  const std::string over = in.Choice("over_limit", kOverLimits, kOverLimits[0]);
  rule.over_limit = over == kOverLimits[1] ? OverLimit::kTruncate : OverLimit::kSkip;
  in.Finish();
  if (read) {
    rule.action = std::move(*read);
    parsed.rule = std::move(rule);
  }
  return parsed;
}

void NoteDuplicates(std::vector<ParsedRule>& rules) {
  std::vector<std::string_view> seen;
  for (size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].rule) continue;
    const std::string& id = rules[i].rule->id;
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
      rules[i].diagnostics.push_back(
          Diagnostic::Of(DiagnosticCode::duplicate_id).With("name", id).At(Child(Child("/rules", i), "id")));
    } else if (!id.empty()) {
      seen.push_back(id);
    }
  }
}

}  // namespace

Diagnostic IgnoredMember(std::string_view name, std::string_view because) {
  return Diagnostic::Of(DiagnosticCode::ignored_member)
      .With("name", std::string(name))
      .With("because", std::string(because));
}

ParsedRule ParseRule(const Json& json) {
  return ReadRule(json, "");
}

std::vector<ParsedRule> ParseRules(const Json& document) {
  std::vector<ParsedRule> rules;
  if (!document.is_object() || !document.contains("rules")) {
    rules.push_back(ParseRule(document));
    return rules;
  }
  ParsedRule around;  // faults of the document itself
  ObjectReader in(document, "", around.diagnostics);
  if (const Json* list = in.List("rules", kMaxRulesInDocument)) {
    rules.reserve(list->size() + 1);
    for (size_t i = 0; i < list->size(); ++i) rules.push_back(ReadRule((*list)[i], Child("/rules", i)));
  }
  in.Finish();
  NoteDuplicates(rules);
  if (!around.diagnostics.empty()) rules.push_back(std::move(around));
  return rules;
}

Json ToJson(const Rule& rule) {
  Json json = {{"id", rule.id},
               {"name", rule.name},
               {"enabled", rule.enabled},
               {"position", rule.position},
               {"transactional", rule.transactional},
               {"on", {{"entity", rule.on.entity}}}};
  if (rule.on.pipeline) json["on"]["pipeline"] = *rule.on.pipeline;
  json["on"]["stage"] = rule.on.stage;
  if (!rule.conditions.nodes.empty()) json["conditions"] = ToJson(rule.conditions);
  json["timing"] = ToJson(rule.timing);
  json["action"] = ToJson(rule.action);
  if (rule.policy) json["policy"] = kPolicies[static_cast<size_t>(*rule.policy)];
  if (rule.over_limit == OverLimit::kTruncate) json["over_limit"] = "truncate";
  return json;
}

}  // namespace recado::rule
