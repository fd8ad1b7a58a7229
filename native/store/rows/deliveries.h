// Rows: deliveries, what became of them, and how they are asked for.
//
// One delivery is one message to one customer through one channel, from its plan to its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"

namespace recado::store {

// The states of formats §7. The numbers are on disk: never renumber.
enum class Status : uint8_t {
  kScheduled = 0,  // waits for its due time
  kDue = 1,        // its time has come: waits for its turn, a retry, a resume or the rules before it
  kInFlight = 2,   // may have left: written before the first byte leaves
  kAccepted = 3,   // the vendor has it
  kDelivered = 4,  // the vendor says the customer has it
  kFailed = 5,     // refused for good, or attempts used up
  kAmbiguous = 6,  // may or may not have been taken (architecture, rule 3)
  kCancelled = 7,  // stopped before it ran: stage_left, record_deleted, or by a person
  kSkipped = 8,    // decided not to send; `reason` says why
};
std::string_view StatusName(Status status);
std::optional<Status> StatusFromName(std::string_view name);
// Nothing will happen to it any more by itself.
bool IsFinal(Status status);

// One entry of a delivery's history, oldest first. An attempt gives two: "in_flight" and its outcome.
struct HistoryEntry {
  Instant at{};
  std::string what{};     // a status name, or "attempt", "due_moved", "held", "resend", "resolved"
  std::string text{};     // for people, English; may be empty
  int attempt = 0;        // with in_flight and attempt
  std::string outcome{};  // with attempt: "accepted", "retry", "rate_limited", "permanent", "unknown"
  int code = 0;           // with attempt: HTTP status or SMTP code
};

// What a delivery costs: by our prices when it was composed, by the vendor's word once it has given one.
struct Cost {
  int64_t segments = 0;    // of an SMS; 0 of everything else
  std::string amount{};    // decimal text; "" : not known
  std::string currency{};  // ISO 4217
  bool reported = false;   // by the vendor
};

struct Delivery {
  int64_t seq = 0;    // order of creation: the cursor of lists
  std::string key{};  // 64 hex digits
  Status status = Status::kScheduled;
  std::string rule_id{};
  int64_t rule_revision = 0;
  int64_t position = 0;   // of the rule in its stage
  std::string channel{};  // "sms"
  std::string entity{};
  std::string entity_id{};
  std::string pipeline{};
  std::string stage{};
  std::string event_id{};  // the stage entry
  int64_t event_seq = 0;   // 0 for messages that no event led to (tests)
  Instant entered_at{};
  Instant created_at{};
  Instant updated_at{};
  Instant due{};
  // When the dispatcher looks at it next: due time, retry, deadline of an ambiguity. Nothing: when something
  // else happens.
  std::optional<Instant> next_at{};
  // Until when an ambiguity may be cleared up by a callback or a look-up.
  std::optional<Instant> deadline{};
  bool wait_for_previous = false;
  // Why next_at is empty although it is due: "previous"; "provider" (the one in `provider` is paused) or
  // "gate" (it takes no more for now).
  std::string held{};
  std::string customer{};     // order is kept among equal ones: "contact:C-1"
  std::string provider{};     // id; known at the latest when composed
  int attempts = 0;           // so far, all rounds
  int round_attempts = 0;     // since the last resend
  std::string reference{};    // the vendor's id for the message
  std::string reason{};       // skip, cancel or failure code; "" where there is none
  std::string reason_json{};  // the diagnostic of `reason` (formats §5); "" where there is none
  std::string message{};      // composed message, JSON as message_json.h packs it; "" until composed
  std::string address{};      // where it goes; "" until composed
  Cost cost{};
  std::vector<HistoryEntry> history{};  // filled by FindDelivery only
};

struct DeliveryFilter {
  std::optional<Status> status{};
  std::string rule_id{};          // "" : any
  std::string entity{};           // "" : any
  std::string entity_id{};        // "" : any
  std::string channel{};          // "" : any
  std::string provider{};         // "" : any
  std::string match{};            // what SearchExpression makes of words looked for; "" : any
  std::optional<Instant> from{};  // made at this moment or later
  std::optional<Instant> to{};    // made before this moment
  int64_t before_seq = 0;         // cursor: only older ones; 0: from the newest
  size_t limit = 50;              // 1 … kMaxPage
};
struct DeliveryPage {
  std::vector<Delivery> deliveries{};  // newest first
  // Cursor of the next page; 0: there is none. A page may be short, even empty, and have one: what fits
  // rarely is looked for a bounded stretch at a time.
  int64_t next = 0;
  bool complete = true;  // false: some of the newest messages cannot be found by their words yet
};

}  // namespace recado::store
