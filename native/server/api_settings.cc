// The CRM schema and the workspace.
#include "core/crm/schema.h"
#include "core/crm/workspace.h"
#include "native/server/api.h"
#include "native/server/caretaker.h"

namespace recado::server {
namespace {

using store::Await;

// Providers have their own addresses; here they are shown, so that the page judges rules exactly as the
// service does.
Result<Json> ProvidersJson(Api& api) {
  const auto rows = api.store.ListProviders();
  if (!rows.ok()) return rows.error();
  Json list = Json::array();
  for (const store::ProviderRow& row : *rows) {
    list.push_back({{"id", row.id}, {"kind", row.kind}, {"settings", ParseStored(row.settings)}});
  }
  return list;
}

Result<Json> Shown(Api& api, const std::string& name, const store::Document& document) {
  if (name == "schema") {
    return document.version > 0 ? ParseStored(document.json) : crm::ToJson(crm::BuiltInSchema());
  }
  Json workspace = document.version > 0 ? ParseStored(document.json) : crm::ToJson(crm::Workspace());
  if (!workspace.is_object()) workspace = Json::object();
  auto providers = ProvidersJson(api);
  if (!providers.ok()) return providers.error();
  workspace["providers"] = *std::move(providers);
  return workspace;
}

Response Show(Api& api, const std::string& name, const store::Document& document) {
  const auto json = Shown(api, name, document);
  if (!json.ok()) return Problem(json.error());
  return JsonResponse(200, *json).With("ETag", ETagOf(document.version));
}

Response Get(Api& api, const std::string& name) {
  const auto document = api.store.FindDocument(name);
  if (document.ok()) return Show(api, name, *document);
  if (StatusOf(document.error()) == 404) return Show(api, name, {});
  return Problem(document.error());
}

Diagnostics Judge(const std::string& name, const Json& json) {
  Diagnostics remarks;
  Diagnostics faults;
  if (name == "schema") {
    if (auto parsed = crm::ParseSchema(json, remarks); !parsed.ok()) faults = parsed.TakeError();
  } else {
    if (auto parsed = crm::ParseWorkspace(json, remarks); !parsed.ok()) faults = parsed.TakeError();
  }
  faults.insert(faults.end(), remarks.begin(), remarks.end());
  return faults;
}

Response Put(Api& api, const Call& call, const std::string& name) {
  auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto if_match = IfMatch(call.request, "the " + name, "");
  if (!if_match.ok()) return Problem(if_match.error());
  if (name == "workspace") body->erase("providers");
  if (name == "workspace") {
    if (const auto retention = ReadRetention(*body); !retention.ok()) return Problem(retention.error(), 400);
  }
  if (const Diagnostics faults = Judge(name, *body); HasErrors(faults)) return Problem(faults, 400);
  const auto document = Await<store::Document>([&](auto done) {
    api.store.PutDocument(name, DumpJson(*body), *if_match, call.caller.name, api.clock(), done);
  });
  if (!document.ok()) return Problem(document.error());
  Audit(api, call, name + ".put", name);
  return Show(api, name, *document);
}

}  // namespace

void AddSettingsRoutes(Routes& routes, Api& api) {
  for (const std::string name : {"schema", "workspace"}) {
    routes.push_back({Method::kGet, "/api/v1/" + name, store::Role::kViewer, kMaxSmallBody,
                      Plainly([&api, name](const Call&) { return Get(api, name); })});
    routes.push_back({Method::kPut, "/api/v1/" + name, store::Role::kAdmin, kMaxSmallBody,
                      Plainly([&api, name](const Call& call) { return Put(api, call, name); })});
  }
}

}  // namespace recado::server
