#include "native/server/app.h"

#include <algorithm>

#include "native/server/log.h"

namespace recado::server {
namespace {

// Scripts and styles come from us alone and as files; the core needs to compile WebAssembly.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
// The document in which the page previews an e-mail (web/public/mail.html): of an origin of its own, with the
// mail's own styles and no script but the one that takes the mail, which is named by its digest. Pictures
// stay unloaded unless they are in the mail itself: loading them would tell the sender's server.
constexpr std::string_view kMailFrame = "/mail.html";
constexpr std::string_view kMailPolicy =
    "default-src 'none'; script-src 'sha256-gFI4yEwBwCUY2oCO5+ladnf1cBUDsV7HAuFZl+BVpg8='; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox allow-scripts; frame-ancestors 'self'";
constexpr std::string_view kApiPolicy = "default-src 'none'; frame-ancestors 'none'";

std::string LowerHost(std::string_view host) {
  // Without the port: "[::1]:8080" → "[::1]", "localhost:8080" → "localhost".
  const size_t bracket = host.find(']');
  const size_t colon = bracket == std::string_view::npos ? host.find(':') : host.find(':', bracket);
  std::string out(host.substr(0, colon));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

bool IsAddress(std::string_view host) {
  if (host.starts_with('[')) return host.ends_with(']');
  return !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool IsApi(std::string_view path) {
  return path.starts_with("/api/") || path.starts_with("/hooks/");
}

void SetDefault(Response& response, std::string_view name, std::string_view value) {
  if (response.Header(name).empty()) response.headers.emplace_back(name, value);
}

}  // namespace

std::string HostOfUrl(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) return {};
    return LowerHost(authority);
  }
  return {};
}

App::App(AppOptions options, std::vector<Route> routes, Access& access, Pages& pages)
    : options_(std::move(options)),
      public_host_(HostOfUrl(options_.public_url)),
      router_(std::move(routes)),
      access_(access),
      pages_(pages) {}

size_t App::MaxBody(const Request& request) {
  const Router::Match match = router_.Find(request.method, request.path);
  const size_t most = match.route != nullptr ? match.route->max_body : kMaxSmallBody;
  // Somebody without any credentials is answered 401; there is no need to read megabytes for that.
  const bool stranger = request.Header("Authorization").empty() && request.Cookie(kSessionCookie).empty();
  const bool hook = match.route != nullptr && request.path.starts_with("/hooks/");
  return stranger && !hook ? std::min(most, kMaxStrangersBody) : most;
}

bool App::KnowsHost(std::string_view host) const {
  const std::string name = LowerHost(host);
  // A name that a stranger controls could be made to point at 127.0.0.1; an address could not.
  return name.empty() || IsAddress(name) || name == "localhost" || name.ends_with(".localhost") ||
         (!public_host_.empty() && name == public_host_);
}

void App::Protect(const Request& request, Response& response) const {
  SetDefault(response, "X-Content-Type-Options", "nosniff");
  SetDefault(response, "Referrer-Policy", "same-origin");
  const bool is_mail_frame = request.path == kMailFrame;
  SetDefault(response, "X-Frame-Options", is_mail_frame ? "SAMEORIGIN" : "DENY");
  SetDefault(response, "Cross-Origin-Opener-Policy", "same-origin");
  SetDefault(response, "Cross-Origin-Embedder-Policy",
             "require-corp");  // the page shares memory with its worker
  SetDefault(response, "Cross-Origin-Resource-Policy", "same-origin");
  SetDefault(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  SetDefault(response, "Content-Security-Policy",
             IsApi(request.path) ? kApiPolicy
             : is_mail_frame     ? kMailPolicy
                                 : kPagePolicy);
  if (options_.public_url.starts_with("https://")) {
    SetDefault(response, "Strict-Transport-Security", "max-age=31536000");
  }
}

void App::Handle(Request request, Reply reply) {
  auto shared = std::make_shared<Request>(std::move(request));
  shared->remote = options_.proxies.ClientOf(*shared);
  const Reply protect = [this, shared, reply = std::move(reply)](Response response) {
    Protect(*shared, response);
    if (response.status >= 500) {
      LogLine(LogLevel::kWarning, "request failed",
              {{"method", MethodName(shared->method)},
               {"path", shared->path},
               {"status", std::to_string(response.status)}});
    }
    reply(std::move(response));
  };
  Dispatch(*shared, protect);
}

void App::Dispatch(const Request& request, const Reply& reply) {
  if (!KnowsHost(request.Header("Host"))) {
    return reply(Problem(
        Diagnostic::Of(DiagnosticCode::wrong_host).With("name", std::string(request.Header("Host")))));
  }
  const Router::Match match = router_.Find(request.method, request.path);
  if (match.route == nullptr) return reply(NoRoute(request, match));
  Call call{request, match.arguments, {}};
  if (match.route->role) {
    Result<Caller> caller = access_.Identify(request, options_.clock());
    if (!caller.ok()) return reply(Problem(caller.error()));
    const Diagnostics judged = access_.Judge(request, *caller, *match.route->role);
    if (!judged.empty()) return reply(Problem(judged));
    call.caller = *std::move(caller);
  }
  match.route->handler(call, reply);
}

Response App::NoRoute(const Request& request, const Router::Match& match) {
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  if (match.allowed.empty() && reads) return pages_.Serve(request);
  if (match.allowed.empty() && IsApi(request.path)) {
    return Problem(Diagnostic::Of(DiagnosticCode::no_such_page).With("name", request.path));
  }
  std::string allowed = match.allowed.empty() ? "GET" : "";
  for (const Method method : match.allowed) {
    if (!allowed.empty()) allowed += ", ";
    allowed += MethodName(method);
  }
  return Problem(Diagnostic::Of(DiagnosticCode::method_not_allowed)
                     .With("name", request.path)
                     .With("method", std::string(MethodName(request.method)))
                     .With("allowed", allowed))
      .With("Allow", allowed);
}

}  // namespace recado::server
