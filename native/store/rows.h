// Rows: what the store keeps, as plain values.
//
// Documents (rules, settings, snapshots, messages) are JSON texts here: the store keeps them, it never reads
// meaning into them. Every struct is a copy that belongs to whoever holds it; changing one changes nothing on
// disk.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"

namespace recado::store {

// ---- Events
// -------------------------------------------------------------------------------------------------

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

// What a batch came to. Either all of it was kept, or, with `conflict`, nothing.
struct IngestOutcome {
  size_t accepted = 0;
  size_t duplicates = 0;
  std::optional<size_t> conflict{};  // index of the first event whose id is known with another value
  // The number each event has got; 0 where it was a duplicate. As long as the batch, empty on a conflict.
  std::vector<int64_t> seqs{};
};

// ---- Items: where each CRM item stands
// ---------------------------------------------------------------------

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

// ---- Deliveries
// --------------------------------------------------------------------------------------------

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

// Why an address is never to be used. The names are on disk and in the API.
enum class SuppressionKind : uint8_t {
  kUnsubscribed,  // by the link in a message, or by having blocked us at the vendor's
  kStopWord,      // wrote STOP or one of its words
  kHardBounce,    // the address does not exist
  kComplaint,     // reported a message as spam
  kManual,        // put there by a person or a program
  kImport,        // came with a list
};
std::string_view SuppressionKindName(SuppressionKind kind);  // "stop_word"
std::optional<SuppressionKind> SuppressionKindFromName(std::string_view name);

struct Suppression {
  std::string channel{};  // "" : every channel
  std::string address{};  // E.164, e-mail address in lower case, chat id
  std::string reason{};   // for people: what was said when it was put there
  std::string by{};       // user or token name, "system", "customer"
  Instant created_at{};
  SuppressionKind kind = SuppressionKind::kManual;
  std::string delivery{};  // key of the message that led to it; "" where none did
};

// An address as the list keeps it: of e-mail in lower case, of everything else as it is.
std::string ListedAddress(std::string_view channel, std::string_view address);

struct SuppressionFilter {
  std::string after_channel{};  // cursor: what follows this pair, in order of address, then channel
  std::string after_address{};
  std::string address{};                  // "" : any
  std::optional<SuppressionKind> kind{};  // absent: any
  size_t limit = 200;                     // 1 … kMaxPage
};

// One message more or less on a provider's day.
struct DailyCount {
  std::string provider{};
  int64_t day = 0;         // since 1970-01-01, in the workspace's zone
  int64_t limit = 0;       // not beyond; 0: only counted
  bool give_back = false;  // it did not reach the vendor after all
};

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
    std::string reason{};  // as it stands before the change
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
  int64_t through_seq = 0;    // events up to this one are planned
  std::vector<Item> items{};  // upserted
  std::vector<Exit> exits{};  // applied to what stood before this batch, in order, before `deliveries`
  std::vector<DeliveryChange> changes{};  // moved due times
  std::vector<Delivery> deliveries{};     // inserted; a key that exists is left alone
};

// ---- Rules, providers, settings
// ----------------------------------------------------------------------------

// `version` counts every write and serves as the ETag.
struct RuleRow {
  std::string id{};
  int64_t version = 0;
  std::string document{};                       // the newest text, draft or not
  std::optional<int64_t> published_revision{};  // absent: never published
  std::string published{};                      // the text of that revision, "" where there is none
  Instant updated_at{};
  std::string updated_by{};
  bool is_draft() const { return !published_revision || document != published; }
};

struct RuleRevision {
  int64_t revision = 0;  // from 1, per rule
  std::string document{};
  Instant published_at{};
  std::string published_by{};
};

struct PutRule {
  std::string id{};
  std::string document{};
  bool publish = false;
  std::optional<int64_t> if_match{};  // expected version; 0: must not exist yet; absent: whatever it is
  std::string by{};
  Instant now{};
};

struct ProviderRow {
  std::string id{};
  std::string kind{};
  std::string settings{};                        // JSON object
  std::vector<std::string> secret_names{};       // sorted; the values are write-only
  std::map<std::string, std::string> secrets{};  // only from ProvidersWithSecrets
  int64_t version = 0;
  bool paused = false;
  Instant updated_at{};
};

struct PutProvider {
  std::string id{};
  std::string kind{};
  std::string settings{};
  // Merged into what is there: a name with an empty value removes it, a name not given stays.
  std::map<std::string, std::string> secrets{};
  std::optional<int64_t> if_match{};
  std::string by{};
  Instant now{};
};

// The schema ("schema") and the workspace ("workspace"). version 0 and empty json: never written.
struct Document {
  std::string json{};
  int64_t version = 0;
};

// ---- The built-in CRM directory
// ----------------------------------------------------------------------------

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
  std::string after_id{};  // cursor: ids behind this one, in order of id
  size_t limit = 50;
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

