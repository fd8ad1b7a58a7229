// A thin own face over SQLite's C API: connections, cached statements, rows.
//
// Faults are sticky: the first one on a connection is kept until TakeFault(), and everything after it does
// nothing. Code between two TakeFault() calls therefore reads straight on without a test behind each line,
// and its effects are rolled back by whoever finds the fault.
//
//   db.Execute("UPDATE rules SET version = version + 1 WHERE id = ?", id);
//   Cursor row = db.Query("SELECT version FROM rules WHERE id = ?", id);
//   if (row.Next()) version = row.Int(0);
//   if (std::optional<Fault> fault = db.TakeFault()) …
//
// Statements are prepared once and kept by their text. A Cursor gives its statement back when it dies; it
// must not outlive the connection. One thread at a time for each connection.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/instant.h"
#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace recado::store {

// Bytes, as opposed to text.
struct Blob {
  std::string_view bytes;
};

struct Fault {
  int code = 0;  // SQLite's extended result code
  std::string text;
};

class Connection;

// The rows of one statement under way.
class Cursor {
 public:
  Cursor(Connection& db, sqlite3_stmt* statement) : db_(&db), statement_(statement) {}
  Cursor(Cursor&& other) noexcept : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  // To the first or next row; false at the end or after a fault.
  bool Next();
  // Columns count from 0.
  int64_t Int(int column) const;
  std::string Text(int column) const;  // also of a blob; "" for NULL
  bool IsNull(int column) const;
  Instant Time(int column) const { return Instant{Int(column)}; }
  std::optional<Instant> MaybeTime(int column) const;

 private:
  Connection* db_;
  sqlite3_stmt* statement_;
};

class Connection {
 public:
  enum class Mode : uint8_t { kWrite, kRead };
  // WAL, synchronous=FULL, foreign keys, busy time-out. kWrite creates the file; kRead opens what is there.
  static Result<Connection> Open(const std::string& path, Mode mode);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  ~Connection();

  // Runs a statement to its end. False after a fault.
  template <class... Args>
  bool Execute(std::string_view sql, const Args&... args) {
    sqlite3_stmt* statement = Prepare(sql);
    int index = 0;
    (Bind(statement, ++index, args, false), ...);
    return Run(statement);
  }
  template <class... Args>
  Cursor Query(std::string_view sql, const Args&... args) {
    sqlite3_stmt* statement = Prepare(sql);
    int index = 0;
    (Bind(statement, ++index, args, true), ...);
    return Cursor(*this, statement);
  }
  // Arguments counted at run time, for statements put together by shape.
  template <class Binder>
  Cursor QueryWith(std::string_view sql, Binder&& bind) {
    sqlite3_stmt* statement = Prepare(sql);
    int index = 0;
    bind([&](const auto& value) { Bind(statement, ++index, value, true); });
    return Cursor(*this, statement);
  }
  template <class Binder>
  bool ExecuteWith(std::string_view sql, Binder&& bind) {
    sqlite3_stmt* statement = Prepare(sql);
    int index = 0;
    // Copied where the argument may be a temporary of the binder's.
    bind([&](const auto& value) { Bind(statement, ++index, value, true); });
    return Run(statement);
  }
  // Several statements with ';' between, without arguments.
  bool Script(const char* sql);

  int64_t changes() const;        // rows touched by the last Execute
  int64_t total_changes() const;  // since the connection was opened, those of triggers and indexes too
  int64_t last_row() const;       // the number of the row inserted last
  bool ok() const { return !fault_; }
  std::optional<Fault> TakeFault() { return std::exchange(fault_, std::nullopt); }
  // Whether a transaction is open; SQLite ends it by itself after some faults (disk full, I/O error).
  bool InTransaction() const;
  sqlite3* handle() const { return db_; }

 private:
  friend class Cursor;
  explicit Connection(sqlite3* db) : db_(db) {}
  sqlite3_stmt* Prepare(std::string_view sql);  // null after a fault
  bool Run(sqlite3_stmt* statement);
  void Note(int code);
  // `keep`: SQLite copies the text, because the statement runs after the argument is gone.
  void Bind(sqlite3_stmt* statement, int index, int64_t value, bool keep);
  void Bind(sqlite3_stmt* statement, int index, int value, bool keep) {
    Bind(statement, index, int64_t{value}, keep);
  }
  void Bind(sqlite3_stmt* statement, int index, bool value, bool keep) {
    Bind(statement, index, int64_t{value}, keep);
  }
  void Bind(sqlite3_stmt* statement, int index, size_t value, bool keep) {
    Bind(statement, index, static_cast<int64_t>(value), keep);
  }
  void Bind(sqlite3_stmt* statement, int index, std::string_view text, bool keep);
  void Bind(sqlite3_stmt* statement, int index, const std::string& text, bool keep) {
    Bind(statement, index, std::string_view(text), keep);
  }
  void Bind(sqlite3_stmt* statement, int index, const char* text, bool keep) {
    Bind(statement, index, std::string_view(text), keep);
  }
  void Bind(sqlite3_stmt* statement, int index, Blob blob, bool keep);
  void Bind(sqlite3_stmt* statement, int index, Instant instant, bool keep) {
    Bind(statement, index, instant.ms, keep);
  }
  template <class T>
  void Bind(sqlite3_stmt* statement, int index, const std::optional<T>& value, bool keep) {
    if (value) {
      Bind(statement, index, *value, keep);
    } else {
      BindNull(statement, index);
    }
  }
  void BindNull(sqlite3_stmt* statement, int index);

  sqlite3* db_ = nullptr;
  std::optional<Fault> fault_;
  // Hash by the statement's text; string_view look-ups without a copy.
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, sqlite3_stmt*, TextHash, std::equal_to<>> statements_;
};

// storage_unavailable with SQLite's words.
Diagnostics ToDiagnostics(const Fault& fault);

}  // namespace recado::store
