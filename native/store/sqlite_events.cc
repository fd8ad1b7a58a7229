#include <algorithm>
#include <limits>

#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr std::string_view kEventColumns = "SELECT seq, id, json, at, received_at FROM events ";

Event ReadEvent(const Cursor& row) {
  return Event{.seq = row.Int(0),
               .id = row.Text(1),
               .json = row.Text(2),
               .at = row.Time(3),
               .received_at = row.Time(4)};
}

// The number of the first event that was taken in at `moment` or later, or one that no event has. Numbers
// follow the clock, so it is found by halves, without an index that every event would pay for; where the
// clock was set back, events of the doubled stretch may be missed at its edge.
int64_t FirstSince(Connection& db, Instant moment) {
  int64_t low = 1;
  int64_t high = 1;
  {
    Cursor last = db.Query("SELECT coalesce(max(seq), 0) + 1 FROM events");
    if (last.Next()) high = last.Int(0);
  }
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    Cursor row = db.Query("SELECT seq, received_at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1", middle);
    if (!row.Next() || row.Time(1) >= moment) {
      high = middle;
    } else {
      low = row.Int(0) + 1;
    }
  }
  return low;
}

size_t BytesOf(const std::vector<NewEvent>& events) {
  size_t bytes = 0;
  for (const NewEvent& event : events) bytes += event.json.size() + sizeof event;
  return bytes;
}

}  // namespace

std::optional<int64_t> InsertEvent(Transaction& tx, const NewEvent& event, int64_t seq, Instant now) {
  tx.db.Execute(
      "INSERT INTO events (seq, id, digest, entity, entity_id, at, received_at, json) VALUES (?, ?, ?, ?, ?, "
      "?, "
      "?, ?) ON CONFLICT (id) DO NOTHING",
      seq, event.id, Blob{event.digest}, event.entity, event.entity_id, event.at, now, event.json);
  if (tx.db.changes() == 1) return seq;
  Cursor known = tx.db.Query("SELECT digest FROM events WHERE id = ?", event.id);
  if (known.Next() && known.Text(0) != event.digest) return std::nullopt;
  return 0;
}

void SqliteStore::Ingest(std::vector<NewEvent> events, Instant now, Done<IngestOutcome> done) {
  const size_t bytes = BytesOf(events);
  auto conflict = std::make_shared<std::optional<size_t>>();
  auto run = [this, conflict, now, events = std::move(events)](Transaction& tx) -> Result<IngestOutcome> {
    IngestOutcome outcome;
    outcome.seqs.reserve(events.size());
    for (size_t i = 0; i < events.size() && tx.db.ok(); ++i) {
      const std::optional<int64_t> seq = InsertEvent(tx, events[i], next_event_seq_, now);
      if (!seq) {
        *conflict = i;
        return Diagnostics{Diagnostic::Of(DiagnosticCode::event_conflict).With("id", events[i].id)};
      }
      outcome.seqs.push_back(*seq);
      if (*seq == 0) {
        ++outcome.duplicates;
      } else {
        ++outcome.accepted;
        ++next_event_seq_;  // numbers of a refused batch are not used again: gaps do no harm
      }
    }
    if (outcome.accepted > 0) tx.news.push_back(Change{.kind = Change::Kind::kEvents});
    return outcome;
  };
  // A conflict must roll back what the batch has written, so the job fails; the caller gets it as an outcome.
  auto answer = [conflict, done = std::move(done)](Result<IngestOutcome> result) {
    if (*conflict && !result.ok() && result.error().front().code == DiagnosticCode::event_conflict) {
      done(IngestOutcome{.conflict = *conflict});
    } else {
      done(std::move(result));
    }
  };
  writer_.Post<IngestOutcome>(std::move(run), std::move(answer), Writer::Admission::kBounded, bytes);
}

Result<EventPage> SqliteStore::PageOfEvents(const EventFilter& filter) {
  return readers_.Read<EventPage>([&](Connection& db) -> Result<EventPage> {
    int64_t first = filter.after_seq + 1;
    if (filter.from) first = std::max(first, FirstSince(db, *filter.from));
    const int64_t end = filter.to ? FirstSince(db, *filter.to) : std::numeric_limits<int64_t>::max();
    EventPage page;
    size_t bytes = 0;
    Cursor row = db.Query(std::string(kEventColumns) + "WHERE seq >= ? AND seq < ? ORDER BY seq", first, end);
    while (row.Next()) {
      if (page.events.size() == filter.limit || bytes >= kMaxEventPageBytes) {
        page.next = page.events.back().seq;
        break;
      }
      page.events.push_back(ReadEvent(row));
      bytes += page.events.back().json.size();
    }
    return page;
  });
}

Result<std::vector<int64_t>> SqliteStore::UnplannedEvents(int64_t after_seq, size_t limit) {
  return readers_.Read<std::vector<int64_t>>([&](Connection& db) -> Result<std::vector<int64_t>> {
    std::vector<int64_t> seqs;
    Cursor row = db.Query(
        "SELECT seq FROM events WHERE seq > max(?, (SELECT value FROM counters WHERE name = "
        "'planned_through')) ORDER BY seq LIMIT ?",
        after_seq, limit);
    while (row.Next()) seqs.push_back(row.Int(0));
    return seqs;
  });
}

Result<Event> SqliteStore::FindEvent(int64_t seq) {
  return readers_.Read<Event>([&](Connection& db) -> Result<Event> {
    Cursor row = db.Query(std::string(kEventColumns) + "WHERE seq = ?", seq);
    if (row.Next()) return ReadEvent(row);
    return NotFound("event", std::to_string(seq));
  });
}

Result<std::optional<Item>> SqliteStore::FindItem(std::string_view entity, std::string_view entity_id) {
  return readers_.Read<std::optional<Item>>([&](Connection& db) -> Result<std::optional<Item>> {
    Cursor row = db.Query(
        "SELECT pipeline, stage, stage_at, snapshot_seq, snapshot_at, deleted FROM items WHERE entity_id = ? "
        "AND "
        "entity = ?",
        entity_id, entity);
    if (!row.Next()) return std::optional<Item>();
    return std::optional<Item>(Item{.entity = std::string(entity),
                                    .entity_id = std::string(entity_id),
                                    .pipeline = row.Text(0),
                                    .stage = row.Text(1),
                                    .stage_at = row.Time(2),
                                    .snapshot_seq = row.Int(3),
                                    .snapshot_at = row.Time(4),
                                    .deleted = row.Int(5) != 0});
  });
}

}  // namespace recado::store
