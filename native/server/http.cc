#include "native/server/http.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace recado::server {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out.push_back(' ');
    } else if (text[i] != '%') {
      out.push_back(text[i]);
    } else {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  if (out.find('\0') != std::string::npos || utf8::FindInvalid(out)) return std::nullopt;
  return out;
}

bool ParseQuery(std::string_view text, Request& request) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = PercentDecode(pair.substr(0, equals), true);
    auto value = PercentDecode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return false;
    request.query.emplace_back(*std::move(name), *std::move(value));
  }
  return true;
}

struct CodeStatus {
  DiagnosticCode code;
  int status;
};

constexpr std::array kStatuses = {
    CodeStatus{DiagnosticCode::not_found, 404},
    CodeStatus{DiagnosticCode::no_such_page, 404},
    CodeStatus{DiagnosticCode::method_not_allowed, 405},
    CodeStatus{DiagnosticCode::sign_in_required, 401},
    CodeStatus{DiagnosticCode::token_refused, 401},
    CodeStatus{DiagnosticCode::sign_in_refused, 401},
    CodeStatus{DiagnosticCode::password_refused, 401},
    CodeStatus{DiagnosticCode::last_admin, 409},
    CodeStatus{DiagnosticCode::bitrix24_unreachable, 502},
    CodeStatus{DiagnosticCode::bitrix24_busy, 502},
    CodeStatus{DiagnosticCode::bitrix24_credentials, 502},
    CodeStatus{DiagnosticCode::bitrix24_permission, 502},
    CodeStatus{DiagnosticCode::bitrix24_plan, 502},
    CodeStatus{DiagnosticCode::bitrix24_refused, 502},
    CodeStatus{DiagnosticCode::bitrix24_answer, 502},
    CodeStatus{DiagnosticCode::role_insufficient, 403},
    CodeStatus{DiagnosticCode::csrf_missing, 403},
    CodeStatus{DiagnosticCode::wrong_host, 421},
    CodeStatus{DiagnosticCode::version_conflict, 412},
    CodeStatus{DiagnosticCode::event_conflict, 409},
    CodeStatus{DiagnosticCode::delivery_state, 409},
    CodeStatus{DiagnosticCode::body_too_large, 413},
    CodeStatus{DiagnosticCode::json_too_large, 413},
    CodeStatus{DiagnosticCode::media_type_unsupported, 415},
    CodeStatus{DiagnosticCode::header_too_large, 431},
    CodeStatus{DiagnosticCode::request_too_slow, 408},
    CodeStatus{DiagnosticCode::too_many_attempts, 429},
    CodeStatus{DiagnosticCode::service_busy, 503},
    CodeStatus{DiagnosticCode::storage_busy, 503},
    CodeStatus{DiagnosticCode::storage_unavailable, 503},
    CodeStatus{DiagnosticCode::store_corrupt, 500},
};

}  // namespace

std::string_view MethodName(Method method) {
  constexpr std::string_view kNames[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OTHER"};
  return kNames[static_cast<size_t>(method)];
}

bool HeaderLess::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return Lower(x) < Lower(y); });
}

std::string_view Request::Header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string_view> Request::Query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Request::Cookie(std::string_view name) const {
  for (auto [it, end] = headers.equal_range(std::string_view("Cookie")); it != end; ++it) {
    std::string_view rest = it->second;
    while (!rest.empty()) {
      const size_t semicolon = std::min(rest.find(';'), rest.size());
      const std::string_view pair = Trim(rest.substr(0, semicolon));
      rest.remove_prefix(std::min(semicolon + 1, rest.size()));
      const size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return {};
}

std::string Request::MediaType() const {
  const std::string_view header = Header("Content-Type");
  std::string type(Trim(header.substr(0, header.find(';'))));
  std::transform(type.begin(), type.end(), type.begin(), Lower);
  return type;
}

bool ParseTarget(std::string_view target, Request& request) {
  if (target.empty() || target[0] != '/') return false;
  target = target.substr(0, target.find('#'));
  request.target = target;
  const size_t mark = std::min(target.find('?'), target.size());
  auto path = PercentDecode(target.substr(0, mark), false);
  if (!path) return false;
  request.path = *std::move(path);
  return ParseQuery(target.substr(std::min(mark + 1, target.size())), request);
}

std::string_view Response::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (!HeaderLess()(key, name) && !HeaderLess()(name, key)) return value;
  }
  return {};
}

Response Response::With(std::string name, std::string value) && {
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Response JsonResponse(int status, const Json& json) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = DumpJson(json);
  return response;
}

Response NoContent() {
  Response response;
  response.status = 204;
  return response;
}

std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return status >= 500 ? "Internal Server Error" : "Status";
  }
}

int StatusOf(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    const auto known = std::find_if(kStatuses.begin(), kStatuses.end(),
                                    [&](const CodeStatus& row) { return row.code == diagnostic.code; });
    if (known != kStatuses.end()) return known->status;
  }
  return 400;
}

Response Problem(const Diagnostics& diagnostics, std::optional<int> status, const Json& more) {
  const int code = status.value_or(StatusOf(diagnostics));
  Json json = Json::object();
  const std::string_view name = diagnostics.empty() ? "internal" : CodeName(diagnostics.front().code);
  json["type"] = "urn:recado:problem:" + std::string(name);
  json["title"] = ReasonPhrase(code);
  json["status"] = code;
  json["code"] = name;
  if (!diagnostics.empty()) json["detail"] = MessageOf(diagnostics.front());
  for (const auto& member : more.items()) json[member.key()] = member.value();
  json["diagnostics"] = ToJson(diagnostics, OffsetUnit::kBytes);
  Response response = JsonResponse(code, json);
  response.headers.front().second = "application/problem+json";
  if (code == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"recado\"");
  if (code == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

Response Problem(const Diagnostics& diagnostics, std::optional<int> status) {
  return Problem(diagnostics, status, Json::object());
}

Response Problem(Diagnostic diagnostic, std::optional<int> status) {
  return Problem(Diagnostics{std::move(diagnostic)}, status);
}

}  // namespace recado::server
