// Conditions and timing of one rule, and what goes wrong between rules.
#include <algorithm>

#include "core/base/limits.h"
#include "core/rule/analysis.h"
#include "core/rule/analysis_condition.h"

namespace recado::rule {
namespace {

constexpr int64_t kMsPerHour = 3'600'000;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;

void ReportPair(DiagnosticCode code, const Conditions& conditions, const ConditionPair& pair,
                const Judge& judge) {
  Diagnostic finding = Diagnostic::Of(code).With("condition", Describe(conditions, pair.node));
  if (pair.other) finding = std::move(finding).With("other", Describe(conditions, *pair.other));
  judge.Report(conditions.nodes[pair.node].path.substr(judge.root.size()), std::move(finding));
}

void AnalyseConditionsOf(const Rule& rule, const Judge& judge) {
  const Conditions& conditions = rule.conditions;
  const ConditionFindings found = AnalyseConditions(conditions, judge.variables);
  for (const ConditionPair& pair : found.clashes)
    ReportPair(DiagnosticCode::condition_never, conditions, pair, judge);
  for (const ConditionPair& pair : found.alternatives)
    ReportPair(DiagnosticCode::alternative_never, conditions, pair, judge);
  for (const ConditionPair& pair : found.redundant)
    ReportPair(DiagnosticCode::condition_redundant, conditions, pair, judge);
  for (const uint32_t node : found.certain) {
    judge.Report(conditions.nodes[node].path.substr(judge.root.size()),
                 Diagnostic::Of(DiagnosticCode::condition_always));
  }
}

// The stages a trigger means: one, or in several pipelines one each.
std::vector<std::pair<const crm::Pipeline*, const crm::Stage*>> StagesOf(const Trigger& on,
                                                                         const crm::Schema& schema) {
  std::vector<std::pair<const crm::Pipeline*, const crm::Stage*>> stages;
  const crm::Entity* entity = schema.Find(on.entity);
  if (entity == nullptr || entity->open) return stages;
  for (const crm::Pipeline& pipeline : entity->pipelines) {
    if (on.pipeline && pipeline.id != *on.pipeline) continue;
    for (const crm::Stage& stage : pipeline.stages) {
      if (stage.id == on.stage) stages.emplace_back(&pipeline, &stage);
    }
  }
  return stages;
}

// Records begin in a pipeline's first stage, and in any that does not say where they come from.
bool IsReachable(const crm::Pipeline& pipeline, const crm::Stage& wanted) {
  std::vector<char> reached(pipeline.stages.size(), 0);
  bool more = true;
  while (more) {
    more = false;
    for (size_t i = 0; i < pipeline.stages.size(); ++i) {
      if (reached[i] != 0) continue;
      const auto& from = pipeline.stages[i].from;
      const auto leads_here = [&](const std::string& id) {
        for (size_t j = 0; j < pipeline.stages.size(); ++j) {
          if (reached[j] != 0 && pipeline.stages[j].id == id) return true;
        }
        return false;
      };
      if (i > 0 && from && std::none_of(from->begin(), from->end(), leads_here)) continue;
      reached[i] = 1;
      more = true;
    }
  }
  return reached[static_cast<size_t>(&wanted - pipeline.stages.data())] != 0;
}

// Whether `delay` lasts at least as long as `stay`, whatever the months and the clock changes in between.
bool IsAtLeast(const Period& delay, const Period& stay) {
  if (delay.months >= stay.months && delay.days >= stay.days && delay.ms >= stay.ms) return true;
  const bool calendar = delay.months > 0 || delay.days > 0;
  const int64_t least =
      delay.months * 28 * kMsPerDay + delay.days * kMsPerDay + delay.ms - (calendar ? kMsPerHour : 0);
  const bool stay_calendar = stay.months > 0 || stay.days > 0;
  const int64_t most =
      stay.months * 31 * kMsPerDay + stay.days * kMsPerDay + stay.ms + (stay_calendar ? kMsPerHour : 0);
  return least >= most;
}

void AnalyseStage(const Rule& rule, const Judge& judge) {
  const auto stages = StagesOf(rule.on, judge.schema);
  if (stages.empty()) return;
  const bool reachable = std::any_of(stages.begin(), stages.end(),
                                     [](const auto& at) { return IsReachable(*at.first, *at.second); });
  const std::string& name = stages.front().second->name;
  if (!reachable) {
    judge.Report("/on/stage", Diagnostic::Of(DiagnosticCode::stage_unreachable).With("stage", name));
  }
  const Timing& timing = rule.timing;
  if (timing.run != Run::kAfter || timing.field || !timing.delay) return;
  const bool cut = std::all_of(stages.begin(), stages.end(), [&timing](const auto& at) {
    return at.second->max_stay && IsAtLeast(*timing.delay, *at.second->max_stay);
  });
  if (!cut) return;
  judge.Report("/timing/delay", Diagnostic::Of(DiagnosticCode::delay_cut_off)
                                    .With("stage", name)
                                    .With("limit", FormatPeriod(*stages.front().second->max_stay))
                                    .With("delay", FormatPeriod(*timing.delay)));
}

bool SamePlace(const Trigger& a, const Trigger& b) {
  return a.entity == b.entity && a.stage == b.stage &&
         (!a.pipeline || !b.pipeline || *a.pipeline == *b.pipeline);
}

bool SameMoment(const Timing& a, const Timing& b) {
  Timing alike = b;
  alike.wait_for_previous = a.wait_for_previous;  // the one follows the other at once
  return a == alike;
}

bool ReachesCustomer(const Rule& rule) {
  const auto* chat = std::get_if<SendChatMessage>(&rule.action);
  return rule.enabled && (chat == nullptr || !chat->hidden);
}

// Whether it runs at all; what has faults is told of those first.
bool Runs(const CompiledRulePtr& rule) {
  return rule != nullptr && rule->valid && rule->rule.enabled;
}

bool Comes(const Rule& a, const Rule& before) {
  return a.position != before.position ? a.position < before.position : a.id < before.id;
}

class Together {
 public:
  Together(std::span<const CompiledRulePtr> rules, const crm::Schema& schema)
      : rules_(rules), schema_(schema) {}

