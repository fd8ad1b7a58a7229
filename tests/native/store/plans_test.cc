// What the dispatcher asks all the time must cost the same with a million deliveries: SQLite's own plan of
// each question names an index and no walk through the table, and no sorting.
#include "native/store/dispatch_sql.h"
#include "native/store/sqlite.h"
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

std::string PlanOf(Connection& db, const std::string& statement) {
  std::string plan;
  Cursor row = db.Query("EXPLAIN QUERY PLAN " + statement);
  while (row.Next()) plan += row.Text(3) + "\n";
  return plan;
}

TEST_F(StoreTest, DispatchersQuestionsAreAnsweredByAnIndex) {
  struct Row {
    const char* head;
    const char* tail;
    const char* index;
  };
  const Row rows[] = {
      {"SELECT *", sql::kDue, "deliveries_by_next"},
      {"SELECT next_at", sql::kNextDue, "deliveries_by_next"},
      {"SELECT *", sql::kInFlight, "deliveries_by_status"},
      {"SELECT *", sql::kOpenOfItem, "deliveries_open"},
      {"SELECT *", sql::kGated, "deliveries_gated"},
      {"SELECT provider", sql::kGatedProviders, "deliveries_gated"},
      {"SELECT max(next_at)", sql::kRetryAhead, "deliveries_retrying"},
      {"SELECT 1", sql::kAnyRetrying, "deliveries_retrying"},
      {"SELECT 1", sql::kPreviousOpen, "deliveries_by_event"},
      {"SELECT 1", sql::kWaitsForPrevious, "deliveries_waiting"},
      {"SELECT 1", sql::kAnyWaiting, "deliveries_waiting"},
      {"UPDATE deliveries SET status = 7, next_at = NULL, held = ''", sql::kStopped, "deliveries_open"},
  };
  auto db = Connection::Open(path(), Connection::Mode::kWrite);
  ASSERT_TRUE(db.ok());
  for (const Row& row : rows) {
    const std::string plan = PlanOf(*db, std::string(row.head) + row.tail);
    ASSERT_TRUE(db->ok()) << db->TakeFault()->text << row.tail;
    EXPECT_NE(plan.find(row.index), std::string::npos) << plan << row.tail;
    EXPECT_EQ(plan.find("SCAN deliveries\n"), std::string::npos) << plan << row.tail;
    // The few open ones of one item may be sorted; what is asked of all of them may not.
    const bool sorted = row.tail != sql::kOpenOfItem && plan.find("B-TREE") != std::string::npos;
    EXPECT_FALSE(sorted) << plan << row.tail;
  }
}

}  // namespace
}  // namespace recado::store
