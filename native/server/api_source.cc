// The CRM that records come from: its settings, its webhook, its schema.
#include "native/crm/connector.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::ProviderRow;

constexpr const char* kSourceId = "bitrix24";

Json SourceJson(Api& api, const Call& call, const ProviderRow& row) {
  Json json = {{"kind", row.kind},
               {"settings", ParseStored(row.settings)},
               {"secrets_set", row.secret_names},
               {"updated_at", FormatInstant(row.updated_at)}};
  const Diagnostics status = api.connector->status();
  json["status"] = {{"working", status.empty()}, {"diagnostics", ToJson(status, OffsetUnit::kBytes)}};
  const bool trusted = call.caller.role == store::Role::kAdmin;
  if (trusted && !api.public_url.empty()) json["hook_url"] = api.public_url + "/hooks/crm/" + row.id;
  return json;
}

Response Show(Api& api, const Call& call, const ProviderRow& row) {
  return JsonResponse(200, SourceJson(api, call, row)).With("ETag", ETagOf(row.version));
}

Response Get(Api& api, const Call& call) {
  const auto row = api.store.FindCrmSource(false);
  if (row.ok()) return Show(api, call, *row);
  return StatusOf(row.error()) == 404 ? NoContent() : Problem(row.error());  // none is a state, not a fault
}

Diagnostic WrongType(const char* name, const char* expected, const Json& actual) {
  return Diagnostic::Of(DiagnosticCode::wrong_type)
      .At("/" + std::string(name))
      .With("what", "\"" + std::string(name) + "\"")
      .With("expected", expected)
      .With("actual", std::string(TypeWord(actual)));
}

Result<store::PutProvider> ReadPut(const Json& body) {
  store::PutProvider put;
  put.id = kSourceId;
  auto kind = TextMember(body, "kind", true);
  if (!kind.ok()) return kind.error();
  if (*kind != "bitrix24") {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                           .At("/kind")
                           .With("value", *kind)
                           .With("what", "\"kind\"")
                           .With("allowed", "bitrix24")};
  }
  put.kind = *kind;
  const auto settings = body.find("settings");
  if (settings != body.end() && !settings->is_object())
    return Diagnostics{WrongType("settings", "an object", *settings)};
  put.settings = DumpJson(settings == body.end() ? Json::object() : *settings);
  const auto secrets = body.find("secrets");
  if (secrets == body.end()) return put;
  if (!secrets->is_object()) return Diagnostics{WrongType("secrets", "an object", *secrets)};
  for (const auto& secret : secrets->items()) {
    if (!secret.value().is_string() && !secret.value().is_null()) {
      return Diagnostics{WrongType("secrets", "an object of texts", secret.value())};
    }
    put.secrets[secret.key()] = secret.value().is_null() ? "" : secret.value().get<std::string>();
  }
  return put;
}

Response Put(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  auto put = ReadPut(*body);
  if (!put.ok()) return Problem(put.error());
  const auto if_match = IfMatch(call.request, "The CRM source", kSourceId);
  if (!if_match.ok()) return Problem(if_match.error());
  // Judged as it will stand: with the secrets that are there already.
  std::map<std::string, std::string> secrets = put->secrets;
  if (const auto row = api.store.FindCrmSource(true); row.ok())
    secrets.insert(row->secrets.begin(), row->secrets.end());
  const auto judged = directory::ReadBitrix24(ParseStored(put->settings), secrets);
  if (!judged.ok()) return Problem(judged.error(), 400);
  put->if_match = *if_match;
  put->by = call.caller.name;
  put->now = api.clock();
  const auto row = Await<ProviderRow>([&](auto done) { api.store.PutCrmSource(*put, done); });
  if (!row.ok()) return Problem(row.error());
  Audit(api, call, "crm-source.put", kSourceId);
  return Show(api, call, *row);
}

Response Delete(Api& api, const Call& call) {
  const auto if_match = IfMatch(call.request, "The CRM source", kSourceId);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto gone = Await<store::Unit>([&](auto done) { api.store.DeleteCrmSource(*if_match, done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "crm-source.delete", kSourceId);
  return NoContent();
}

// Whether the account answers, and for whom.
Response Test(Api& api, const Call&) {
  const Result<Json> profile = api.connector->Test();
  if (!profile.ok() && StatusOf(profile.error()) == 404) return Problem(profile.error());
  Json json = {{"ok", profile.ok()},
               {"diagnostics", ToJson(profile.ok() ? Diagnostics() : profile.error(), OffsetUnit::kBytes)}};
  if (profile.ok() && profile->is_object()) {
    for (const char* name : {"NAME", "LAST_NAME", "ADMIN"}) {
      if (profile->contains(name)) json["user"][name] = (*profile)[name];
    }
  }
  return JsonResponse(200, json);
}

// The account's pipelines, stages and fields become the schema.
Response TakeSchema(Api& api, const Call& call) {
  const Result<Json> schema = api.connector->FetchSchema();
  if (!schema.ok()) return Problem(schema.error());
  Diagnostics remarks;
  if (const auto parsed = crm::ParseSchema(*schema, remarks); !parsed.ok()) return Problem(parsed.error());
  const auto document = Await<store::Document>([&](auto done) {
    api.store.PutDocument("schema", DumpJson(*schema), std::nullopt, call.caller.name, api.clock(), done);
  });
  if (!document.ok()) return Problem(document.error());
  Audit(api, call, "crm-source.schema", kSourceId);
  return JsonResponse(200, *schema).With("ETag", ETagOf(document->version));
}

// POST /hooks/crm/{source}: public; its token is compared in constant time before anything of it is believed.
Response Hook(Api& api, const Call& call) {
  const auto taken = api.connector->TakeCall(call.arguments[0], call.request.MediaType(), call.request.body);
  if (!taken.ok()) return Problem(taken.error());
  Response response;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  if (!*taken) {
    response.status = 403;
    response.body = "This call was not recognised.";
  }
  return response;
}

}  // namespace

void AddSourceRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, std::optional<Role> role, size_t most,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, most,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/crm-source", Role::kViewer, kMaxSmallBody, Get);
  add(Method::kPut, "/api/v1/crm-source", Role::kAdmin, kMaxSmallBody, Put);
  add(Method::kDelete, "/api/v1/crm-source", Role::kAdmin, kMaxSmallBody, Delete);
  add(Method::kPost, "/api/v1/crm-source/test", Role::kAdmin, kMaxSmallBody, Test);
  add(Method::kPost, "/api/v1/crm-source/schema", Role::kAdmin, kMaxSmallBody, TakeSchema);
  add(Method::kPost, "/hooks/crm/{source}", std::nullopt, kMaxHookBody, Hook);
}

}  // namespace recado::server
