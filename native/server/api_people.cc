// Signing in and out, API tokens, the audit log.
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::Unit;

Json SessionJson(const std::string& user, store::Role role, const std::string& csrf) {
  return {{"user", user}, {"role", store::RoleName(role)}, {"csrf", csrf}};
}

// GET /sign-in?code=…: what the printed link leads to.
Response SignInByLink(Api& api, const Call& call) {
  const auto signed_in =
      api.access.RedeemLink(call.request, call.request.Query("code").value_or(""), api.clock());
  if (!signed_in.ok()) return Problem(signed_in.error());
  Response response;
  response.status = 303;
  response.headers = {{"Location", "/"},
                      {"Set-Cookie", signed_in->cookie},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"}};
  return response;
}

Response GetSession(Api& api, const Call& call) {
  if (!call.caller.by_session) return JsonResponse(200, SessionJson(call.caller.name, call.caller.role, ""));
  const auto session = api.access.Renew(call.request, call.caller, api.clock());
  if (!session.ok()) return Problem(session.error());
  Response response =
      JsonResponse(200, SessionJson(call.caller.name, call.caller.role, session->session.csrf));
  if (!session->cookie.empty()) response.headers.emplace_back("Set-Cookie", session->cookie);
  return response;
}

Response SignedIn(const Access::SignedIn& signed_in) {
  return JsonResponse(200, SessionJson(signed_in.user, signed_in.session.role, signed_in.session.csrf))
      .With("Set-Cookie", signed_in.cookie);
}

// {"name","password"}: what the sign-in page sends.
Response PostPassword(Api& api, const Call& call, const Json& body) {
  const auto name = TextMember(body, "name", true);
  if (!name.ok()) return Problem(name.error());
  const auto password = TextMember(body, "password", true);
  if (!password.ok()) return Problem(password.error());
  const auto signed_in = api.access.SignInByPassword(call.request, *name, *password, api.clock());
  Call known = call;
  known.caller.name = name->substr(0, 100);
  // A storm of guesses is not written down one by one: the throttle answers those.
  const bool refused = !signed_in.ok() && signed_in.error().front().code == DiagnosticCode::password_refused;
  if (signed_in.ok() || refused)
    Audit(api, known, signed_in.ok() ? "session.open" : "session.refused", known.caller.name);
  return signed_in.ok() ? SignedIn(*signed_in) : Problem(signed_in.error());
}

// POST /api/v1/session {"name","password"}, or {"token"}: a token typed into the sign-in page.
Response PostSession(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  if (body->contains("password")) return PostPassword(api, call, *body);
  const auto token = TextMember(*body, "token", true);
  if (!token.ok()) return Problem(token.error());
  const auto signed_in = api.access.SignInByToken(call.request, *token, api.clock());
  if (!signed_in.ok()) return Problem(signed_in.error());
  return SignedIn(*signed_in);
}

Response DeleteSession(Api& api, const Call& call) {
  api.access.SignOut(call.caller);
  return NoContent().With("Set-Cookie", api.access.ClearingCookie());
}

// ---- Tokens

std::string IdOf(const store::Token& token) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (size_t i = 0; i < 6 && i < token.hash.size(); ++i) {
    const auto byte = static_cast<unsigned char>(token.hash[i]);
    id.push_back(kDigits[byte >> 4]);
    id.push_back(kDigits[byte & 15]);
  }
  return id;
}

Response ListTokens(Api& api, const Call&) {
  const auto tokens = api.store.ListTokens();
  if (!tokens.ok()) return Problem(tokens.error());
  Json list = Json::array();
  for (const store::Token& token : *tokens) {
    Json json = {{"id", IdOf(token)},
                 {"name", token.name},
                 {"role", store::RoleName(token.role)},
                 {"created_at", FormatInstant(token.created_at)}};
    if (token.revoked_at) json["revoked_at"] = FormatInstant(*token.revoked_at);
    list.push_back(std::move(json));
  }
  return JsonResponse(200, {{"tokens", std::move(list)}});
}

Response PostToken(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto name = TextMember(*body, "name", false);
  if (!name.ok()) return Problem(name.error());
  const auto role_name = TextMember(*body, "role", true);
  if (!role_name.ok()) return Problem(role_name.error());
  const auto role = store::RoleFromName(*role_name);
  if (!role) {
    return Problem(Diagnostic::Of(DiagnosticCode::invalid_value)
                       .At("/role")
                       .With("value", *role_name)
                       .With("what", "\"role\"")
                       .With("allowed", "admin, editor, operator, viewer"));
  }
  const auto token = api.access.MakeToken(*name, *role, api.clock());
  if (!token.ok()) return Problem(token.error());
  Audit(api, call, "token.create", token->id, {{"role", *role_name}});
  return JsonResponse(201,
                      {{"id", token->id}, {"name", *name}, {"role", *role_name}, {"token", token->secret}});
}

Response DeleteToken(Api& api, const Call& call) {
  const auto tokens = api.store.ListTokens();
  if (!tokens.ok()) return Problem(tokens.error());
  for (const store::Token& token : *tokens) {
    if (IdOf(token) != call.arguments[0]) continue;
    const auto gone = Await<Unit>([&](auto done) { api.store.RevokeToken(token.hash, api.clock(), done); });
    if (!gone.ok()) return Problem(gone.error());
    Audit(api, call, "token.revoke", call.arguments[0]);
    return NoContent();
  }
  return Problem(
      Diagnostic::Of(DiagnosticCode::not_found).With("what", "token").With("id", call.arguments[0]));
}

Response ListAudit(Api& api, const Call& call) {
  const auto cursor = CursorOf(call.request);
  if (!cursor.ok()) return Problem(cursor.error());
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto entries = api.store.ListAudit(*cursor, *limit);
  if (!entries.ok()) return Problem(entries.error());
  Json list = Json::array();
  for (const store::AuditEntry& entry : *entries) {
    list.push_back({{"at", FormatInstant(entry.at)},
                    {"actor", entry.actor},
                    {"action", entry.action},
                    {"subject", entry.subject},
                    {"detail", ParseStored(entry.detail)}});
  }
  Json next = entries->size() == *limit ? Json(std::to_string(entries->back().seq)) : Json();
  return JsonResponse(200, {{"entries", std::move(list)}, {"next", std::move(next)}});
}

}  // namespace

void AddPeopleRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, std::optional<Role> role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/sign-in", std::nullopt, SignInByLink);
  add(Method::kGet, "/api/v1/session", Role::kViewer, GetSession);
  add(Method::kPost, "/api/v1/session", std::nullopt, PostSession);
  add(Method::kDelete, "/api/v1/session", Role::kViewer, DeleteSession);
  add(Method::kGet, "/api/v1/tokens", Role::kAdmin, ListTokens);
  add(Method::kPost, "/api/v1/tokens", Role::kAdmin, PostToken);
  add(Method::kDelete, "/api/v1/tokens/{id}", Role::kAdmin, DeleteToken);
  add(Method::kGet, "/api/v1/audit", Role::kAdmin, ListAudit);
}

}  // namespace recado::server
