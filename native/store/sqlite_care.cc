// Forgetting: by age, and of one customer.
#include <algorithm>
#include <functional>
#include <set>

#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

// Nothing will happen to these any more, or not within any retention anybody chooses (accepted ones may still
// be reported as delivered).
constexpr std::string_view kEnded = "status IN (3, 4, 5, 7, 8)";
constexpr size_t kMaxFound = 10'000;  // of one kind for one customer
constexpr size_t kPortion = 200;      // rows in one write: a few milliseconds of the writer's time
constexpr int64_t kDayMs = 86'400'000;

std::vector<int64_t> Seqs(Cursor row) {
  std::vector<int64_t> seqs;
  while (row.Next()) seqs.push_back(row.Int(0));
  return seqs;
}

using Mark = std::function<std::string(std::string_view address)>;

// Text, customer and what the vendor said; the key, the rule, the statuses and the moments stay. So does the
// address as its keyed fingerprint, so that the way out in an old message goes on working.
void EraseDelivery(Connection& db, int64_t seq, const Mark& mark) {
  std::string address;
  {
    Cursor row = db.Query("SELECT channel, address FROM deliveries WHERE seq = ?", seq);
    if (row.Next()) address = row.Text(1);
    if (!address.empty() && !IsFingerprint(address)) address = mark(ListedAddress(row.Text(0), address));
  }
  db.Execute("DELETE FROM sandbox_messages WHERE key = (SELECT key FROM deliveries WHERE seq = ?)", seq);
  db.Execute(
      "UPDATE deliveries SET message = '', address = ?, customer = 'erased:' || seq, reason_json = '', "
      "reference = '' WHERE seq = ?",
      address, seq);
  ForgetWords(db, seq);
  std::string history;
  {
    Cursor row = db.Query("SELECT history FROM deliveries WHERE seq = ?", seq);
    if (row.Next()) history = row.Text(0);
  }
  if (!history.empty()) history.pop_back();
  const Result<Json> entries = ParseJson("[" + history + "]");
  std::string kept;
  if (entries.ok()) {
    for (Json entry : *entries) {
      entry.erase("text");
      kept += DumpJson(entry) + ",";
    }
  }
  db.Execute("UPDATE deliveries SET history = ? WHERE seq = ?", kept, seq);
}

void EraseSnapshot(Connection& db, int64_t seq) {
  db.Execute("UPDATE events SET json = json_remove(json, '$.snapshot') WHERE seq = ?", seq);
}

void DeleteDelivery(Connection& db, int64_t seq) {
  db.Execute("DELETE FROM erase_later WHERE kind = 0 AND seq = ?", seq);
  db.Execute("DELETE FROM sandbox_messages WHERE key = (SELECT key FROM deliveries WHERE seq = ?)", seq);
  db.Execute("DELETE FROM timeline_outbox WHERE delivery_seq = ?", seq);
  db.Execute("DELETE FROM search_queue WHERE seq = ?", seq);
  ForgetWords(db, seq);
  db.Execute("DELETE FROM deliveries WHERE seq = ?", seq);
}

bool Names(const Json& card, const CustomerQuery& query) {
  if (!card.is_object()) return false;
  if (!query.contact.empty() && card.value("id", Json()) == query.contact) return true;
  for (const char* kind : {"phones", "emails"}) {
    const auto values = card.find(kind);
    if (values == card.end() || !values->is_array()) continue;
    for (const Json& value : *values) {
      const Json text = value.is_object() ? value.value("value", Json()) : Json();
      const bool named = text.is_string() && std::find(query.addresses.begin(), query.addresses.end(),
                                                       text.get<std::string>()) != query.addresses.end();
      if (named) return true;
    }
  }
  return false;
}

// Whether a snapshot shows the customer, as a contact, the company or a lead.
bool Shows(const Json& snapshot, const CustomerQuery& query) {
  if (!snapshot.is_object()) return false;
  for (const auto& member : snapshot.items()) {
    if (member.key() == "contacts" && member.value().is_array()) {
      for (const Json& card : member.value()) {
        if (Names(card, query)) return true;
      }
    } else if (member.key() == "company" || member.key() == "lead") {
      if (Names(member.value(), query)) return true;
    }
  }
  return false;
}

