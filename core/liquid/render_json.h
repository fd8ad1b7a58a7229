// The render request of formats §6 (`recado render`, core.render): JSON in, JSON out, the same in both
// builds.
#pragma once

#include "core/base/json.h"
#include "core/liquid/template.h"

namespace recado::liquid {

// {"template","data","partials"?,"language"?,"time_zone"?,"now"?,"escape"?} → {"text"} or
// {"errors":[diagnostic…]}. A request that is not one (no template, a wrong type) answers
// {"error":{…},"errors":[…]}, of which "error" is the first such fault. Members it does not know are
// {"warnings":[…]} beside the answer. `clock` is used where the request names no `now`.
Json RenderJson(const Json& request, Instant clock, OffsetUnit unit,
                std::string_view message_language = "en");

}  // namespace recado::liquid
