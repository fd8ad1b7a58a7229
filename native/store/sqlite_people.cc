#include <algorithm>

#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr std::string_view kUserColumns =
    "SELECT id, name, role, password_hash, disabled, created_at FROM users ";
constexpr std::string_view kTokenColumns = "SELECT hash, name, role, created_at, revoked_at FROM tokens ";

User ReadUser(const Cursor& row) {
  return User{.id = row.Text(0),
              .name = row.Text(1),
              .role = static_cast<Role>(row.Int(2)),
              .password_hash = row.Text(3),
              .disabled = row.Int(4) != 0,
              .created_at = row.Time(5)};
}

Token ReadToken(const Cursor& row) {
  return Token{.hash = row.Text(0),
               .name = row.Text(1),
               .role = static_cast<Role>(row.Int(2)),
               .created_at = row.Time(3),
               .revoked_at = row.MaybeTime(4)};
}

}  // namespace

void SqliteStore::PutUser(User user, Done<Unit> done) {
  auto run = [user = std::move(user)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute(
        "INSERT INTO users (id, name, role, password_hash, disabled, created_at) VALUES (?1, ?2, ?3, ?4, ?5, "
        "?6) ON "
        "CONFLICT (id) DO UPDATE SET name = ?2, role = ?3, password_hash = ?4, disabled = ?5",
        user.id, user.name, static_cast<int>(user.role), user.password_hash, user.disabled, user.created_at);
    // Whoever lost the right to be here is out at once; a new role needs a new session.
    tx.db.Execute("DELETE FROM sessions WHERE user_id = ? AND (? OR role <> ?)", user.id, user.disabled,
                  static_cast<int>(user.role));
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<User> SqliteStore::FindUser(std::string_view id) {
  return readers_.Read<User>([&](Connection& db) -> Result<User> {
    Cursor row = db.Query(std::string(kUserColumns) + "WHERE id = ?", id);
    if (row.Next()) return ReadUser(row);
    return NotFound("user", id);
  });
}

Result<std::vector<User>> SqliteStore::ListUsers() {
  return readers_.Read<std::vector<User>>([](Connection& db) -> Result<std::vector<User>> {
    std::vector<User> users;
    Cursor row = db.Query(std::string(kUserColumns) + "ORDER BY id LIMIT ?", kMaxPage);
    while (row.Next()) users.push_back(ReadUser(row));
    return users;
  });
}

void SqliteStore::DeleteUser(std::string id, Done<Unit> done) {
  auto run = [id = std::move(id)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM sessions WHERE user_id = ?", id);
    tx.db.Execute("DELETE FROM sign_in_links WHERE user_id = ?", id);
    tx.db.Execute("DELETE FROM users WHERE id = ?", id);
    if (tx.db.changes() == 0) return NotFound("user", id);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::EndSessions(std::string user_id, Done<Unit> done) {
  auto run = [id = std::move(user_id)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM sessions WHERE user_id = ?", id);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::PutToken(Token token, Done<Unit> done) {
  auto run = [token = std::move(token)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("INSERT INTO tokens (hash, name, role, created_at, revoked_at) VALUES (?, ?, ?, ?, ?)",
                  Blob{token.hash}, token.name, static_cast<int>(token.role), token.created_at,
                  token.revoked_at);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::RevokeToken(std::string hash, Instant now, Done<Unit> done) {
  auto run = [now, hash = std::move(hash)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("UPDATE tokens SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", now, Blob{hash});
    if (tx.db.changes() == 0) return NotFound("token", "");
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<Token> SqliteStore::FindToken(std::string_view hash) {
  return readers_.Read<Token>([&](Connection& db) -> Result<Token> {
    Cursor row = db.Query(std::string(kTokenColumns) + "WHERE hash = ? AND revoked_at IS NULL", Blob{hash});
    if (row.Next()) return ReadToken(row);
    return NotFound("token", "");
  });
}

Result<std::vector<Token>> SqliteStore::ListTokens() {
  return readers_.Read<std::vector<Token>>([](Connection& db) -> Result<std::vector<Token>> {
    std::vector<Token> tokens;
    Cursor row = db.Query(std::string(kTokenColumns) + "ORDER BY created_at, hash LIMIT ?", kMaxPage);
    while (row.Next()) tokens.push_back(ReadToken(row));
    return tokens;
  });
}

void SqliteStore::PutSignInLink(SignInLink link, Done<Unit> done) {
  auto run = [link = std::move(link)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("INSERT INTO sign_in_links (hash, user_id, expires_at) VALUES (?, ?, ?)", Blob{link.hash},
                  link.user_id, link.expires_at);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::RedeemSignInLink(std::string hash, Instant now, Done<User> done) {
  auto run = [now, hash = std::move(hash)](Transaction& tx) -> Result<User> {
    std::string user_id;
    {
      Cursor row = tx.db.Query(
          "DELETE FROM sign_in_links WHERE hash = ? AND expires_at > ? RETURNING user_id", Blob{hash}, now);
      if (!row.Next()) return NotFound("sign-in link", "");
      user_id = row.Text(0);
    }
    tx.db.Execute("DELETE FROM sign_in_links WHERE expires_at <= ?", now);
    Cursor row = tx.db.Query(std::string(kUserColumns) + "WHERE id = ? AND disabled = 0", user_id);
    if (row.Next()) return ReadUser(row);
    return NotFound("user", user_id);
  };
  writer_.Post<User>(std::move(run), std::move(done));
}

void SqliteStore::PutSession(Session session, Done<Unit> done) {
  auto run = [s = std::move(session)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM sessions WHERE expires_at <= ?", s.created_at);
    tx.db.Execute(
        "INSERT INTO sessions (hash, user_id, role, csrf, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, "
        "?5, ?6) ON "
        "CONFLICT (hash) DO UPDATE SET expires_at = ?6, csrf = ?4",
        Blob{s.hash}, s.user_id, static_cast<int>(s.role), s.csrf, s.created_at, s.expires_at);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::DeleteSession(std::string hash, Done<Unit> done) {
  auto run = [hash = std::move(hash)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM sessions WHERE hash = ?", Blob{hash});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<Session> SqliteStore::FindSession(std::string_view hash, Instant now) {
  return readers_.Read<Session>([&](Connection& db) -> Result<Session> {
    Cursor row = db.Query(
        "SELECT hash, user_id, role, csrf, created_at, expires_at FROM sessions WHERE hash = ? AND "
        "expires_at > ?",
        Blob{hash}, now);
    if (!row.Next()) return NotFound("session", "");
    return Session{.hash = row.Text(0),
                   .user_id = row.Text(1),
                   .role = static_cast<Role>(row.Int(2)),
                   .csrf = row.Text(3),
                   .created_at = row.Time(4),
                   .expires_at = row.Time(5)};
  });
}

void SqliteStore::AddAudit(AuditEntry entry, Done<Unit> done) {
  auto run = [e = std::move(entry)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)", e.at,
                  e.actor, e.action, e.subject, e.detail);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<std::vector<AuditEntry>> SqliteStore::ListAudit(int64_t before_seq, size_t limit) {
  return readers_.Read<std::vector<AuditEntry>>([&](Connection& db) -> Result<std::vector<AuditEntry>> {
    std::vector<AuditEntry> entries;
    Cursor row = db.Query(
        "SELECT seq, at, actor, action, subject, detail FROM audit WHERE ?1 = 0 OR seq < ?1 ORDER BY seq "
        "DESC LIMIT "
        "?2",
        before_seq, std::clamp<size_t>(limit, 1, kMaxPage));
    while (row.Next()) {
      entries.push_back(AuditEntry{.seq = row.Int(0),
                                   .at = row.Time(1),
                                   .actor = row.Text(2),
                                   .action = row.Text(3),
                                   .subject = row.Text(4),
                                   .detail = row.Text(5)});
    }
    return entries;
  });
}

}  // namespace recado::store
