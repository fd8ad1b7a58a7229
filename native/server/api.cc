#include "native/server/api.h"

#include <charconv>

namespace recado::server {
namespace {

constexpr size_t kMaxIdBytes = 100;

Diagnostic NotANumber(std::string_view name, std::string_view value, std::string allowed) {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At("/" + std::string(name))
      .With("value", std::string(value))
      .With("what", std::string(name))
      .With("allowed", std::move(allowed));
}

template <class T>
bool ParseNumber(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Routes ApiRoutes(Api& api) {
  Routes routes;
  AddEventRoutes(routes, api);
  AddRuleRoutes(routes, api);
  AddProviderRoutes(routes, api);
  AddSettingsRoutes(routes, api);
  AddRecordRoutes(routes, api);
  AddDeliveryRoutes(routes, api);
  AddFileRoutes(routes, api);
  AddSuppressionRoutes(routes, api);
  AddIncomingRoutes(routes, api);
  AddProviderTestRoutes(routes, api);
  AddWayRoutes(routes, api);
  AddPeopleRoutes(routes, api);
  AddOperationsRoutes(routes, api);
  AddImportRoutes(routes, api);
  AddStatisticsRoutes(routes, api);
  AddCustomerRoutes(routes, api);
  AddUserRoutes(routes, api);
  AddSourceRoutes(routes, api);  // before the vendors': /hooks/crm is none of them
  AddHookRoutes(routes, api);
  return routes;
}

Result<Json> JsonBody(const Request& request, bool any) {
  const std::string type = request.MediaType();
  if (!type.empty() && type != "application/json" && !type.ends_with("+json")) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::media_type_unsupported)
                           .With("name", type)
                           .With("allowed", "application/json")};
  }
  Result<Json> json = ParseJson(request.body);
  if (json.ok() && !any && !json->is_object()) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::wrong_type)
                           .With("what", "The body")
                           .With("expected", "an object")
                           .With("actual", std::string(TypeWord(*json)))};
  }
  return json;
}

std::string ETagOf(int64_t version) {
  return "\"v" + std::to_string(version) + "\"";
}

Result<std::optional<int64_t>> IfMatch(const Request& request, std::string_view what, std::string_view id) {
  if (request.Header("If-None-Match") == "*") return std::optional<int64_t>(0);
  const std::string_view tag = request.Header("If-Match");
  if (tag.empty() || tag == "*") return std::optional<int64_t>();
  int64_t version = 0;
  const bool ours = tag.size() > 3 && tag.starts_with("\"v") && tag.ends_with("\"") &&
                    ParseNumber(tag.substr(2, tag.size() - 3), version) && version > 0;
  if (ours) return std::optional<int64_t>(version);
  return Diagnostics{Diagnostic::Of(DiagnosticCode::version_conflict)
                         .With("what", std::string(what))
                         .With("id", std::string(id))};
}

Result<size_t> LimitOf(const Request& request, size_t fallback) {
  const auto text = request.Query("limit");
  if (!text) return fallback;
  size_t limit = 0;
  if (ParseNumber(*text, limit) && limit >= 1 && limit <= store::kMaxPage) return limit;
  return Diagnostics{NotANumber("limit", *text, "1 – " + std::to_string(store::kMaxPage))};
}

Result<int64_t> CursorOf(const Request& request) {
  const auto text = request.Query("after");
  if (!text || text->empty()) return int64_t{0};
  int64_t cursor = 0;
  if (ParseNumber(*text, cursor) && cursor > 0) return cursor;
  return Diagnostics{NotANumber("after", *text, "the \"next\" of the page before")};
}

Diagnostics NotAllowed(const char* name, std::string_view value, const char* allowed) {
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .At("/" + std::string(name))
              .With("value", std::string(value))
              .With("what", name)
              .With("allowed", allowed)};
}

Result<std::optional<Instant>> MomentAt(const Request& request, const char* name, int64_t add_days) {
  const auto text = request.Query(name);
  if (!text || text->empty()) return std::optional<Instant>();
  if (const Result<Date> date = ParseDate(*text); date.ok()) {
    return std::optional<Instant>(Instant{(DaysFromDate(*date) + add_days) * 86'400'000});
  }
  const Result<Instant> instant = ParseInstant(*text);
  if (!instant.ok()) return NotAllowed(name, *text, "2026-11-22, 2026-11-22T09:30:00Z");
  return std::optional<Instant>(*instant);
}

Result<std::string> TextMember(const Json& object, std::string_view name, bool required) {
  const auto found = object.find(std::string(name));
  if (found == object.end() || found->is_null()) {
    if (!required) return std::string();
    return Diagnostics{Diagnostic::Of(DiagnosticCode::missing_member)
                           .At(Child("", name))
                           .With("what", "\"" + std::string(name) + "\"")};
  }
  if (found->is_string()) return found->get<std::string>();
  return Diagnostics{Diagnostic::Of(DiagnosticCode::wrong_type)
                         .At(Child("", name))
                         .With("what", "\"" + std::string(name) + "\"")
                         .With("expected", "a text")
                         .With("actual", std::string(TypeWord(*found)))};
}

Diagnostics CheckId(std::string_view id, std::string_view what) {
  bool fine = !id.empty() && id.size() <= kMaxIdBytes;
  for (const char c : id) fine = fine && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '/';
  if (fine) return {};
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .With("value", "\"" + std::string(id.substr(0, kMaxIdBytes)) + "\"")
              .With("what", std::string(what))
              .With("allowed", "1 – 100 characters without \"/\"")};
}

void Audit(Api& api, const Call& call, std::string action, std::string subject, const Json& detail) {
  store::AuditEntry entry;
  entry.at = api.clock();
  entry.actor = call.caller.name;
  entry.action = std::move(action);
  entry.subject = std::move(subject);
  entry.detail = DumpJson(detail);
  api.store.AddAudit(std::move(entry), [](const Result<store::Unit>&) {});
}

Json ParseStored(const std::string& json) {
  Result<Json> parsed = ParseJson(json);
  return parsed.ok() ? *std::move(parsed) : Json();
}

}  // namespace recado::server
