// Deliveries: what became of every message, and what a person may do about it. And what the sandbox providers
// took.
#include <algorithm>

#include "native/server/api.h"
#include "native/server/item_words.h"
#include "native/store/search_text.h"

namespace recado::server {
namespace {

using store::Await;
using store::Delivery;
using store::Unit;

// The sentence for the reason, made now from what was stored, so that old entries speak as new ones do.
std::string SentenceOf(const Json& reason) {
  const auto message = reason.find("message");
  return message != reason.end() && message->is_string() ? message->get<std::string>() : std::string();
}

void PutReason(Json& json, const Delivery& delivery) {
  if (delivery.reason.empty()) return;
  json["reason"] = delivery.reason;
  const Json reason = ParseStored(delivery.reason_json);
  if (!reason.is_object()) return;
  if (const std::string sentence = SentenceOf(reason); !sentence.empty()) json["message"] = sentence;
  json["diagnostic"] = reason;
}

// `to`, `content` and `sms` of a composed message, as formats §4 shows them.
void PutMessage(Json& json, const std::string& packed) {
  const Json message = ParseStored(packed);
  if (!message.is_object()) return;
  for (const char* name : {"to", "content", "sms"}) {
    if (const auto member = message.find(name); member != message.end()) json[name] = *member;
  }
}

Json DeliveryJson(const Delivery& delivery) {
  Json json = {{"key", delivery.key},
               {"status", store::StatusName(delivery.status)},
               {"rule", delivery.rule_id},
               {"rule_revision", delivery.rule_revision},
               {"channel", delivery.channel}};
  if (!delivery.provider.empty()) json["provider"] = delivery.provider;
  json["entity"] = delivery.entity;
  json["entity_id"] = delivery.entity_id;
  if (!delivery.event_id.empty()) json["event"] = delivery.event_id;
  json["due"] = FormatInstant(delivery.due);
  if (delivery.next_at && !store::IsFinal(delivery.status))
    json["next_at"] = FormatInstant(*delivery.next_at);
  json["created"] = FormatInstant(delivery.created_at);
  json["updated"] = FormatInstant(delivery.updated_at);
  json["attempts"] = delivery.attempts;
  if (!delivery.held.empty()) json["held"] = delivery.held;
  if (!delivery.reference.empty()) json["reference"] = delivery.reference;
  PutMessage(json, delivery.message);
  if (!delivery.cost.amount.empty()) {
    json["cost"] = {{"amount", delivery.cost.amount},
                    {"currency", delivery.cost.currency},
                    {"reported", delivery.cost.reported}};
  }
  PutReason(json, delivery);
  return json;
}

// The delivery with what its item is called now; of a customer who was erased nothing is said.
Json NamedDelivery(Api& api, const Delivery& delivery) {
  Json json = DeliveryJson(delivery);
  if (delivery.customer.starts_with("erased:")) return json;
  const auto record = api.store.FindRecord(delivery.entity, delivery.entity_id);
  if (!record.ok()) return json;
  if (Json words = ItemWords(ParseStored(record->json), delivery.entity); !words.empty())
    json["item"] = std::move(words);
  return json;
}

Json HistoryJson(const std::vector<store::HistoryEntry>& history) {
  Json list = Json::array();
  for (const store::HistoryEntry& entry : history) {
    Json json = {{"at", FormatInstant(entry.at)}, {"what", entry.what}};
    if (!entry.text.empty()) json["text"] = entry.text;
    if (entry.attempt > 0) json["attempt"] = entry.attempt;
    if (!entry.outcome.empty()) json["outcome"] = entry.outcome;
    if (entry.code != 0) json["code"] = entry.code;
    list.push_back(std::move(json));
  }
  return list;
}

constexpr size_t kIndexAtOnce = 500;  // what a search makes findable before it looks: some 30 ms

// What a person looks for. Words that can't be looked for (only signs) are a fault, or everything would be
// found.
Diagnostics TakeWords(const Request& request, store::DeliveryFilter& filter) {
  const auto typed = request.Query("q");
  if (!typed || typed->find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
  filter.match = store::SearchExpression(*typed);
  if (filter.match.empty()) return NotAllowed("q", *typed, "letters or digits");
  return {};
}

Result<store::DeliveryFilter> FilterOf(const Request& request) {
  store::DeliveryFilter filter;
  if (const auto status = request.Query("status"); status && !status->empty()) {
    filter.status = store::StatusFromName(*status);
    if (!filter.status) {
      return NotAllowed(
          "status", *status,
          "scheduled, due, in_flight, accepted, delivered, failed, ambiguous, cancelled, skipped");
    }
  }
  filter.rule_id = request.Query("rule").value_or("");
  filter.entity = request.Query("entity").value_or("");
  filter.entity_id = request.Query("entity_id").value_or("");
  filter.channel = request.Query("channel").value_or("");
  filter.provider = request.Query("provider").value_or("");
  if (!filter.channel.empty() && !rule::ChannelFromName(filter.channel)) {
    return NotAllowed("channel", filter.channel, "sms, email, call, chat, whatsapp");
  }
  if (Diagnostics faults = TakeWords(request, filter); !faults.empty()) return faults;
  const auto from = MomentAt(request, "from", 0);
  if (!from.ok()) return from.error();
  const auto to = MomentAt(request, "to", 1);
  if (!to.ok()) return to.error();
  filter.from = *from;
  filter.to = *to;
  const auto cursor = CursorOf(request);
  if (!cursor.ok()) return cursor.error();
  const auto limit = LimitOf(request);
  if (!limit.ok()) return limit.error();
  filter.before_seq = *cursor;
  filter.limit = *limit;
  return filter;
}

Response List(Api& api, const Call& call) {
  const auto filter = FilterOf(call.request);
  if (!filter.ok()) return Problem(filter.error());
  // What was sent a moment ago is what somebody looks for.
  if (!filter->match.empty()) {
    if (const auto indexed = api.store.IndexDeliveries(kIndexAtOnce); !indexed.ok())
      return Problem(indexed.error());
  }
  const auto page = api.store.PageOfDeliveries(*filter);
  if (!page.ok()) return Problem(page.error());
  Json list = Json::array();
  for (const Delivery& delivery : page->deliveries) list.push_back(NamedDelivery(api, delivery));
  Json json = {{"deliveries", std::move(list)},
               {"next", page->next == 0 ? Json() : Json(std::to_string(page->next))}};
  if (!filter->match.empty()) json["complete"] = page->complete;
  return JsonResponse(200, json);
}

Response Detail(Api& api, const std::string& key) {
  const auto delivery = api.store.FindDelivery(key);
  if (!delivery.ok()) return Problem(delivery.error());
  Json json = NamedDelivery(api, *delivery);
  json["timeline"] = HistoryJson(delivery->history);
  return JsonResponse(200, json);
}

// Runs one of the engine's commands and answers the delivery as it stands then.
template <class Run>
Response Act(Api& api, const Call& call, const char* action, Run run) {
  const std::string& key = call.arguments[0];
  const auto done = Await<Unit>([&](auto answer) { run(key, std::move(answer)); });
  if (!done.ok()) return Problem(done.error());
  Audit(api, call, std::string("delivery.") + action, key);
  return Detail(api, key);
}

Response Cancel(Api& api, const Call& call) {
  return Act(api, call, "cancel", [&](const std::string& key, auto done) {
    api.engine.Cancel(key, call.caller.name, api.clock(), std::move(done));
  });
}

Response Resend(Api& api, const Call& call) {
  return Act(api, call, "resend", [&](const std::string& key, auto done) {
    api.engine.Resend(key, call.caller.name, api.clock(), std::move(done));
  });
}

Response Resolve(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto outcome = TextMember(*body, "outcome", true);
  if (!outcome.ok()) return Problem(outcome.error());
  if (*outcome != "sent" && *outcome != "not_sent") {
    return Problem(Diagnostic::Of(DiagnosticCode::invalid_value)
                       .At("/outcome")
                       .With("value", *outcome)
                       .With("what", "\"outcome\"")
                       .With("allowed", "sent, not_sent"));
  }
  return Act(api, call, "resolve", [&](const std::string& key, auto done) {
    api.engine.Resolve(key, *outcome == "sent", call.caller.name, api.clock(), std::move(done));
  });
}

// ---- Sandbox

Response Sandbox(Api& api, const Call& call) {
  const auto cursor = CursorOf(call.request);
  if (!cursor.ok()) return Problem(cursor.error());
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto messages = api.store.SandboxMessages(*cursor, *limit);
  if (!messages.ok()) return Problem(messages.error());
  Json list = Json::array();
  for (const store::SandboxMessage& message : *messages) {
    Json json = {{"key", message.key},
                 {"provider", message.provider},
                 {"channel", message.channel},
                 {"at", FormatInstant(message.at)}};
    PutMessage(json, message.message);
    list.push_back(std::move(json));
  }
  Json next = messages->size() == *limit ? Json(std::to_string(messages->back().seq)) : Json();
  return JsonResponse(200, {{"messages", std::move(list)}, {"next", std::move(next)}});
}

// ---- Live

void Stream(Api& api, const Call& call, const Reply& reply) {
  std::string last(call.request.Header("Last-Event-ID"));
  std::shared_ptr<Feed> feed = api.news.Open(last);
  if (!feed) return reply(Problem(Diagnostic::Of(DiagnosticCode::service_busy)));
  Response response;
  response.headers = {
      {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  response.feed = std::move(feed);
  reply(std::move(response));
}

}  // namespace

void AddDeliveryRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/deliveries", Role::kViewer, List);
  add(Method::kGet, "/api/v1/deliveries/{key}", Role::kViewer,
      [](Api& a, const Call& call) { return Detail(a, call.arguments[0]); });
  add(Method::kPost, "/api/v1/deliveries/{key}/cancel", Role::kOperator, Cancel);
  add(Method::kPost, "/api/v1/deliveries/{key}/resend", Role::kOperator, Resend);
  add(Method::kPost, "/api/v1/deliveries/{key}/resolve", Role::kOperator, Resolve);
  add(Method::kGet, "/api/v1/sandbox/messages", Role::kViewer, Sandbox);
  routes.push_back({Method::kGet, "/api/v1/stream", Role::kViewer, kMaxSmallBody,
                    [&api](const Call& call, const Reply& reply) { Stream(api, call, reply); }});
}

}  // namespace recado::server