// ---- Imports
// ------------------------------------------------------------------------------------------------

// One import of a file into the directory. Its id is a digest of the file and of how it was to be read, so
// that the same file again is the same import. The numbers of the states are on disk.
enum class ImportState : uint8_t { kRunning = 0, kDone = 1, kStopped = 2 };
std::string_view ImportStateName(ImportState state);  // "running", "done", "stopped"

struct Import {
  std::string id{};       // 32 hex digits
  std::string name{};     // the file's, for people
  std::string options{};  // JSON: how the file is read
  ImportState state = ImportState::kRunning;
  int64_t bytes = 0;       // of the whole file
  int64_t done_bytes = 0;  // everything before it is in the directory
  int64_t lines = 0;       // up to there
  int64_t created = 0;     // records that were not there
  int64_t changed = 0;
  int64_t unchanged = 0;
  int64_t bad = 0;      // lines that made no record
  int64_t remarks = 0;  // warnings beside; their records are in the directory
  std::string fault{};  // the diagnostic why it stopped (formats §5); "" where it did not
  std::string by{};
  Instant created_at{};
  Instant updated_at{};
};

struct ImportFault {
  int64_t line = 0;      // from 1
  std::string column{};  // as the file's first line names it; "" : the whole line
  std::string value{};   // what stands there, cut
  std::string diagnostic{};
};

// What one stretch of a file leads to: written as one, or not at all.
struct ImportBatch {
  Import import{};  // as it stands after the batch
  struct Put {
    Record record{};
    int64_t if_match = 0;  // the version that was read; 0: there was none
    std::optional<NewEvent> event{};
  };
  std::vector<Put> puts{};
  std::vector<ImportFault> faults{};
};

// ---- CRM sources
// --------------------------------------------------------------------------------------------

// Something that a CRM said has changed and that has not been fetched yet.
struct SourceCall {
  int64_t seq = 0;
  std::string entity{};  // "deal", or "contact", "company"
  std::string entity_id{};
  std::string what{};  // "added", "updated", "deleted"
  Instant at{};        // when it happened, as the CRM says
  int tries = 0;
};

// A record as a CRM has it now, its event if it is one, and who is on it ("contact:5").
struct Mirrored {
  Record record{};
  int64_t if_match = 0;  // 0: not there yet
  std::optional<NewEvent> event{};
  std::vector<std::string> people{};
};

// A change of a delivery that the CRM's own timeline is to show.
struct TimelineNote {
  int64_t seq = 0;
  Status status{};
  Instant at{};
  int tries = 0;  // more than none: it may have been written already
  Delivery delivery{};
};

// ---- The way back from the customer
// --------------------------------------------------------------------------

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

// ---- Files, sandbox
// --------------------------------------------------------------------------

// A file for attachments. The bytes are in a folder beside the store.
struct File {
  std::string id{};    // 32 hex digits
  std::string name{};  // "catalog.pdf": what rules call it; putting a name again replaces the file
  std::string media_type{};
  int64_t bytes = 0;
  Instant created_at{};
  std::string path{};  // where the bytes are; never shown outside
};

struct SandboxMessage {
  int64_t seq = 0;
  std::string key{};
  std::string provider{};
  std::string channel{};
  std::string to{};       // address
  std::string message{};  // JSON as message_json.h packs it
  Instant at{};
};

// ---- People
// ------------------------------------------------------------------------------------------------

enum class Role : uint8_t { kViewer = 0, kOperator = 1, kEditor = 2, kAdmin = 3 };
std::string_view RoleName(Role role);
std::optional<Role> RoleFromName(std::string_view name);

struct User {
  std::string id{};
  std::string name{};
  Role role = Role::kViewer;
  std::string password_hash{};  // Argon2id string; "" : can sign in by link only
  bool disabled = false;
  Instant created_at{};
};

// Tokens, links and sessions are kept as SHA-256 of the secret (32 bytes): the secret itself is 256 random
// bits, so a slow hash would add nothing.
struct Token {
  std::string hash{};
  std::string name{};
  Role role = Role::kViewer;
  Instant created_at{};
  std::optional<Instant> revoked_at{};
};

struct SignInLink {
  std::string hash{};
  std::string user_id{};
  Instant expires_at{};
};

struct Session {
  std::string hash{};
  std::string user_id{};
  Role role = Role::kViewer;
  std::string csrf{};
  Instant created_at{};
  Instant expires_at{};
};

struct AuditEntry {
  int64_t seq = 0;
  Instant at{};
  std::string actor{};   // user or token name, "system"
  std::string action{};  // "rule.publish"
  std::string subject{};
  std::string detail{};  // JSON; never a secret
};

// ---- Sums, and everything of one customer
// ------------------------------------------------------------------------------------------------

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

// ---- News
// --------------------------------------------------------------------------------------------------

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
};

}  // namespace recado::store
