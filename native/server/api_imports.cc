// Imports: files into the built-in directory, tried first, watched while they run, with a report of what was
// left out.
#include "native/crm/importer.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using directory::ImportOptions;

constexpr const char* kTextOptions[] = {"format",  "entity", "delimiter", "encoding", "locale",
                                        "decimal", "date",   "time_zone", "region",   "currency"};

bool IsOn(const Request& request, std::string_view name) {
  const auto value = request.Query(name);
  return value && (*value == "1" || *value == "true");
}

// The query as the options' JSON.
Result<ImportOptions> OptionsOf(Api& api, const Request& request) {
  Json json = Json::object();
  for (const char* name : kTextOptions) {
    if (const auto value = request.Query(name)) json[name] = std::string(*value);
  }
  if (const auto columns = request.Query("columns")) {
    Result<Json> parsed = ParseJson(*columns);
    if (!parsed.ok()) return parsed.TakeError();
    json["columns"] = *std::move(parsed);
  }
  const std::string type = request.MediaType();
  if (!json.contains("format") && type == "text/csv") json["format"] = "csv";
  if (!json.contains("format") && type == "application/x-ndjson") json["format"] = "ndjson";
  if (IsOn(request, "fire_events")) json["fire_events"] = true;
  Result<ImportOptions> options = ImportOptions::FromJson(json);
  if (!options.ok()) return options;
  return directory::CompletedOptions(api.store, *std::move(options));
}

Response Post(Api& api, const Call& call) {
  const Result<ImportOptions> options = OptionsOf(api, call.request);
  if (!options.ok()) return Problem(options.error());
  if (api.engine.schema().Find(options->entity) == nullptr) {
    return Problem(
        Diagnostic::Of(DiagnosticCode::not_found).With("what", "entity").With("id", options->entity));
  }
  if (IsOn(call.request, "dry_run")) {
    const Result<Json> tried = api.importer->Try(call.request.body, *options);
    return tried.ok() ? JsonResponse(200, *tried) : Problem(tried.error());
  }
  const std::string name(call.request.Query("name").value_or("upload"));
  const auto import =
      api.importer->Begin(call.request.body, name, *options, call.caller.name, IsOn(call.request, "again"));
  if (!import.ok()) return Problem(import.error());
  Audit(api, call, "import.begin", import->id, {{"name", name}});
  return JsonResponse(202, directory::ToJson(*import)).With("Location", "/api/v1/imports/" + import->id);
}

Response List(Api& api, const Call& call) {
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto imports = api.store.ListImports(*limit);
  if (!imports.ok()) return Problem(imports.error());
  Json list = Json::array();
  for (const store::Import& import : *imports) list.push_back(directory::ToJson(import));
  return JsonResponse(200, {{"imports", std::move(list)}});
}

Response Get(Api& api, const Call& call) {
  const auto import = api.store.FindImport(call.arguments[0]);
  return import.ok() ? JsonResponse(200, directory::ToJson(*import)) : Problem(import.error());
}

Response Cancel(Api& api, const Call& call) {
  const auto import = api.importer->Cancel(call.arguments[0], call.caller.name);
  if (!import.ok()) return Problem(import.error());
  Audit(api, call, "import.cancel", import->id);
  return JsonResponse(200, directory::ToJson(*import));
}

// The report, as lines of JSON or as a table for a spreadsheet.
Response Faults(Api& api, const Call& call) {
  const auto import = api.store.FindImport(call.arguments[0]);
  if (!import.ok()) return Problem(import.error());
  const auto faults = api.store.ImportFaults(call.arguments[0], 0, store::kMaxImportFaults);
  if (!faults.ok()) return Problem(faults.error());
  const std::string_view format = call.request.Query("format").value_or("ndjson");
  Response response;
  response.headers = {{"Cache-Control", "no-store"}};
  if (format == "csv") {
    response.headers.emplace_back("Content-Type", "text/csv; charset=utf-8");
    response.body = directory::ReportCsv(*faults);
  } else if (format == "ndjson") {
    response.headers.emplace_back("Content-Type", "application/x-ndjson");
    for (const store::ImportFault& fault : *faults)
      response.body += DumpJson(directory::ToJson(fault)) + "\n";
  } else {
    return Problem(Diagnostic::Of(DiagnosticCode::invalid_value)
                       .At("/format")
                       .With("value", std::string(format))
                       .With("what", "format")
                       .With("allowed", "ndjson, csv"));
  }
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"import-report." + std::string(format) + "\"");
  return response;
}

}  // namespace

void AddImportRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role, size_t most,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, most,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/imports", Role::kViewer, kMaxSmallBody, List);
  add(Method::kPost, "/api/v1/imports", Role::kOperator, kMaxImportBody, Post);
  add(Method::kGet, "/api/v1/imports/{id}", Role::kViewer, kMaxSmallBody, Get);
  add(Method::kDelete, "/api/v1/imports/{id}", Role::kOperator, kMaxSmallBody, Cancel);
  add(Method::kGet, "/api/v1/imports/{id}/faults", Role::kViewer, kMaxSmallBody, Faults);
}

}  // namespace recado::server