  std::vector<RuleFinding> Run() {
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (!Runs(rules_[i])) continue;
      CheckWait(i);
      CheckCollision(i);
    }
    return std::move(found_);
  }

 private:
  void CheckWait(size_t i) {
    const Rule& rule = rules_[i]->rule;
    if (!rule.timing.wait_for_previous) return;
    for (const CompiledRulePtr& other : rules_) {
      if (other == nullptr || !other->rule.enabled) continue;
      if (other->rule.position < rule.position && SamePlace(other->rule.on, rule.on)) return;
    }
    found_.push_back(
        {i, Diagnostic::Of(DiagnosticCode::nothing_to_wait_for).At("/timing/wait_for_previous")});
  }

  // Told at the later of the two, once a rule.
  void CheckCollision(size_t i) {
    const Rule& rule = rules_[i]->rule;
    if (!ReachesCustomer(rule)) return;
    for (size_t j = 0; j < rules_.size(); ++j) {
      if (j == i || !Runs(rules_[j])) continue;
      const Rule& other = rules_[j]->rule;
      if (!ReachesCustomer(other) || other.id == rule.id || !Comes(other, rule)) continue;
      if (rule.channel() != other.channel() || !SamePlace(rule.on, other.on) ||
          !SameMoment(rule.timing, other.timing)) {
        continue;
      }
      if (++compared_ > kMaxComparedRules) return;
      if (AreDisjoint(rule.conditions, other.conditions, VariablesFor(rule.on.entity))) continue;
      found_.push_back({i, Diagnostic::Of(DiagnosticCode::rules_collide)
                               .With("other", other.name.empty() ? other.id : other.name)
                               .With("rule", other.id)
                               .At("/on")});
      return;
    }
  }

  const liquid::Type& VariablesFor(const std::string& entity) {
    if (entity_ != entity) {
      variables_ = crm::VariablesOf(schema_, entity, false);
      entity_ = entity;
    }
    return variables_;
  }

  std::span<const CompiledRulePtr> rules_;
  const crm::Schema& schema_;
  std::string entity_;
  liquid::Type variables_;
  size_t compared_ = 0;
  std::vector<RuleFinding> found_;
};

}  // namespace

void AnalyseLogic(const Rule& rule, const Judge& judge) {
  AnalyseConditionsOf(rule, judge);
  AnalyseStage(rule, judge);
  const Timing& timing = rule.timing;
  if (timing.field && timing.run != Run::kImmediately &&
      RequireEmpty(rule.conditions, *timing.field, judge.variables)) {
    judge.Report("/timing/field", Diagnostic::Of(DiagnosticCode::timing_never).With("field", *timing.field));
  }
}

std::vector<RuleFinding> CheckTogether(std::span<const CompiledRulePtr> rules, const crm::Schema& schema) {
  return Together(rules, schema).Run();
}

}  // namespace recado::rule
