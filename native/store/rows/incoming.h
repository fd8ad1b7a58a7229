// Rows: the way back from the customer: reports, what customers write, chats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "native/store/rows/suppressions.h"

namespace recado::store {

// A vendor's report on a message whose id is not known here yet: the answer to the sending is still to come.
struct EarlyReport {
  int64_t id = 0;
  std::string provider{};
  std::string reference{};
  int state = 0;  // provider::DeliveryState
  int fault = 0;  // provider::AddressFault
  std::string text{};
  Instant at{};
};

// What a customer wrote.
struct Incoming {
  int64_t seq = 0;
  std::string provider{};
  std::string vendor_id{};
  std::string channel{};   // "sms", "chat", "whatsapp"
  std::string sender{};    // E.164, or the vendor's id of the person
  std::string receiver{};  // our number or account, where the vendor says
  std::string chat_id{};   // "" for SMS
  std::string name{};      // as the vendor knows the person; "" where it does not say
  std::string text{};
  std::string word{};      // "stop", "start", "" : an ordinary message
  std::string customer{};  // "contact:C-1"; "" : nobody knows
  Instant at{};
  Instant received_at{};
};

struct ItemRef {
  std::string entity{};
  std::string entity_id{};
  bool operator==(const ItemRef&) const = default;
};

// A chat with a customer, in one channel.
struct ChatRow {
  int64_t id = 0;
  std::string provider{};
  std::string chat_id{};
  std::string customer{};  // "contact:C-1"; "" : nobody knows yet
  std::string name{};
  ItemRef item{};                       // the item whose invitation was followed
  std::optional<Instant> bound_at{};    // an invitation was followed
  std::optional<Instant> created_at{};  // the customer wrote; without it there is no chat to write to
};

// One thing that came from outside, and everything that it changes, written as one.
struct NewIncoming {
  // Nothing: only `chat` is changed (an invitation was followed).
  std::optional<Incoming> message{};
  std::vector<ItemRef> items{};         // in whose timeline it stands
  std::vector<Suppression> suppress{};  // put on the list
  std::vector<Suppression> allow{};     // taken off it: channel and address count
  // Made or completed: what is empty here stays as it is there.
  std::optional<ChatRow> chat{};
};

struct IncomingFilter {
  std::string provider{};  // "" : any
  std::string chat_id{};   // "" : any
  int64_t before_seq = 0;  // cursor: only older ones; 0: from the newest
  size_t limit = 50;
};

// A message to a chat that this service carries itself.
struct ChatMessage {
  int64_t seq = 0;
  std::string key{};
  std::string provider{};
  std::string chat_id{};
  std::string text{};
  std::string attachments{};  // JSON: [{"name","file"}]
  Instant at{};
};

}  // namespace recado::store
