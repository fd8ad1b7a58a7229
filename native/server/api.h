// The HTTP API of formats §7, as a table of routes. Each file api_*.cc adds the routes of one subject.
//
// Handlers are functions on plain values: they check what they are given, ask or write the store, and answer
// JSON. Those that write wait for the disk on their worker's thread; only taking events is answered later
// (thousands wait at once).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "native/crm/connector.h"
#include "native/crm/directory.h"
#include "native/crm/importer.h"
#include "native/dispatch/engine.h"
#include "native/server/access.h"
#include "native/server/counters.h"
#include "native/server/news.h"
#include "native/server/router.h"

namespace recado::server {

// What handlers work with. Nothing is owned; all of it outlives the routes.
struct Api {
  store::Store& store;
  dispatch::Engine& engine;
  directory::Directory& directory;
  Access& access;
  News& news;
  std::string public_url;          // "" : none
  std::function<Instant()> clock;  // the system's, or a test's
  directory::Importer* importer = nullptr;
  directory::Connector* connector = nullptr;
  const Counters* counters = nullptr;  // absent: /metrics has no figures by provider
};

using Routes = std::vector<Route>;

void AddEventRoutes(Routes& routes, Api& api);
void AddRuleRoutes(Routes& routes, Api& api);
void AddProviderRoutes(Routes& routes, Api& api);
void AddSettingsRoutes(Routes& routes, Api& api);
void AddRecordRoutes(Routes& routes, Api& api);
void AddDeliveryRoutes(Routes& routes, Api& api);
void AddFileRoutes(Routes& routes, Api& api);
void AddSuppressionRoutes(Routes& routes, Api& api);
void AddIncomingRoutes(Routes& routes, Api& api);
void AddProviderTestRoutes(Routes& routes, Api& api);
void AddWayRoutes(Routes& routes, Api& api);
void AddPeopleRoutes(Routes& routes, Api& api);
void AddOperationsRoutes(Routes& routes, Api& api);
void AddHookRoutes(Routes& routes, Api& api);
void AddImportRoutes(Routes& routes, Api& api);
void AddSourceRoutes(Routes& routes, Api& api);
void AddStatisticsRoutes(Routes& routes, Api& api);
void AddCustomerRoutes(Routes& routes, Api& api);
void AddUserRoutes(Routes& routes, Api& api);

// All of the above.
Routes ApiRoutes(Api& api);

// ---- What several of them need

// The body as a JSON object or, with `any`, as any JSON. Errors: media_type_unsupported, those of ParseJson,
// wrong_type.
Result<Json> JsonBody(const Request& request, bool any = false);

// If-Match: "\"v3\"" → 3, "*" or absent → nothing, If-None-Match: * → 0. Error: version_conflict for what is
// no version of ours (it can't be the current one).
Result<std::optional<int64_t>> IfMatch(const Request& request, std::string_view what, std::string_view id);
std::string ETagOf(int64_t version);

// ?limit=, 1 … kMaxPage, and the cursor ?after= of lists in order of creation.
Result<size_t> LimitOf(const Request& request, size_t fallback = 50);
Result<int64_t> CursorOf(const Request& request);

// What is wrong with a member of the query, and what is allowed there.
Diagnostics NotAllowed(const char* name, std::string_view value, const char* allowed);

// An instant of the query, or a day, which begins at 00:00 UTC and, as an end (`add_days` 1), counts itself.
Result<std::optional<Instant>> MomentAt(const Request& request, const char* name, int64_t add_days);

// A member of an object that is a text; "" where it is not there. Error: wrong_type.
Result<std::string> TextMember(const Json& object, std::string_view name, bool required);

// Ids in addresses and documents: 1–100 characters, no control characters, no slash.
Diagnostics CheckId(std::string_view id, std::string_view what);

// What a person typed as the receiver of a test, in the form that Compose would have given it. Errors:
// phone_invalid, email_invalid, at /to.
Result<std::string> AddressOf(const std::string& to, rule::Channel channel, const crm::Workspace& workspace);

// Who changed what, for the audit log. Never waited for.
void Audit(Api& api, const Call& call, std::string action, std::string subject,
           const Json& detail = Json::object());

Json IncomingJson(const store::Incoming& incoming);
Json ChatJson(const store::ChatRow& chat);

Json ParseStored(const std::string& json);  // of what the store gives; null where it cannot be read

}  // namespace recado::server
