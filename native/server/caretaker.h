// Caretaker: what must be done now and then, in portions that nobody waits for: retention and the sums of
// past days.
//
// `retention` of the workspace says how long what is kept: {"content_days": 90, "deliveries_days": 730}.
// After the first, texts, addresses and snapshots of what has ended are erased; after the second, the
// deliveries themselves go. Their sums stay. Without it everything stays.
//
// Beside it a second thread makes messages findable by their words (Store::IndexDeliveries) a moment after
// they have changed, in small writes with rests between, so that sending goes before finding.
//
// Threads: Start and Stop from one; Turn and TurnSearch by the caretaker's own threads, or by a test.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/json.h"
#include "native/store/store.h"

namespace recado::server {

inline constexpr int64_t kCareEveryMs = 10 * 60'000;
inline constexpr int64_t kForgetEveryMs = 3'600'000;  // looking for what is old reads all that is older
inline constexpr size_t kCarePortion = 10'000;        // found at a time
inline constexpr int64_t kSearchRestMs = 50;          // between two portions of the index
inline constexpr size_t kSearchPortion = 100;
inline constexpr int64_t kSearchIdleMs = 60'000;  // without news it looks all the same
inline constexpr int64_t kMinDeliveryDays = 30;   // the way out in a message must work so long
inline constexpr int64_t kMaxRetentionDays = 36'500;

struct Retention {
  std::optional<int64_t> content_days;
  std::optional<int64_t> deliveries_days;
};
// The member `retention` of a workspace document. Errors: wrong_type, invalid_value, unknown names too.
Result<Retention> ReadRetention(const Json& workspace);

class Caretaker {
 public:
  Caretaker(store::Store& store, std::function<Instant()> clock) : store_(store), clock_(std::move(clock)) {}
  ~Caretaker() { Stop(); }
  Caretaker(const Caretaker&) = delete;
  Caretaker& operator=(const Caretaker&) = delete;

  void Start();
  void Stop();
  // Everything that is due now; stops between portions.
  void Turn();
  // Makes everything findable that has changed, and takes the last of erased words out of the index.
  void TurnSearch();

 private:
  void Loop();
  void SearchLoop();
  // Sleeps; false: it is to end.
  bool Rest(int64_t ms);

  store::Store& store_;
  const std::function<Instant()> clock_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::atomic<bool> stop_{false};
  std::optional<Instant> forgotten_;  // when retention was last looked at
  std::atomic<bool> changed_{true};   // something may have to be made findable
  int subscription_ = 0;
  std::thread thread_;
  std::thread search_thread_;
};

}  // namespace recado::server
