// Files for attachments.
#include "native/server/api.h"
#include "native/server/pages.h"

namespace recado::server {
namespace {

using store::Await;
using store::Unit;

constexpr size_t kMaxFileName = 200;

Json FileJson(const store::File& file) {
  return {{"id", file.id},
          {"name", file.name},
          {"media_type", file.media_type},
          {"bytes", file.bytes},
          {"created_at", FormatInstant(file.created_at)}};
}

// What rules call the file: a plain name, no path.
Diagnostics CheckFileName(std::string_view name) {
  bool fine = !name.empty() && name.size() <= kMaxFileName && name != "." && name != "..";
  for (const char c : name) {
    fine = fine && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '/' && c != '\\';
  }
  if (fine) return {};
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .At("/name")
              .With("value", "\"" + std::string(name.substr(0, kMaxFileName)) + "\"")
              .With("what", "?name=")
              .With("allowed", "a file name without folders, like catalog.pdf")};
}

Response PostFile(Api& api, const Call& call) {
  const std::string name(call.request.Query("name").value_or(""));
  if (Diagnostics faults = CheckFileName(name); !faults.empty()) return Problem(faults);
  std::string type = call.request.MediaType();
  if (type.empty() || type == "application/x-www-form-urlencoded") type = MediaTypeOf(name);
  const auto file = Await<store::File>(
      [&](auto done) { api.store.PutFile(name, type, call.request.body, api.clock(), done); });
  if (!file.ok()) return Problem(file.error());
  Audit(api, call, "file.put", name);
  return JsonResponse(201, FileJson(*file));
}

Response ListFiles(Api& api, const Call&) {
  const auto files = api.store.ListFiles();
  if (!files.ok()) return Problem(files.error());
  Json list = Json::array();
  for (const store::File& file : *files) list.push_back(FileJson(file));
  return JsonResponse(200, {{"files", std::move(list)}});
}

// Always a download: what somebody uploaded is never shown as a page of ours.
Response GetFile(Api& api, const Call& call) {
  const auto file = api.store.FindFile(call.arguments[0]);
  if (!file.ok()) return Problem(file.error());
  auto bytes = ReadWholeFile(file->path);
  if (!bytes) {
    return Problem(
        Diagnostic::Of(DiagnosticCode::not_found).With("what", "file").With("id", call.arguments[0]));
  }
  Response response;
  response.headers = {{"Content-Type", file->media_type},
                      {"Content-Disposition", "attachment"},
                      {"Content-Security-Policy", "sandbox; default-src 'none'"},
                      {"Cache-Control", "private, no-cache"}};
  response.body = *std::move(bytes);
  return response;
}

Response DeleteFile(Api& api, const Call& call) {
  const auto file = api.store.FindFile(call.arguments[0]);
  if (!file.ok()) return Problem(file.error());
  const auto gone = Await<Unit>([&](auto done) { api.store.DeleteFile(file->id, done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "file.delete", file->name);
  return NoContent();
}

}  // namespace

void AddFileRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role, Response (*handler)(Api&, const Call&),
                       size_t max_body = kMaxSmallBody) {
    routes.push_back({method, std::move(pattern), role, max_body,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/files", Role::kViewer, ListFiles);
  add(Method::kPost, "/api/v1/files", Role::kOperator, PostFile, kMaxFileBody);
  add(Method::kGet, "/api/v1/files/{name}", Role::kViewer, GetFile);
  add(Method::kDelete, "/api/v1/files/{name}", Role::kOperator, DeleteFile);
}

}  // namespace recado::server
