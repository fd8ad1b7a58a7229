#include "native/store/sqlite_store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "native/store/backup.h"
#include "native/store/migrations.h"

namespace recado::store {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
// Pages copied at a time by a backup; between two steps writers go on.
constexpr int kBackupPages = 1'024;

// The first event number this process gives. Never one given before, even where the newest events have been
// erased: the planner would take them for planned.
Result<int64_t> NextEventSeq(Connection& db) {
  Cursor row = db.Query(
      "SELECT max(coalesce((SELECT max(seq) FROM events), 0), (SELECT value FROM counters WHERE name = "
      "'planned_through')) + 1");
  const int64_t next = row.Next() ? row.Int(0) : 1;
  if (std::optional<Fault> fault = db.TakeFault()) return ToDiagnostics(*fault);
  return next;
}

// The connection as the writer gets it.
Connection Watched(Connection db, ListedAddresses& listed) {
  listed.Watch(db);
  return db;
}

}  // namespace

Diagnostics NotFound(std::string what, std::string_view id) {
  return {
      Diagnostic::Of(DiagnosticCode::not_found).With("what", std::move(what)).With("id", std::string(id))};
}

Diagnostics VersionConflict(std::string what, std::string_view id) {
  return {Diagnostic::Of(DiagnosticCode::version_conflict)
              .With("what", std::move(what))
              .With("id", std::string(id))};
}

std::string Hex(std::string_view bytes) {
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 15];
  }
  return hex;
}

std::string Unhex(std::string_view hex) {
  std::string bytes;
  if (hex.size() % 2 != 0) return bytes;
  bytes.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    const size_t high = kHexDigits.find(hex[i]);
    const size_t low = kHexDigits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

SqliteStore::SqliteStore(std::string path, LockFile lock, SecretBox box, Connection writer_db,
                         int64_t next_event_seq)
    : path_(std::move(path)),
      lock_(std::move(lock)),
      box_(box),
      next_event_seq_(next_event_seq),
      readers_(path_),
      writer_(Watched(std::move(writer_db), listed_)) {}

SqliteStore::~SqliteStore() {
  Close();
}

int SqliteStore::Subscribe(Listener listener) {
  return writer_.Subscribe(std::move(listener));
}

void SqliteStore::Unsubscribe(int id) {
  writer_.Unsubscribe(id);
}

void SqliteStore::ReadTogether(const std::function<void()>& reads) {
  readers_.Together(reads);
}

Diagnostics SqliteStore::Health() {
  Diagnostics faults = writer_.Health();
  if (!faults.empty()) return faults;
  const Result<Unit> read = readers_.Read<Unit>([](Connection& db) -> Result<Unit> {
    db.Query("SELECT value FROM counters LIMIT 1").Next();
    return Unit{};
  });
  return read.ok() ? Diagnostics{} : read.error();
}

std::string SqliteStore::RandomHex(size_t bytes) {
  return RandomHexOf(bytes);
}

void SqliteStore::Close() {
  writer_.Close();
}

Result<Unit> SqliteStore::Backup(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_unreadable)
                           .With("path", path)
                           .With("detail", "there is a file of that name already")};
  }
  const mode_t before = umask(0077);
  Result<Connection> target = Connection::Open(path, Connection::Mode::kWrite);
  umask(before);
  if (!target.ok()) return target.TakeError();
  Result<Unit> copied = readers_.Read<Unit>([&](Connection& source) -> Result<Unit> {
    // One read transaction for the whole copy: a step that finds the source changed would begin anew for
    // ever.
    source.Script("BEGIN; SELECT count(*) FROM counters;");
    sqlite3_backup* backup = sqlite3_backup_init(target->handle(), "main", source.handle(), "main");
    int code = backup == nullptr ? SQLITE_ERROR : SQLITE_OK;
    while (code == SQLITE_OK) code = sqlite3_backup_step(backup, kBackupPages);
    sqlite3_backup_finish(backup);
    source.Script("COMMIT");
    if (code == SQLITE_DONE) return Unit{};
    return ToDiagnostics(Fault{code, sqlite3_errmsg(target->handle())});
  });
  if (!copied.ok()) return copied;
  // The rows first: a file is on disk before its row is, so none that the copy names can be missing.
  if (Diagnostics faults = CopyFiles(path_, path); !faults.empty()) return faults;
  return Unit{};
}

Result<std::unique_ptr<Store>> OpenSqlite(const OpenOptions& options) {
  LockFile lock;
  if (options.owner == OpenOptions::Owner::kService) {
    Result<LockFile> taken = LockFile::Acquire(options.path + ".lock", options.path);
    if (!taken.ok()) return taken.TakeError();
    lock = *std::move(taken);
  }
  Result<SecretBox> box = SecretBox::Open(options.key, options.path + ".key");
  if (!box.ok()) return box.TakeError();
  // Customers' data: nobody else on this machine may read it. Also for the files SQLite puts beside it.
  const mode_t before = umask(0077);
  Result<Connection> db = Connection::Open(options.path, Connection::Mode::kWrite);
  umask(before);
  if (!db.ok()) return db.TakeError();
  const Result<int> version = Migrate(*db, options.path);
  if (!version.ok()) return version.error();
  Result<int64_t> next = NextEventSeq(*db);
  if (!next.ok()) return next.TakeError();
  return std::unique_ptr<Store>(
      std::make_unique<SqliteStore>(options.path, std::move(lock), *std::move(box), *std::move(db), *next));
}

}  // namespace recado::store
