// Distribution: how a figure is spread over many messages, exactly: percentiles, largest, sum.
//
// Remembers each different value once with how often it came, so its size is bounded by the variety of the
// values (segments: 255; characters: a few hundred), not by their number. Decimal, so that prices are as
// exact as counts. Plain value.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/base/decimal.h"

namespace recado::plan {

class Distribution {
 public:
  void Add(const Decimal& value);

  bool empty() const { return values_.empty(); }
  // Nearest rank: the smallest value that at least `percent` per cent (1–100) of all values do not exceed, so
  // always one of them; 100 is the largest. 0 where there are none.
  Decimal Percentile(int percent) const;
  // Nothing where it has more than 37 digits.
  std::optional<Decimal> Total() const;
  // The most digits after the point that any value was written with.
  int scale() const;

 private:
  std::vector<std::pair<Decimal, int64_t>> values_;  // value, how often; ascending
  int64_t count_ = 0;
};

}  // namespace recado::plan
