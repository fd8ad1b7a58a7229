#include "native/store/readers.h"

namespace recado::store {

Readers::Lease::~Lease() {
  if (db == nullptr) return;
  const std::lock_guard lock(owner->mutex_);
  owner->idle_.push_back(std::move(db));
  owner->returned_.notify_one();
}

Result<Readers::Lease> Readers::Take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty() || opened_ < kReaders; });
  if (!idle_.empty()) {
    Lease lease(this, std::move(idle_.back()));
    idle_.pop_back();
    return lease;
  }
  Result<Connection> opened = Connection::Open(path_, Connection::Mode::kRead);
  if (!opened.ok()) return opened.TakeError();
  ++opened_;
  return Lease(this, std::make_unique<Connection>(*std::move(opened)));
}

}  // namespace recado::store
