#include "native/server/counters.h"

namespace recado::server {

void Counters::Take(std::span<const store::Change> changes) {
  const std::lock_guard lock(mutex_);
  for (const store::Change& change : changes) {
    if (change.kind != store::Change::Kind::kDelivery) continue;
    auto found = counts_.find(change.provider);
    if (found == counts_.end()) {
      const bool room = counts_.size() < kMaxCountedProviders;
      found = counts_.try_emplace(room ? change.provider : "other").first;
    }
    ++found->second[static_cast<size_t>(change.status)];
  }
}

std::map<std::string, Counters::ByStatus> Counters::Counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace recado::server
