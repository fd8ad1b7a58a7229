// The sample CRM of `recado serve --demo`: a sales pipeline with a dozen customers of many countries, rules
// at its stages, and sandbox providers that keep what they are given instead of sending it.
//
// What it is stands in demo.json beside this file.
#pragma once

#include "core/base/instant.h"
#include "native/store/store.h"

namespace recado::server {

// Fills an empty store. Where the demo was filled before, nothing is touched: what people changed or deleted
// stays so. Its mark is the stored schema, written last: an interrupted filling is taken up again.
Result<store::Unit> FillDemo(store::Store& store, Instant now);

}  // namespace recado::server
