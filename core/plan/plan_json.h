// The answers of formats §4 as JSON: the same objects from the command line, the API and the JavaScript
// facade.
#pragma once

#include "core/plan/plan.h"

namespace recado::plan {

// One element of `deliveries`: key, rule, channel, provider, due, to, content and, for SMS, the count.
Json DeliveryJson(const Intent& intent, const Message& message, OffsetUnit unit);
// {"rule","reason"} plus `message` (a sentence in `language`) and the reason's `arguments`.
Json SkipJson(const Skip& skip, std::string_view language = "en");
// {"text"} / {"from","subject",…} / … of formats §4.
Json ContentJson(const Message& message);
Json RecipientJson(const Recipient& recipient);

struct PlanInput {
  std::span<const rule::CompiledRulePtr> rules;
  const crm::Workspace* workspace = nullptr;  // never null in a call
  std::optional<Instant> now;                 // absent: the event's `at`
  World world;
  std::string_view language = "en";
};

// plan for one event that carries its snapshot: plans, composes every intent on that snapshot and answers
// {"event","deliveries","skipped"}. Faults of the event: {"error":{…}}.
Json PlanEvent(const Json& event, const PlanInput& input, OffsetUnit unit);

// preview of one rule against a snapshot: as if the item entered the rule's stage now. One plan object, event
// "preview".
Json PreviewRule(const rule::CompiledRulePtr& rule, const Json& snapshot, const PlanInput& input, Instant now,
                 OffsetUnit unit);

}  // namespace recado::plan
