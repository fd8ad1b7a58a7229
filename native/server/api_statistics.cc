// Statistics: what was sent, what became of it and what it cost, by day, rule or provider, for the page's
// plots.
#include "core/base/decimal.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kMaxDays = 400;  // a year and the days to compare it with
constexpr int64_t kUsualDays = 30;

struct Sums {
  std::map<store::Status, int64_t> counts;
  int64_t segments = 0;
  std::map<std::string, Decimal> cost;  // by currency

  void Add(const store::StatisticsRow& row) {
    counts[row.status] += row.deliveries;
    segments += row.segments;
    const std::optional<Decimal> amount = Decimal::Parse(row.amount);
    if (row.currency.empty() || !amount) return;
    Decimal& sum = cost[row.currency];
    sum = sum.Plus(*amount).value_or(sum);
  }
  Json ToJson() const {
    Json json = {{"counts", Json::object()}, {"segments", segments}, {"cost", Json::array()}};
    int64_t all = 0;
    for (const auto& [status, count] : counts) {
      json["counts"][std::string(store::StatusName(status))] = count;
      all += count;
    }
    json["deliveries"] = all;
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

Diagnostics NotAllowed(const char* name, std::string value, const char* allowed) {
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .At("/" + std::string(name))
              .With("value", std::move(value))
              .With("what", name)
              .With("allowed", allowed)};
}

std::string KeyOf(std::string_view by, const store::StatisticsRow& row) {
  if (by == "rule") return row.rule_id;
  if (by == "provider") return row.provider;
  return FormatDate(DateFromDays(row.day));
}

Response Get(Api& api, const Call& call) {
  const std::string by(call.request.Query("by").value_or("day"));
  if (by != "day" && by != "rule" && by != "provider")
    return Problem(NotAllowed("by", by, "day, rule, provider"));
  const int64_t today = DayOf(api.clock());
  const auto to = DayAt(call.request, "to", today);
  if (!to.ok()) return Problem(to.error());
  const auto from = DayAt(call.request, "from", *to - kUsualDays + 1);
  if (!from.ok()) return Problem(from.error());
  if (*from > *to || *to - *from >= kMaxDays) {
    return Problem(NotAllowed("from", FormatDate(DateFromDays(*from)), "1 – 400 days up to \"to\""));
  }
  const auto rows = api.store.Statistics(*from, *to);
  if (!rows.ok()) return Problem(rows.error());
  std::map<std::string, Sums> groups;
  Sums total;
  // Days without a message are points of a plot too.
  for (int64_t day = *from; by == "day" && day <= *to; ++day) groups[FormatDate(DateFromDays(day))];
  for (const store::StatisticsRow& row : *rows) {
    groups[KeyOf(by, row)].Add(row);
    total.Add(row);
  }
  Json list = Json::array();
  for (const auto& [key, sums] : groups) {
    Json group = {{by, key}};
    group.update(sums.ToJson());
    list.push_back(std::move(group));
  }
  return JsonResponse(200, {{"from", FormatDate(DateFromDays(*from))},
                            {"to", FormatDate(DateFromDays(*to))},
                            {"by", by},
                            {"groups", std::move(list)},
                            {"total", total.ToJson()}});
}

}  // namespace

void AddStatisticsRoutes(Routes& routes, Api& api) {
  routes.push_back({Method::kGet, "/api/v1/statistics", store::Role::kViewer, kMaxSmallBody,
                    Plainly([&api](const Call& call) { return Get(api, call); })});
}

}  // namespace recado::server
