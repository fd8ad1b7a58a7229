// SqliteStore: Store on one SQLite file. Internal to store/; the world sees OpenSqlite.
//
// Its methods stand in several files by subject: sqlite_store.cc (opening, health, backup), sqlite_events.cc,
// sqlite_deliveries.cc, sqlite_search.cc (lists, words), sqlite_rules.cc (rules, providers, settings, pause),
// sqlite_records.cc (records, files, sandbox, timeline), sqlite_consent.cc (suppressions, daily counts),
// sqlite_incoming.cc (early reports, what customers write, chats), sqlite_people.cc.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "native/store/listed.h"
#include "native/store/lock_file.h"
#include "native/store/readers.h"
#include "native/store/secret_box.h"
#include "native/store/writer.h"

namespace recado::store {

// The answers that many methods give.
Diagnostics NotFound(std::string what, std::string_view id);
Diagnostics VersionConflict(std::string what, std::string_view id);
// Whether a write that expects version `expected` may go on where `actual` stands (0: nothing there).
inline bool VersionMatches(const std::optional<int64_t>& expected, int64_t actual) {
  return !expected || *expected == actual;
}
// "ab01" ↔ the two bytes. Unhex gives nothing for odd lengths and other letters.
std::string Hex(std::string_view bytes);
std::string Unhex(std::string_view hex);
// Secrets as they stand on disk, and back. Error: store_corrupt.
std::string SealSecrets(const SecretBox& box, const std::map<std::string, std::string>& secrets);
Result<std::map<std::string, std::string>> OpenSecrets(const SecretBox& box, const std::string& sealed,
                                                       std::string_view provider);
// Inserts one event; used by Ingest and by the writes that carry one. The answer is its number, 0 for a
// duplicate, nothing for a conflict.
std::optional<int64_t> InsertEvent(Transaction& tx, const NewEvent& event, int64_t seq, Instant now);

// Puts one on the list; where it is there already it stays as it is. Whether it is new.
bool AddSuppression(Transaction& tx, const Suppression& suppression);
void AuditSuppression(Transaction& tx, const Suppression& suppression, std::string_view action, Instant now);
// False: the day is full.
bool CountDay(Transaction& tx, const DailyCount& count);
// The columns of a delivery, and reading them (sqlite_deliveries.cc).
extern const std::string_view kDeliveryColumns;
Delivery ReadDelivery(const Cursor& row);
// Takes a delivery's words out of the index (sqlite_search.cc).
void ForgetWords(Connection& db, int64_t seq);
// What a customer wrote, and its chats: found, erased, and erased by age (sqlite_incoming.cc).
void FindWritten(Connection& db, const CustomerQuery& query, CustomerData& data);
void EraseWritten(Transaction& tx, const CustomerErasure& erasure);
void EraseWrittenBefore(Transaction& tx, Instant before, size_t limit);
Delivery ReadDeliveryWithHistory(const Cursor& row);  // with ", history" behind the columns

// One look of retention at what is old: what it found, and how far it came (sqlite_care.cc).
struct Sweep {
  int kind = 0;  // of erase_later: 0 deliveries, 1 events
  std::vector<int64_t> erase{};
  std::vector<int64_t> later{};  // has content and cannot be erased yet
  std::vector<int64_t> gone{};   // in erase_later for nothing
  std::vector<std::pair<std::string, int64_t>> counters{};
  bool more = false;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string path, LockFile lock, SecretBox box, Connection writer_db, int64_t next_event_seq);
  ~SqliteStore() override;

