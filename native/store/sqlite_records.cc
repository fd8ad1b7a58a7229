#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "native/store/message_json.h"
#include "native/store/record_search.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr std::string_view kRecordColumns =
    "SELECT entity, id, json, pipeline, stage, version, updated_at FROM records ";
constexpr std::string_view kFileColumns = "SELECT id, name, media_type, bytes, created_at FROM files ";

Record ReadRecord(const Cursor& row) {
  return Record{.entity = row.Text(0),
                .id = row.Text(1),
                .json = row.Text(2),
                .pipeline = row.Text(3),
                .stage = row.Text(4),
                .version = row.Int(5),
                .updated_at = row.Time(6)};
}

File ReadFile(const Cursor& row, const std::string& folder) {
  return File{.id = row.Text(0),
              .name = row.Text(1),
              .media_type = row.Text(2),
              .bytes = row.Int(3),
              .created_at = row.Time(4),
              .path = folder + "/" + row.Text(0)};
}

int64_t RecordVersion(Connection& db, const std::string& entity, const std::string& id) {
  Cursor row = db.Query("SELECT version FROM records WHERE entity = ? AND id = ?", entity, id);
  return row.Next() ? row.Int(0) : 0;
}

// Keeps the event that a record's change is. False: its id is known with another value.
bool KeepEvent(Transaction& tx, const std::optional<NewEvent>& event, int64_t& next_seq, Instant now) {
  if (!event) return true;
  const std::optional<int64_t> seq = InsertEvent(tx, *event, next_seq, now);
  if (!seq) return false;
  if (*seq != 0) ++next_seq;
  tx.news.push_back(Change{.kind = Change::Kind::kEvents});
  return true;
}

Diagnostics EventConflict(const std::optional<NewEvent>& event) {
  return {Diagnostic::Of(DiagnosticCode::event_conflict).With("id", event ? event->id : "")};
}

Diagnostics SystemFault() {
  return {Diagnostic::Of(DiagnosticCode::storage_unavailable).With("detail", std::strerror(errno))};
}

// Whole and synced, with its folder entry, or not there.
bool WriteDurably(const std::string& folder, const std::string& path, std::string_view bytes) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return false;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool good = true;
  while (good && !bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    good = written > 0 || (written < 0 && errno == EINTR);
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  good = good && fsync(file) == 0;
  const int reason = errno;
  close(file);
  if (!good) unlink(path.c_str());
  const int entry = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (entry >= 0) {
    fsync(entry);
    close(entry);
  }
  errno = reason;
  return good;
}

Instant WallClock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

void SqliteStore::PutRecord(Record record, std::optional<int64_t> if_match, std::optional<NewEvent> event,
                            Instant now, Done<Record> done) {
  auto run = [this, if_match, now, record = std::move(record),
              event = std::move(event)](Transaction& tx) -> Result<Record> {
    const int64_t version = RecordVersion(tx.db, record.entity, record.id);
    if (!VersionMatches(if_match, version)) return VersionConflict("The " + record.entity, record.id);
    Record kept = record;
    kept.version = version + 1;
    kept.updated_at = now;
    tx.db.Execute(
        "INSERT INTO records (entity, id, json, pipeline, stage, version, updated_at) VALUES (?1, ?2, ?3, "
        "?4, ?5, "
        "?6, ?7) ON CONFLICT (entity, id) DO UPDATE SET json = ?3, pipeline = ?4, stage = ?5, version = ?6, "
        "updated_at = ?7",
        kept.entity, kept.id, kept.json, kept.pipeline, kept.stage, kept.version, now);
    if (!KeepEvent(tx, event, next_event_seq_, now)) return EventConflict(event);
    tx.news.push_back(Change{.kind = Change::Kind::kRecord,
                             .id = kept.entity + "/" + kept.id,
                             .entity = kept.entity,
                             .entity_id = kept.id});
    return kept;
  };
  writer_.Post<Record>(std::move(run), std::move(done));
}

