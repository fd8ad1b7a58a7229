// Whether a rule's conditions hold for the data of one item (formats §1, `conditions`).
//
// Private to the room; Compose calls it. All tests are judged, also those that could not change the outcome:
// a comparison of amounts in two currencies is a reason of its own and comes first (formats §4).
#pragma once

#include <optional>

#include "core/liquid/value.h"
#include "core/rule/rule.h"

namespace recado::plan {

struct ConditionContext {
  liquid::Value data;         // the variables
  std::string_view zone;      // for dates and times of day
  std::string_view currency;  // of a bare number compared with money; "" : any
};

// Nothing where the conditions hold; else currency_mismatch or condition_false, with the path of the test.
std::optional<Diagnostic> WhyNot(const rule::Conditions& conditions, const ConditionContext& context);

}  // namespace recado::plan
