// Which rules an event concerns, in the order they run, and what becomes of each. Private to the room.
#pragma once

#include <variant>

#include "core/plan/plan.h"

namespace recado::plan {

// The rules whose `on` matches a stage_changed event, by position, then id. Any other event matches none.
std::vector<rule::CompiledRulePtr> Matching(std::span<const rule::CompiledRulePtr> rules,
                                            const crm::Event& event);

std::variant<Intent, Skip> PlanOne(const rule::CompiledRulePtr& rule, const crm::Event& event,
                                   const crm::Snapshot& snapshot, const crm::Workspace& workspace);

}  // namespace recado::plan
