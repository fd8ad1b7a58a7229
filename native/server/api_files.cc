// Files for attachments, and addresses never to be used.
#include <algorithm>

#include "core/phone/number.h"
#include "core/rule/rule.h"
#include "native/server/api.h"
#include "native/server/pages.h"

namespace recado::server {
namespace {

using store::Await;
using store::Unit;

constexpr size_t kMaxFileName = 200;
constexpr size_t kMaxAddress = 254;  // RFC 5321

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

// ---- Suppressions

Json SuppressionJson(const store::Suppression& suppression) {
  Json json = {{"address", suppression.address},
               {"channel", suppression.channel.empty() ? Json() : Json(suppression.channel)},
               {"reason", suppression.reason},
               {"by", suppression.by},
               {"created_at", FormatInstant(suppression.created_at)}};
  return json;
}

std::string LowerAscii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Addresses are kept as messages carry them: numbers in E.164, e-mail addresses in lower case.
Result<store::Suppression> ReadSuppression(Api& api, const Json& body) {
  store::Suppression out;
  auto channel = TextMember(body, "channel", false);
  if (!channel.ok()) return channel.error();
  auto address = TextMember(body, "address", true);
  if (!address.ok()) return address.error();
  auto reason = TextMember(body, "reason", false);
  if (!reason.ok()) return reason.error();
  if (!channel->empty() && !rule::ChannelFromName(*channel)) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                           .At("/channel")
                           .With("value", *channel)
                           .With("what", "\"channel\"")
                           .With("allowed", "sms, email, call, chat, whatsapp")};
  }
  if (address->empty() || address->size() > kMaxAddress) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                           .At("/address")
                           .With("value", "\"" + address->substr(0, kMaxAddress) + "\"")
                           .With("what", "\"address\"")
                           .With("allowed", "a phone number, an e-mail address or a chat's id")};
  }
  const bool phone =
      *channel == "sms" || *channel == "call" || *channel == "whatsapp" || address->front() == '+';
  if (address->find('@') != std::string::npos) {
    out.address = LowerAscii(*address);
  } else if (phone) {
    out.address = phone::ToE164(*address, api.engine.workspace().default_region).value_or(*address);
  } else {
    out.address = *address;
  }
  out.channel = *std::move(channel);
  out.reason = reason->empty() ? "manual" : *reason;
  return out;
}

Response ListSuppressions(Api& api, const Call& call) {
  const auto limit = LimitOf(call.request, 200);
  if (!limit.ok()) return Problem(limit.error());
  const auto list = api.store.ListSuppressions(call.request.Query("after").value_or(""), *limit);
  if (!list.ok()) return Problem(list.error());
  Json out = Json::array();
  for (const store::Suppression& suppression : *list) out.push_back(SuppressionJson(suppression));
  Json next = list->size() == *limit ? Json(list->back().address) : Json();
  return JsonResponse(200, {{"suppressions", std::move(out)}, {"next", std::move(next)}});
}

Response PostSuppression(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  auto suppression = ReadSuppression(api, *body);
  if (!suppression.ok()) return Problem(suppression.error());
  suppression->by = call.caller.name;
  suppression->created_at = api.clock();
  const auto put = Await<Unit>([&](auto done) { api.store.PutSuppression(*suppression, done); });
  if (!put.ok()) return Problem(put.error());
  Audit(api, call, "suppression.put", suppression->address);
  return JsonResponse(201, SuppressionJson(*suppression));
}

// Which one stands in the query or in the body, as the client can.
Response DeleteSuppression(Api& api, const Call& call) {
  Json body = Json::object();
  if (!call.request.body.empty()) {
    auto parsed = JsonBody(call.request);
    if (!parsed.ok()) return Problem(parsed.error());
    body = *std::move(parsed);
  }
  for (const char* name : {"channel", "address"}) {
    if (const auto value = call.request.Query(name)) body[name] = *value;
  }
  const auto suppression = ReadSuppression(api, body);
  if (!suppression.ok()) return Problem(suppression.error());
  const auto gone = Await<Unit>(
      [&](auto done) { api.store.DeleteSuppression(suppression->channel, suppression->address, done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "suppression.delete", suppression->address);
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
  add(Method::kGet, "/api/v1/suppressions", Role::kViewer, ListSuppressions);
  add(Method::kPost, "/api/v1/suppressions", Role::kOperator, PostSuppression);
  add(Method::kDelete, "/api/v1/suppressions", Role::kOperator, DeleteSuppression);
}

}  // namespace recado::server
