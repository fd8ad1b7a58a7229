#include <tuple>

#include "core/base/decimal.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr int64_t kDayMs = 86'400'000;

// rule, provider, status, reason, currency → sums
using Group = std::tuple<std::string, std::string, int64_t, std::string, std::string>;
struct Sums {
  int64_t deliveries = 0;
  int64_t segments = 0;
  Decimal amount;
};

// Amounts are added here, because SQLite would add them in binary floating point.
std::map<Group, Sums> SumDay(Connection& db, int64_t day) {
  std::map<Group, Sums> groups;
  Cursor row = db.Query(
      "SELECT rule_id, provider, status, CASE WHEN status IN (5, 7, 8) THEN reason ELSE '' END, "
      "cost_currency, "
      "segments, cost_amount FROM deliveries INDEXED BY "
      "deliveries_by_created WHERE created_at >= ? AND created_at < ?",
      day * kDayMs, (day + 1) * kDayMs);
  while (row.Next()) {
    Sums& sums = groups[{row.Text(0), row.Text(1), row.Int(2), row.Text(3), row.Text(4)}];
    ++sums.deliveries;
    sums.segments += row.Int(5);
    const std::optional<Decimal> amount = Decimal::Parse(row.Text(6));
    if (amount) sums.amount = sums.amount.Plus(*amount).value_or(sums.amount);
  }
  return groups;
}

std::string AmountText(const Group& group, const Sums& sums) {
  return std::get<4>(group).empty() ? std::string() : sums.amount.ToString();
}

int64_t FrozenDay(Connection& db) {
  Cursor row = db.Query("SELECT value FROM counters WHERE name = 'statistics_frozen'");
  return row.Next() ? row.Int(0) : -1;
}

}  // namespace

Result<std::vector<StatisticsRow>> SqliteStore::Statistics(int64_t from_day, int64_t to_day) {
  return readers_.Read<std::vector<StatisticsRow>>([&](Connection& db) -> Result<std::vector<StatisticsRow>> {
    std::vector<StatisticsRow> rows;
    // One state for both halves: a day must be in neither or in one of them, never in both.
    db.Script("BEGIN");
    {
      Cursor row = db.Query(
          "SELECT s.day, rule_id, provider, status, reason, currency, deliveries, segments, amount FROM "
          "statistics s "
          "LEFT JOIN "
          "statistics_dirty d ON d.day = s.day WHERE s.day BETWEEN ? AND ? AND d.day IS NULL",
          from_day, to_day);
      while (row.Next()) {
        rows.push_back(StatisticsRow{row.Int(0), row.Text(1), row.Text(2), static_cast<Status>(row.Int(3)),
                                     row.Text(4), row.Text(5), row.Int(6), row.Int(7), row.Text(8)});
      }
    }
    std::vector<int64_t> dirty;
    {
      Cursor row = db.Query("SELECT day FROM statistics_dirty WHERE day BETWEEN ? AND ? ORDER BY day",
                            from_day, to_day);
      while (row.Next()) dirty.push_back(row.Int(0));
    }
    for (const int64_t day : dirty) {
      for (const auto& [group, sums] : SumDay(db, day)) {
        rows.push_back(StatisticsRow{
            day, std::get<0>(group), std::get<1>(group), static_cast<Status>(std::get<2>(group)),
            std::get<3>(group), std::get<4>(group), sums.deliveries, sums.segments, AmountText(group, sums)});
      }
    }
    db.Script("COMMIT");
    return rows;
  });
}

Result<bool> SqliteStore::SumUpOneDay(int64_t today) {
  // Marked first: whatever changes from here on takes the mark back, and the day is summed up again.
  const auto marked = Await<int64_t>([&](Done<int64_t> done) {
    auto run = [today](Transaction& tx) -> Result<int64_t> {
      // What is frozen has lost deliveries by age; its sums are the only truth left.
      tx.db.Execute("DELETE FROM statistics_dirty WHERE day <= ?", FrozenDay(tx.db));
      int64_t day = -1;
      {
        Cursor row = tx.db.Query("SELECT min(day) FROM statistics_dirty WHERE day < ?", today);
        if (row.Next() && !row.IsNull(0)) day = row.Int(0);
      }
      tx.db.Execute("UPDATE statistics_dirty SET rolling = 1 WHERE day = ?", day);
      return day;
    };
    writer_.Post<int64_t>(std::move(run), std::move(done));
  });
  if (!marked.ok()) return marked.error();
  const int64_t day = *marked;
  if (day < 0) return false;
  using Groups = std::map<Group, Sums>;
  Result<Groups> groups =
      readers_.Read<Groups>([&](Connection& db) -> Result<Groups> { return SumDay(db, day); });
  if (!groups.ok()) return groups.TakeError();
  const auto written = Await<Unit>([&](Done<Unit> done) {
    auto run = [day, groups = *std::move(groups)](Transaction& tx) -> Result<Unit> {
      tx.db.Execute("DELETE FROM statistics WHERE day = ?", day);
      for (const auto& [group, sums] : groups) {
        tx.db.Execute(
            "INSERT INTO statistics (day, rule_id, provider, status, reason, currency, deliveries, segments, "
            "amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            day, std::get<0>(group), std::get<1>(group), std::get<2>(group), std::get<3>(group),
            std::get<4>(group), sums.deliveries, sums.segments, AmountText(group, sums));
      }
      tx.db.Execute("DELETE FROM statistics_dirty WHERE day = ? AND rolling = 1", day);
      return Unit{};
    };
    writer_.Post<Unit>(std::move(run), std::move(done));
  });
  if (!written.ok()) return written.error();
  return true;
}

}  // namespace recado::store
