// Store: everything that must outlive the process, behind one interface.
//
// Writing and reading are two different things here.
//   Writes are posted and answered later, by `done`, when they are on disk. One writer takes everything that
//   has come together, runs it in one transaction (each operation in its own savepoint), makes it durable
//   with one fsync and then calls the answers: durability costs a batch, not a row. A write that fails leaves
//   nothing behind; the others of its batch are not touched. When the disk is full or read-only the answer is
//   storage_unavailable, when too much is waiting storage_busy (both HTTP 503): nothing is acknowledged.
//   Reads are answered at once on the caller's thread from a committed state.
//
//   store->PutRule({.id = "deal-paid-sms", …}, [](Result<RuleRow> rule) { … });   // on the writer's thread
//   Result<RuleRow> rule = Await<RuleRow>([&](auto done) { store->PutRule(put, done); });  // blocking
//   Result<RuleRow> rule = store->FindRule("deal-paid-sms");
//
// Not found is the error not_found (404), a version that has moved on is version_conflict (412).
//
// Threads: every method may be called from any thread. `done` and listeners run on the writer's thread, must
// not block and must not wait for another write. Ownership: the store owns its files; every value is a copy.
// SQLite is behind it now; the shape (batches, cursors, expected states instead of locks held across calls)
// is the one that PostgreSQL needs with several nodes.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "native/provider/sender.h"
#include "native/store/rows.h"

namespace recado::store {

inline constexpr size_t kMaxQueuedWrites = 8'192;  // more waiting writes than this are refused: storage_busy
inline constexpr size_t kMaxCommitBatch = 256;     // operations in one transaction: bounds the wait for fsync
inline constexpr size_t kMaxPage = 1'000;          // rows one list call gives
inline constexpr size_t kMaxImportFaults = 10'000;  // kept of one import; all are counted
inline constexpr size_t kMaxIngestBatch = 10'000;   // events in one Ingest
inline constexpr size_t kMaxRecordsLooked = 5'000;  // at once for words: some 50 ms
inline constexpr size_t kMaxEventPageBytes = size_t{4}
                                             << 20;  // a page of events ends with the one that reaches it
inline constexpr size_t kMaxItemsOfAddress = 10;     // timelines in which a customer's message stands
inline constexpr size_t kMaxChatsOfCustomer = 20;

struct Unit {};  // the value of a write that has nothing to say

template <class T>
using Done = std::function<void(Result<T>)>;

class Store : public provider::SandboxSink {
 public:
  ~Store() override = default;

  // ---- Events (all or nothing; a duplicate is accepted and does nothing)
  virtual void Ingest(std::vector<NewEvent> events, Instant now, Done<IngestOutcome> done) = 0;

  // What was taken in, for people who want to see it happen again.
  virtual Result<EventPage> PageOfEvents(const EventFilter& filter) = 0;

  // Runs `reads` on this thread, and every read that it does sees the same committed state: a run of reads
  // then costs the locks of one. For moments, not for long work; a call within a call is the outer one's.
  virtual void ReadTogether(const std::function<void()>& reads) = 0;

