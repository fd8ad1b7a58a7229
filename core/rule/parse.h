// The parts of ParseRule, one file each. Private to the room.
#pragma once

#include "core/crm/reader.h"
#include "core/rule/rule.h"

namespace recado::rule {

// The values phone_type and email_type may have (R-067, R-128; phones: the CRM's multi-value types).
std::span<const std::string_view> PhoneTypes();
std::span<const std::string_view> EmailTypes();

// `json` is what stands at `pointer`. Faults of form go to `out`, and reading goes on.
Conditions ParseConditions(const Json& json, const std::string& pointer, Diagnostics& out);
Timing ParseTiming(const Json& json, std::string pointer, Diagnostics& out);
// Nothing where the type of the action is missing or unknown.
std::optional<Action> ParseAction(const Json& json, std::string pointer, Diagnostics& out);

Json ToJson(const Conditions& conditions);
Json ToJson(const Timing& timing);
Json ToJson(const Action& action);

// "Falls": a member that is there but means nothing beside another ("delay" with "immediately").
Diagnostic IgnoredMember(std::string_view name, std::string_view because);

}  // namespace recado::rule
