// simulate as the command line and the JavaScript facade give it: NDJSON events in, JSON entries out
// (formats §6).
//
// An entry is a delivery of formats §4 or a skip {"rule","reason",…}, each with `event`, `at` (when it
// happened on the virtual clock), `entity` and `entity_id`; a skip of something that was planned has its
// `key` and `due` too. A line that is no usable event is {"line","error":{diagnostic}} and the rest goes on;
// lines without a readable `at` come first, everything else stands in time order. The same event twice
// answers duplicate_event for its rules; the same id with another value is the error event_conflict.
#pragma once

#include <functional>
#include <string_view>

#include "core/plan/plan_json.h"

namespace recado::plan {

struct SimulationInput {
  std::span<const rule::CompiledRulePtr> rules;
  const crm::Workspace* workspace = nullptr;  // never null in a call
  std::optional<Instant> until;               // later events and intents stay where they are; absent: all run
  World world;
  std::string_view language = "en";
};

struct SimulationCounts {
  size_t sent = 0;
  size_t skipped = 0;     // without duplicates: their messages were sent by the first
  size_t duplicates = 0;  // answers to events that came again
  size_t faulty = 0;      // lines
  size_t waiting = 0;     // intents not yet due at `until`
};

// `events`: one event a line, in any order; blank lines are passed over. Memory: some 150 bytes a line, the
// items with their newest snapshot, and the intents that wait. Calls `entry` as things happen.
SimulationCounts Simulate(std::string_view events, const SimulationInput& input, OffsetUnit unit,
                          const std::function<void(const Json&)>& entry);

}  // namespace recado::plan
