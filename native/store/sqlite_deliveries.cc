#include <algorithm>

#include "core/base/json.h"
#include "core/base/json_text.h"
#include "native/store/dispatch_sql.h"
#include "native/store/sqlite_store.h"

namespace recado::store {

// In the order in which ReadDelivery reads them.
constexpr std::string_view kColumns =
    "SELECT seq, key, status, rule_id, rule_revision, position, channel, entity, entity_id, pipeline, stage, "
    "event_id, event_seq, entered_at, created_at, updated_at, due, next_at, wait_for_previous, held, "
    "customer, "
    "provider, attempts, round_attempts, reference, reason, reason_json, message, deadline, address, "
    "segments, cost_amount, cost_currency, cost_reported";
const std::string_view kDeliveryColumns = kColumns;

Delivery ReadDelivery(const Cursor& row) {
  return Delivery{.seq = row.Int(0),
                  .key = Hex(row.Text(1)),
                  .status = static_cast<Status>(row.Int(2)),
                  .rule_id = row.Text(3),
                  .rule_revision = row.Int(4),
                  .position = row.Int(5),
                  .channel = row.Text(6),
                  .entity = row.Text(7),
                  .entity_id = row.Text(8),
                  .pipeline = row.Text(9),
                  .stage = row.Text(10),
                  .event_id = row.Text(11),
                  .event_seq = row.Int(12),
                  .entered_at = row.Time(13),
                  .created_at = row.Time(14),
                  .updated_at = row.Time(15),
                  .due = row.Time(16),
                  .next_at = row.MaybeTime(17),
                  .deadline = row.MaybeTime(28),
                  .wait_for_previous = row.Int(18) != 0,
                  .held = row.Text(19),
                  .customer = row.Text(20),
                  .provider = row.Text(21),
                  .attempts = static_cast<int>(row.Int(22)),
                  .round_attempts = static_cast<int>(row.Int(23)),
                  .reference = row.Text(24),
                  .reason = row.Text(25),
                  .reason_json = row.Text(26),
                  .message = row.Text(27),
                  .address = row.Text(29),
                  .cost = {row.Int(30), row.Text(31), row.Text(32), row.Int(33) != 0},
                  .history = {}};
}

namespace {

std::vector<Delivery> ReadAll(Cursor row) {
  std::vector<Delivery> deliveries;
  while (row.Next()) deliveries.push_back(ReadDelivery(row));
  return deliveries;
}

std::string PackHistory(const std::vector<HistoryEntry>& entries) {
  std::string text;
  const auto put = [&text](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text.append(",\"").append(name).append("\":");
    AppendJsonText(text, value);
  };
  const auto count = [&text](std::string_view name, int value) {
    if (value != 0) text.append(",\"").append(name).append("\":").append(std::to_string(value));
  };
  for (const HistoryEntry& entry : entries) {
    text.append("{\"at\":").append(std::to_string(entry.at.ms));
    put("what", entry.what);
    put("text", entry.text);
    count("attempt", entry.attempt);
    put("outcome", entry.outcome);
    count("code", entry.code);
    text += "},";
  }
  return text;
}

std::vector<HistoryEntry> UnpackHistory(std::string text) {
  if (!text.empty()) text.pop_back();
  std::vector<HistoryEntry> entries;
  const Result<Json> json = ParseJson("[" + text + "]");
  if (!json.ok()) return entries;
  for (const Json& entry : *json) {
    entries.push_back(HistoryEntry{.at = Instant{entry.value("at", int64_t{0})},
                                   .what = entry.value("what", ""),
                                   .text = entry.value("text", ""),
                                   .attempt = entry.value("attempt", 0),
                                   .outcome = entry.value("outcome", ""),
                                   .code = entry.value("code", 0)});
  }
  return entries;
}

// News from a RETURNING clause: key, seq, status, rule_id, channel, entity, entity_id, reason.
constexpr std::string_view kReturning =
    " RETURNING key, seq, status, rule_id, channel, entity, entity_id, reason, event_seq, position, "
    "provider";

Change NewsOf(const Cursor& row) {
  return Change{.kind = Change::Kind::kDelivery,
                .id = Hex(row.Text(0)),
                .seq = row.Int(1),
                .status = static_cast<Status>(row.Int(2)),
                .rule_id = row.Text(3),
                .channel = row.Text(4),
                .entity = row.Text(5),
                .entity_id = row.Text(6),
                .reason = row.Text(7),
                .provider = row.Text(10)};
}

Change NewsOf(const DeliveryChange& change) {
  const DeliveryChange::About& about = *change.about;
  return Change{.kind = Change::Kind::kDelivery,
                .id = about.key,
                .seq = change.seq,
                .status = *change.status,
                .rule_id = about.rule_id,
                .channel = about.channel,
                .entity = about.entity,
                .entity_id = about.entity_id,
                .reason = change.reason.value_or(about.reason),
                .provider = change.provider.value_or(about.provider)};
}

void UpsertItem(Transaction& tx, const Item& item) {
  tx.db.Execute(
      "INSERT INTO items (entity_id, entity, pipeline, stage, stage_at, snapshot_seq, snapshot_at, deleted) "
      "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?) ON CONFLICT (entity_id, entity) DO UPDATE SET pipeline = "
      "excluded.pipeline, stage = excluded.stage, stage_at = excluded.stage_at, snapshot_seq = "
      "excluded.snapshot_seq, snapshot_at = excluded.snapshot_at, deleted = excluded.deleted",
      item.entity_id, item.entity, item.pipeline, item.stage, item.stage_at, item.snapshot_seq,
      item.snapshot_at, item.deleted);
}

bool IsPreviousOpen(Connection& db, int64_t event_seq, int64_t position) {
  Cursor row = db.Query(std::string("SELECT 1") + sql::kPreviousOpen, event_seq, position);
  return row.Next();
}

bool GuardHolds(Transaction& tx, const DeliveryChange& change) {
  switch (change.guard) {
    case DeliveryChange::Guard::kNone:
      return true;
    case DeliveryChange::Guard::kPaused:
      return tx.db.Query("SELECT 1 FROM pauses WHERE provider = ?", change.provider).Next();
    case DeliveryChange::Guard::kPreviousOpen: {
      int64_t event_seq = 0;
      int64_t position = 0;
      {
        Cursor row = tx.db.Query("SELECT event_seq, position FROM deliveries WHERE seq = ?", change.seq);
        if (!row.Next()) return false;
        event_seq = row.Int(0);
        position = row.Int(1);
      }
      return IsPreviousOpen(tx.db, event_seq, position);
    }
  }
  return false;
}

// `known`; asked of the tables where nobody knows yet.
bool AnyOf(Connection& db, std::optional<bool>& known, const char* from) {
  if (!known) known = db.Query(std::string("SELECT 1") + from).Next();
  return *known;
}

// Rules of the stage that waited for one before them look again.
void ReleaseWaiting(Transaction& tx, int64_t event_seq) {
  if (event_seq == 0 || !AnyOf(tx.db, tx.any_waiting, sql::kAnyWaiting)) return;
  if (!tx.db.Query(std::string("SELECT 1") + sql::kWaitsForPrevious, event_seq).Next()) {
    return;
  }
  tx.db.Execute(
      "UPDATE deliveries SET held = '', next_at = due WHERE event_seq = ? AND status IN (0, 1, 2, 6) AND "
      "held = 'previous'",
      event_seq);
  if (tx.db.changes() > 0) tx.news.push_back(Change{.kind = Change::Kind::kReleased});
}

void ApplyExit(Transaction& tx, const Exit& exit, Instant now) {
  const std::string history =
      PackHistory({HistoryEntry{.at = now, .what = "cancelled", .text = exit.reason, .outcome = {}}});
  std::vector<int64_t> entries;
  {
    Cursor row = tx.db.Query(
        std::string("UPDATE deliveries SET status = 7, next_at = NULL, held = '', retrying = 0, reason = ?, "
                    "reason_json = ?, updated_at = ?, history = history || ?") +
            sql::kStopped + std::string(kReturning),
        exit.reason, exit.reason_json, now, history, exit.entity_id, exit.entity, exit.stays_pipeline,
        exit.stays_stage, exit.everything, exit.at);
    while (row.Next()) {
      tx.news.push_back(NewsOf(row));
      entries.push_back(row.Int(8));
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  for (const int64_t event_seq : entries) ReleaseWaiting(tx, event_seq);
}

// The number of the new row; 0 where the key exists.
int64_t InsertDelivery(Transaction& tx, const Delivery& d) {
  const std::string key = Unhex(d.key);
  tx.db.Execute(
      "INSERT INTO deliveries (key, status, rule_id, rule_revision, position, channel, entity, entity_id, "
      "pipeline, stage, event_id, event_seq, entered_at, created_at, updated_at, due, next_at, "
      "wait_for_previous, customer, provider, attempts, round_attempts, reason, reason_json, message, "
      "address, history, segments, cost_amount, cost_currency, cost_reported) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, nullif(?, 0), "
      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
      Blob{key}, static_cast<int>(d.status), d.rule_id, d.rule_revision, d.position, d.channel, d.entity,
      d.entity_id, d.pipeline, d.stage, d.event_id, d.event_seq, d.entered_at, d.created_at, d.created_at,
      d.due, d.next_at, d.wait_for_previous, d.customer, d.provider, d.attempts, d.round_attempts, d.reason,
      d.reason_json, d.message, d.address, PackHistory(d.history), d.cost.segments, d.cost.amount,
      d.cost.currency, d.cost.reported);
  if (!tx.db.ok() || tx.db.changes() == 0) return 0;
  tx.news.push_back(Change{.kind = Change::Kind::kDelivery,
                           .id = d.key,
                           .seq = tx.db.last_row(),
                           .status = d.status,
                           .rule_id = d.rule_id,
                           .channel = d.channel,
                           .entity = d.entity,
                           .entity_id = d.entity_id,
                           .reason = d.reason,
                           .provider = d.provider});
  return tx.news.back().seq;
}

// An UPDATE with only the columns that change: SQLite rewrites every index whose column is named, changed or
// not. There are some ten shapes, so the statement cache stays small.
class UpdateText {
 public:
  template <class T>
  void Set(std::string_view column, const std::optional<T>& value) {
    if (value) Add(column);
  }
  void Add(std::string_view column) {
    sql_ += first_ ? "UPDATE deliveries SET " : ", ";
    sql_ += column;
    sql_ += " = ?";
    first_ = false;
  }
  void AddRaw(std::string_view assignment) {
    sql_ += ", ";
    sql_ += assignment;
  }
  std::string Finish() && {
    sql_ += " WHERE seq = ? AND (1 << status) & ?";
    return std::move(sql_);
  }

 private:
  std::string sql_;
  bool first_ = true;
};

std::string TextOf(const DeliveryChange& change) {
  UpdateText text;
  text.Add("updated_at");
  text.Set("status", change.status);
  text.Set("due", change.due);
  if (change.set_next_at) text.Add("next_at");
  text.Set("deadline", change.deadline);
  text.Set("held", change.held);
  text.Set("retrying", change.retrying);
  text.Set("customer", change.customer);
  text.Set("provider", change.provider);
  text.Set("reference", change.reference);
  text.Set("reason", change.reason);
  text.Set("reason_json", change.reason_json);
  text.Set("message", change.message);
  text.Set("address", change.address);
  if (change.cost) text.AddRaw("segments = ?, cost_amount = ?, cost_currency = ?, cost_reported = ?");
  if (change.count_attempt) text.AddRaw("attempts = attempts + 1, round_attempts = round_attempts + 1");
  if (change.new_round) text.AddRaw("round_attempts = 0");
  if (!change.entries.empty()) text.AddRaw("history = history || ?");
  return std::move(text).Finish();
}

int MaskOf(const std::vector<Status>& expected) {
  int mask = 0;
  for (const Status status : expected) mask |= 1 << static_cast<int>(status);
  return mask;
}

// A report on this message may have come before the vendor's answer named it.
void TellOfEarlyReports(Transaction& tx, int64_t seq, const std::string& reference) {
  if (!AnyOf(tx.db, tx.any_early_reports, " FROM early_reports LIMIT 1")) return;
  Cursor row = tx.db.Query(
      "SELECT 1 FROM early_reports WHERE reference = ? AND provider = (SELECT provider FROM deliveries WHERE "
      "seq = ?) LIMIT 1",
      reference, seq);
  if (row.Next()) tx.news.push_back(Change{.kind = Change::Kind::kReport, .id = reference});
}

bool ApplyChange(Transaction& tx, const DeliveryChange& change, Instant now) {
  if (!GuardHolds(tx, change)) return false;
  if (change.held == "previous") tx.any_waiting = true;
  const auto bind = [&](const auto& put) {
    const auto maybe = [&](const auto& value) {
      if (value) put(*value);
    };
    put(now);
    if (change.status) put(static_cast<int>(*change.status));
    maybe(change.due);
    if (change.set_next_at) put(change.next_at);
    maybe(change.deadline);
    maybe(change.held);
    maybe(change.retrying);
    maybe(change.customer);
    maybe(change.provider);
    maybe(change.reference);
    maybe(change.reason);
    maybe(change.reason_json);
    maybe(change.message);
    maybe(change.address);
    if (change.cost) {
      put(change.cost->segments);
      put(change.cost->amount);
      put(change.cost->currency);
      put(change.cost->reported);
    }
    if (!change.entries.empty()) put(PackHistory(change.entries));
    put(change.seq);
    put(MaskOf(change.expected));
  };
  const std::string text = TextOf(change);
  int64_t event_seq = 0;
  if (change.about && change.status) {
    if (!tx.db.ExecuteWith(text, bind) || tx.db.changes() == 0) return false;
    tx.news.push_back(NewsOf(change));
    event_seq = change.about->event_seq;
  } else {
    Cursor row = tx.db.QueryWith(text + std::string(kReturning), bind);
    if (!row.Next()) return false;
    tx.news.push_back(NewsOf(row));
    event_seq = row.Int(8);
  }
  if (change.release_waiting) ReleaseWaiting(tx, event_seq);
  if (change.suppress && AddSuppression(tx, *change.suppress)) {
    AuditSuppression(tx, *change.suppress, "suppression.put", now);
  }
  if (change.reference && !change.reference->empty()) TellOfEarlyReports(tx, change.seq, *change.reference);
  return tx.db.ok();
}

// Counting comes with the change or not at all.
bool ApplyCounted(Transaction& tx, const DeliveryChange& change, Instant now) {
  if (!change.count) return ApplyChange(tx, change, now);
  const size_t told = tx.news.size();
  tx.db.Execute("SAVEPOINT counted");
  const bool applied = CountDay(tx, *change.count) && ApplyChange(tx, change, now);
  if (!applied) {
    tx.news.resize(told);
    if (tx.db.ok()) tx.db.Execute("ROLLBACK TO counted");
  }
  if (tx.db.ok()) tx.db.Execute("RELEASE counted");
  return applied;
}

bool PlannedThrough(Transaction& tx, int64_t seq) {
  Cursor row = tx.db.Query("SELECT value FROM counters WHERE name = 'planned_through'");
  return row.Next() && row.Int(0) >= seq;
}

}  // namespace

Delivery ReadDeliveryWithHistory(const Cursor& row) {
  Delivery delivery = ReadDelivery(row);
  delivery.history = UnpackHistory(row.Text(34));
  return delivery;
}

void SqliteStore::CommitPlan(PlanBatch batch, Instant now, Done<std::vector<int64_t>> done) {
  auto run = [batch = std::move(batch), now](Transaction& tx) -> Result<std::vector<int64_t>> {
    if (batch.after_seq && !PlannedThrough(tx, *batch.after_seq)) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::storage_unavailable)
                             .With("detail", "the plan before this one was not written")};
    }
    for (const Item& item : batch.items) UpsertItem(tx, item);
    for (const Exit& exit : batch.exits) ApplyExit(tx, exit, now);
    for (const DeliveryChange& change : batch.changes) ApplyChange(tx, change, now);
    std::vector<int64_t> seqs;
    seqs.reserve(batch.deliveries.size());
    for (const Delivery& delivery : batch.deliveries) seqs.push_back(InsertDelivery(tx, delivery));
    tx.db.Execute("UPDATE counters SET value = max(value, ?) WHERE name = 'planned_through'",
                  batch.through_seq);
    return seqs;
  };
  writer_.Post<std::vector<int64_t>>(std::move(run), std::move(done), Writer::Admission::kAlways);
}

