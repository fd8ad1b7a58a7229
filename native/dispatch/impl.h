// The engine's inside, shared by its sources: engine.cc (people, inbox, Tick), plan_events.cc (events to
// intents), send_now.cc (intents due at once, composed before they are written), send_due.cc (due intents to
// messages under way), waiting.cc (messages whose provider takes no more for now), outcomes.cc (answers and
// doubts to states).
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/channel/opt_out.h"
#include "native/dispatch/engine.h"
#include "native/dispatch/gates.h"
#include "native/dispatch/settings.h"
#include "native/dispatch/tokens.h"

namespace recado::dispatch {

using store::Delivery;
using store::DeliveryChange;
using store::HistoryEntry;
using store::Status;
using SnapshotPtr = std::shared_ptr<const crm::Snapshot>;

inline constexpr int64_t kStoreRetryMs = 1'000;  // after a write that failed (disk full), look again
// How long planning waits for the sender to make room, so that what is due at once need not go by way of the
// disk. A provider that is slower than that is slow, and then planning must not wait: events that stop
// messages are among those to be planned.
inline constexpr int64_t kPlanHoldMs = 50;
// One is planned while the one before is written, each on its own thread; a third would find no processor.
inline constexpr size_t kPlansUnderWay = 2;
inline constexpr size_t kMaxFreshEvents = 8'192;        // parsed events kept from ingest to planning
inline constexpr int64_t kEarlyReportMs = 15 * 60'000;  // a report waits so long for the answer it belongs to
inline constexpr size_t kMaxClicksKept = 50;            // of one message; more of them say nothing new
inline constexpr int64_t kInvitationMs = 30LL * 86'400'000;  // an invitation that is older binds nobody
inline constexpr size_t kMaxCachedSnapshots = 4'096;  // parsed snapshots kept from planning to composing

// One due delivery in memory. What stands here is a copy: every change is written with the state it expects.
struct Work {
  Delivery row;
  enum class Step : uint8_t { kQueued, kParked, kWriting, kSending } step = Step::kQueued;
  std::optional<plan::Message> message;        // composed, until given to the sender
  bool finding = false;                        // the sender was asked to find it, not to send it
  bool gated = false;                          // has a place at its provider's gate, to be given back
  std::optional<store::DailyCount> counted{};  // on its provider's day, by this claim
  bool called = false;  // waited for the gate and is let through before those that come
};

// What waits for one provider's gate (waiting.cc).
struct Waiting {
  std::deque<int64_t> parked;  // in the window, each the first of its lane; the next to go in front
  bool on_disk = false;        // put aside there too, held "gate"
  std::string after_customer;  // where the next look on the disk begins: customers take turns
};

// What a written change means for the window; the change itself goes to the store.
struct Written {
  int64_t seq = 0;
  std::optional<Status> status;
  std::optional<Instant> next_at;
  bool retrying = false;
  explicit Written(const DeliveryChange& change)
      : seq(change.seq),
        status(change.status),
        next_at(change.next_at),
        retrying(change.retrying.value_or(false)) {}
};

// An event as ingest has parsed it, so that planning need not do it again.
struct Fresh {
  crm::Event event;
  SnapshotPtr snapshot;
};

// A plan under way: what it leads to once it is on disk, as its rows stand, and what must not be planned or
// composed beside it, because the store does not know of it yet.
struct PlannedBatch {
  struct Made {
    Work work;
    bool sends = false;    // composed already, and written as in flight
    bool skipped = false;  // composed already, to nothing
  };
  int64_t through = 0;  // the last of its events
  size_t events = 0;
  size_t reserved = 0;  // of `made`, those that are sent once it is on disk
  std::vector<Made> made;
  std::optional<Instant> moved;  // the earliest of the due times that newer data have moved
  std::optional<Instant> later;  // the earliest of those that are not due yet
  std::set<std::pair<std::string, std::string>, std::less<>> items;  // entity and id
  std::unordered_set<std::string> customers;                         // with something due