// What a row must contain to be looked at more closely: the id or an address as JSON writes them.
std::vector<std::string> Needles(const CustomerQuery& query) {
  std::vector<std::string> needles = query.addresses;
  if (!query.contact.empty()) needles.push_back(query.contact);
  for (std::string& needle : needles) needle = DumpJson(Json(needle));
  return needles;
}

template <class Take>
void Look(Connection& db, const std::string& columns, const std::string& from, const std::string& text,
          const CustomerQuery& query, Take take) {
  std::string sql = "SELECT ";
  sql.append(columns).append(" FROM ").append(from).append(" WHERE instr(").append(text).append(", ?) > 0");
  std::set<int64_t> seen;
  for (const std::string& needle : Needles(query)) {
    Cursor row = db.Query(sql, needle);
    while (seen.size() < kMaxFound && row.Next()) {
      if (seen.insert(row.Int(0)).second) take(row);
    }
  }
}

Json ParsedOr(const std::string& text) {
  Result<Json> json = ParseJson(text);
  return json.ok() ? *std::move(json) : Json();
}

int64_t CounterOf(Connection& db, const char* name) {
  Cursor row = db.Query("SELECT value FROM counters WHERE name = ?", name);
  return row.Next() ? row.Int(0) : 0;
}

// The newest snapshot of an item that is still there, and whatever something waits for, are no content of the
// past.
constexpr std::string_view kSnapshotPast =
    "NOT EXISTS (SELECT 1 FROM items i WHERE i.entity_id = e.entity_id AND i.entity = e.entity AND "
    "i.snapshot_seq = "
    "e.seq AND i.deleted = 0) AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.entity_id = e.entity_id AND "
    "d.entity "
    "= e.entity AND d.status IN (0, 1))";

// The next deliveries that nobody has looked at, in the order in which they were made.
Sweep LookAtDeliveries(Connection& db, Instant before, size_t limit) {
  Sweep sweep{.kind = 0};
  Cursor row = db.Query("SELECT seq, created_at, message <> '', updated_at < ?1 AND " + std::string(kEnded) +
                            " FROM deliveries INDEXED BY deliveries_by_created WHERE (created_at, seq) > "
                            "(?2, ?3) AND created_at < ?1 "
                            "ORDER BY created_at, seq LIMIT ?4",
                        before, CounterOf(db, "erase_created"), CounterOf(db, "erase_seq"), limit);
  size_t looked_at = 0;
  for (; row.Next(); ++looked_at) {
    if (row.Int(2) != 0) (row.Int(3) != 0 ? sweep.erase : sweep.later).push_back(row.Int(0));
    sweep.counters = {{"erase_created", row.Int(1)}, {"erase_seq", row.Int(0)}};
  }
  sweep.more = looked_at == limit;
  return sweep;
}

// Those that had not ended then, or were composed after it.
Sweep LookAtLateDeliveries(Connection& db, Instant before, size_t limit) {
  Sweep sweep{.kind = 0};
  Cursor row =
      db.Query("SELECT l.seq, coalesce(message, '') <> '', updated_at < ? AND " + std::string(kEnded) +
                   " FROM erase_later l LEFT JOIN deliveries d ON d.seq = l.seq WHERE kind = 0",
               before);
  while (sweep.erase.size() < limit && row.Next()) {
    if (row.Int(1) == 0) sweep.gone.push_back(row.Int(0));
    if (row.Int(1) != 0 && row.Int(2) != 0) sweep.erase.push_back(row.Int(0));
  }
  return sweep;
}

Sweep LookAtEvents(Connection& db, Instant before, size_t limit) {
  Sweep sweep{.kind = 1};
  Cursor row = db.Query("SELECT seq, received_at, json_type(json, '$.snapshot') IS NOT NULL, " +
                            std::string(kSnapshotPast) +
                            " FROM events e WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
                        CounterOf(db, "erase_events"), CounterOf(db, "planned_through"), limit);
  size_t looked_at = 0;
  // They are numbered as they came: behind the first that is too young all are.
  for (; row.Next() && row.Time(1) < before; ++looked_at) {
    if (row.Int(2) != 0) (row.Int(3) != 0 ? sweep.erase : sweep.later).push_back(row.Int(0));
    sweep.counters = {{"erase_events", row.Int(0)}};
  }
  sweep.more = looked_at == limit;
  return sweep;
}