void SqliteStore::ChangeDeliveries(std::vector<DeliveryChange> changes, Instant now,
                                   Done<std::vector<bool>> done) {
  auto run = [changes = std::move(changes), now](Transaction& tx) -> Result<std::vector<bool>> {
    std::vector<bool> applied;
    applied.reserve(changes.size());
    for (const DeliveryChange& change : changes) applied.push_back(ApplyCounted(tx, change, now));
    return applied;
  };
  writer_.Post<std::vector<bool>>(std::move(run), std::move(done), Writer::Admission::kAlways);
}

Result<std::vector<Delivery>> SqliteStore::DueDeliveries(Instant now, size_t limit) {
  return readers_.Read<std::vector<Delivery>>([&](Connection& db) -> Result<std::vector<Delivery>> {
    return ReadAll(db.Query(std::string(kColumns) + sql::kDue, now, limit));
  });
}

Result<std::optional<Instant>> SqliteStore::NextDueAt(Instant now) {
  return readers_.Read<std::optional<Instant>>([&](Connection& db) -> Result<std::optional<Instant>> {
    Cursor row = db.Query(std::string("SELECT next_at") + sql::kNextDue, now);
    return row.Next() ? row.MaybeTime(0) : std::optional<Instant>();
  });
}

Result<std::vector<Delivery>> SqliteStore::GatedDeliveries(std::string_view provider,
                                                           std::string_view after_customer, size_t limit) {
  return readers_.Read<std::vector<Delivery>>([&](Connection& db) -> Result<std::vector<Delivery>> {
    // A seek a customer: however much one of them has waiting, the others cost the same.
    std::vector<Delivery> deliveries;
    std::string after(after_customer);
    while (deliveries.size() < limit) {
      Cursor row = db.Query(std::string(kColumns) + sql::kGated, provider, after);
      if (!row.Next()) break;
      deliveries.push_back(ReadDelivery(row));
      after = deliveries.back().customer;
    }
    return deliveries;
  });
}

