// "Did you mean": the nearest of some names.
#include <algorithm>
#include <array>

#include "core/liquid/check.h"

namespace recado::liquid {
namespace {

constexpr size_t kMaxNameBytes = 64;  // longer names are not mistyped variants of anything
constexpr size_t kMaxDistance = 2;

// Damerau–Levenshtein distance in its optimal-string-alignment form: insertions, deletions, replacements and
// swaps of neighbours. Answers kMaxDistance + 1 for anything larger.
size_t Distance(std::string_view a, std::string_view b) {
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > kMaxDistance || a.size() > kMaxNameBytes || b.size() > kMaxNameBytes)
    return kMaxDistance + 1;
  std::array<std::array<size_t, kMaxNameBytes + 1>, 3> rows{};
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view NearestName(std::string_view name, const std::vector<std::string_view>& candidates) {
  std::string_view nearest;
  size_t best = kMaxDistance + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.empty()) continue;
    const size_t distance = Distance(name, candidate);
    if (distance < best && distance * 2 < std::max(name.size(), candidate.size())) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace recado::liquid
