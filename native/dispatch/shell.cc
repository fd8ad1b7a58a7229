#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "native/dispatch/engine.h"

namespace recado::dispatch {
namespace {

// Also without news the engine is turned this often: a clock that was set forward must not strand anybody.
constexpr int64_t kMaxSleepMs = 1'000;

}  // namespace

struct Shell::Impl {
  explicit Impl(Engine& e) : engine(e) {}

  void Loop() {
    while (!Stopped()) {
      const Instant now = SystemNow();
      engine.Tick(now);
      const std::optional<Instant> next = engine.NextWakeup();
      const int64_t wait_ms = next ? std::clamp<int64_t>(next->ms - now.ms, 0, kMaxSleepMs) : kMaxSleepMs;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return woken || stopped; });
      woken = false;
    }
  }
  bool Stopped() {
    const std::lock_guard lock(mutex);
    return stopped;
  }

  Engine& engine;
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  bool stopped = false;
  std::thread thread;
};

Shell::Shell(Engine& engine) : impl_(std::make_unique<Impl>(engine)) {
  engine.OnWake([impl = impl_.get()] {
    const std::lock_guard lock(impl->mutex);
    impl->woken = true;
    impl->changed.notify_one();
  });
  impl_->thread = std::thread([impl = impl_.get()] { impl->Loop(); });
}

Shell::~Shell() {
  Stop();
}

void Shell::Stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
    impl_->changed.notify_one();
  }
  if (!impl_->thread.joinable()) return;
  impl_->thread.join();
  impl_->engine.OnWake(nullptr);
}

}  // namespace recado::dispatch
