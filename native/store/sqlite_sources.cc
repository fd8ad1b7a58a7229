#include <algorithm>

#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

using ItemIds = std::vector<std::pair<std::string, std::string>>;

ProviderRow ReadSource(const Cursor& row) {
  ProviderRow source{.id = row.Text(0),
                     .kind = row.Text(1),
                     .settings = row.Text(2),
                     .secret_names = {},
                     .secrets = {},
                     .version = row.Int(4),
                     .paused = false,
                     .updated_at = row.Time(5)};
  if (const Result<Json> names = ParseJson(row.Text(3)); names.ok()) {
    for (const Json& name : *names) source.secret_names.push_back(name.get<std::string>());
  }
  return source;
}

constexpr std::string_view kSourceColumns =
    "SELECT id, kind, settings, secret_names, version, updated_at, secrets FROM crm_sources LIMIT 1";

void PutPeople(Connection& db, const Record& record, const std::vector<std::string>& people) {
  db.Execute("DELETE FROM record_people WHERE entity = ? AND entity_id = ?", record.entity, record.id);
  for (const std::string& person : people) {
    db.Execute("INSERT OR IGNORE INTO record_people (person, entity, entity_id) VALUES (?, ?, ?)", person,
               record.entity, record.id);
  }
}

ItemIds ReadItems(Cursor row) {
  ItemIds items;
  while (row.Next()) items.emplace_back(row.Text(0), row.Text(1));
  return items;
}

}  // namespace

void SqliteStore::PutCrmSource(store::PutProvider put, Done<ProviderRow> done) {
  auto run = [this, put = std::move(put)](Transaction& tx) -> Result<ProviderRow> {
    std::map<std::string, std::string> secrets;
    int64_t version = 0;
    {
      Cursor row = tx.db.Query(kSourceColumns);
      if (row.Next()) {
        version = row.Int(4);
        if (row.Text(0) == put.id) secrets = OpenSecrets(box_, row.Text(6), put.id).ValueOr({});
      }
    }
    if (!VersionMatches(put.if_match, version)) return VersionConflict("The CRM source", put.id);
    for (const auto& [name, value] : put.secrets) secrets[name] = value;
    std::erase_if(secrets, [](const auto& secret) { return secret.second.empty(); });
    Json names = Json::array();
    for (const auto& [name, value] : secrets) names.push_back(name);
    tx.db.Execute("DELETE FROM crm_sources");
    tx.db.Execute(
        "INSERT INTO crm_sources (id, kind, settings, secret_names, secrets, version, updated_at, "
        "updated_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        put.id, put.kind, put.settings, DumpJson(names), Blob{SealSecrets(box_, secrets)}, version + 1,
        put.now, put.by);
    tx.news.push_back(Change{.kind = Change::Kind::kDocument, .id = "crm-source"});
    Cursor row = tx.db.Query(kSourceColumns);
    if (row.Next()) return ReadSource(row);
    return NotFound("CRM source", put.id);
  };
  writer_.Post<ProviderRow>(std::move(run), std::move(done));
}

