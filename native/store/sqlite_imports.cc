#include <algorithm>

#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr std::string_view kImportColumns =
    "SELECT id, name, options, state, bytes, done_bytes, lines, created, changed, unchanged, bad, remarks, "
    "fault, made_by, created_at, updated_at FROM imports ";

Import ReadImport(const Cursor& row) {
  return Import{.id = row.Text(0),
                .name = row.Text(1),
                .options = row.Text(2),
                .state = static_cast<ImportState>(row.Int(3)),
                .bytes = row.Int(4),
                .done_bytes = row.Int(5),
                .lines = row.Int(6),
                .created = row.Int(7),
                .changed = row.Int(8),
                .unchanged = row.Int(9),
                .bad = row.Int(10),
                .remarks = row.Int(11),
                .fault = row.Text(12),
                .by = row.Text(13),
                .created_at = row.Time(14),
                .updated_at = row.Time(15)};
}

std::optional<Import> Find(Connection& db, std::string_view id) {
  Cursor row = db.Query(std::string(kImportColumns) + "WHERE id = ?", id);
  return row.Next() ? std::optional<Import>(ReadImport(row)) : std::nullopt;
}

void AddFaults(Connection& db, const ImportBatch& batch) {
  int64_t seq = 0;
  {
    Cursor row =
        db.Query("SELECT coalesce(max(seq), 0) FROM import_faults WHERE import_id = ?", batch.import.id);
    if (row.Next()) seq = row.Int(0);
  }
  for (const ImportFault& fault : batch.faults) {
    if (seq >= static_cast<int64_t>(kMaxImportFaults)) return;  // the rest is counted only
    db.Execute(
        "INSERT INTO import_faults (import_id, seq, line, column_name, value, diagnostic) VALUES (?, ?, ?, "
        "?, ?, ?)",
        batch.import.id, ++seq, fault.line, fault.column, fault.value, fault.diagnostic);
  }
}

// False: somebody else has changed the record since it was read.
bool PutOne(Connection& db, const ImportBatch::Put& put, Instant now) {
  const Record& record = put.record;
  if (put.if_match == 0) {
    db.Execute(
        "INSERT INTO records (entity, id, json, pipeline, stage, version, updated_at) VALUES (?, ?, ?, ?, ?, "
        "1, ?) ON CONFLICT (entity, id) DO NOTHING",
        record.entity, record.id, record.json, record.pipeline, record.stage, now);
  } else {
    db.Execute(
        "UPDATE records SET json = ?, pipeline = ?, stage = ?, version = version + 1, updated_at = ? WHERE "
        "entity = ? AND id = ? AND version = ?",
        record.json, record.pipeline, record.stage, now, record.entity, record.id, put.if_match);
  }
  return db.changes() == 1;
}

}  // namespace

void SqliteStore::OpenImport(Import import, Done<Import> done) {
  auto run = [i = std::move(import)](Transaction& tx) -> Result<Import> {
    tx.db.Execute(
        "INSERT INTO imports (id, name, options, state, bytes, done_bytes, lines, created, changed, "
        "unchanged, "
        "bad, remarks, fault, made_by, created_at, updated_at) VALUES (?1, ?2, ?3, 0, ?4, 0, 0, 0, 0, 0, 0, "
        "0, '', ?5, ?6, ?6) ON CONFLICT (id) DO NOTHING",
        i.id, i.name, i.options, i.bytes, i.by, i.created_at);
    tx.news.push_back(Change{.kind = Change::Kind::kImport, .id = i.id});
    if (std::optional<Import> found = Find(tx.db, i.id)) return *std::move(found);
    return NotFound("import", i.id);
  };
  writer_.Post<Import>(std::move(run), std::move(done));
}

void SqliteStore::CommitImport(ImportBatch batch, Instant now, Done<Unit> done) {
  auto run = [this, now, batch = std::move(batch)](Transaction& tx) -> Result<Unit> {
    bool events = false;
    for (const ImportBatch::Put& put : batch.puts) {
      if (!PutOne(tx.db, put, now)) return VersionConflict("The " + put.record.entity, put.record.id);
      if (put.event) {
        const std::optional<int64_t> seq = InsertEvent(tx, *put.event, next_event_seq_, now);
        if (!seq)
          return Diagnostics{Diagnostic::Of(DiagnosticCode::event_conflict).With("id", put.event->id)};
        if (*seq != 0) ++next_event_seq_;
        events = true;
      }
    }
    AddFaults(tx.db, batch);
    const Import& i = batch.import;
    tx.db.Execute(
        "UPDATE imports SET state = ?, done_bytes = ?, lines = ?, created = ?, changed = ?, unchanged = ?, "
        "bad "
        "= ?, remarks = ?, fault = ?, updated_at = ? WHERE id = ?",
        static_cast<int>(i.state), i.done_bytes, i.lines, i.created, i.changed, i.unchanged, i.bad, i.remarks,
        i.fault, now, i.id);
    if (tx.db.changes() == 0) return NotFound("import", i.id);
    if (events) tx.news.push_back(Change{.kind = Change::Kind::kEvents});
    tx.news.push_back(Change{.kind = Change::Kind::kImport, .id = i.id});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::ResetImport(std::string id, Instant now, Done<Unit> done) {
  auto run = [now, id = std::move(id)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM import_faults WHERE import_id = ?", id);
    tx.db.Execute(
        "UPDATE imports SET state = 0, done_bytes = 0, lines = 0, created = 0, changed = 0, unchanged = 0, "
        "bad "
        "= 0, remarks = 0, fault = '', updated_at = ? WHERE id = ?",
        now, id);
    if (tx.db.changes() == 0) return NotFound("import", id);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<Import> SqliteStore::FindImport(std::string_view id) {
  return readers_.Read<Import>([&](Connection& db) -> Result<Import> {
    if (std::optional<Import> found = Find(db, id)) return *std::move(found);
    return NotFound("import", id);
  });
}

Result<std::vector<Import>> SqliteStore::ListImports(size_t limit) {
  return readers_.Read<std::vector<Import>>([&](Connection& db) -> Result<std::vector<Import>> {
    std::vector<Import> imports;
    Cursor row = db.Query(std::string(kImportColumns) + "ORDER BY created_at DESC, id LIMIT ?",
                          std::clamp<size_t>(limit, 1, kMaxPage));
    while (row.Next()) imports.push_back(ReadImport(row));
    return imports;
  });
}

Result<std::vector<ImportFault>> SqliteStore::ImportFaults(std::string_view id, int64_t after, size_t limit) {
  return readers_.Read<std::vector<ImportFault>>([&](Connection& db) -> Result<std::vector<ImportFault>> {
    std::vector<ImportFault> faults;
    Cursor row = db.Query(
        "SELECT line, column_name, value, diagnostic FROM import_faults WHERE import_id = ? AND seq > ? "
        "ORDER "
        "BY seq LIMIT ?",
        id, after, std::clamp<size_t>(limit, 1, kMaxImportFaults));
    while (row.Next()) faults.push_back(ImportFault{row.Int(0), row.Text(1), row.Text(2), row.Text(3)});
    return faults;
  });
}

}  // namespace recado::store
