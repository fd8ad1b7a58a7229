// Snapshot: what the CRM knows of one item and its people at one moment (formats §2), and the event that
// carries it (§3).
//
// The parts that decide (phones, e-mails, chats, consent, mailboxes) are read into plain structures; the
// whole object is also kept as a liquid::Document for templates and conditions. Immutable once made; may be
// shared between threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/crm/schema.h"
#include "core/crm/workspace.h"
#include "core/liquid/value.h"

namespace recado::crm {

// One value of a multi-value field; the order in the card is the order in the vector (R-008, R-069 … R-072).
struct TypedValue {
  std::string type;  // "work", "mobile", …; "" where none is given
  std::string value;
};

struct Chat {
  std::string channel;
  std::string id;
  std::optional<Instant> created;
};

struct Consent {
  std::optional<bool> marketing;
  std::vector<std::string> suppressed;  // addresses never to be used
};

// A contact, a company, or a lead that is its own client.
struct Card {
  std::string id;
  std::string name;       // for people: "Ana Souza"
  std::string language;   // "" : the workspace's
  std::string time_zone;  // "" : the workspace's
  std::vector<TypedValue> phones;
  std::vector<TypedValue> emails;
  std::vector<Chat> chats;
  Consent consent;
};

struct Responsible {
  std::string id;
  std::string name;
  std::vector<std::string>
      mailboxes;                  // the first is "responsible's first address"
  std::string last_used_mailbox;
  std::string calendar;           // working hours, for rules with responsible_hours; "" : not known
  std::vector<std::pair<Instant, Instant>> absences;  // [from, to)
};

enum class ClientKind : uint8_t { kNone, kContact, kCompany, kLead };
std::string_view ClientKindName(ClientKind kind);  // "contact", "company", "lead", ""

struct Snapshot {
  std::string entity;     // "deal"
  std::string entity_id;  // "D-7"
  std::string pipeline;
  std::string stage;
  std::vector<Card> contacts;
  std::optional<Card> company;
  std::optional<Card> lead;  // where the item itself is a lead
  std::optional<Responsible> responsible;
  std::optional<Workspace> workspace;
  liquid::Document document;  // every member, plus contact and client; now and invite come when composing

  // First contact, else company, else the lead itself (R-073, R-074, R-111, R-112, R-136, R-137, R-185,
  //
  ClientKind client_kind() const;
  const Card* client() const;  // null for kNone
};

// `entity` is the event's entity, or "" to take the member that is an item: one of the five built-in
// entities, else the first object that is none of the snapshot's other members. Paths of faults begin with
// `pointer`.
Result<Snapshot> ParseSnapshot(const Json& json, std::string_view entity, Diagnostics& remarks,
                               std::string_view pointer = "");

enum class EventType : uint8_t { kStageChanged, kRecordUpdated, kRecordDeleted };

struct Event {
  std::string id;
  EventType type = EventType::kStageChanged;
  Instant at;
  std::string entity;
  std::string entity_id;
  std::string pipeline;
  std::string from;
  std::string to;
  std::optional<Json> snapshot;  // as given
};

Result<Event> ParseEvent(const Json& json, Diagnostics& remarks);
Json ToJson(const Event& event);
// The event as a text in which equal JSON values are equal (members sorted, recursively): for idempotency by
// id.
std::string CanonicalJson(const Json& json);

}  // namespace recado::crm