// Every item that is still there has one of these, so they are looked at a portion a sweep, round and round.
Sweep LookAtLateEvents(Connection& db, Instant before, size_t limit) {
  Sweep sweep{.kind = 1};
  Cursor row =
      db.Query("SELECT l.seq, e.seq IS NOT NULL, received_at < ? AND " + std::string(kSnapshotPast) +
                   " FROM erase_later l LEFT JOIN events e ON e.seq = l.seq WHERE kind = 1 AND l.seq > ? "
                   "ORDER BY l.seq LIMIT ?",
               before, CounterOf(db, "erase_again"), limit);
  size_t looked_at = 0;
  for (; row.Next(); ++looked_at) {
    if (row.Int(1) == 0) sweep.gone.push_back(row.Int(0));
    if (row.Int(1) != 0 && row.Int(2) != 0) sweep.erase.push_back(row.Int(0));
    sweep.counters = {{"erase_again", row.Int(0)}};
  }
  if (looked_at < limit) sweep.counters = {{"erase_again", 0}};
  return sweep;
}

}  // namespace

Result<size_t> SqliteStore::InPortions(const std::vector<int64_t>& seqs,
                                       const std::function<void(Connection& db, int64_t seq)>& write) {
  for (size_t from = 0; from < seqs.size(); from += kPortion) {
    const size_t count = std::min(kPortion, seqs.size() - from);
    const auto written = Await<Unit>([&](Done<Unit> done) {
      auto run = [portion = std::vector<int64_t>(seqs.begin() + static_cast<std::ptrdiff_t>(from),
                                                 seqs.begin() + static_cast<std::ptrdiff_t>(from + count)),
                  write](Transaction& tx) -> Result<Unit> {
        for (const int64_t seq : portion) write(tx.db, seq);
        return Unit{};
      };
      writer_.Post<Unit>(std::move(run), std::move(done));
    });
    if (!written.ok()) return written.error();
  }
  return seqs.size();
}

Result<size_t> SqliteStore::EraseContent(Instant before, size_t limit) {
  const auto written = Await<Unit>([&](Done<Unit> done) {
    auto run = [before, limit](Transaction& tx) -> Result<Unit> {
      EraseWrittenBefore(tx, before, limit);
      return Unit{};
    };
    writer_.Post<Unit>(std::move(run), std::move(done));
  });
  if (!written.ok()) return written.error();
  const auto delivery = [this](Connection& db, int64_t seq) {
    EraseDelivery(db, seq, [this](std::string_view address) { return Fingerprint(address); });
    db.Execute("DELETE FROM erase_later WHERE kind = 0 AND seq = ?", seq);
  };
  const auto event = [](Connection& db, int64_t seq) {
    EraseSnapshot(db, seq);
    db.Execute("DELETE FROM erase_later WHERE kind = 1 AND seq = ?", seq);
  };
  size_t erased = 0;
  const auto sweep = [&](auto look, const auto& erase, bool to_the_end) -> Result<Unit> {
    for (bool more = true; more && erased < limit;) {
      const Result<Sweep> found =
          readers_.Read<Sweep>([&](Connection& db) -> Result<Sweep> { return look(db, before, limit); });
      if (!found.ok()) return found.error();
      if (const Result<size_t> done = InPortions(found->erase, erase); !done.ok()) return done.error();
      if (Result<Unit> kept = NoteSwept(*found); !kept.ok()) return kept;
      erased += found->erase.size();
      more = to_the_end && found->more;
    }
    return Unit{};
  };
  for (const Result<Unit>& done :
       {sweep(LookAtDeliveries, delivery, true), sweep(LookAtLateDeliveries, delivery, false),
        sweep(LookAtEvents, event, true), sweep(LookAtLateEvents, event, false)}) {
    if (!done.ok()) return done.error();
  }
  return erased;
}

