// Simulation: what a history of events leads to, on a virtual clock, delays and stage exits included.
//
//   events, earliest first ─► Take() ─► plan() ─► intents waiting ─► … due … ─► compose() ─► sink
//
// Does what the service does, and calls the same plan() and compose(), but everything outside is ideal: no
// event comes late, and a message counts as accepted the moment it is sent. The virtual clock never goes
// back. At one moment events come before intents, intents by due moment, position and key:
//
//   - leaving the stage cancels what is due later, or waits for a rule before it (stage_left); what is due at
//     that very moment still runs, on what was known at the entry
//   - deleting the record cancels all that has not run (record_deleted)
//   - newer data move the moment of what is not yet due, and are what is sent while the item stays
//   - `wait_for_previous` waits until every rule of the same entry with a lower position has ended
//   - quiet hours move the moment, also of what had to wait
//
// Holds the items it has seen with their newest snapshot, and the intents that wait; nothing of what is over.
// Deterministic. Not for several threads.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "core/plan/plan.h"

namespace recado::plan {

using SnapshotPtr = std::shared_ptr<const crm::Snapshot>;

// One rule has ended for one item: sent, or the reason why not. Valid during the call of the sink only.
struct Happening {
  Instant at;  // on the virtual clock
  std::string_view event_id;
  std::string_view entity;
  std::string_view entity_id;
  std::string_view rule_id;
  const Intent* intent = nullptr;      // null: it was never planned (rule_disabled, duplicate_event, …)
  const Message* message = nullptr;    // null: nothing was sent, and
  const Diagnostic* reason = nullptr;  // this says why
};

class Simulation {
 public:
  using Sink = std::function<void(const Happening&)>;

  // `rules` and `workspace` must outlive the simulation. The sink is called in time order.
  Simulation(std::span<const rule::CompiledRulePtr> rules, const crm::Workspace& workspace, World world,
             Sink sink);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // Turns the clock to the event's moment, running what is due before it, and takes the event. Without a
  // snapshot of its own (null) the newest one of the item holds, moved to the stage that the event names.
  // Answers why the event could not be taken: missing_member where no snapshot of the item is known,
  // too_many_items beyond kMaxSimulatedIntents; it has done nothing then.
  Diagnostics Take(const crm::Event& event, const SnapshotPtr& snapshot);

  // The same event once more: each rule it concerns answers duplicate_event, and nothing else happens.
  void TakeAgain(const crm::Event& event, SnapshotPtr snapshot);

  // Runs everything that is due up to and including `until`; without it, everything.
  void Run(std::optional<Instant> until);

  // Intents that have not ended yet.
  size_t waiting() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace recado::plan
