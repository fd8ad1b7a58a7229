// What a message costs, by the `prices` of its provider (formats §7):
//
//   "prices": [{"prefix":"55","per":"segment","amount":"0.0450","currency":"EUR"}]
//
// The price with the longest prefix of the number holds, among those that fit the channel: `segment` is for
// SMS, `minute` for calls, `message` for everything. An empty prefix holds for every address, and is the only
// one for addresses that are no numbers. How long a call will be is not known before it; it counts as one
// minute begun. Exact decimals.
#pragma once

#include <string>
#include <vector>

#include "core/plan/plan.h"

namespace recado::plan {

class Prices {
 public:
  // Entries that are not as described are passed over: judging settings is the provider room's business.
  explicit Prices(const crm::Provider& provider);

  // Nothing where no price fits.
  std::optional<Money> CostOf(const Message& message) const;

 private:
  enum class Per : uint8_t { kSegment, kMinute, kMessage };
  struct Price {
    std::string prefix;  // digits, without +
    Per per;
    Money money;
  };
  std::vector<Price> prices_;
};

}  // namespace recado::plan
