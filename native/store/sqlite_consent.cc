// Who must not be written to any more, and how much a provider may still send today.
#include <algorithm>

#include "core/base/json.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

// Days kept behind the newest: what somebody may still look at.
constexpr int64_t kDaysKept = 35;

constexpr std::string_view kColumns =
    "SELECT channel, address, reason, made_by, created_at, kind, delivery FROM suppressions ";

Suppression ReadSuppression(const Cursor& row) {
  return Suppression{.channel = row.Text(0),
                     .address = row.Text(1),
                     .reason = row.Text(2),
                     .by = row.Text(3),
                     .created_at = row.Time(4),
                     .kind = SuppressionKindFromName(row.Text(5)).value_or(SuppressionKind::kManual),
                     .delivery = row.Text(6)};
}

}  // namespace

bool AddSuppression(Transaction& tx, const Suppression& s) {
  tx.db.Execute(
      "INSERT INTO suppressions (address, channel, reason, made_by, created_at, kind, delivery) VALUES (?, "
      "?, ?, "
      "?, ?, ?, ?) ON CONFLICT (address, channel) DO NOTHING",
      s.address, s.channel, s.reason, s.by, s.created_at, SuppressionKindName(s.kind), s.delivery);
  if (!tx.db.ok() || tx.db.changes() == 0) return false;
  tx.news.push_back(Change{.kind = Change::Kind::kSuppression, .id = s.address});
  return true;
}

void AuditSuppression(Transaction& tx, const Suppression& s, std::string_view action, Instant now) {
  Json detail = {{"channel", s.channel}, {"kind", SuppressionKindName(s.kind)}};
  if (!s.reason.empty()) detail["reason"] = s.reason;
  if (!s.delivery.empty()) detail["delivery"] = s.delivery;
  tx.db.Execute("INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)", now, s.by,
                action, s.address, DumpJson(detail));
}

bool CountDay(Transaction& tx, const DailyCount& count) {
  if (count.give_back) {
    tx.db.Execute("UPDATE daily_counts SET used = used - 1 WHERE provider = ? AND day = ? AND used > 0",
                  count.provider, count.day);
    return tx.db.ok();
  }
  int64_t used = 0;
  {
    Cursor row = tx.db.Query(
        "INSERT INTO daily_counts (provider, day, used) VALUES (?1, ?2, 1) ON CONFLICT (provider, day) DO "
        "UPDATE "
        "SET used = used + 1 WHERE ?3 = 0 OR used < ?3 RETURNING used",
        count.provider, count.day, count.limit);
    if (!row.Next()) return false;
    used = row.Int(0);
  }
  // A day's first message is rare enough to sweep.
  if (used == 1) tx.db.Execute("DELETE FROM daily_counts WHERE day < ?", count.day - kDaysKept);
  return tx.db.ok();
}

Result<int64_t> SqliteStore::DailyCountOf(std::string_view provider, int64_t day) {
  return readers_.Read<int64_t>([&](Connection& db) -> Result<int64_t> {
    Cursor row = db.Query("SELECT used FROM daily_counts WHERE provider = ? AND day = ?", provider, day);
    return row.Next() ? row.Int(0) : int64_t{0};
  });
}

void SqliteStore::PutSuppression(Suppression suppression, Done<Unit> done) {
  auto run = [s = std::move(suppression)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM suppressions WHERE address = ? AND channel = ?", s.address, s.channel);
    AddSuppression(tx, s);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

void SqliteStore::ImportSuppressions(std::vector<Suppression> suppressions, Done<int64_t> done) {
  auto run = [rows = std::move(suppressions)](Transaction& tx) -> Result<int64_t> {
    int64_t added = 0;
    for (const Suppression& s : rows) added += AddSuppression(tx, s) ? 1 : 0;
    return added;
  };
  writer_.Post<int64_t>(std::move(run), std::move(done));
}

void SqliteStore::DeleteSuppression(std::string channel, std::string address, Done<Unit> done) {
  auto run = [channel = std::move(channel), address = std::move(address)](Transaction& tx) -> Result<Unit> {
    tx.db.Execute("DELETE FROM suppressions WHERE address = ? AND channel = ?", address, channel);
    if (tx.db.changes() == 0) return NotFound("suppression", address);
    tx.news.push_back(Change{.kind = Change::Kind::kSuppression, .id = address});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<std::vector<Suppression>> SqliteStore::ListSuppressions(const SuppressionFilter& filter) {
  return readers_.Read<std::vector<Suppression>>([&](Connection& db) -> Result<std::vector<Suppression>> {
    std::string sql(kColumns);
    sql += "WHERE (address, channel) > (?1, ?2)";
    if (!filter.address.empty()) sql += " AND address = ?3";
    if (filter.kind) sql += " AND kind = ?4";
    sql += " ORDER BY address, channel LIMIT ?5";
    std::vector<Suppression> suppressions;
    Cursor row = db.Query(sql, filter.after_address, filter.after_channel, filter.address,
                          filter.kind ? SuppressionKindName(*filter.kind) : std::string_view(),
                          std::clamp<size_t>(filter.limit, 1, kMaxPage));
    while (row.Next()) suppressions.push_back(ReadSuppression(row));
    return suppressions;
  });
}

Result<bool> SqliteStore::MayBeListed(std::string_view address) {
  if (!listed_.Loaded()) {
    const std::lock_guard lock(loading_listed_);
    const Result<Unit> loaded =
        listed_.Loaded() ? Unit{} : readers_.Read<Unit>([&](Connection& db) -> Result<Unit> {
          Cursor row = db.Query("SELECT address FROM suppressions");
          while (row.Next()) listed_.Add(row.Text(0));
          return Unit{};
        });
    if (!loaded.ok()) return loaded.error();
    listed_.SetLoaded();
  }
  return listed_.MayHold(address) || (listed_.AnyErased() && listed_.MayHold(Fingerprint(address)));
}

Result<std::optional<Suppression>> SqliteStore::FindSuppression(std::string_view channel,
                                                                std::string_view address) {
  const Result<bool> perhaps = MayBeListed(address);
  if (!perhaps.ok()) return perhaps.error();
  if (!*perhaps) return std::optional<Suppression>();
  return readers_.Read<std::optional<Suppression>>([&](Connection& db) -> Result<std::optional<Suppression>> {
    // An erased customer's address is known by its fingerprint alone.
    Cursor row = db.Query(std::string(kColumns) +
                              "WHERE address IN (?, ?) AND channel IN (?, '') ORDER BY channel DESC LIMIT 1",
                          address, Fingerprint(address), channel);
    if (!row.Next()) return std::optional<Suppression>();
    return std::optional<Suppression>(ReadSuppression(row));
  });
}

}  // namespace recado::store
