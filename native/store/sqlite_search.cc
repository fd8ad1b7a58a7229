// Lists of deliveries and what they are found by.
#include <algorithm>

#include "core/base/json.h"
#include "native/store/search_text.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

// Rows that one page looks at before it is given as it is; `next` goes on from there.
constexpr int64_t kMaxLookedAt = 200'000;
// One write of the index: a few milliseconds of the writer's time.
constexpr size_t kIndexPortion = 100;
// Pages of the index that one step of merging writes.
constexpr int kMergePages = 200;
// A snapshot that is longer is not read for its title.
constexpr size_t kMaxSearchSnapshot = 256 * 1024;

Json ParsedOrNull(const std::string& text) {
  if (text.empty() || text.size() > kMaxSearchSnapshot) return {};
  Result<Json> json = ParseJson(text);
  return json.ok() ? *std::move(json) : Json();
}

SearchSource SourceOf(Connection& db, int64_t seq) {
  SearchSource source;
  Cursor row = db.Query(
      "SELECT key, channel, provider, reference, reason, rule_id, (SELECT document ->> 'name' FROM rules "
      "WHERE id = "
      "rule_id), entity_id, address, customer, message, reason_json, coalesce((SELECT json FROM records r "
      "WHERE "
      "r.entity = d.entity AND r.id = d.entity_id), (SELECT json -> 'snapshot' FROM events e WHERE e.seq = "
      "d.event_seq)) FROM deliveries d WHERE seq = ?",
      seq);
  if (!row.Next()) return source;
  source.key = Hex(row.Text(0));
  source.channel = row.Text(1);
  source.provider = row.Text(2);
  source.reason = row.Text(4);
  source.rule_id = row.Text(5);
  source.rule_name = row.Text(6);
  source.entity_id = row.Text(7);
  source.customer = row.Text(9);
  // Nothing of an erased customer comes back by way of its record.
  if (source.customer.starts_with("erased:")) {
    source.customer.clear();
    return source;
  }
  source.reference = row.Text(3);
  source.address = row.Text(8);
  source.message = ParsedOrNull(row.Text(10));
  source.reason_json = ParsedOrNull(row.Text(11));
  source.snapshot = ParsedOrNull(row.Text(12));
  return source;
}

// Newest first: what somebody looks for is mostly of today.
std::vector<int64_t> Queued(Connection& db, size_t limit) {
  std::vector<int64_t> seqs;
  Cursor row = db.Query("SELECT seq FROM search_queue ORDER BY seq DESC LIMIT ?", limit);
  while (row.Next()) seqs.push_back(row.Int(0));
  return seqs;
}

bool HasResidue(Connection& db) {
  Cursor row = db.Query("SELECT value FROM counters WHERE name = 'search_residue'");
  return row.Next() && row.Int(0) != 0;
}

// The part of the numbers in which deliveries made in [from, to) stand: they are given in the order of time.
struct Span {
  int64_t first = 0;
  int64_t last = INT64_MAX;
};
Span SpanOf(Connection& db, const DeliveryFilter& filter) {
  Span span;
  if (filter.from) {
    Cursor row = db.Query("SELECT seq FROM deliveries WHERE created_at >= ? ORDER BY created_at, seq LIMIT 1",
                          *filter.from);
    span.first = row.Next() ? row.Int(0) : INT64_MAX;
  }
  if (filter.to) {
    Cursor row =
        db.Query("SELECT seq FROM deliveries WHERE created_at < ? ORDER BY created_at DESC, seq DESC LIMIT 1",
                 *filter.to);
    span.last = row.Next() ? row.Int(0) : -1;
  }
  if (filter.before_seq > 0) span.last = std::min(span.last, filter.before_seq - 1);
  return span;
}

// What is rare in any store: its index is the shorter way.
bool IsRare(Status status) {
  return status == Status::kDue || status == Status::kInFlight || status == Status::kFailed ||
         status == Status::kAmbiguous;
}

// One index drives, everything else is looked at row by row, within kMaxLookedAt.
std::string SqlOf(const DeliveryFilter& filter) {
  std::string sql(kDeliveryColumns);
  if (!filter.match.empty()) {
    return sql +
           " FROM delivery_search s CROSS JOIN deliveries ON seq = s.rowid WHERE delivery_search MATCH ?3 "
           "AND "
           "s.rowid BETWEEN ?1 AND ?2 ORDER BY s.rowid DESC";
  }
  const char* driver = "";
  if (!filter.entity_id.empty()) {
    driver = " AND entity_id = ?3";
  } else if (filter.status && (IsRare(*filter.status) || filter.rule_id.empty())) {
    driver = " AND status = ?3";
  } else if (!filter.rule_id.empty()) {
    driver = " AND rule_id = ?3";
  }
  return sql + " FROM deliveries WHERE seq BETWEEN ?1 AND ?2" + driver + " ORDER BY seq DESC";
}