Result<std::vector<std::string>> SqliteStore::GatedProviders() {
  return readers_.Read<std::vector<std::string>>([&](Connection& db) -> Result<std::vector<std::string>> {
    std::vector<std::string> providers;
    for (std::string after;;) {
      Cursor row = db.Query(std::string("SELECT provider") + sql::kGatedProviders, after);
      if (!row.Next()) return providers;
      after = row.Text(0);
      providers.push_back(after);
    }
  });
}

Result<std::vector<Delivery>> SqliteStore::InFlightDeliveries(int64_t after_seq, size_t limit) {
  return readers_.Read<std::vector<Delivery>>([&](Connection& db) -> Result<std::vector<Delivery>> {
    return ReadAll(db.Query(std::string(kColumns) + sql::kInFlight, after_seq, limit));
  });
}

Result<std::vector<Delivery>> SqliteStore::OpenDeliveries(std::string_view entity,
                                                          std::string_view entity_id) {
  return readers_.Read<std::vector<Delivery>>([&](Connection& db) -> Result<std::vector<Delivery>> {
    return ReadAll(db.Query(std::string(kColumns) + sql::kOpenOfItem, entity_id, entity));
  });
}

Result<std::optional<Instant>> SqliteStore::RetryAhead(std::string_view customer, std::string_view channel,
                                                       int64_t seq) {
  return readers_.Read<std::optional<Instant>>([&](Connection& db) -> Result<std::optional<Instant>> {
    Cursor row = db.Query(std::string("SELECT max(next_at)") + sql::kRetryAhead, customer, channel, seq);
    return row.Next() ? row.MaybeTime(0) : std::optional<Instant>();
  });
}

