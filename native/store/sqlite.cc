#include "native/store/sqlite.h"

#include <sqlite3.h>

namespace recado::store {
namespace {

// Another process may hold the file for a moment (a tool making a token); waiting longer would stall group
// commit.
constexpr int kBusyTimeoutMs = 5'000;
// The log is folded back into the file at this many pages (4 kB each): large enough to be rare, small enough
// that a read never searches far. Measured: 1,000 (the default) costs a tenth of the write rate.
constexpr const char* kSetUp =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = "
    "-65536;"
    "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";
constexpr const char* kReadSetUp =
    "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;";

// SQLite counts the memory of the whole process under one lock, taken at every allocation of every
// connection. Nobody reads the count. Measured: a twentieth of the service's processor time a message. Only
// before the first use of the library; a refusal (somebody was there before) costs the speed and nothing
// else.
void CountNoMemory() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)done;
}

}  // namespace

Diagnostics ToDiagnostics(const Fault& fault) {
  return {Diagnostic::Of(DiagnosticCode::storage_unavailable).With("detail", fault.text)};
}

Cursor::~Cursor() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Cursor::Next() {
  if (statement_ == nullptr || !db_->ok()) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) db_->Note(code);
  return false;
}

int64_t Cursor::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Cursor::Text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<size_t>(size));
}

bool Cursor::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<Instant> Cursor::MaybeTime(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Time(column);
}

Result<Connection> Connection::Open(const std::string& path, Mode mode) {
  const int access =
      mode == Mode::kWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  CountNoMemory();
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection db(raw);
  const auto fail = [&](std::string detail) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_unreadable)
                           .With("path", path)
                           .With("detail", std::move(detail))};
  };
  if (raw == nullptr) return fail("out of memory");
  if (code != SQLITE_OK) return fail(sqlite3_errmsg(raw));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  if (!db.Script(mode == Mode::kWrite ? kSetUp : kReadSetUp)) return fail(db.TakeFault()->text);
  return db;
}

Connection::Connection(Connection&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)),
      fault_(std::move(other.fault_)),
      statements_(std::move(other.statements_)) {
  other.statements_.clear();
}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(db_, other.db_);
  std::swap(fault_, other.fault_);
  std::swap(statements_, other.statements_);
  return *this;
}

Connection::~Connection() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

bool Connection::Script(const char* sql) {
  if (fault_) return false;
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) Note(code);
  return code == SQLITE_OK;
}

int64_t Connection::changes() const {
  return sqlite3_changes64(db_);
}

int64_t Connection::total_changes() const {
  return sqlite3_total_changes64(db_);
}

int64_t Connection::last_row() const {
  return sqlite3_last_insert_rowid(db_);
}

bool Connection::InTransaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

sqlite3_stmt* Connection::Prepare(std::string_view sql) {
  if (fault_) return nullptr;
  if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    Note(code);
    return nullptr;
  }
  statements_.emplace(std::string(sql), statement);
  return statement;
}

bool Connection::Run(sqlite3_stmt* statement) {
  if (statement == nullptr || fault_) return false;
  int code = sqlite3_step(statement);
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) Note(code);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return code == SQLITE_DONE;
}

void Connection::Note(int code) {
  if (!fault_) fault_ = Fault{code, sqlite3_errmsg(db_)};
}

void Connection::Bind(sqlite3_stmt* statement, int index, int64_t value, bool) {
  if (statement != nullptr) sqlite3_bind_int64(statement, index, value);
}

void Connection::Bind(sqlite3_stmt* statement, int index, std::string_view text, bool keep) {
  if (statement == nullptr) return;
  // A null pointer would bind NULL; an empty text is a text.
  sqlite3_bind_text64(statement, index, text.data() == nullptr ? "" : text.data(), text.size(),
                      keep ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
}

void Connection::Bind(sqlite3_stmt* statement, int index, Blob blob, bool keep) {
  if (statement == nullptr) return;
  sqlite3_bind_blob64(statement, index, blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                      blob.bytes.size(), keep ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

void Connection::BindNull(sqlite3_stmt* statement, int index) {
  if (statement != nullptr) sqlite3_bind_null(statement, index);
}

}  // namespace recado::store
