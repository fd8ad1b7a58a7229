// One customer: everything known of it, and forgetting it (GDPR, articles 15, 17 and 20).
#include <algorithm>
#include <set>

#include "core/phone/number.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::CustomerData;
using store::CustomerQuery;

std::string TextAt(const Json& json, const char* name) {
  if (!json.is_object()) return {};
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool IsNamed(const Json& card, const CustomerQuery& query) {
  if (!query.contact.empty() && TextAt(card, "id") == query.contact) return true;
  for (const char* kind : {"phones", "emails"}) {
    if (!card.is_object() || !card.contains(kind) || !card[kind].is_array()) continue;
    for (const Json& value : card[kind]) {
      const std::string text = TextAt(value, "value");
      if (std::find(query.addresses.begin(), query.addresses.end(), text) != query.addresses.end())
        return true;
    }
  }
  return false;
}

// An address as messages have it beside as it was written.
void AddAddress(std::set<std::string>& addresses, const std::string& text, const std::string& region) {
  if (text.empty()) return;
  addresses.insert(text);
  if (const auto number = phone::ToE164(text, region)) addresses.insert(*number);
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (text.find('@') != std::string::npos) addresses.insert(lower);
}

// The cards of the customer in a snapshot: contacts by id or address, a company or lead by address.
template <class Take>
void ForEachCard(const Json& snapshot, const CustomerQuery& query, Take take) {
  if (!snapshot.is_object()) return;
  for (const auto& member : snapshot.items()) {
    if (member.key() == "contacts" && member.value().is_array()) {
      for (const Json& card : member.value()) {
        if (IsNamed(card, query)) take(card);
      }
    } else if ((member.key() == "company" || member.key() == "lead") && IsNamed(member.value(), query)) {
      take(member.value());
    }
  }
}

void AddAddressesOf(const Json& snapshot, const CustomerQuery& query, const std::string& region,
                    std::set<std::string>& addresses) {
  ForEachCard(snapshot, query, [&](const Json& card) {
    for (const char* kind : {"phones", "emails"}) {
      if (!card.contains(kind) || !card[kind].is_array()) continue;
      for (const Json& value : card[kind]) AddAddress(addresses, TextAt(value, "value"), region);
    }
  });
}

// ?contact= and ?address=, with every address that the directory and old messages know of the contact: they
// are the same person.
Result<CustomerQuery> QueryOf(Api& api, const Request& request) {
  CustomerQuery query;
  query.contact = request.Query("contact").value_or("");
  const std::string region = api.engine.workspace().default_region;
  std::set<std::string> addresses;
  AddAddress(addresses, std::string(request.Query("address").value_or("")), region);
  if (query.contact.empty() && addresses.empty()) {
    return Diagnostics{
        Diagnostic::Of(DiagnosticCode::missing_member).At("/contact").With("what", "contact or address")};
  }
  query.addresses.assign(addresses.begin(), addresses.end());
  const auto found = api.store.FindCustomer(query);
  if (!found.ok()) return found.error();
  for (const store::Record& record : found->records)
    AddAddressesOf(ParseStored(record.json), query, region, addresses);
  for (const store::Event& event : found->events) {
    const Json json = ParseStored(event.json);
    if (json.is_object() && json.contains("snapshot"))
      AddAddressesOf(json["snapshot"], query, region, addresses);
  }
  for (const store::Delivery& delivery : found->deliveries) {
    const Json message = ParseStored(delivery.message);
    if (message.is_object() && message.contains("to"))
      AddAddress(addresses, TextAt(message["to"], "address"), region);
  }
  query.addresses.assign(addresses.begin(), addresses.end());
  return query;
}

Json DeliveryJson(const store::Delivery& delivery) {
  Json json = {{"key", delivery.key},
               {"status", store::StatusName(delivery.status)},
               {"rule", delivery.rule_id},
               {"channel", delivery.channel},
               {"entity", delivery.entity},
               {"entity_id", delivery.entity_id},
               {"created", FormatInstant(delivery.created_at)},
               {"updated", FormatInstant(delivery.updated_at)}};
  const Json message = ParseStored(delivery.message);
  for (const char* name : {"to", "content"}) {
    if (message.is_object() && message.contains(name)) json[name] = message[name];
  }
  Json& history = json["timeline"] = Json::array();
  for (const store::HistoryEntry& entry : delivery.history) {
    Json line = {{"at", FormatInstant(entry.at)}, {"what", entry.what}};
    if (!entry.text.empty()) line["text"] = entry.text;
    history.push_back(std::move(line));
  }
  return json;
}

Response Export(Api& api, const Call& call) {
  const auto query = QueryOf(api, call.request);
  if (!query.ok()) return Problem(query.error());
  const auto found = api.store.FindCustomer(*query);
  if (!found.ok()) return Problem(found.error());
  Json json = {{"addresses", query->addresses}, {"records", Json::array()},
               {"deliveries", Json::array()},   {"events", Json::array()},
               {"suppressions", Json::array()}, {"sandbox", Json::array()},
               {"incoming", Json::array()},     {"chats", Json::array()}};
  if (!query->contact.empty()) json["contact"] = query->contact;
  for (const store::Record& record : found->records) {
    json["records"].push_back(
        {{"entity", record.entity}, {"id", record.id}, {"snapshot", ParseStored(record.json)}});
  }
  for (const store::Delivery& delivery : found->deliveries)
    json["deliveries"].push_back(DeliveryJson(delivery));
  for (const store::Event& event : found->events) json["events"].push_back(ParseStored(event.json));
  for (const store::Suppression& one : found->suppressions) {
    json["suppressions"].push_back({{"channel", one.channel},
                                    {"address", one.address},
                                    {"reason", one.reason},
                                    {"created_at", FormatInstant(one.created_at)}});
  }
  for (const store::Incoming& one : found->incoming) json["incoming"].push_back(IncomingJson(one));
  for (const store::ChatRow& one : found->chats) json["chats"].push_back(ChatJson(one));
  for (const store::SandboxMessage& one : found->sandbox) json["sandbox"].push_back(ParseStored(one.message));
  Audit(api, call, "customer.export",
        api.store.Fingerprint(query->contact + (query->addresses.empty() ? "" : query->addresses.front())));
  return JsonResponse(200, json).With("Content-Disposition", "attachment; filename=\"customer.json\"");
}

// The record without the customer: the contact goes, a company or lead keeps its id.
Json WithoutCustomer(Json snapshot, const CustomerQuery& query) {
  for (auto& member : snapshot.items()) {
    if (member.key() == "contacts" && member.value().is_array()) {
      Json rest = Json::array();
      for (const Json& card : member.value()) {
        if (!IsNamed(card, query)) rest.push_back(card);
      }
      member.value() = std::move(rest);
    } else if ((member.key() == "company" || member.key() == "lead") && IsNamed(member.value(), query)) {
      Json bare = Json::object();
      for (const char* kept : {"id", "pipeline", "stage"}) {
        if (member.value().contains(kept)) bare[kept] = member.value()[kept];
      }
      member.value() = std::move(bare);
    }
  }
  return snapshot;
}

Response Erase(Api& api, const Call& call) {
  const auto query = QueryOf(api, call.request);
  if (!query.ok()) return Problem(query.error());
  const auto found = api.store.FindCustomer(*query);
  if (!found.ok()) return Problem(found.error());
  store::CustomerErasure erasure;
  erasure.by = call.caller.name;
  erasure.addresses = query->addresses;
  erasure.contact = query->contact;
  for (store::Record record : found->records) {
    record.json = DumpJson(WithoutCustomer(ParseStored(record.json), *query));
    erasure.records.push_back(std::move(record));
  }
  for (const store::Delivery& delivery : found->deliveries) erasure.deliveries.push_back(delivery.seq);
  for (const store::Event& event : found->events) erasure.events.push_back(event.seq);
  const auto done =
      Await<store::Unit>([&](auto answer) { api.store.EraseCustomer(erasure, api.clock(), answer); });
  if (!done.ok()) return Problem(done.error());
  const Json counts = {{"records", found->records.size()},
                       {"deliveries", found->deliveries.size()},
                       {"events", found->events.size()},
                       {"addresses", query->addresses.size()}};
  // Who it was must not stand in the log of its being forgotten.
  const std::string who = query->contact + (query->addresses.empty() ? "" : query->addresses.front());
  Audit(api, call, "customer.erase", api.store.Fingerprint(who), counts);
  return JsonResponse(200, {{"erased", counts}});
}

}  // namespace

void AddCustomerRoutes(Routes& routes, Api& api) {
  using store::Role;
  routes.push_back({Method::kGet, "/api/v1/customers/export", Role::kAdmin, kMaxSmallBody,
                    Plainly([&api](const Call& call) { return Export(api, call); })});
  routes.push_back({Method::kDelete, "/api/v1/customers", Role::kAdmin, kMaxSmallBody,
                    Plainly([&api](const Call& call) { return Erase(api, call); })});
}

}  // namespace recado::server