void SqliteStore::DeleteCrmSource(std::optional<int64_t> if_match, Done<Unit> done) {
  auto run = [if_match](Transaction& tx) -> Result<Unit> {
    int64_t version = 0;
    {
      Cursor row = tx.db.Query(kSourceColumns);
      if (row.Next()) version = row.Int(4);
    }
    if (version == 0) return NotFound("CRM source", "");
    if (!VersionMatches(if_match, version)) return VersionConflict("The CRM source", "");
    tx.db.Execute("DELETE FROM crm_sources");
    tx.db.Execute("DELETE FROM source_inbox");
    tx.db.Execute("DELETE FROM timeline_outbox");
    tx.db.Execute("DELETE FROM record_people");
    tx.news.push_back(Change{.kind = Change::Kind::kDocument, .id = "crm-source"});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<ProviderRow> SqliteStore::FindCrmSource(bool with_secrets) {
  return readers_.Read<ProviderRow>([&](Connection& db) -> Result<ProviderRow> {
    Cursor row = db.Query(kSourceColumns);
    if (!row.Next()) return NotFound("CRM source", "");
    ProviderRow source = ReadSource(row);
    if (!with_secrets) return source;
    Result<std::map<std::string, std::string>> secrets = OpenSecrets(box_, row.Text(6), source.id);
    if (!secrets.ok()) return secrets.TakeError();
    source.secrets = *std::move(secrets);
    return source;
  });
}

void SqliteStore::NoteSourceCalls(std::vector<SourceCall> calls, Instant now, Done<Unit> done) {
  auto run = [now, calls = std::move(calls)](Transaction& tx) -> Result<Unit> {
    for (const SourceCall& call : calls) {
      tx.db.Execute(
          "INSERT INTO source_inbox (entity, entity_id, what, at, next_at) VALUES (?1, ?2, ?3, ?4, ?5) ON "
          "CONFLICT "
          "(entity, entity_id) DO UPDATE SET what = CASE WHEN ?3 = 'deleted' OR what = 'updated' THEN ?3 "
          "ELSE what "
          "END, at = max(at + 1, ?4), tries = 0, next_at = ?5",
          call.entity, call.entity_id, call.what, call.at, now);
    }
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<std::vector<SourceCall>> SqliteStore::DueSourceCalls(Instant now, size_t limit) {
  return readers_.Read<std::vector<SourceCall>>([&](Connection& db) -> Result<std::vector<SourceCall>> {
    std::vector<SourceCall> calls;
    Cursor row = db.Query(
        "SELECT seq, entity, entity_id, what, at, tries FROM source_inbox WHERE next_at <= ? ORDER BY seq "
        "LIMIT ?",
        now, limit);
    while (row.Next()) {
      calls.push_back(SourceCall{row.Int(0), row.Text(1), row.Text(2), row.Text(3), row.Time(4),
                                 static_cast<int>(row.Int(5))});
    }
    return calls;
  });
}

void SqliteStore::EndSourceCalls(std::vector<SourceCall> calls, std::optional<Instant> again,
                                 Done<Unit> done) {
  auto run = [again, calls = std::move(calls)](Transaction& tx) -> Result<Unit> {
    for (const SourceCall& call : calls) {
      // A call that came while this one was being served has a later `at`: it is still to be served.
      if (again) {
        tx.db.Execute("UPDATE source_inbox SET tries = tries + 1, next_at = ? WHERE seq = ? AND at = ?",
                      *again, call.seq, call.at);
      } else {
        tx.db.Execute("DELETE FROM source_inbox WHERE seq = ? AND at = ? AND what = ?", call.seq, call.at,
                      call.what);
      }
    }
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::MirrorRecord(Mirrored mirrored, Instant now, Done<Unit> done) {
  auto run = [this, now, m = std::move(mirrored)](Transaction& tx) -> Result<Unit> {
    const Record& record = m.record;
    if (m.if_match == 0) {
      tx.db.Execute(
          "INSERT INTO records (entity, id, json, pipeline, stage, version, updated_at) VALUES (?, ?, ?, ?, "
          "?, 1, ?) "
          "ON CONFLICT (entity, id) DO NOTHING",
          record.entity, record.id, record.json, record.pipeline, record.stage, now);
    } else {
      tx.db.Execute(
          "UPDATE records SET json = ?, pipeline = ?, stage = ?, version = version + 1, updated_at = ? WHERE "
          "entity = "
          "? AND id = ? AND version = ?",
          record.json, record.pipeline, record.stage, now, record.entity, record.id, m.if_match);
    }
    if (tx.db.changes() != 1) return VersionConflict("The " + record.entity, record.id);
    PutPeople(tx.db, record, m.people);
    if (m.event) {
      const std::optional<int64_t> seq = InsertEvent(tx, *m.event, next_event_seq_, now);
      if (!seq) return Diagnostics{Diagnostic::Of(DiagnosticCode::event_conflict).With("id", m.event->id)};
      if (*seq != 0) ++next_event_seq_;
      tx.news.push_back(Change{.kind = Change::Kind::kEvents});
    }
    tx.news.push_back(Change{.kind = Change::Kind::kRecord,
                             .id = record.entity + "/" + record.id,
                             .entity = record.entity,
                             .entity_id = record.id});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<ItemIds> SqliteStore::RecordsOfPerson(std::string_view person, size_t limit) {
  return readers_.Read<ItemIds>([&](Connection& db) -> Result<ItemIds> {
    return ReadItems(
        db.Query("SELECT entity, entity_id FROM record_people WHERE person = ? LIMIT ?", person, limit));
  });
}

Result<ItemIds> SqliteStore::StaleItems(Instant due_until, Instant seen_before, size_t limit) {
  return readers_.Read<ItemIds>([&](Connection& db) -> Result<ItemIds> {
    return ReadItems(
        db.Query("SELECT DISTINCT d.entity, d.entity_id FROM deliveries d JOIN records r ON r.entity = "
                 "d.entity AND r.id = "
                 "d.entity_id WHERE d.next_at IS NOT NULL AND d.next_at <= ? AND d.status = 0 AND "
                 "r.updated_at < ? LIMIT ?",
                 due_until, seen_before, limit));
  });
}

Result<std::vector<TimelineNote>> SqliteStore::DueTimelineNotes(Instant now, size_t limit) {
  return readers_.Read<std::vector<TimelineNote>>([&](Connection& db) -> Result<std::vector<TimelineNote>> {
    std::vector<TimelineNote> notes;
    Cursor row = db.Query(
        "SELECT t.seq, t.status, t.at, t.tries, d.key, d.rule_id, d.channel, d.entity, d.entity_id, "
        "d.provider, "
        "d.reason, d.reason_json, d.message FROM timeline_outbox t JOIN deliveries d ON d.seq = "
        "t.delivery_seq WHERE "
        "t.next_at <= ? ORDER BY t.next_at, t.seq LIMIT ?",
        now, limit);
    while (row.Next()) {
      TimelineNote note{.seq = row.Int(0),
                        .status = static_cast<Status>(row.Int(1)),
                        .at = row.Time(2),
                        .tries = static_cast<int>(row.Int(3))};
      note.delivery.key = Hex(row.Text(4));
      note.delivery.rule_id = row.Text(5);
      note.delivery.channel = row.Text(6);
      note.delivery.entity = row.Text(7);
      note.delivery.entity_id = row.Text(8);
      note.delivery.provider = row.Text(9);
      note.delivery.reason = row.Text(10);
      note.delivery.reason_json = row.Text(11);
      note.delivery.message = row.Text(12);
      notes.push_back(std::move(note));
    }
    return notes;
  });
}

void SqliteStore::ClaimTimelineNotes(std::vector<int64_t> seqs, Instant again, Done<Unit> done) {
  auto run = [again, seqs = std::move(seqs)](Transaction& tx) -> Result<Unit> {
    for (const int64_t seq : seqs) {
      tx.db.Execute("UPDATE timeline_outbox SET tries = tries + 1, next_at = ? WHERE seq = ?", again, seq);
    }
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::EndTimelineNotes(std::vector<int64_t> seqs, Done<Unit> done) {
  auto run = [seqs = std::move(seqs)](Transaction& tx) -> Result<Unit> {
    for (const int64_t seq : seqs) tx.db.Execute("DELETE FROM timeline_outbox WHERE seq = ?", seq);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

}  // namespace recado::store