  // ---- What dispatch/ lives on
  // The numbers of those accepted and not yet planned, in order, from `after_seq` on (exclusive).
  virtual Result<std::vector<int64_t>> UnplannedEvents(int64_t after_seq, size_t limit) = 0;
  virtual Result<Event> FindEvent(int64_t seq) = 0;
  virtual Result<std::optional<Item>> FindItem(std::string_view entity, std::string_view entity_id) = 0;
  // Deliveries of the item that have not run yet.
  virtual Result<std::vector<Delivery>> OpenDeliveries(std::string_view entity,
                                                       std::string_view entity_id) = 0;
  // Answers the numbers given to `deliveries`, in order; 0 where the key existed.
  virtual void CommitPlan(PlanBatch batch, Instant now, Done<std::vector<int64_t>> done) = 0;
  // Applies many changes; answers for each whether it was applied.
  virtual void ChangeDeliveries(std::vector<DeliveryChange> changes, Instant now,
                                Done<std::vector<bool>> done) = 0;
  // With next_at at or before `now`, by next_at, then seq.
  virtual Result<std::vector<Delivery>> DueDeliveries(Instant now, size_t limit) = 0;
  // The first next_at after `now`.
  virtual Result<std::optional<Instant>> NextDueAt(Instant now) = 0;
  // Those put aside for their provider's gate (held "gate"): of each customer behind `after_customer` the
  // oldest, in the customers' order.
  virtual Result<std::vector<Delivery>> GatedDeliveries(std::string_view provider,
                                                        std::string_view after_customer, size_t limit) = 0;
  virtual Result<std::vector<std::string>> GatedProviders() = 0;
  virtual Result<std::vector<Delivery>> InFlightDeliveries(int64_t after_seq, size_t limit) = 0;
  // The latest retry that a delivery of this customer and channel, older than `seq`, is waiting for; nothing:
  // none is.
  virtual Result<std::optional<Instant>> RetryAhead(std::string_view customer, std::string_view channel,
                                                    int64_t seq) = 0;
  // Whether any delivery waits for a retry.
  virtual Result<bool> AnyRetrying() = 0;
  // Whether a rule of the same stage entry with a lower position has not ended (an ambiguous one has ended
  // once its deadline is over, i.e. it has no next_at).
  virtual Result<bool> PreviousOpen(int64_t event_seq, int64_t position) = 0;

  // ---- Deliveries, for people
  virtual Result<DeliveryPage> PageOfDeliveries(const DeliveryFilter& filter) = 0;
  virtual Result<std::vector<Delivery>> ListDeliveries(const DeliveryFilter& filter) = 0;  // the page's
  // Makes what has changed findable by its words (DeliveryFilter::match), the newest first, at most `limit`;
  // answers how many there were. Blocks the caller, never the writer for long.
  virtual Result<size_t> IndexDeliveries(size_t limit) = 0;
  // Takes words that were erased out of the index's older parts, a stretch at a time (`first`: the beginning
  // of a run). False: nothing is left of them.
  virtual Result<bool> MergeSearch(bool first) = 0;
  virtual Result<Delivery> FindDelivery(std::string_view key) = 0;  // with history
  virtual Result<std::map<Status, int64_t>> CountDeliveries() = 0;
  virtual Result<std::vector<TimelineEntry>> Timeline(std::string_view entity, std::string_view entity_id,
                                                      size_t limit) = 0;

  // ---- Pause. Survives a restart. provider "" means all sending.
  virtual void SetPaused(std::string provider, bool paused, std::string by, Instant now, Done<Unit> done) = 0;
  virtual Result<std::vector<std::string>> PausedProviders() = 0;  // "" among them: all