Result<bool> SqliteStore::AnyRetrying() {
  return readers_.Read<bool>([](Connection& db) -> Result<bool> {
    return db.Query(std::string("SELECT 1") + sql::kAnyRetrying).Next();
  });
}

Result<bool> SqliteStore::PreviousOpen(int64_t event_seq, int64_t position) {
  return readers_.Read<bool>(
      [&](Connection& db) -> Result<bool> { return IsPreviousOpen(db, event_seq, position); });
}

Result<Delivery> SqliteStore::FindDelivery(std::string_view key) {
  return readers_.Read<Delivery>([&](Connection& db) -> Result<Delivery> {
    const std::string bytes = Unhex(key);
    Cursor row = db.Query(std::string(kColumns) + ", history FROM deliveries WHERE key = ?", Blob{bytes});
    if (!row.Next()) return NotFound("delivery", key);
    return ReadDeliveryWithHistory(row);
  });
}

Result<std::map<Status, int64_t>> SqliteStore::CountDeliveries() {
  return readers_.Read<std::map<Status, int64_t>>([](Connection& db) -> Result<std::map<Status, int64_t>> {
    std::map<Status, int64_t> counts;
    Cursor row = db.Query("SELECT status, count(*) FROM deliveries GROUP BY status");
    while (row.Next()) counts[static_cast<Status>(row.Int(0))] = row.Int(1);
    return counts;
  });
}

