#include "core/plan/plan.h"

#include <algorithm>

#include "core/base/sha256.h"
#include "core/plan/match.h"

namespace recado::plan {
namespace {

bool Matches(const rule::Trigger& on, const crm::Event& event) {
  return on.entity == event.entity && on.stage == event.to &&
         (!on.pipeline || *on.pipeline == event.pipeline);
}

// An event that brings its own snapshot describes the moment of entry. Without one the snapshot is newer than
// the event, and may show that the item has moved on.
bool HasLeft(const crm::Event& event, const crm::Snapshot& snapshot) {
  return !event.snapshot && !snapshot.stage.empty() && snapshot.stage != event.to;
}

Skip SkipBecause(const rule::CompiledRule& rule, Diagnostic reason) {
  return {rule.rule.id, std::move(reason)};
}

}  // namespace

std::string IntentKey(std::string_view rule_id, std::string_view entity, std::string_view entity_id,
                      std::string_view event_id, std::string_view channel) {
  std::string text;
  for (const std::string_view part : {rule_id, entity, entity_id, event_id}) text.append(part).append("\n");
  return Sha256Hex(text.append(channel));
}

std::vector<rule::CompiledRulePtr> Matching(std::span<const rule::CompiledRulePtr> rules,
                                            const crm::Event& event) {
  std::vector<rule::CompiledRulePtr> matching;
  if (event.type != crm::EventType::kStageChanged) return matching;
  for (const rule::CompiledRulePtr& rule : rules) {
    if (rule != nullptr && Matches(rule->rule.on, event)) matching.push_back(rule);
  }
  std::stable_sort(matching.begin(), matching.end(),
                   [](const rule::CompiledRulePtr& a, const rule::CompiledRulePtr& b) {
                     if (a->rule.position != b->rule.position) return a->rule.position < b->rule.position;
                     return a->rule.id < b->rule.id;
                   });
  return matching;
}

std::variant<Intent, Skip> PlanOne(const rule::CompiledRulePtr& rule, const crm::Event& event,
                                   const crm::Snapshot& snapshot, const crm::Workspace& workspace) {
  if (!rule->rule.enabled) return SkipBecause(*rule, Diagnostic::Of(DiagnosticCode::rule_disabled));
  if (!rule->valid) return SkipBecause(*rule, Diagnostic::Of(DiagnosticCode::rule_invalid));
  if (HasLeft(event, snapshot)) {
    return SkipBecause(*rule, Diagnostic::Of(DiagnosticCode::stage_left).With("stage", snapshot.stage));
  }
  const Result<Instant> due = DueOf(rule->rule, event.at, snapshot, workspace);
  if (!due.ok()) return SkipBecause(*rule, due.error().front());
  const rule::Channel channel = rule->rule.channel();
  return Intent{IntentKey(rule->rule.id, event.entity, event.entity_id, event.id, rule::ChannelName(channel)),
                rule, channel, *due};
}

Planned Plan(std::span<const rule::CompiledRulePtr> rules, const crm::Event& event,
             const crm::Snapshot& snapshot, const crm::Workspace& workspace) {
  Planned planned;
  for (const rule::CompiledRulePtr& rule : Matching(rules, event)) {
    auto outcome = PlanOne(rule, event, snapshot, workspace);
    if (auto* intent = std::get_if<Intent>(&outcome)) {
      planned.intents.push_back(std::move(*intent));
    } else {
      planned.skipped.push_back(std::move(std::get<Skip>(outcome)));
    }
  }
  return planned;
}

}  // namespace recado::plan