  bool Touches(const crm::Event& event) const {
    return items.contains(std::pair(event.entity, event.entity_id));
  }
};

struct Answer {
  int64_t seq = 0;
  provider::Outcome outcome;
};

// The customer whose messages keep their order: the client, else the first address, else the item itself.
std::string CustomerOf(const crm::Snapshot& snapshot);
std::string ReasonJson(const Diagnostic& reason);
// The vendor's price in the place of the estimate; without a currency of its own in the estimate's. Nothing
// where there is none, or nobody knows in which currency.
std::optional<store::Cost> ReportedCost(const store::Cost& known, const std::optional<Money>& price);
HistoryEntry Entry(Instant at, std::string what, std::string text = {});
// A change of this row, as long as it is in one of `expected`.
DeliveryChange ChangeOf(const Delivery& row, std::vector<Status> expected);

// Rules of the service's own messages. No rule of a person's can be called so: ids hold no slash.
inline constexpr std::string_view kTestRule = "/test";
inline constexpr std::string_view kConfirmationRule = "/confirmation";

// What to put on the list after a refusal that blames the address; nothing where it doesn't.
std::optional<store::Suppression> SuppressionFor(const Delivery& row, provider::AddressFault fault,
                                                 const std::string& text, Instant now);
// What a report changes. They come late, twice and out of order: from a final state nothing leads back.
DeliveryChange ReportChange(const Delivery& row, const provider::StatusUpdate& update, Instant now);
// The day of a provider that has a limit, with its limit; `now` in the workspace's zone.
store::DailyCount CountOf(const crm::Provider& provider, const crm::Workspace& workspace, Instant now);
// The count of a message that did not reach the vendor after all.
std::optional<store::DailyCount> GivenBack(const Work& work);
// With the client's chats that the service itself knows of.
SnapshotPtr WithKnownChats(store::Store& store, SnapshotPtr snapshot, const crm::Workspace& workspace);

// Everything that other threads touch. Answers of the store and of the sender may come when the engine is
// gone, so they hold on to the inbox and to nothing else; what they leave there then is dropped.
struct Inbox {
  std::mutex mutex;
  std::condition_variable filled;
  std::vector<std::function<void()>> calls;  // run by Tick, in order
  std::vector<Answer> answers;
  std::function<void()> wake;      // called under the mutex
  std::map<int64_t, Fresh> fresh;  // by event number
  std::atomic<bool> providers_changed{false}, events_waiting{true}, reports_waiting{true};
  std::atomic<uint64_t> settings_version{0};  // how often rules, providers or documents were changed
  std::atomic<bool> look{true};               // the store may have due deliveries that are not in the window

  void Wake();
  void Post(std::function<void()> call);
  void Take(Answer answer);
};

// After a write that may have made something due.
std::function<void()> LookAgain(std::shared_ptr<Inbox> inbox);

struct Engine::Impl {
  Impl(store::Store& s, provider::Sender& v, SnapshotSource* c, EngineOptions o)
      : store(s),
        sender(v),
        source(c),
        options(std::move(o)),
        tokens(s.KeyFor("recado customers' links")),
        gates({.failures = options.breaker_failures,
               .open_ms = options.breaker_open_ms,
               .in_flight = options.in_flight}) {}

  store::Store& store;
  provider::Sender& sender;
  SnapshotSource* source;
  const EngineOptions options;
  const Tokens tokens;
  int subscription = 0;

  const std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
  SettingsPtr settings;          // replaced as a whole, under the inbox's mutex
  uint64_t settings_loaded = 0;  // the settings_version they were read at or after; as `settings`
  std::atomic<int64_t> planned{0}, sent{0}, accepted{0}, failed{0}, skipped{0}, retried{0}, ambiguous{0};
  std::atomic<size_t> window_size{0}, in_flight_size{0};

  // ---- The ticking thread's own
  std::unordered_map<int64_t, Work> window;
  // Customer → its works, oldest first; the first may run.
  std::unordered_map<std::string, std::vector<int64_t>> lanes;
  std::vector<int64_t> ready;                          // first of their lanes, not yet looked at
  std::unordered_map<int64_t, SnapshotPtr> snapshots;  // by event number
  std::deque<int64_t> snapshot_order;
  Gates gates;
  std::map<std::string, Waiting, std::less<>> waiting;  // by provider
  std::optional<Instant> gate_opens;                    // the first gate that somebody waits for
  std::vector<Answer> unwritten;                        // answers whose write is still to come
  int64_t planned_through = 0;
  std::deque<std::shared_ptr<PlannedBatch>> plans;  // under way, oldest first
  bool plans_first = false;  // nothing more is planned until these are on disk, or known to be lost
  bool claiming = false;
  bool recording = false;
  bool reporting = false;
  size_t sending = 0;
  size_t reserved = 0;  // of those, being written by a plan: given to the sender once it is on disk
  std::optional<Instant> plan_hold;  // planning waits until then for the sender to make room
  bool retrying = false;             // some delivery in the store may be waiting for a retry
  std::optional<Instant> next_due;
  std::optional<Instant> store_retry;  // nothing is written before, after a failed write
  Instant now;                         // of this turn: every decision in one turn agrees
  bool stopping = false;               // nothing is given to the sender any more
  std::vector<int64_t> unsent;         // written as in flight after that: given back
  bool again = false;                  // there is more to do at once

  // engine.cc
  void DrainInbox();
  void Reload();
  // The settings as the store has them now, for those who judge what a person writes: whoever was told that a
  // provider is there may name it in a rule at once. Any thread.
  SettingsPtr Newest() const;
  void StoreFailed();
  void Finish();
  bool StoreResting() const { return store_retry && now < *store_retry; }

