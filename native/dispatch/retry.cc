#include <algorithm>

#include "native/dispatch/engine.h"

namespace recado::dispatch {
namespace {

constexpr int kMaxDoublings = 30;  // 2^30 × first_ms is past any max_ms

// 0 … 255 out of the key and the attempt, the same in every run and on every node (FNV-1a).
int64_t JitterOf(std::string_view key, int attempts) {
  uint64_t hash = 14695981039346656037u;
  const auto mix = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211u; };
  for (const char c : key) mix(static_cast<unsigned char>(c));
  mix(static_cast<unsigned char>(attempts & 255));
  return static_cast<int64_t>((hash >> 32) & 255);
}

}  // namespace

Instant RetryPolicy::NextAt(Instant now, int attempts, std::string_view key,
                            std::optional<int64_t> retry_after_ms) const {
  const int doublings = std::clamp(attempts - 1, 0, kMaxDoublings);
  int64_t wait = first_ms;
  for (int i = 0; i < doublings && wait < max_ms; ++i) wait *= 2;
  wait = std::min(wait, max_ms);
  wait -= wait / 4 * JitterOf(key, attempts) / 256;
  return Instant{now.ms + std::max(wait, retry_after_ms.value_or(0))};
}

}  // namespace recado::dispatch
