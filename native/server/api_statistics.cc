// Statistics: what was sent, what became of it, why not, and what it cost; by day, rule or provider, or by
// two of them at once, for the page's plots.
#include <algorithm>

#include "core/base/decimal.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kMaxDays = 400;  // a year and the days to compare it with
constexpr int64_t kUsualDays = 30;

struct Sums {
  std::map<store::Status, int64_t> counts;
  std::map<store::Status, std::map<std::string, int64_t>> reasons;
  int64_t segments = 0;
  std::map<std::string, Decimal> cost;  // by currency

  void Add(const store::StatisticsRow& row) {
    counts[row.status] += row.deliveries;
    if (!row.reason.empty()) reasons[row.status][row.reason] += row.deliveries;
    segments += row.segments;
    const std::optional<Decimal> amount = Decimal::Parse(row.amount);
    if (row.currency.empty() || !amount) return;
    Decimal& sum = cost[row.currency];
    sum = sum.Plus(*amount).value_or(sum);
  }
  Json ToJson() const {
    Json json = {{"counts", Json::object()},
                 {"reasons", Json::object()},
                 {"segments", segments},
                 {"cost", Json::array()}};
    int64_t all = 0;
    int64_t sent = 0;
    for (const auto& [status, count] : counts) {
      json["counts"][std::string(store::StatusName(status))] = count;
      all += count;
      if (status == store::Status::kAccepted || status == store::Status::kDelivered) sent += count;
    }
    for (const auto& [status, counted] : reasons)
      json["reasons"][std::string(store::StatusName(status))] = counted;
    json["deliveries"] = all;
    json["sent"] = sent;
    for (const auto& [currency, amount] : cost) {
      json["cost"].push_back({{"amount", amount.ToString()}, {"currency", currency}});
    }
    return json;
  }
};

int64_t DayOf(Instant instant) {
  return instant.ms / kDayMs;
}

Result<int64_t> DayAt(const Request& request, const char* name, int64_t fallback) {
  const auto text = request.Query(name);
  if (!text || text->empty()) return fallback;
  const Result<Date> date = ParseDate(*text);
  if (!date.ok()) return date.error();
  return DaysFromDate(*date);
}

std::string KeyOf(std::string_view by, const store::StatisticsRow& row) {
  if (by == "rule") return row.rule_id;
  if (by == "provider") return row.provider;
  return FormatDate(DateFromDays(row.day));
}

// "day", or two of them with a comma between. Empty: something else stands there.
std::vector<std::string> Dimensions(std::string_view text) {
  std::vector<std::string> by;
  for (size_t at = 0; at <= text.size();) {
    const size_t comma = std::min(text.find(',', at), text.size());
    by.emplace_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  const bool known = std::all_of(by.begin(), by.end(), [](const std::string& one) {
    return one == "day" || one == "rule" || one == "provider";
  });
  if (!known || by.size() > 2 || (by.size() == 2 && by[0] == by[1])) by.clear();
  return by;
}

struct Days {
  int64_t from = 0;
  int64_t to = 0;
};
Result<Days> DaysOf(const Request& request, int64_t today) {
  const auto to = DayAt(request, "to", today);
  if (!to.ok()) return to.error();
  const auto from = DayAt(request, "from", *to - kUsualDays + 1);
  if (!from.ok()) return from.error();
  if (*from > *to || *to - *from >= kMaxDays) {
    return NotAllowed("from", FormatDate(DateFromDays(*from)), "1 – 400 days up to \"to\"");
  }
  return Days{*from, *to};
}

Json GroupsJson(const std::vector<std::string>& by, const std::map<std::vector<std::string>, Sums>& groups) {
  Json list = Json::array();
  for (const auto& [keys, sums] : groups) {
    Json group = Json::object();
    for (size_t i = 0; i < by.size(); ++i) group[by[i]] = keys[i];
    group.update(sums.ToJson());
    list.push_back(std::move(group));
  }
  return list;
}

Response Get(Api& api, const Call& call) {
  const std::string text(call.request.Query("by").value_or("day"));
  const std::vector<std::string> by = Dimensions(text);
  if (by.empty()) return Problem(NotAllowed("by", text, "day, rule, provider, or two of them: day,rule"));
  const auto days = DaysOf(call.request, DayOf(api.clock()));
  if (!days.ok()) return Problem(days.error());
  const auto rows = api.store.Statistics(days->from, days->to);
  if (!rows.ok()) return Problem(rows.error());
  std::map<std::vector<std::string>, Sums> groups;
  Sums total;
  // Days without a message are points of a plot too.
  for (int64_t day = days->from; text == "day" && day <= days->to; ++day)
    groups[{FormatDate(DateFromDays(day))}];
  for (const store::StatisticsRow& row : *rows) {
    std::vector<std::string> keys;
    keys.reserve(by.size());
    for (const std::string& one : by) keys.push_back(KeyOf(one, row));
    groups[keys].Add(row);
    total.Add(row);
  }
  return JsonResponse(200, {{"from", FormatDate(DateFromDays(days->from))},
                            {"to", FormatDate(DateFromDays(days->to))},
                            {"by", text},
                            {"groups", GroupsJson(by, groups)},
                            {"total", total.ToJson()}});
}

}  // namespace

void AddStatisticsRoutes(Routes& routes, Api& api) {
  routes.push_back({Method::kGet, "/api/v1/statistics", store::Role::kViewer, kMaxSmallBody,
                    Plainly([&api](const Call& call) { return Get(api, call); })});
}

}  // namespace recado::server
