#include "native/store/backup.h"

#include <filesystem>
#include <sqlite3.h>

#include "native/store/migrations.h"
#include "native/store/sqlite.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kParts[] = {"", "-wal", "-shm"};  // a database that was not closed in order

Diagnostics Unreadable(const std::string& path, std::string detail) {
  return {
      Diagnostic::Of(DiagnosticCode::store_unreadable).With("path", path).With("detail", std::move(detail))};
}

// A copy in order, and of our tables. Reads the whole of it.
Diagnostics CheckCopy(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return Unreadable(path, "there is no such file");
  Result<Connection> db = Connection::Open(path, Connection::Mode::kRead);
  if (!db.ok()) return db.TakeError();
  int version = 0;
  std::string verdict;
  {
    Cursor row = db->Query("SELECT MAX(version) FROM schema_version");
    if (row.Next()) version = static_cast<int>(row.Int(0));
  }
  {
    Cursor row = db->Query("PRAGMA integrity_check(1)");
    if (row.Next()) verdict = row.Text(0);
  }
  if (std::optional<Fault> fault = db->TakeFault()) return Unreadable(path, fault->text);
  if (verdict != "ok") return Unreadable(path, "it is damaged: " + verdict);
  if (version <= NewestVersion()) return {};
  return {Diagnostic::Of(DiagnosticCode::store_too_new)
              .With("path", path)
              .With("found", std::to_string(version))
              .With("known", std::to_string(NewestVersion()))};
}

// Moves a store away, with all that belongs to its data. The key stays: it opens the copy's secrets too.
Diagnostics PutAside(const std::string& store, const std::string& aside) {
  std::error_code error;
  for (const char* part : kParts) {
    if (fs::exists(store + part, error)) fs::rename(store + part, aside + part, error);
    if (error) return Unreadable(store + part, error.message());
  }
  if (fs::exists(store + ".files", error)) fs::rename(store + ".files", aside + ".files", error);
  if (error) return Unreadable(store + ".files", error.message());
  return {};
}

Diagnostics PauseAll(const std::string& path, Instant now) {
  auto store = OpenSqlite({.path = path, .owner = OpenOptions::Owner::kTool, .key = {}});
  if (!store.ok()) return store.TakeError();
  auto paused = Await<Unit>([&](auto done) { (*store)->SetPaused("", true, "restore", now, done); });
  (*store)->Close();
  return paused.ok() ? Diagnostics() : paused.TakeError();
}

}  // namespace

Diagnostics CopyFiles(const std::string& from, const std::string& to) {
  std::error_code error;
  if (!fs::exists(from + ".files", error)) return {};
  const auto options = fs::copy_options::recursive | fs::copy_options::skip_existing;
  fs::copy(from + ".files", to + ".files", options, error);
  return error ? Unreadable(to + ".files", error.message()) : Diagnostics();
}

Result<Restored> Restore(const std::string& copy, const std::string& store, bool replace, Instant now) {
  if (Diagnostics faults = CheckCopy(copy); !faults.empty()) return faults;
  const Result<LockFile> lock = LockFile::Acquire(store + ".lock", store);
  if (!lock.ok()) return lock.error();
  std::error_code error;
  Restored restored;
  if (fs::exists(store, error)) {
    if (!replace) return Unreadable(store, "there is a store already; --replace puts it aside");
    restored.put_aside = store + ".before-" + FormatInstant(now);
  }
  // Everything that can fail for want of space comes before anything is moved.
  const std::string incoming = store + ".incoming";
  fs::remove(incoming, error);
  fs::copy_file(copy, incoming, error);
  if (error) return Unreadable(incoming, error.message());
  fs::permissions(incoming, fs::perms::owner_read | fs::perms::owner_write, error);
  if (Diagnostics faults = PauseAll(incoming, now); !faults.empty()) return faults;
  if (!restored.put_aside.empty()) {
    if (Diagnostics faults = PutAside(store, restored.put_aside); !faults.empty()) return faults;
  }
  fs::rename(incoming, store, error);
  if (error) return Unreadable(store, error.message());
  fs::remove(incoming + ".key", error);
  if (Diagnostics faults = CopyFiles(copy, store); !faults.empty()) return faults;
  restored.has_key = fs::exists(store + ".key", error);
  return restored;
}

}  // namespace recado::store