  void Ingest(std::vector<NewEvent> events, Instant now, Done<IngestOutcome> done) override;
  void ReadTogether(const std::function<void()>& reads) override;
  Result<EventPage> PageOfEvents(const EventFilter& filter) override;
  Result<std::vector<int64_t>> UnplannedEvents(int64_t after_seq, size_t limit) override;
  Result<Event> FindEvent(int64_t seq) override;
  Result<std::optional<Item>> FindItem(std::string_view entity, std::string_view entity_id) override;
  Result<std::vector<Delivery>> OpenDeliveries(std::string_view entity, std::string_view entity_id) override;
  void CommitPlan(PlanBatch batch, Instant now, Done<std::vector<int64_t>> done) override;
  void ChangeDeliveries(std::vector<DeliveryChange> changes, Instant now,
                        Done<std::vector<bool>> done) override;
  Result<std::vector<Delivery>> DueDeliveries(Instant now, size_t limit) override;
  Result<std::optional<Instant>> NextDueAt(Instant now) override;
  Result<std::vector<Delivery>> GatedDeliveries(std::string_view provider, std::string_view after_customer,
                                                size_t limit) override;
  Result<std::vector<std::string>> GatedProviders() override;
  Result<std::vector<Delivery>> InFlightDeliveries(int64_t after_seq, size_t limit) override;
  Result<std::optional<Instant>> RetryAhead(std::string_view customer, std::string_view channel,
                                            int64_t seq) override;
  Result<bool> AnyRetrying() override;
  Result<bool> PreviousOpen(int64_t event_seq, int64_t position) override;
  Result<DeliveryPage> PageOfDeliveries(const DeliveryFilter& filter) override;
  Result<std::vector<Delivery>> ListDeliveries(const DeliveryFilter& filter) override;
  Result<size_t> IndexDeliveries(size_t limit) override;
  Result<bool> MergeSearch(bool first) override;
  Result<Delivery> FindDelivery(std::string_view key) override;
  Result<std::map<Status, int64_t>> CountDeliveries() override;
  Result<std::vector<TimelineEntry>> Timeline(std::string_view entity, std::string_view entity_id,
                                              size_t limit) override;
  void SetPaused(std::string provider, bool paused, std::string by, Instant now, Done<Unit> done) override;
  Result<std::vector<std::string>> PausedProviders() override;
  void PutRule(store::PutRule put, Done<RuleRow> done) override;
  void PublishRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                   Done<RuleRow> done) override;
  void DeleteRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                  Done<Unit> done) override;
  Result<RuleRow> FindRule(std::string_view id) override;
  Result<std::vector<RuleRow>> ListRules() override;
  Result<std::vector<RuleRevision>> RuleRevisions(std::string_view id) override;
  Result<RuleRevision> FindRevision(std::string_view id, int64_t revision) override;
  void PutProvider(store::PutProvider put, Done<ProviderRow> done) override;
  void DeleteProvider(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                      Done<Unit> done) override;
  Result<ProviderRow> FindProvider(std::string_view id) override;
  Result<std::vector<ProviderRow>> ListProviders() override;
  Result<std::vector<ProviderRow>> ProvidersWithSecrets() override;
  void PutDocument(std::string name, std::string json, std::optional<int64_t> if_match, std::string by,
                   Instant now, Done<Document> done) override;
  Result<Document> FindDocument(std::string_view name) override;
  void PutRecord(Record record, std::optional<int64_t> if_match, std::optional<NewEvent> event, Instant now,
                 Done<Record> done) override;
  void DeleteRecord(std::string entity, std::string id, std::optional<int64_t> if_match,
                    std::optional<NewEvent> event, Instant now, Done<Unit> done) override;
  Result<Record> FindRecord(std::string_view entity, std::string_view id) override;
  Result<RecordPage> ListRecords(const RecordFilter& filter) override;
  void OpenImport(Import import, Done<Import> done) override;
  void CommitImport(ImportBatch batch, Instant now, Done<Unit> done) override;
  void ResetImport(std::string id, Instant now, Done<Unit> done) override;
  Result<Import> FindImport(std::string_view id) override;
  Result<std::vector<Import>> ListImports(size_t limit) override;
  Result<std::vector<ImportFault>> ImportFaults(std::string_view id, int64_t after, size_t limit) override;
  void PutCrmSource(store::PutProvider put, Done<ProviderRow> done) override;
  void DeleteCrmSource(std::optional<int64_t> if_match, Done<Unit> done) override;
  Result<ProviderRow> FindCrmSource(bool with_secrets) override;
  void NoteSourceCalls(std::vector<SourceCall> calls, Instant now, Done<Unit> done) override;
  Result<std::vector<SourceCall>> DueSourceCalls(Instant now, size_t limit) override;
  void EndSourceCalls(std::vector<SourceCall> calls, std::optional<Instant> again, Done<Unit> done) override;
  void MirrorRecord(Mirrored mirrored, Instant now, Done<Unit> done) override;
  Result<std::vector<std::pair<std::string, std::string>>> RecordsOfPerson(std::string_view person,
                                                                           size_t limit) override;
  Result<std::vector<std::pair<std::string, std::string>>> StaleItems(Instant due_until, Instant seen_before,
                                                                      size_t limit) override;
  Result<std::vector<TimelineNote>> DueTimelineNotes(Instant now, size_t limit) override;
  void ClaimTimelineNotes(std::vector<int64_t> seqs, Instant again, Done<Unit> done) override;
  void EndTimelineNotes(std::vector<int64_t> seqs, Done<Unit> done) override;
  void PutFile(std::string name, std::string media_type, std::string bytes, Instant now,
               Done<File> done) override;
  void DeleteFile(std::string id, Done<Unit> done) override;
  Result<File> FindFile(std::string_view name_or_id) override;
  Result<std::vector<File>> ListFiles() override;
  void PutSuppression(Suppression suppression, Done<Unit> done) override;
  void DeleteSuppression(std::string channel, std::string address, Done<Unit> done) override;
  void ImportSuppressions(std::vector<Suppression> suppressions, Done<int64_t> done) override;
  Result<std::vector<Suppression>> ListSuppressions(const SuppressionFilter& filter) override;
  Result<std::optional<Suppression>> FindSuppression(std::string_view channel,
                                                     std::string_view address) override;
  Result<int64_t> DailyCountOf(std::string_view provider, int64_t day) override;
  Result<std::vector<Delivery>> DeliveriesByPrefix(std::string_view key_bytes) override;
  Result<std::optional<Delivery>> FindByReference(std::string_view provider,
                                                  std::string_view reference) override;
  void KeepReports(std::vector<EarlyReport> reports, Instant older_than,
                   Done<std::vector<EarlyReport>> done) override;
  Result<std::vector<EarlyReport>> FoundReports() override;
  void DropReports(std::vector<int64_t> ids, Done<Unit> done) override;
  void TakeIncoming(std::vector<NewIncoming> incoming, Instant now, Done<std::vector<int64_t>> done) override;
  Result<std::vector<Incoming>> ListIncoming(const IncomingFilter& filter) override;
  Result<Known> KnownOf(std::string_view address) override;
  Result<std::optional<ChatRow>> FindChat(std::string_view provider, std::string_view chat_id) override;
  Result<std::vector<ChatRow>> ChatsOf(std::string_view customer) override;
  Result<std::vector<ChatRow>> ListChats(int64_t before_id, size_t limit) override;
  Result<ChatRow> FindChatById(int64_t id) override;
  Result<std::vector<ChatMessage>> ChatMessages(std::string_view provider, std::string_view chat_id,
                                                int64_t before_seq, size_t limit) override;
  bool TakeChatMessage(const provider::Outgoing& outgoing, std::string_view provider_id) override;
  std::string KeyFor(std::string_view purpose) override;
  bool Take(const std::vector<const provider::Outgoing*>& messages, std::string_view provider_id) override;
  Result<std::vector<SandboxMessage>> SandboxMessages(int64_t before_seq, size_t limit) override;
  void PutUser(User user, Done<Unit> done) override;
  Result<User> FindUser(std::string_view id) override;
  Result<std::vector<User>> ListUsers() override;
  void DeleteUser(std::string id, Done<Unit> done) override;
  void EndSessions(std::string user_id, Done<Unit> done) override;
  Result<std::vector<StatisticsRow>> Statistics(int64_t from_day, int64_t to_day) override;
  Result<bool> SumUpOneDay(int64_t today) override;
  Result<size_t> EraseContent(Instant before, size_t limit) override;
  Result<size_t> DeleteDeliveries(Instant before, size_t limit) override;
  Result<CustomerData> FindCustomer(const CustomerQuery& query) override;
  void EraseCustomer(CustomerErasure erasure, Instant now, Done<Unit> done) override;
  std::string Fingerprint(std::string_view address) const override;
  void PutToken(Token token, Done<Unit> done) override;
  void RevokeToken(std::string hash, Instant now, Done<Unit> done) override;
  Result<Token> FindToken(std::string_view hash) override;
  Result<std::vector<Token>> ListTokens() override;
  void PutSignInLink(SignInLink link, Done<Unit> done) override;
  void RedeemSignInLink(std::string hash, Instant now, Done<User> done) override;
  void PutSession(Session session, Done<Unit> done) override;
  void DeleteSession(std::string hash, Done<Unit> done) override;
  Result<Session> FindSession(std::string_view hash, Instant now) override;
  void AddAudit(AuditEntry entry, Done<Unit> done) override;
  Result<std::vector<AuditEntry>> ListAudit(int64_t before_seq, size_t limit) override;
  int Subscribe(Listener listener) override;
  void Unsubscribe(int id) override;
  Diagnostics Health() override;
  Result<Unit> Backup(const std::string& path) override;
  std::string RandomHex(size_t bytes) override;
  void Close() override;

 private:
  // Runs `write` for each of them, a few in one transaction.
  Result<size_t> InPortions(const std::vector<int64_t>& seqs,
                            const std::function<void(Connection& db, int64_t seq)>& write);
  Result<Unit> NoteSwept(const Sweep& sweep);
  std::string FilesFolder() const { return path_ + ".files"; }
  // Whether the table must be asked about the address at all.
  Result<bool> MayBeListed(std::string_view address);

  const std::string path_;
  LockFile lock_;
  SecretBox box_;
  int64_t next_event_seq_;  // the writer's thread only
  Readers readers_;
  ListedAddresses listed_;
  std::mutex loading_listed_;
  Writer writer_;  // last: its thread uses everything above
};

}  // namespace recado::store
