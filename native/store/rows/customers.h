// Rows: sums by day, and everything that is known of one customer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "native/store/rows/deliveries.h"
#include "native/store/rows/events.h"
#include "native/store/rows/files.h"
#include "native/store/rows/incoming.h"
#include "native/store/rows/records.h"
#include "native/store/rows/suppressions.h"

namespace recado::store {

struct StatisticsRow {
  int64_t day = 0;
  std::string rule_id{};
  std::string provider{};
  Status status{};
  std::string reason{};    // of skipped, cancelled and failed ones
  std::string currency{};  // "" where there is no cost
  int64_t deliveries = 0;
  int64_t segments = 0;
  std::string amount{};  // exact decimal text
};

// Everything is found that names one of these.
struct CustomerQuery {
  std::string contact{};                 // id; "" : by address only
  std::vector<std::string> addresses{};  // as they stand in messages: E.164, e-mail addresses
};
struct CustomerData {
  std::vector<Record> records{};
  std::vector<Delivery> deliveries{};  // with their history
  std::vector<Event> events{};
  std::vector<Suppression> suppressions{};
  std::vector<SandboxMessage> sandbox{};
  std::vector<Incoming> incoming{};  // what the customer wrote
  std::vector<ChatRow> chats{};
};
struct CustomerErasure {
  std::vector<Record> records{};         // as they are to stand now, with the version that was read
  std::vector<int64_t> deliveries{};     // seqs
  std::vector<int64_t> events{};         // seqs; their snapshots go
  std::vector<std::string> addresses{};  // never to be used again, kept as fingerprints
  std::string contact{};                 // "C-1"; "" : known by address only
  std::string by{};
};

}  // namespace recado::store
