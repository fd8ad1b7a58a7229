#include "core/plan/distribution.h"

#include <algorithm>

namespace recado::plan {

void Distribution::Add(const Decimal& value) {
  ++count_;
  const auto place = std::lower_bound(values_.begin(), values_.end(), value,
                                      [](const auto& a, const Decimal& b) { return a.first < b; });
  if (place != values_.end() && place->first == value) {
    ++place->second;
  } else {
    values_.insert(place, {value, 1});
  }
}

Decimal Distribution::Percentile(int percent) const {
  const int64_t rank = (count_ * percent + 99) / 100;
  int64_t passed = 0;
  for (const auto& [value, times] : values_) {
    passed += times;
    if (passed >= rank) return value;
  }
  return {};
}

std::optional<Decimal> Distribution::Total() const {
  std::optional<Decimal> total = Decimal();
  for (const auto& [value, times] : values_) {
    const std::optional<Decimal> product = value.Times(Decimal(times));
    total = product && total ? total->Plus(*product) : std::nullopt;
  }
  return total;
}

int Distribution::scale() const {
  int scale = 0;
  for (const auto& value : values_) scale = std::max(scale, value.first.scale());
  return scale;
}

}  // namespace recado::plan
