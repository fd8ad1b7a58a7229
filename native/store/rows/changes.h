// Rows: what the dispatcher writes: changes to deliveries, exits from stages, plans.
//
// None of them holds a lock between reading and writing: each says in which state it expects what it changes,
// and is dropped where that has moved on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "native/store/rows/deliveries.h"
#include "native/store/rows/events.h"
#include "native/store/rows/suppressions.h"

namespace recado::store {

// A change to one delivery. Applied only where its status is still one of `expected`; otherwise the change is
// dropped and reported as not applied. Absent members stay as they are.
struct DeliveryChange {
  int64_t seq = 0;
  std::vector<Status> expected{};
  std::optional<Status> status{};
  std::optional<Instant> due{};
  bool set_next_at = false;  // next_at is written (also to "nothing")
  std::optional<Instant> next_at{};
  std::optional<Instant> deadline{};
  std::optional<std::string> held{};
  // Looked at again in the transaction, so that what it waits for can't end unseen in between; where it does
  // not hold, the change is not applied.
  enum class Guard : uint8_t {
    kNone,
    kPreviousOpen,  // a rule of the stage with a lower position has not ended
    kPaused,        // the provider named in `provider` is paused
  } guard = Guard::kNone;
  std::optional<bool> retrying{};  // it keeps its place: later ones of this customer and channel wait
  std::optional<std::string> customer{};
  std::optional<std::string> provider{};
  bool count_attempt = false;  // attempts + 1
  bool new_round = false;      // round_attempts = 0
  std::optional<std::string> reference{};
  std::optional<std::string> reason{};
  std::optional<std::string> reason_json{};
  std::optional<std::string> message{};
  std::optional<std::string> address{};
  std::optional<Cost> cost{};
  std::vector<HistoryEntry> entries{};  // appended to the history
  bool release_waiting = false;         // it has ended: rules that wait for it look again
  // What listeners are told of it, where the caller holds the row and the status changes; absent: it is read
  // back.
  struct About {
    std::string key{};
    std::string rule_id{};
    std::string channel{};
    std::string entity{};
    std::string entity_id{};
    std::string reason{};    // as it stands before the change
    std::string provider{};  // likewise
    int64_t event_seq = 0;
  };
  std::optional<About> about{};
  // Counted with it; where the day is full the change is not applied.
  std::optional<DailyCount> count{};
  // Put on the list with it, with an entry in the audit log. An entry that is there stays as it is.
  std::optional<Suppression> suppress{};
};

// The not yet run deliveries of one item to be cancelled because of a stage exit or a deletion.
struct Exit {
  std::string entity{};
  std::string entity_id{};
  // Deliveries of this stage stay (pipeline and stage both equal). Empty stage: nothing stays.
  std::string stays_pipeline{};
  std::string stays_stage{};
  Instant at{};             // due before or at this moment and not yet looked at: it goes its way
  bool everything = false;  // also those: the record is gone
  std::string reason{};     // "stage_left", "record_deleted"
  std::string reason_json{};
};

// Everything that planning a run of events leads to, written as one.
struct PlanBatch {
  int64_t through_seq = 0;  // events up to this one are planned
  // Of a plan that was made while the one before it was being written: what that one goes through. Unless it
  // is written first, nothing of this one is (storage_unavailable), or its events would be lost.
  std::optional<int64_t> after_seq{};
  std::vector<Item> items{};  // upserted
  std::vector<Exit> exits{};  // applied to what stood before this batch, in order, before `deliveries`
  std::vector<DeliveryChange> changes{};  // moved due times
  std::vector<Delivery> deliveries{};     // inserted; a key that exists is left alone
};

}  // namespace recado::store