Result<std::vector<TimelineEntry>> SqliteStore::Timeline(std::string_view entity, std::string_view entity_id,
                                                         size_t limit) {
  return readers_.Read<std::vector<TimelineEntry>>([&](Connection& db) -> Result<std::vector<TimelineEntry>> {
    const size_t bound = std::clamp<size_t>(limit, 1, kMaxPage);
    std::vector<TimelineEntry> entries;
    {
      Cursor row = db.Query(
          "SELECT at, id, json ->> 'type', json ->> 'to' FROM events WHERE entity_id = ? AND entity = ? "
          "ORDER BY "
          "seq DESC LIMIT ?",
          entity_id, entity, bound);
      while (row.Next()) {
        entries.push_back(TimelineEntry{.at = row.Time(0),
                                        .what = row.Text(2),
                                        .text = row.Text(3),
                                        .delivery_key = {},
                                        .rule_id = {},
                                        .channel = {},
                                        .event_id = row.Text(1)});
      }
    }
    {
      Cursor row = db.Query(
          "SELECT at, text, channel FROM incoming_items JOIN incoming ON seq = incoming_seq WHERE entity_id "
          "= ? "
          "AND entity = ? ORDER BY seq DESC LIMIT ?",
          entity_id, entity, bound);
      while (row.Next()) {
        entries.push_back(TimelineEntry{.at = row.Time(0),
                                        .what = "incoming",
                                        .text = row.Text(1),
                                        .delivery_key = {},
                                        .rule_id = {},
                                        .channel = row.Text(2),
                                        .event_id = {}});
      }
    }
    Cursor row = db.Query(
        "SELECT key, rule_id, channel, event_id, history FROM deliveries WHERE entity_id = ? AND entity = ? "
        "ORDER "
        "BY seq DESC LIMIT ?",
        entity_id, entity, bound);
    while (row.Next()) {
      for (HistoryEntry& entry : UnpackHistory(row.Text(4))) {
        entries.push_back(TimelineEntry{.at = entry.at,
                                        .what = std::move(entry.what),
                                        .text = std::move(entry.text),
                                        .delivery_key = Hex(row.Text(0)),
                                        .rule_id = row.Text(1),
                                        .channel = row.Text(2),
                                        .event_id = row.Text(3)});
      }
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    if (entries.size() > bound) {
      entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(bound));
    }
    return entries;
  });
}

}  // namespace recado::store
