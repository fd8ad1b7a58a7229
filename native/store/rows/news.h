// Rows: what listeners are told after a commit.
#pragma once

#include <cstdint>
#include <string>

#include "native/store/rows/deliveries.h"

namespace recado::store {

// Something was committed. For deliveries every member is set; for the rest `id` says which one.
struct Change {
  enum class Kind : uint8_t {
    kDelivery,
    kEvents,  // new events wait for planning
    kRule,
    kProvider,
    kDocument,  // id: "schema" or "workspace"
    kRecord,    // id: "deal/D-7"
    kFile,
    kSuppression,
    kSandbox,
    kPause,     // id: provider, "" for all
    kReleased,  // deliveries that waited for another may be due now
    kImport,    // id: the import's
    kIncoming,  // id: its number
    kChat,      // id: the chat's number
    kReport,    // a report that came early has found its message
  } kind = Kind::kDelivery;
  std::string id{};  // a delivery's key
  int64_t seq = 0;
  Status status{};
  std::string rule_id{};
  std::string channel{};
  std::string entity{};
  std::string entity_id{};
  std::string reason{};
  std::string provider{};
};

}  // namespace recado::store
