// What filters such as where and map mean by "the property of an item".
#pragma once

#include "core/liquid/filter.h"

namespace recado::liquid {

struct PropertyResult {
  enum class Status : uint8_t {
    kFound,  // objects (nil where the member is missing), texts, whole numbers asked properly
    kNone,   // this kind of value has no properties: nil, true, false, decimals, ranges
    kFault,  // it has, but not of this kind
  } status = Status::kNone;
  Value value;
};

// Members of objects by name. A text "has" every text it contains and, by number, its characters.
PropertyResult PropertyOf(const Value& item, const Value& property);

// Reports no_property and answers nil.
Value FailProperty(FilterCall& call, const Value& item, const Value& property);

}  // namespace recado::liquid