Result<Unit> SqliteStore::NoteSwept(const Sweep& sweep) {
  if (sweep.counters.empty() && sweep.later.empty() && sweep.gone.empty()) return Unit{};
  return Await<Unit>([&](Done<Unit> done) {
    auto run = [sweep](Transaction& tx) -> Result<Unit> {
      for (const int64_t seq : sweep.later) {
        tx.db.Execute("INSERT OR IGNORE INTO erase_later (kind, seq) VALUES (?, ?)", sweep.kind, seq);
      }
      for (const int64_t seq : sweep.gone) {
        tx.db.Execute("DELETE FROM erase_later WHERE kind = ? AND seq = ?", sweep.kind, seq);
      }
      for (const auto& [name, value] : sweep.counters) {
        tx.db.Execute("UPDATE counters SET value = ? WHERE name = ?", value, name);
      }
      return Unit{};
    };
    writer_.Post<Unit>(std::move(run), std::move(done));
  });
}

Result<size_t> SqliteStore::DeleteDeliveries(Instant before, size_t limit) {
  using SeqList = std::vector<int64_t>;
  const int64_t first_kept = before.ms / kDayMs;
  const Result<SeqList> seqs = readers_.Read<SeqList>([&](Connection& db) -> Result<SeqList> {
    // Their sums first: SumUpOneDay has to have seen the day.
    if (db.Query("SELECT 1 FROM statistics_dirty WHERE day < ? LIMIT 1", first_kept).Next()) return SeqList();
    return Seqs(
        db.Query("SELECT seq FROM deliveries INDEXED BY deliveries_by_created WHERE created_at < ? AND " +
                     std::string(kEnded) + " ORDER BY created_at LIMIT ?",
                 Instant{first_kept * kDayMs}, limit));
  });
  if (!seqs.ok()) return seqs.error();
  if (seqs->empty()) return size_t{0};
  // Before the first is gone: a day with less in it must never be summed up again.
  const auto frozen = Await<Unit>([&](Done<Unit> done) {
    auto run = [day = first_kept - 1](Transaction& tx) -> Result<Unit> {
      tx.db.Execute("UPDATE counters SET value = max(value, ?) WHERE name = 'statistics_frozen'", day);
      return Unit{};
    };
    writer_.Post<Unit>(std::move(run), std::move(done));
  });
  if (!frozen.ok()) return frozen.error();
  return InPortions(*seqs, DeleteDelivery);
}