void SqliteStore::DeleteRecord(std::string entity, std::string id, std::optional<int64_t> if_match,
                               std::optional<NewEvent> event, Instant now, Done<Unit> done) {
  auto run = [this, if_match, now, entity = std::move(entity), id = std::move(id),
              event = std::move(event)](Transaction& tx) -> Result<Unit> {
    const int64_t version = RecordVersion(tx.db, entity, id);
    if (version == 0) return NotFound(entity, id);
    if (!VersionMatches(if_match, version)) return VersionConflict("The " + entity, id);
    tx.db.Execute("DELETE FROM records WHERE entity = ? AND id = ?", entity, id);
    if (!KeepEvent(tx, event, next_event_seq_, now)) return EventConflict(event);
    tx.news.push_back(Change{.kind = Change::Kind::kRecord, .id = entity + "/" + id});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<Record> SqliteStore::FindRecord(std::string_view entity, std::string_view id) {
  return readers_.Read<Record>([&](Connection& db) -> Result<Record> {
    Cursor row = db.Query(std::string(kRecordColumns) + "WHERE entity = ? AND id = ?", entity, id);
    if (row.Next()) return ReadRecord(row);
    return NotFound(std::string(entity), id);
  });
}

Result<RecordPage> SqliteStore::ListRecords(const RecordFilter& filter) {
  const RecordSearch search(filter.words);
  const size_t limit = std::clamp<size_t>(filter.limit, 1, kMaxPage);
  return readers_.Read<RecordPage>([&](Connection& db) -> Result<RecordPage> {
    std::string sql(kRecordColumns);
    sql += "WHERE entity = ?1 AND id > ?2";
    if (!filter.pipeline.empty()) sql += " AND pipeline = ?3";
    if (!filter.stage.empty()) sql += " AND stage = ?4";
    sql += " ORDER BY id LIMIT ?5";
    RecordPage page;
    size_t looked = 0;
    std::string last;
    // One more than is answered tells whether there is a next page.
    const size_t most = search.empty() ? limit + 1 : kMaxRecordsLooked + 1;
    Cursor row = db.Query(sql, filter.entity, filter.after_id, filter.pipeline, filter.stage, most);
    while (row.Next()) {
      if (page.records.size() == limit || looked == kMaxRecordsLooked) {
        page.next = last;
        break;
      }
      ++looked;
      Record record = ReadRecord(row);
      last = record.id;
      if (search.empty() || search.Matches(record.id, record.json)) page.records.push_back(std::move(record));
    }
    return page;
  });
}

// ---- Files

void SqliteStore::PutFile(std::string name, std::string media_type, std::string bytes, Instant now,
                          Done<File> done) {
  File file{.id = RandomHexOf(16),
            .name = std::move(name),
            .media_type = std::move(media_type),
            .bytes = static_cast<int64_t>(bytes.size()),
            .created_at = now,
            .path = {}};
  file.path = FilesFolder() + "/" + file.id;
  // The bytes go to disk on the caller's thread: a large file must not hold up everybody's commits.
  if (!WriteDurably(FilesFolder(), file.path, bytes)) {
    done(SystemFault());
    return;
  }
  auto replaced = std::make_shared<std::string>();
  auto run = [file, replaced](Transaction& tx) -> Result<File> {
    {
      Cursor row = tx.db.Query("SELECT id FROM files WHERE name = ?", file.name);
      if (row.Next()) *replaced = row.Text(0);
    }
    tx.db.Execute("DELETE FROM files WHERE name = ?", file.name);
    tx.db.Execute("INSERT INTO files (id, name, media_type, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
                  file.id, file.name, file.media_type, file.bytes, file.created_at);
    tx.news.push_back(Change{.kind = Change::Kind::kFile, .id = file.id});
    return file;
  };
  auto answer = [folder = FilesFolder(), path = file.path, replaced,
                 done = std::move(done)](Result<File> result) {
    if (!result.ok()) {
      unlink(path.c_str());
    } else if (!replaced->empty()) {
      unlink((folder + "/" + *replaced).c_str());
    }
    done(std::move(result));
  };
  writer_.Post<File>(std::move(run), std::move(answer));
}

void SqliteStore::DeleteFile(std::string id, Done<Unit> done) {
  auto run = [id](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM files WHERE id = ?", id);
    if (tx.db.changes() == 0) return NotFound("file", id);
    tx.news.push_back(Change{.kind = Change::Kind::kFile, .id = id});
    return Unit{};
  };
  auto answer = [path = FilesFolder() + "/" + id, done = std::move(done)](Result<Unit> result) {
    if (result.ok()) unlink(path.c_str());
    done(std::move(result));
  };
  writer_.Post<Unit>(std::move(run), std::move(answer));
}

Result<File> SqliteStore::FindFile(std::string_view name_or_id) {
  return readers_.Read<File>([&](Connection& db) -> Result<File> {
    {
      Cursor row = db.Query(std::string(kFileColumns) + "WHERE name = ?", name_or_id);
      if (row.Next()) return ReadFile(row, FilesFolder());
    }
    Cursor row = db.Query(std::string(kFileColumns) + "WHERE id = ?", name_or_id);
    if (row.Next()) return ReadFile(row, FilesFolder());
    return NotFound("file", name_or_id);
  });
}

Result<std::vector<File>> SqliteStore::ListFiles() {
  return readers_.Read<std::vector<File>>([this](Connection& db) -> Result<std::vector<File>> {
    std::vector<File> files;
    Cursor row = db.Query(std::string(kFileColumns) + "ORDER BY name LIMIT ?", kMaxPage);
    while (row.Next()) files.push_back(ReadFile(row, FilesFolder()));
    return files;
  });
}

// ---- Sandbox

bool SqliteStore::Take(const std::vector<const provider::Outgoing*>& messages, std::string_view provider_id) {
  const auto run = [&](Transaction& tx) -> Result<Unit> {
    const Instant now = WallClock();
    for (const provider::Outgoing* outgoing : messages) {
      const plan::Message& message = outgoing->message;
      tx.db.Execute(
          "INSERT INTO sandbox_messages (key, provider, channel, address, message, at) VALUES (?, ?, ?, ?, "
          "?, ?) "
          "ON CONFLICT (key) DO NOTHING",
          Blob{Unhex(outgoing->key)}, provider_id, rule::ChannelName(message.channel), message.to.address,
          DumpJson(PackMessage(message)), now);
      tx.news.push_back(Change{.kind = Change::Kind::kSandbox, .id = outgoing->key});
    }
    return Unit{};
  };
  // The messages outlive the job: this waits for its answer.
  return Await<Unit>(
             [&](Done<Unit> done) { writer_.Post<Unit>(run, std::move(done), Writer::Admission::kAlways); })
      .ok();
}

Result<std::vector<SandboxMessage>> SqliteStore::SandboxMessages(int64_t before_seq, size_t limit) {
  return readers_.Read<std::vector<SandboxMessage>>(
      [&](Connection& db) -> Result<std::vector<SandboxMessage>> {
        std::vector<SandboxMessage> messages;
        Cursor row = db.Query(
            "SELECT seq, key, provider, channel, address, message, at FROM sandbox_messages WHERE ?1 = 0 OR "
            "seq < ?1 "
            "ORDER BY seq DESC LIMIT ?2",
            before_seq, std::clamp<size_t>(limit, 1, kMaxPage));
        while (row.Next()) {
          messages.push_back(SandboxMessage{.seq = row.Int(0),
                                            .key = Hex(row.Text(1)),
                                            .provider = row.Text(2),
                                            .channel = row.Text(3),
                                            .to = row.Text(4),
                                            .message = row.Text(5),
                                            .at = row.Time(6)});
        }
        return messages;
      });
}

}  // namespace recado::store
