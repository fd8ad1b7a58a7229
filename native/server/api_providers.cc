// Providers: settings that are shown, secrets that are only ever written.
#include <algorithm>

#include "native/provider/sender.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::ProviderRow;

Json ProviderJson(const Api& api, const Caller& caller, const ProviderRow& row) {
  // The names of secrets say which are set; their values leave the service only towards the vendor.
  Json json = {{"id", row.id},
               {"kind", row.kind},
               {"settings", ParseStored(row.settings)},
               {"secrets_set", row.secret_names},
               {"paused", row.paused},
               {"updated_at", FormatInstant(row.updated_at)}};
  // Whoever knows it can report on messages.
  const bool trusted = caller.role == store::Role::kAdmin;
  const std::string hook = trusted ? api.engine.AccountHook(row.id) : std::string();
  if (!hook.empty()) json["hook_url"] = hook;
  return json;
}

Response ProviderResponse(const Api& api, const Caller& caller, const ProviderRow& row) {
  return JsonResponse(200, ProviderJson(api, caller, row)).With("ETag", ETagOf(row.version));
}

Response ListProviders(Api& api, const Call& call) {
  const auto rows = api.store.ListProviders();
  if (!rows.ok()) return Problem(rows.error());
  Json list = Json::array();
  for (const ProviderRow& row : *rows) {
    Json entry = ProviderJson(api, call.caller, row);
    entry["etag"] = ETagOf(row.version);
    list.push_back(std::move(entry));
  }
  return JsonResponse(200, {{"providers", std::move(list)}});
}

Response GetProvider(Api& api, const Call& call) {
  const auto row = api.store.FindProvider(call.arguments[0]);
  return row.ok() ? ProviderResponse(api, call.caller, *row) : Problem(row.error());
}

Diagnostic WrongType(std::string path, std::string what, std::string expected, const Json& actual) {
  return Diagnostic::Of(DiagnosticCode::wrong_type)
      .At(std::move(path))
      .With("what", std::move(what))
      .With("expected", std::move(expected))
      .With("actual", std::string(TypeWord(actual)));
}

Result<provider::Config> ReadConfig(const std::string& id, const Json& body) {
  Diagnostics faults = CheckId(id, "the id");
  provider::Config config;
  config.id = id;
  auto kind = TextMember(body, "kind", true);
  if (!kind.ok()) return kind.error();
  config.kind = *std::move(kind);
  if (const auto settings = body.find("settings"); settings != body.end()) {
    if (!settings->is_object()) {
      faults.push_back(WrongType("/settings", "\"settings\"", "an object", *settings));
    } else {
      config.settings = *settings;
    }
  }
  if (const auto secrets = body.find("secrets"); secrets != body.end() && !secrets->is_object()) {
    faults.push_back(WrongType("/secrets", "\"secrets\"", "an object", *secrets));
  } else if (secrets != body.end()) {
    for (const auto& secret : secrets->items()) {
      if (secret.value().is_string()) {
        config.secrets[secret.key()] = secret.value().get<std::string>();
      } else if (secret.value().is_null()) {
        config.secrets[secret.key()] = "";  // removes it
      } else {
        faults.push_back(
            WrongType(Child("/secrets", secret.key()), "\"" + secret.key() + "\"", "a text", secret.value()));
      }
    }
  }
  if (!faults.empty()) return faults;
  return config;
}

// What will be stored: the new secrets over those that are there.
Result<provider::Config> Completed(Api& api, provider::Config config) {
  const auto rows = api.store.ProvidersWithSecrets();
  if (!rows.ok()) return rows.error();
  for (const ProviderRow& row : *rows) {
    if (row.id != config.id) continue;
    for (const auto& [name, value] : row.secrets) config.secrets.emplace(name, value);
  }
  std::erase_if(config.secrets, [](const auto& secret) { return secret.second.empty(); });
  return config;
}

Response PutProvider(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto config = ReadConfig(id, *body);
  if (!config.ok()) return Problem(config.error());
  const auto if_match = IfMatch(call.request, "the provider", id);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto completed = Completed(api, *config);
  if (!completed.ok()) return Problem(completed.error());
  const Diagnostics judged = provider::CheckConfig(*completed);
  if (HasErrors(judged)) return Problem(judged, 400);

  store::PutProvider put;
  put.id = id;
  put.kind = config->kind;
  put.settings = DumpJson(config->settings);
  put.secrets = config->secrets;
  put.if_match = *if_match;
  put.by = call.caller.name;
  put.now = api.clock();
  const auto row = Await<ProviderRow>([&](auto done) { api.store.PutProvider(put, done); });
  if (!row.ok()) return Problem(row.error());
  Audit(api, call, "provider.put", id, {{"kind", put.kind}});
  Json json = ProviderJson(api, call.caller, *row);
  json["diagnostics"] = ToJson(judged, OffsetUnit::kBytes);
  return JsonResponse(200, json).With("ETag", ETagOf(row->version));
}

Response DeleteProvider(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const auto if_match = IfMatch(call.request, "the provider", id);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto gone = Await<store::Unit>(
      [&](auto done) { api.store.DeleteProvider(id, *if_match, call.caller.name, api.clock(), done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "provider.delete", id);
  return NoContent();
}

// ---- Pause and resume: everything, or one provider.

Result<std::string> PausedProvider(const Request& request) {
  if (request.body.empty()) return std::string();
  const auto body = JsonBody(request);
  if (!body.ok()) return body.error();
  return TextMember(*body, "provider", false);
}

Response PauseJson(Api& api) {
  const auto paused = api.store.PausedProviders();
  if (!paused.ok()) return Problem(paused.error());
  Json providers = Json::array();
  bool all = false;
  for (const std::string& id : *paused) {
    if (id.empty()) {
      all = true;
    } else {
      providers.push_back(id);
    }
  }
  return JsonResponse(200, {{"all", all}, {"providers", std::move(providers)}});
}

Response SetPaused(Api& api, const Call& call, bool paused) {
  const auto provider = PausedProvider(call.request);
  if (!provider.ok()) return Problem(provider.error());
  if (!provider->empty()) {
    if (const auto known = api.store.FindProvider(*provider); !known.ok()) return Problem(known.error());
  }
  const auto set = Await<store::Unit>(
      [&](auto done) { api.engine.SetPaused(*provider, paused, call.caller.name, api.clock(), done); });
  if (!set.ok()) return Problem(set.error());
  Audit(api, call, paused ? "pause" : "resume", *provider);
  return PauseJson(api);
}

}  // namespace

void AddProviderRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/providers", Role::kViewer, ListProviders);
  add(Method::kGet, "/api/v1/provider-kinds", Role::kViewer, [](Api&, const Call&) {
    return JsonResponse(200, {{"kinds", provider::DescribeKinds()}});
  });
  add(Method::kGet, "/api/v1/providers/{id}", Role::kViewer, GetProvider);
  add(Method::kPut, "/api/v1/providers/{id}", Role::kAdmin, PutProvider);
  add(Method::kDelete, "/api/v1/providers/{id}", Role::kAdmin, DeleteProvider);
  add(Method::kGet, "/api/v1/pause", Role::kViewer, [](Api& a, const Call&) { return PauseJson(a); });
  add(Method::kPost, "/api/v1/pause", Role::kOperator,
      [](Api& a, const Call& call) { return SetPaused(a, call, true); });
  add(Method::kPost, "/api/v1/resume", Role::kOperator,
      [](Api& a, const Call& call) { return SetPaused(a, call, false); });
}

}  // namespace recado::server
