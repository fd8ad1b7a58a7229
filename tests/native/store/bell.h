// A bell for tests that wait for other threads: rung whenever something may have changed, so that whoever
// waits looks again at once and never by the clock.
//
//   Bell bell;
//   const int heard = store.Subscribe([&](auto) { bell.Ring(); });
//   EXPECT_TRUE(bell.WaitUntil([&] { return store.FindImport(id)->state == ImportState::kDone; }));
//   store.Unsubscribe(heard);
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace recado::store {

class Bell {
 public:
  void Ring() {
    const std::lock_guard lock(mutex_);
    ++rings_;
    rung_.notify_all();
  }
  // Looks, and again after each ring. False: it did not come true within half a minute, which is a fault.
  template <class Holds>
  bool WaitUntil(Holds holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (uint64_t seen = Rings();; seen = Rings()) {
      if (holds()) return true;
      std::unique_lock lock(mutex_);
      if (!rung_.wait_until(lock, deadline, [&] { return rings_ != seen; })) return false;
    }
  }

 private:
  uint64_t Rings() {
    const std::lock_guard lock(mutex_);
    return rings_;
  }
  std::mutex mutex_;
  std::condition_variable rung_;
  uint64_t rings_ = 0;
};

}  // namespace recado::store
