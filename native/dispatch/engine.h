// Engine: from an event on disk to the vendor's answer on disk.
//
//   Ingest ─► store ─► plan ─► intents (rows with a due time) ─► due ─► compose ─► in_flight ─► Sender ─►
//   outcome ─► state
//
// The engine decides nothing of its own about what is sent, to whom and when: core/plan does. It keeps the
// promises around that: durable before acknowledged, one intent a key, order per customer, bounded attempts,
// every doubt shown (architecture, rules 1–4). All its memory is a window of what is due now; the rest is on
// disk.
//
// It is a state machine without a clock: Tick(now) does everything that can be done at `now`, NextWakeup()
// says when to call again. Writes and sends under way answer from other threads into an inbox; Tick empties
// it. Shell below is the thread that turns it in the service; tests turn it by hand and never sleep.
//
// The engine listens to the store: rules, providers, workspace, schema, records and events that others write
// there take effect without being told.
//
// Threads: Tick, NextWakeup and Settle from one thread at a time; everything else from any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/plan/plan.h"
#include "native/provider/sender.h"
#include "native/store/store.h"

namespace recado::dispatch {

// Where the snapshot of an event without one comes from: the built-in directory, or a connector.
class SnapshotSource {
 public:
  virtual ~SnapshotSource() = default;
  // The snapshot of formats §2; nothing where the item is not known. Called on the engine's thread.
  virtual Result<std::optional<Json>> SnapshotOf(std::string_view entity, std::string_view entity_id) = 0;
};

struct IngestAnswer {
  size_t accepted = 0;
  size_t duplicates = 0;
};
// Why a batch was refused: nothing of it was kept. `index` counts from 0.
struct IngestFault {
  size_t index = 0;
  Diagnostics diagnostics;  // event_conflict (409), faults of form (400), storage_busy/unavailable (503)
};
using IngestDone = std::function<void(Result<IngestAnswer, IngestFault>)>;

// One policy for every vendor: the n-th retry waits first_ms × 2^(n−1), at most max_ms, less up to a quarter
// by a jitter that the key decides (the same in every run); never earlier than the vendor's retry_after.
struct RetryPolicy {
  int max_attempts = 8;                // with these numbers: given up after about one hour
  int64_t first_ms = 5'000;            // most 503s are gone by then
  int64_t max_ms = 30 * 60'000;        // an outage is found over soon after it is
  int64_t ambiguous_ms = 15 * 60'000;  // how long a callback or look-up may clear up an ambiguity
  int64_t find_again_ms = 20'000;      // between two look-ups
  // When the attempt after `attempts` failed ones may start.
  Instant NextAt(Instant now, int attempts, std::string_view key,
                 std::optional<int64_t> retry_after_ms) const;
};

struct EngineOptions {
  RetryPolicy retry;
  size_t window = 2'048;             // due intents in memory
  size_t plan_batch = 256;           // events planned in one transaction
  size_t in_flight = 1'024;          // messages given to one provider and not answered
  int breaker_failures = 10;         // answers in a row that say a provider is down, until it is left alone
  int64_t breaker_open_ms = 30'000;  // for so long at first
  // "https://recado.shop.example": where customers follow links to. Empty: there are none.
  std::string public_url{};
};

inline constexpr int64_t kFileLinkDays = 30;

struct EngineStats {
  int64_t planned_events = 0;
  int64_t sent = 0;  // handed to the sender
  int64_t accepted = 0, failed = 0, skipped = 0, retried = 0, ambiguous = 0;
  size_t window = 0;
  size_t in_flight = 0;
  std::string Dump() const;
};

// What a provider's gate says (gates.h), for tests and for people who look for a reason.
struct GateState {
  std::string gate;      // Gates::Dump
  size_t parked = 0;     // in memory, waiting for their turn
  bool on_disk = false;  // there are more
  std::string Dump() const;
};

class Engine {
 public:
  // None of these is owned; all outlive the engine. `source` may be null.
  Engine(store::Store& store, provider::Sender& sender, SnapshotSource* source, EngineOptions options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Reads settings, rules and providers; what was in flight when the last process ended becomes ambiguous and
  // is cleared up by its vendor's Resolution. Call once before the first Tick.
  Diagnostics Start(Instant now);

  // Checks and keeps one event or many (all or nothing). `done` runs when they are durable.
  void Ingest(std::vector<Json> events, Instant now, IngestDone done);

  // For people. Errors: not_found (404), delivery_state (409) where the status does not allow it.
  void Cancel(const std::string& key, std::string by, Instant now, store::Done<store::Unit> done);
  // Due again with the newest snapshot: failed, cancelled, skipped and ambiguous ones.
  void Resend(const std::string& key, std::string by, Instant now, store::Done<store::Unit> done);
  // An ambiguous one: it was sent, or it was not (then it is failed, and may be resent).
  void Resolve(const std::string& key, bool sent, std::string by, Instant now, store::Done<store::Unit> done);
  // provider "" means all.
  void SetPaused(std::string provider, bool paused, std::string by, Instant now,
                 store::Done<store::Unit> done);

  // A message that no event led to ("send this rule to me"): takes the same road. Answers its key.
  struct Direct {
    std::string rule_id;
    std::string entity;
    std::string entity_id;
    plan::Message message;
    std::string event_id{};  // of PrepareDirect; "" : one is made
  };
  void SendDirect(Direct direct, Instant now, store::Done<std::string> done);
  // What must be known before such a message is composed: its key, and the addresses that its text may hold,
  // which lead back to it as those of any other message do. `direct.event_id` is to be this one's. The world
  // asks the engine and `workspace`, which must outlive it.
  struct Preparation {
    std::string event_id;
    std::string key;
    plan::World world;
  };
  Preparation PrepareDirect(const rule::Rule& rule, std::string_view entity_id,
                            const crm::Workspace& workspace) const;

  // A message to see whether a provider works: sent at once and once, past every queue, pause, limit and
  // list.
  struct Tested {
    std::string key;
    provider::Outcome outcome;
  };
  void SendTest(plan::Message message, Instant now, store::Done<Tested> done);

  // What a vendor's webhook says of a message accepted or ambiguous. Unknown keys are ignored.
  enum class Report : uint8_t { kAccepted, kDelivered, kFailed };
  void Reported(const std::string& key, Report report, std::string text, std::string reference, Instant now);
  // A call to /hooks/{provider}/…: has the vendor's file judge it, and records what an authentic one says of
  // that provider's own messages. It is on disk when this returns, so never call it on the writer's thread.
  // Error: storage_unavailable; the vendor must call again.
  Result<provider::WebhookAnswer> TakeWebhook(std::string_view provider, const provider::WebhookCall& call);

  // ---- The customer's way back, by addresses that need no sign-in (tokens.h). Any thread; each waits for
  // the disk. Where a tracked link leads; nothing where the token is not ours. `counts`: a person followed
  // it.
  Result<std::optional<std::string>> FollowLink(const std::string& token, bool counts, Instant now);
  struct Unsubscribing {
    std::string address;  // its fingerprint where the message's content has been erased
    bool erased = false;
    std::string channel;
    bool done = false;      // it is on the list
    std::string workspace;  // the company's name
  };
  // Nothing where the token is not ours. The first only looks.
  Result<std::optional<Unsubscribing>> FindUnsubscribing(const std::string& token);
  Result<std::optional<Unsubscribing>> Unsubscribe(const std::string& token, Instant now);

  // A file that a chat message brings, by the address that its vendor or customer was given, as long as the
  // message's content is kept and at most kFileLinkDays. Nothing where the token is not ours.
  Result<std::optional<store::File>> FindFile(const std::string& token, Instant now);

  // Where the vendor's account must be told to call; "" where there is no such address.
  std::string AccountHook(std::string_view provider) const;

  // The workspace that rules run against: the stored one with the providers of the store.
  crm::Workspace workspace() const;
  crm::Schema schema() const;
  EngineStats stats() const;

  // On the ticking thread.
  GateState gate(std::string_view provider) const;

  // ---- The machine
  void Tick(Instant now);
  // When Tick has something to do by time alone; nothing: only when woken.
  std::optional<Instant> NextWakeup() const;
  // Called (on any thread) when the inbox is no longer empty.
  void OnWake(std::function<void()> wake);
  // For tests and orderly ends: ticks at `now` until no write is under way and nothing is due. Waits for
  // the store, not for the sender.
  void Settle(Instant now);

  struct Impl;  // in impl.h, for the engine's own sources

 private:
  std::unique_ptr<Impl> impl_;
};

// The thread that turns an engine by the system's clock.
class Shell {
 public:
  explicit Shell(Engine& engine);
  ~Shell();  // as Stop
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  // No further message is given to the sender; what is in flight may still answer (stop the Sender after
  // this).
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The system's clock, in the service's one place that asks it.
Instant SystemNow();

}  // namespace recado::dispatch
