// Rows: records of the built-in CRM directory, and entries of an item's timeline.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/instant.h"

namespace recado::store {

// One record with everything a snapshot says of it (formats §2), stored as given.
struct Record {
  std::string entity{};
  std::string id{};
  std::string json{};
  std::string pipeline{};
  std::string stage{};
  int64_t version = 0;
  Instant updated_at{};
};

struct RecordFilter {
  std::string entity{};
  std::string pipeline{};  // "" : any
  std::string stage{};     // "" : any
  std::string words{};     // what somebody looks for (record_search.h); "" : nothing
  std::string after_id{};  // cursor: ids behind this one, in order of id
  size_t limit = 50;       // 1 … kMaxPage
};
struct RecordPage {
  std::vector<Record> records{};  // in order of id
  // Cursor of the next page; "": there is none. With words a page may be short, even empty, and have one:
  // what fits rarely is looked for a bounded stretch at a time.
  std::string next{};
};

// One entry of an item's timeline, made of its events and its deliveries' histories; oldest first.
struct TimelineEntry {
  Instant at{};
  std::string
      what;  // "stage_changed", "record_updated", "record_deleted", or a delivery's HistoryEntry::what
  std::string text{};
  std::string delivery_key{};  // "" for events
  std::string rule_id{};
  std::string channel{};
  std::string event_id{};
};

}  // namespace recado::store
