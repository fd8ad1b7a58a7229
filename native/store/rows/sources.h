// Rows: what a connected CRM says has changed, what was fetched, what is to be written there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "native/store/rows/deliveries.h"
#include "native/store/rows/events.h"
#include "native/store/rows/records.h"

namespace recado::store {

// Something that a CRM said has changed and that has not been fetched yet.
struct SourceCall {
  int64_t seq = 0;
  std::string entity{};  // "deal", or "contact", "company"
  std::string entity_id{};
  std::string what{};  // "added", "updated", "deleted"
  Instant at{};        // when it happened, as the CRM says
  int tries = 0;
};

// A record as a CRM has it now, its event if it is one, and who is on it ("contact:5").
struct Mirrored {
  Record record{};
  int64_t if_match = 0;  // 0: not there yet
  std::optional<NewEvent> event{};
  std::vector<std::string> people{};
};

// A change of a delivery that the CRM's own timeline is to show.
struct TimelineNote {
  int64_t seq = 0;
  Status status{};
  Instant at{};
  int tries = 0;  // more than none: it may have been written already
  Delivery delivery{};
};

}  // namespace recado::store
