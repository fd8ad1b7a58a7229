// What operators' tools ask: is it alive, is it ready, how is it doing, what does it offer.
#include "native/server/api.h"
#include "native/server/openapi.h"

namespace recado::server {
namespace {

Response Plain(int status, std::string body, std::string type = "text/plain; charset=utf-8") {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::move(type)}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

// Ready is who can take events and send. A CRM that does not answer keeps nobody from that: the service goes
// on with what it knows, so it is said and is no reason to take the service out of use.
Response Ready(Api& api) {
  const Diagnostics faults = api.store.Health();
  if (!faults.empty()) return Problem(faults, 503);
  Json json = {{"ready", true}};
  if (api.connector != nullptr && api.store.FindCrmSource(false).ok()) {
    const Diagnostics source = api.connector->status();
    json["crm_source"] = source.empty() ? "ok" : CodeName(source.front().code);
  }
  return JsonResponse(200, json);
}

void Metric(std::string& out, std::string_view name, std::string_view kind, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
  out.append(kind).append("\n");
}

void Sample(std::string& out, std::string_view name, std::string_view labels, int64_t value) {
  out.append(name).append(labels).append(" ").append(std::to_string(value)).append("\n");
}

std::string LabelValue(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

void ByProvider(Api& api, std::string& out) {
  constexpr std::string_view kName = "recado_deliveries_total";
  Metric(out, kName, "counter", "Deliveries that came to a status since start.");
  for (const auto& [provider, counts] : api.counters->Counts()) {
    for (size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;
      const std::string_view status = store::StatusName(static_cast<store::Status>(i));
      Sample(out, kName, "{provider=" + LabelValue(provider) + ",status=" + LabelValue(status) + "}",
             counts[i]);
    }
  }
}

// The text format of Prometheus, version 0.0.4.
Response Metrics(Api& api) {
  std::string out;
  const dispatch::EngineStats stats = api.engine.stats();
  const auto counter = [&out](std::string_view name, std::string_view help, int64_t value) {
    Metric(out, name, "counter", help);
    Sample(out, name, "", value);
  };
  const auto gauge = [&out](std::string_view name, std::string_view help, int64_t value) {
    Metric(out, name, "gauge", help);
    Sample(out, name, "", value);
  };
  counter("recado_events_planned_total", "Events planned since start.", stats.planned_events);
  counter("recado_messages_sent_total", "Messages handed to providers since start.", stats.sent);
  counter("recado_messages_accepted_total", "Messages providers have taken.", stats.accepted);
  counter("recado_messages_failed_total", "Messages refused for good or given up.", stats.failed);
  counter("recado_messages_skipped_total", "Intents that were decided not to send.", stats.skipped);
  counter("recado_messages_retried_total", "Attempts that will be repeated.", stats.retried);
  counter("recado_messages_ambiguous_total", "Messages of which nobody knows whether they arrived.",
          stats.ambiguous);
  gauge("recado_window", "Due intents in memory.", static_cast<int64_t>(stats.window));
  gauge("recado_in_flight", "Messages without an answer yet.", static_cast<int64_t>(stats.in_flight));
  if (api.counters != nullptr) ByProvider(api, out);
  if (api.connector != nullptr && api.store.FindCrmSource(false).ok()) {
    gauge("recado_crm_source_ok", "1 where the CRM answers.", api.connector->status().empty() ? 1 : 0);
  }
  gauge("recado_ready", "1 where storage takes writes.", api.store.Health().empty() ? 1 : 0);
  return Plain(200, std::move(out), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace

void AddOperationsRoutes(Routes& routes, Api& api) {
  const auto add = [&](std::string pattern, PlainHandler handler) {
    routes.push_back(
        {Method::kGet, std::move(pattern), std::nullopt, kMaxSmallBody, Plainly(std::move(handler))});
  };
  add("/healthz", [](const Call&) { return JsonResponse(200, {{"alive", true}}); });
  add("/readyz", [&api](const Call&) { return Ready(api); });
  add("/openapi.json",
      [](const Call&) { return Plain(200, std::string(OpenApiDocument()), "application/json"); });
  routes.push_back({Method::kGet, "/metrics", store::Role::kViewer, kMaxSmallBody,
                    Plainly([&api](const Call&) { return Metrics(api); })});
}

}  // namespace recado::server