Result<CustomerData> SqliteStore::FindCustomer(const CustomerQuery& query) {
  std::vector<std::string> keys;
  Result<CustomerData> found = readers_.Read<CustomerData>([&](Connection& db) -> Result<CustomerData> {
    CustomerData data;
    Look(db, "rowid_seq, entity, id, json, pipeline, stage, version, updated_at",
         "(SELECT row_number() OVER () AS rowid_seq, * FROM records)", "json", query, [&](const Cursor& row) {
           if (!Shows(ParsedOr(row.Text(3)), query)) return;
           data.records.push_back(Record{.entity = row.Text(1),
                                         .id = row.Text(2),
                                         .json = row.Text(3),
                                         .pipeline = row.Text(4),
                                         .stage = row.Text(5),
                                         .version = row.Int(6),
                                         .updated_at = row.Time(7)});
         });
    const std::string customer = "contact:" + query.contact;
    Look(db, "seq, key, customer, message", "deliveries", "message", query, [&](const Cursor& row) {
      const Json message = ParsedOr(row.Text(3));
      const Json to = message.is_object() ? message.value("to", Json()) : Json();
      const Json address = to.is_object() ? to.value("address", Json()) : Json();
      const bool addressed =
          address.is_string() && std::find(query.addresses.begin(), query.addresses.end(),
                                           address.get<std::string>()) != query.addresses.end();
      if (addressed || (!query.contact.empty() && row.Text(2) == customer)) keys.push_back(Hex(row.Text(1)));
    });
    if (!query.contact.empty()) {
      Cursor row = db.Query("SELECT key FROM deliveries WHERE customer = ? LIMIT ?", customer, kMaxFound);
      while (row.Next()) keys.push_back(Hex(row.Text(0)));
    }
    Look(db, "seq, id, json, at, received_at", "events", "json", query, [&](const Cursor& row) {
      const Json event = ParsedOr(row.Text(2));
      if (!event.is_object() || !Shows(event.value("snapshot", Json()), query)) return;
      data.events.push_back(Event{.seq = row.Int(0),
                                  .id = row.Text(1),
                                  .json = row.Text(2),
                                  .at = row.Time(3),
                                  .received_at = row.Time(4)});
    });
    FindWritten(db, query, data);
    for (const std::string& address : query.addresses) {
      Cursor row = db.Query(
          "SELECT channel, address, reason, made_by, created_at FROM suppressions WHERE address IN (?, ?)",
          address, Fingerprint(address));
      while (row.Next()) {
        data.suppressions.push_back(Suppression{.channel = row.Text(0),
                                                .address = address,
                                                .reason = row.Text(2),
                                                .by = row.Text(3),
                                                .created_at = row.Time(4)});
      }
      Cursor sandbox = db.Query(
          "SELECT seq, key, provider, channel, address, message, at FROM sandbox_messages WHERE address = ? "
          "LIMIT ?",
          address, kMaxFound);
      while (sandbox.Next()) {
        data.sandbox.push_back(SandboxMessage{.seq = sandbox.Int(0),
                                              .key = Hex(sandbox.Text(1)),
                                              .provider = sandbox.Text(2),
                                              .channel = sandbox.Text(3),
                                              .to = sandbox.Text(4),
                                              .message = sandbox.Text(5),
                                              .at = sandbox.Time(6)});
      }
    }
    return data;
  });
  if (!found.ok()) return found;
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  // Each with a connection of its own, after the one above has been given back.
  for (const std::string& key : keys) {
    Result<Delivery> delivery = FindDelivery(key);
    if (delivery.ok()) found->deliveries.push_back(*std::move(delivery));
  }
  return found;
}

void SqliteStore::EraseCustomer(CustomerErasure erasure, Instant now, Done<Unit> done) {
  auto run = [this, now, e = std::move(erasure)](Transaction& tx) -> Result<Unit> {
    for (const Record& record : e.records) {
      tx.db.Execute(
          "UPDATE records SET json = ?, version = version + 1, updated_at = ? WHERE entity = ? AND id = ? "
          "AND version = "
          "?",
          record.json, now, record.entity, record.id, record.version);
      if (tx.db.changes() != 1) return VersionConflict("The " + record.entity, record.id);
      tx.news.push_back(Change{.kind = Change::Kind::kRecord, .id = record.entity + "/" + record.id});
    }
    for (const int64_t seq : e.deliveries) {
      // What has not run is not sent any more.
      tx.db.Execute(
          "UPDATE deliveries SET status = 7, next_at = NULL, held = '', retrying = 0, updated_at = ?, "
          "history = history "
          "|| ? WHERE seq = ? AND status IN (0, 1)",
          now, DumpJson(Json{{"at", now.ms}, {"what", "cancelled"}}) + ",", seq);
      EraseDelivery(tx.db, seq, [this](std::string_view address) { return Fingerprint(address); });
    }
    for (const int64_t seq : e.events) EraseSnapshot(tx.db, seq);
    EraseWritten(tx, e);
    for (const std::string& address : e.addresses) {
      const std::string mark = Fingerprint(address);
      tx.db.Execute("DELETE FROM sandbox_messages WHERE address = ?", address);
      tx.db.Execute("UPDATE OR REPLACE suppressions SET address = ? WHERE address = ?", mark, address);
      tx.db.Execute(
          "INSERT INTO suppressions (address, channel, reason, made_by, created_at) VALUES (?, '', 'erased', "
          "?, ?) ON "
          "CONFLICT (address, channel) DO NOTHING",
          mark, e.by, now);
      tx.news.push_back(Change{.kind = Change::Kind::kSuppression, .id = mark});
    }
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

std::string SqliteStore::Fingerprint(std::string_view address) const {
  return std::string(kFingerprintPrefix) + box_.Fingerprint(address);
}

}  // namespace recado::store
