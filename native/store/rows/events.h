// Rows: events as they are taken in, and where each item of the CRM stands.
//
// An event is kept as it came; an item is what the newest of its events say of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"

namespace recado::store {

// An event as it is taken in. `digest` is the SHA-256 of its canonical JSON: the same id with the same digest
// is a duplicate, with another one a conflict (formats §3).
struct NewEvent {
  std::string id{};
  std::string digest{};  // 32 bytes
  std::string json{};    // as given, one line
  std::string entity{};
  std::string entity_id{};
  Instant at{};
};

struct Event {
  int64_t seq = 0;  // order of acceptance, from 1, without gaps in use
  std::string id{};
  std::string json{};
  Instant at{};
  Instant received_at{};
};

// Which of those that were taken in, by the service's clock at that moment: `from` counts itself, `to` does
// not.
struct EventFilter {
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  int64_t after_seq = 0;  // cursor: only later ones
  size_t limit = 50;      // 1 … kMaxPage
};
struct EventPage {
  std::vector<Event> events{};  // in the order in which they were taken in
  int64_t next = 0;             // cursor of the next page; 0: there is none
};

// What a batch came to. Either all of it was kept, or, with `conflict`, nothing.
struct IngestOutcome {
  size_t accepted = 0;
  size_t duplicates = 0;
  std::optional<size_t> conflict{};  // index of the first event whose id is known with another value
  // The number each event has got; 0 where it was a duplicate. As long as the batch, empty on a conflict.
  std::vector<int64_t> seqs{};
};

// The newest that is known of one CRM item, by events. `snapshot_seq` names the event that carried the newest
// snapshot; 0: none did, ask the CRM source.
struct Item {
  std::string entity{};
  std::string entity_id{};
  std::string pipeline{};
  std::string stage{};
  Instant stage_at{};
  int64_t snapshot_seq = 0;
  Instant snapshot_at{};
  bool deleted = false;
};

}  // namespace recado::store