  // plan_events.cc
  void PlanEvents();
  SnapshotPtr SnapshotOfEvent(int64_t seq);  // of an event that carries one; null otherwise
  SnapshotPtr SnapshotFromSource(const std::string& entity, const std::string& entity_id);
  SnapshotPtr ParseAndCache(int64_t seq, const Json& json, const std::string& entity);
  std::optional<crm::Event> TakeFresh(int64_t seq);
  bool PlanningWaits();
  bool PlanMayBegin() const;
  store::PlanBatch PlanAll(const std::vector<int64_t>& seqs, PlannedBatch& made);
  void CommitPlan(store::PlanBatch batch, std::shared_ptr<PlannedBatch> made);
  void PlanWritten(const Result<std::vector<int64_t>>& seqs);
  void Planned(const std::vector<int64_t>& seqs, PlannedBatch& made);
  // Something on disk is to be looked at then; at once where that is past.
  void LookAt(Instant at);
  void CacheSnapshot(int64_t seq, SnapshotPtr snapshot);
  std::shared_ptr<const crm::Workspace> WorkspaceFor(const crm::Snapshot& snapshot) const;

  // send_now.cc
  void ComposeNow(store::PlanBatch& batch, PlannedBatch& made);
  bool HasDue(const std::string& customer) const;
  void SendNow(int64_t seq, Work work);

  // send_due.cc
  void LoadDue();
  enum class Place : uint8_t { kBehind, kFirst };
  void Admit(Delivery row, Place place = Place::kBehind);
  void Leave(int64_t seq);  // out of window and lane; the next of the lane gets ready
  void ClaimReady();
  std::optional<DeliveryChange> Decide(Work& work);  // what to write for the first of a lane
  std::optional<DeliveryChange> DecideAmbiguous(Work& work);
  // `known`: the item where the caller has it; else it is read from the store.
  // Nothing: it waits for its provider's gate without a write.
  std::optional<DeliveryChange> DecideMessage(Work& work, const store::Item* known = nullptr);
  std::optional<DeliveryChange> ClaimFor(Work& work, const plan::Message& message, bool packed);
  SnapshotPtr NewestSnapshot(const Delivery& row, const store::Item* known = nullptr);
  // `rule` and `snapshot` may be null where nothing is composed.
  plan::World WorldOf(const rule::CompiledRule* rule, const crm::Snapshot* snapshot);
  // When a message of this channel may leave: now, or after the quiet hours.
  Instant AllowedAt(const Delivery& row, rule::Channel channel);
  void Claimed(const std::vector<Written>& written, const Result<std::vector<bool>>& applied);
  void Give(Work& work);  // to the sender

  // waiting.cc
  bool MustWait(const Work& work, const std::string& provider) const;
  std::optional<DeliveryChange> Wait(Work& work, const std::string& provider);
  void OpenGates();
  void NoteGates();  // when the next of them opens
  void CallParked(const std::string& provider, Waiting& queue);
  void LoadGated(const std::string& provider, Waiting& queue);
  void GiveBackPlace(Work& work);

  // outcomes.cc
  void RecordAnswers();
  void Recorded(std::vector<Answer>& batch, const std::vector<Written>& written,
                const Result<std::vector<bool>>& applied);
  DeliveryChange ChangeFor(const Delivery& row, const provider::Outcome& outcome, bool found);
  // What happens next to one that may or may not have been taken.
  struct Doubt {
    enum class Step : uint8_t { kSendAgain, kFind, kWait, kGiveUp } step = Step::kGiveUp;
    std::optional<Instant> next_at;
  };
  Doubt ResolveDoubt(const Delivery& row, Instant deadline);
  void SettleDoubt(const Delivery& row, DeliveryChange& change);
  Diagnostics RecoverInFlight();

  // customer.cc
  std::string UnsubscribeUrl(std::string_view key, std::string_view language) const;
  // What goes to the vendor beside the composed message: tracked links, the way out.
  void AddWaysBack(const Delivery& row, provider::Outgoing& outgoing);
  std::string InvitationLink(std::string_view key, std::string_view channel,
                             const crm::Workspace& workspace) const;
  std::optional<Delivery> DeliveryOf(std::string_view token, Purpose purpose, std::string_view subject);

  // webhooks.cc
  Diagnostics TakeReports(const std::string& provider, const std::vector<provider::StatusUpdate>& updates,
                          Instant at);
  Diagnostics TakeIncoming(Engine& engine, const std::string& provider,
                           const std::vector<provider::Incoming>& incoming, Instant at);
  store::NewIncoming StartedBot(const std::string& provider, const provider::Incoming& started, Instant at);
  Result<store::NewIncoming> NewIncomingOf(const std::string& provider, const provider::Incoming& one,
                                           const std::optional<channel::OptOutWord>& word, Instant at);
  void ConfirmStops(Engine& engine, const std::string& provider,
                    const std::vector<provider::Incoming>& incoming,
                    const std::vector<std::optional<channel::OptOutWord>>& words,
                    const std::vector<int64_t>& taken, Instant at);
  // Reports that came before the answer to the sending.
  void ApplyFoundReports();
};

}  // namespace recado::dispatch