  // ---- Rules
  virtual void PutRule(PutRule put, Done<RuleRow> done) = 0;
  // Makes the newest text the next revision (nothing new where it already is).
  virtual void PublishRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                           Done<RuleRow> done) = 0;
  // Stops it; its revisions stay, for the deliveries that name them.
  virtual void DeleteRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                          Done<Unit> done) = 0;
  virtual Result<RuleRow> FindRule(std::string_view id) = 0;
  virtual Result<std::vector<RuleRow>> ListRules() = 0;                              // by id
  virtual Result<std::vector<RuleRevision>> RuleRevisions(std::string_view id) = 0;  // newest first
  virtual Result<RuleRevision> FindRevision(std::string_view id,
                                            int64_t revision) = 0;  // of deleted ones too

  // ---- Providers
  virtual void PutProvider(PutProvider put, Done<ProviderRow> done) = 0;
  virtual void DeleteProvider(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                              Done<Unit> done) = 0;
  virtual Result<ProviderRow> FindProvider(std::string_view id) = 0;
  virtual Result<std::vector<ProviderRow>> ListProviders() = 0;         // without secrets
  virtual Result<std::vector<ProviderRow>> ProvidersWithSecrets() = 0;  // for Sender::Configure only

  // ---- Settings: name is "schema" or "workspace"
  virtual void PutDocument(std::string name, std::string json, std::optional<int64_t> if_match,
                           std::string by, Instant now, Done<Document> done) = 0;
  virtual Result<Document> FindDocument(std::string_view name) = 0;

  // ---- Records of the built-in directory. `event`, if any, is kept in the same breath (a move and its stage
  // event are one thing); an event that conflicts fails the whole write with event_conflict.
  virtual void PutRecord(Record record, std::optional<int64_t> if_match, std::optional<NewEvent> event,
                         Instant now, Done<Record> done) = 0;
  virtual void DeleteRecord(std::string entity, std::string id, std::optional<int64_t> if_match,
                            std::optional<NewEvent> event, Instant now, Done<Unit> done) = 0;
  virtual Result<Record> FindRecord(std::string_view entity, std::string_view id) = 0;
  virtual Result<RecordPage> ListRecords(const RecordFilter& filter) = 0;

  // ---- Imports
  // Makes the row, or answers the one that is there.
  virtual void OpenImport(Import import, Done<Import> done) = 0;
  // All or nothing, with the position in the file. Error: version_conflict where a record has been changed
  // since it was read; read again and come back.
  virtual void CommitImport(ImportBatch batch, Instant now, Done<Unit> done) = 0;
  // Back to the beginning, without its faults: to be run anew.
  virtual void ResetImport(std::string id, Instant now, Done<Unit> done) = 0;
  virtual Result<Import> FindImport(std::string_view id) = 0;
  virtual Result<std::vector<Import>> ListImports(size_t limit) = 0;  // newest first
  virtual Result<std::vector<ImportFault>> ImportFaults(std::string_view id, int64_t after, size_t limit) = 0;

  // ---- The CRM that records come from: one at most, in the shape of a provider. Secrets only where asked
  // for.
  virtual void PutCrmSource(store::PutProvider put, Done<ProviderRow> done) = 0;
  virtual void DeleteCrmSource(std::optional<int64_t> if_match,
                               Done<Unit> done) = 0;  // with what waits for it
  virtual Result<ProviderRow> FindCrmSource(bool with_secrets) = 0;
  // One call an item: a newer one takes the place of the older, and "deleted" of all.
  virtual void NoteSourceCalls(std::vector<SourceCall> calls, Instant now, Done<Unit> done) = 0;
  virtual Result<std::vector<SourceCall>> DueSourceCalls(Instant now, size_t limit) = 0;
  // Done with (`again` empty), or to be tried at that time. A call that has been replaced meanwhile stays.
  virtual void EndSourceCalls(std::vector<SourceCall> calls, std::optional<Instant> again,
                              Done<Unit> done) = 0;
  // Error: version_conflict where the record has been changed since it was read.
  virtual void MirrorRecord(Mirrored mirrored, Instant now, Done<Unit> done) = 0;
  virtual Result<std::vector<std::pair<std::string, std::string>>> RecordsOfPerson(std::string_view person,
                                                                                   size_t limit) = 0;
  // Items with deliveries due until then whose record has not been looked at since `seen_before`.
  virtual Result<std::vector<std::pair<std::string, std::string>>> StaleItems(Instant due_until,
                                                                              Instant seen_before,
                                                                              size_t limit) = 0;
  virtual Result<std::vector<TimelineNote>> DueTimelineNotes(Instant now, size_t limit) = 0;
  // Counts a try and puts them off, before the first byte leaves.
  virtual void ClaimTimelineNotes(std::vector<int64_t> seqs, Instant again, Done<Unit> done) = 0;
  virtual void EndTimelineNotes(std::vector<int64_t> seqs, Done<Unit> done) = 0;

  // ---- Files. The bytes are written and synced before the row.
  virtual void PutFile(std::string name, std::string media_type, std::string bytes, Instant now,
                       Done<File> done) = 0;
  virtual void DeleteFile(std::string id, Done<Unit> done) = 0;
  virtual Result<File> FindFile(std::string_view name_or_id) = 0;  // by name first
  virtual Result<std::vector<File>> ListFiles() = 0;               // by name

  // ---- Suppressions. Addresses are compared as given; e-mail addresses in lower case.
  virtual void PutSuppression(Suppression suppression, Done<Unit> done) = 0;  // again: replaced
  // Many at once; what is on the list already stays as it is. Answers how many were new.
  virtual void ImportSuppressions(std::vector<Suppression> suppressions, Done<int64_t> done) = 0;
  virtual void DeleteSuppression(std::string channel, std::string address, Done<Unit> done) = 0;
  virtual Result<std::vector<Suppression>> ListSuppressions(const SuppressionFilter& filter) = 0;
  // The entry that forbids this address for this channel: its own, else the one for every channel.
  virtual Result<std::optional<Suppression>> FindSuppression(std::string_view channel,
                                                             std::string_view address) = 0;

  // ---- The way back from the customer
  // Messages counted for a provider on a day.
  virtual Result<int64_t> DailyCountOf(std::string_view provider, int64_t day) = 0;
  // Deliveries whose keys begin with these bytes (of 32; at least 8), with history.
  virtual Result<std::vector<Delivery>> DeliveriesByPrefix(std::string_view key_bytes) = 0;
  // By the vendor's own id. The newest, where a vendor uses an id again.
  virtual Result<std::optional<Delivery>> FindByReference(std::string_view provider,
                                                          std::string_view reference) = 0;
  // Keeps reports on messages whose references are not known yet, and forgets those from before `older_than`,
  // whose messages are not ours. Answers those whose reference has become
  // known in between, which were not kept.
  virtual void KeepReports(std::vector<EarlyReport> reports, Instant older_than,
                           Done<std::vector<EarlyReport>> done) = 0;
  // Reports kept whose message is known by now.
  virtual Result<std::vector<EarlyReport>> FoundReports() = 0;
  virtual void DropReports(std::vector<int64_t> ids, Done<Unit> done) = 0;
  // Answers the number of each; 0 where the vendor's id was known (then nothing of it is changed).
  virtual void TakeIncoming(std::vector<NewIncoming> incoming, Instant now,
                            Done<std::vector<int64_t>> done) = 0;
  virtual Result<std::vector<Incoming>> ListIncoming(const IncomingFilter& filter) = 0;  // newest first
  // The newest items, not deleted, that messages to this address belong to, and the newest customer; at most
  // kMaxItemsOfAddress.
  struct Known {
    std::vector<ItemRef> items{};
    std::string customer{};
  };
  virtual Result<Known> KnownOf(std::string_view address) = 0;
  virtual Result<std::optional<ChatRow>> FindChat(std::string_view provider, std::string_view chat_id) = 0;
  virtual Result<std::vector<ChatRow>> ChatsOf(std::string_view customer) = 0;
  virtual Result<std::vector<ChatRow>> ListChats(int64_t before_id, size_t limit) = 0;  // newest first
  virtual Result<ChatRow> FindChatById(int64_t id) = 0;
  virtual Result<std::vector<ChatMessage>> ChatMessages(std::string_view provider, std::string_view chat_id,
                                                        int64_t before_seq,
                                                        size_t limit) = 0;  // newest first
  // A key for one purpose, made of the store's own: 32 bytes, the same after every start.
  virtual std::string KeyFor(std::string_view purpose) = 0;

  // ---- Sandbox (Take is SandboxSink's), newest first; before_seq 0: from the newest
  virtual Result<std::vector<SandboxMessage>> SandboxMessages(int64_t before_seq, size_t limit) = 0;

  // ---- Costs: sums by day (UTC, days since 1970), rule, provider and status, from and to inclusive. Days
  // that have changed since they were summed up are summed now.
  virtual Result<std::vector<StatisticsRow>> Statistics(int64_t from_day, int64_t to_day) = 0;
  // Sums up a day before `today` that has changed; false: there is none. Blocks the caller, never the writer
  // for long.
  virtual Result<bool> SumUpOneDay(int64_t today) = 0;

  // ---- Retention. Each finds at most `limit` on the caller's thread and writes them in small portions, so
  // that nobody else waits; answers how many there were (less than `limit`: that is all). Texts, addresses
  // and snapshots of deliveries and events that have ended before `before`.
  virtual Result<size_t> EraseContent(Instant before, size_t limit) = 0;
  // Deliveries that ended before; their sums stay.
  virtual Result<size_t> DeleteDeliveries(Instant before, size_t limit) = 0;

  // ---- One customer: everything that names the contact, or one of the addresses.
  virtual Result<CustomerData> FindCustomer(const CustomerQuery& query) = 0;
  // Takes it out of everything found. Keys and counts stay; the addresses stay as fingerprints in the
  // suppressions.
  virtual void EraseCustomer(CustomerErasure erasure, Instant now, Done<Unit> done) = 0;
  // What stands for an address nobody may read back: the same for the same address, useless without this
  // store's key.
  virtual std::string Fingerprint(std::string_view address) const = 0;

  // ---- People
  virtual void PutUser(User user, Done<Unit> done) = 0;  // by id; again: replaced
  virtual Result<User> FindUser(std::string_view id) = 0;
  virtual Result<std::vector<User>> ListUsers() = 0;
  virtual void DeleteUser(std::string id, Done<Unit> done) = 0;        // with sessions and links
  virtual void EndSessions(std::string user_id, Done<Unit> done) = 0;  // of a user: the password was changed
  virtual void PutToken(Token token, Done<Unit> done) = 0;
  virtual void RevokeToken(std::string hash, Instant now, Done<Unit> done) = 0;
  virtual Result<Token> FindToken(std::string_view hash) = 0;  // revoked ones are not_found
  virtual Result<std::vector<Token>> ListTokens() = 0;
  virtual void PutSignInLink(SignInLink link, Done<Unit> done) = 0;
  // Uses the link up: the second call, or one after its end, is not_found. Answers the user.
  virtual void RedeemSignInLink(std::string hash, Instant now, Done<User> done) = 0;
  virtual void PutSession(Session session, Done<Unit> done) = 0;
  virtual void DeleteSession(std::string hash, Done<Unit> done) = 0;
  virtual Result<Session> FindSession(std::string_view hash, Instant now) = 0;  // expired ones are not_found
  virtual void AddAudit(AuditEntry entry, Done<Unit> done) = 0;
  virtual Result<std::vector<AuditEntry>> ListAudit(int64_t before_seq, size_t limit) = 0;  // newest first

  // ---- News. Called after each commit with what it changed, on the writer's thread.
  using Listener = std::function<void(std::span<const Change>)>;
  virtual int Subscribe(Listener listener) = 0;
  // After it returns the listener is not called any more. Not from within a listener.
  virtual void Unsubscribe(int id) = 0;

  // ---- Health and care
  // Empty where reads and writes work; else the reason, e.g. storage_unavailable of the last commit.
  virtual Diagnostics Health() = 0;
  // A consistent copy into a new file, the uploaded files into a folder beside it, while everything goes on
  // (backup.h). Blocks the caller, not the writer. Error: store_unreadable where the file is there already.
  virtual Result<Unit> Backup(const std::string& path) = 0;
  // 256 bits from the system, lower-case hex: for tokens, links, sessions, ids.
  virtual std::string RandomHex(size_t bytes = 32) = 0;
  // Writes what is queued, answers it and ends the writer. Later writes are refused (storage_busy).
  virtual void Close() = 0;
};

struct OpenOptions {
  std::string path;  // "recado.db"; beside it: .key, .lock, .files/
  // A service owns the store: a second one is refused (store_in_use). A tool (token create, backup) does one
  // thing and may do it while the service runs.
  enum class Owner : uint8_t { kService, kTool } owner = Owner::kService;
  // The key for secrets, 32 bytes as hex or base64. Empty: the environment's RECADO_KEY, else the key file
  // beside the store (made on first use, mode 0600).
  std::string key;
};

// Opens or creates, brings the tables up to the newest version. Errors: store_in_use, store_too_new,
// store_unreadable, bad_key.
Result<std::unique_ptr<Store>> OpenSqlite(const OpenOptions& options);

// Runs a posted write and waits for its answer. Never on the writer's thread.
template <class T, class Post>
Result<T> Await(Post&& post) {
  std::promise<Result<T>> promise;
  std::future<Result<T>> future = promise.get_future();
  post(Done<T>([&promise](Result<T> result) { promise.set_value(std::move(result)); }));
  return future.get();
}

}  // namespace recado::store
