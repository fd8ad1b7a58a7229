// Counters: how many deliveries came to which status since the start, by provider, for /metrics.
//
// Made of the store's news, so no road to a status passes it by. A provider's name is a label, and labels
// cost whoever keeps them: beyond kMaxCountedProviders all others are one, "other".
//
// Threads: Take on the writer's thread, Counts from any.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>

#include "native/store/rows.h"

namespace recado::server {

inline constexpr size_t kMaxCountedProviders = 100;
inline constexpr size_t kStatuses = 9;

class Counters {
 public:
  using ByStatus = std::array<int64_t, kStatuses>;  // by store::Status

  void Take(std::span<const store::Change> changes);
  std::map<std::string, ByStatus> Counts() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, ByStatus> counts_;  // "" : deliveries that have no provider yet
};

}  // namespace recado::server
