// Bitrix24's REST as functions: one call or a batch of them, at the pace it allows, with its errors as
// sentences.
//
//   Bitrix24Client client(transfers, {.base_url = "https://shop.bitrix24.eu", .webhook = "1/s3cret"}, sleep);
//   auto answers = client.Batch({{"deal", "crm.item.get", {{"entityTypeId", "2"}, {"id", "7"}}}});
//
// Calls block their caller: they are for a connector's own thread, never for the engine's. One at a time.
//
// Pace: a leaky bucket like Bitrix24's own, which drains two calls a second and overflows at fifty; ours
// holds fewer, because other programs behind the same address share theirs (limits.md of the vendor's
// documentation). 503 QUERY_LIMIT_EXCEEDED, 429 OPERATION_TIME_LIMIT, 5xx and broken connections are tried
// again after growing pauses, for reading calls always, for writing ones only where it is certain that
// nothing was written.
//
// An inbound webhook's code is part of the address, so addresses are never put into messages. Redirects are
// not followed. Private addresses are the administrator's to allow (base_url).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"
#include "native/net/http.h"

namespace recado::directory {

inline constexpr size_t kMaxBatchCalls = 50;      // the vendor's bound
inline constexpr int kMaxBitrix24Attempts = 5;    // of one call, over some two minutes
inline constexpr int kBitrix24Burst = 20;         // calls at once, of the vendor's fifty
inline constexpr size_t kMaxBitrix24Pages = 200;  // of one list: 10,000 rows

struct Bitrix24Access {
  std::string base_url;      // "https://shop.bitrix24.eu", no slash at its end
  std::string webhook;       // "USER/CODE" of an inbound webhook, or
  std::string access_token;  // an application's token, sent as `auth`
  int calls_per_second = 2;  // Enterprise plans have 5
};

// How long a call must wait for its turn. Time is an argument.
class LeakyBucket {
 public:
  LeakyBucket(int capacity, int drains_per_second) : capacity_(capacity), per_second_(drains_per_second) {}
  // Milliseconds to wait before the call, which is counted.
  int64_t Take(int64_t now_ms);

 private:
  int64_t capacity_;
  int64_t per_second_;
  int64_t level_ = 0;  // in calls × 1000
  int64_t at_ms_ = 0;
};

class Bitrix24Client {
 public:
  struct Call {
    std::string key;  // names its answer in a batch
    std::string method;
    std::vector<std::pair<std::string, std::string>> parameters;  // "fields[ENTITY_ID]" → "7"
  };
  // Waits so many milliseconds; false: the service ends, give up.
  using Sleep = std::function<bool(int64_t ms)>;
  using Clock = std::function<int64_t()>;  // milliseconds that never go back

  // `transfers` outlives the client.
  Bitrix24Client(net::Transfers& transfers, Bitrix24Access access, Sleep sleep, Clock clock);

  // `result` of the answer. Errors: bitrix24_*.
  Result<Json> One(const Call& call, bool writes = false);
  // By key: each call's own `result`, or why it failed. At most kMaxBatchCalls.
  using Answers = std::map<std::string, Result<Json>>;
  Result<Answers> Batch(const std::vector<Call>& calls, bool writes = false);
  // All rows of a list method, page by page (50 each). `member`: where in `result` the rows are; "" : it is
  // them.
  Result<Json> List(Call call, const std::string& member);

 private:
  Result<Json> Ask(const std::string& method, const std::string& body, bool writes);
  net::HttpResult Exchange(const std::string& method, const std::string& body);
  Diagnostics FaultOf(const std::string& method, const net::HttpResult& result, const Json& answer) const;

  net::HttpClient http_;
  const Bitrix24Access access_;
  const Sleep sleep_;
  const Clock clock_;
  LeakyBucket bucket_;
};

// The sentence for an error of Bitrix24's, by its code (the vendor's system errors and those of the methods
// in use).
Diagnostic Bitrix24Error(const std::string& method, const std::string& code, const std::string& description);

}  // namespace recado::directory
