#include "native/store/readers.h"

namespace recado::store {
namespace {

// What Together holds for this thread. A thread may meet several stores (tests), so the owner is named.
struct HeldConnection {
  const Readers* owner = nullptr;
  Connection* db = nullptr;
};
thread_local HeldConnection held;

}  // namespace

Connection* Readers::Held() const {
  return held.owner == this ? held.db : nullptr;
}

void Readers::Together(const std::function<void()>& reads) {
  Result<Lease> lease = held.owner == nullptr ? Take() : Result<Lease>(Diagnostics{});
  if (!lease.ok()) return reads();
  held = {this, lease->db.get()};
  lease->db->Script("BEGIN");
  reads();
  lease->db->Script("COMMIT");
  lease->db->TakeFault();
  held = {};
}

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