Cursor RowsOf(Connection& db, const DeliveryFilter& filter, const Span& span) {
  const std::string sql = SqlOf(filter);
  if (!filter.match.empty()) return db.Query(sql, span.first, span.last, filter.match);
  if (!filter.entity_id.empty()) return db.Query(sql, span.first, span.last, filter.entity_id);
  if (filter.status && (IsRare(*filter.status) || filter.rule_id.empty())) {
    return db.Query(sql, span.first, span.last, static_cast<int>(*filter.status));
  }
  if (!filter.rule_id.empty()) return db.Query(sql, span.first, span.last, filter.rule_id);
  return db.Query(sql, span.first, span.last);
}

// The columns by their place in kDeliveryColumns; a row that does not fit is not read any further.
bool Fits(const Cursor& row, const DeliveryFilter& filter) {
  const auto is = [&](int column, const std::string& wanted) {
    return wanted.empty() || row.Text(column) == wanted;
  };
  if (filter.status && row.Int(2) != static_cast<int>(*filter.status)) return false;
  if (filter.from && row.Time(14) < *filter.from) return false;
  if (filter.to && !(row.Time(14) < *filter.to)) return false;
  return is(3, filter.rule_id) && is(6, filter.channel) && is(7, filter.entity) && is(8, filter.entity_id) &&
         is(21, filter.provider);
}

}  // namespace

Result<DeliveryPage> SqliteStore::PageOfDeliveries(const DeliveryFilter& filter) {
  return readers_.Read<DeliveryPage>([&](Connection& db) -> Result<DeliveryPage> {
    const size_t limit = std::clamp<size_t>(filter.limit, 1, kMaxPage);
    const Span span = SpanOf(db, filter);
    DeliveryPage page;
    if (!filter.match.empty()) page.complete = Queued(db, 1).empty();
    Cursor row = RowsOf(db, filter, span);
    for (int64_t looked_at = 1; row.Next(); ++looked_at) {
      if (Fits(row, filter)) page.deliveries.push_back(ReadDelivery(row));
      if (page.deliveries.size() == limit || looked_at == kMaxLookedAt) {
        page.next = row.Int(0);
        break;
      }
    }
    return page;
  });
}

Result<std::vector<Delivery>> SqliteStore::ListDeliveries(const DeliveryFilter& filter) {
  Result<DeliveryPage> page = PageOfDeliveries(filter);
  if (!page.ok()) return page.TakeError();
  return std::move(page->deliveries);
}

Result<size_t> SqliteStore::IndexDeliveries(size_t limit) {
  size_t done = 0;
  while (done < limit) {
    const size_t portion = std::min(kIndexPortion, limit - done);
    const auto waiting = readers_.Read<std::vector<int64_t>>(
        [&](Connection& db) -> Result<std::vector<int64_t>> { return Queued(db, portion); });
    if (!waiting.ok()) return waiting.error();
    if (waiting->empty()) return done;
    const auto written = Await<Unit>([&](Done<Unit> answer) {
      // Read and written in one breath, so that no change comes in between.
      auto run = [portion](Transaction& tx) -> Result<Unit> {
        for (const int64_t seq : Queued(tx.db, portion)) {
          const SearchSource source = SourceOf(tx.db, seq);
          tx.db.Execute("DELETE FROM delivery_search WHERE rowid = ?", seq);
          if (!source.key.empty()) {
            tx.db.Execute("INSERT INTO delivery_search (rowid, text) VALUES (?, ?)", seq, SearchText(source));
          }
          tx.db.Execute("DELETE FROM search_queue WHERE seq = ?", seq);
        }
        return Unit{};
      };
      writer_.Post<Unit>(std::move(run), std::move(answer));
    });
    if (!written.ok()) return written.error();
    done += waiting->size();
    if (waiting->size() < portion) return done;
  }
  return done;
}

Result<bool> SqliteStore::MergeSearch(bool first) {
  const auto residue = readers_.Read<bool>([](Connection& db) -> Result<bool> { return HasResidue(db); });
  if (!residue.ok()) return residue.error();
  if (!*residue) return false;
  return Await<bool>([&](Done<bool> done) {
    auto run = [first](Transaction& tx) -> Result<bool> {
      const int64_t before = tx.db.total_changes();
      // Negative: everything becomes one part, and what is deleted in it is gone.
      tx.db.Execute("INSERT INTO delivery_search (delivery_search, rank) VALUES ('merge', ?)",
                    first ? -kMergePages : kMergePages);
      // FTS5 counts at least one row for the command itself.
      const bool more = tx.db.total_changes() - before >= 2;
      if (!more) tx.db.Execute("UPDATE counters SET value = 0 WHERE name = 'search_residue'");
      return more;
    };
    writer_.Post<bool>(std::move(run), std::move(done));
  });
}

void ForgetWords(Connection& db, int64_t seq) {
  db.Execute("DELETE FROM delivery_search WHERE rowid = ?", seq);
  db.Execute("UPDATE counters SET value = 1 WHERE name = 'search_residue'");
}

}  // namespace recado::store
