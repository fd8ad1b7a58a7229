// People: who may sign in, as what, and with which password.
#include "native/server/api.h"
#include "native/server/passwords.h"

namespace recado::server {
namespace {

using store::Await;
using store::Role;
using store::Unit;
using store::User;

Json UserJson(const User& user) {
  return {{"id", user.id},
          {"name", user.name},
          {"role", store::RoleName(user.role)},
          {"has_password", !user.password_hash.empty()},
          {"disabled", user.disabled},
          {"created_at", FormatInstant(user.created_at)}};
}

Response List(Api& api, const Call&) {
  const auto users = api.store.ListUsers();
  if (!users.ok()) return Problem(users.error());
  Json list = Json::array();
  for (const User& user : *users) list.push_back(UserJson(user));
  return JsonResponse(200, {{"users", std::move(list)}});
}

Response Get(Api& api, const Call& call) {
  const auto user = api.store.FindUser(call.arguments[0]);
  return user.ok() ? JsonResponse(200, UserJson(*user)) : Problem(user.error());
}

// Somebody must be left who can let others in again.
Diagnostics KeepsAnAdmin(Api& api, const User& changed, bool gone) {
  const auto users = api.store.ListUsers();
  if (!users.ok()) return users.error();
  bool was = false;
  for (const User& user : *users) {
    const bool admin = user.role == Role::kAdmin && !user.disabled;
    if (user.id == changed.id) {
      was = admin;
    } else if (admin) {
      return {};
    }
  }
  const bool stays = !gone && changed.role == Role::kAdmin && !changed.disabled;
  if (!was || stays) return {};
  return {Diagnostic::Of(DiagnosticCode::last_admin).With("name", changed.name)};
}

// The user as the body says over what is there.
Result<User> ReadUser(Api& api, const std::string& id, const Json& body) {
  User user;
  user.id = id;
  user.name = id;
  user.created_at = api.clock();
  const auto before = api.store.FindUser(id);
  if (before.ok()) user = *before;
  const auto name = TextMember(body, "name", false);
  if (!name.ok()) return name.error();
  if (!name->empty()) user.name = *name;
  const auto role = TextMember(body, "role", !before.ok());
  if (!role.ok()) return role.error();
  if (!role->empty()) {
    const auto known = store::RoleFromName(*role);
    if (!known) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                             .At("/role")
                             .With("value", *role)
                             .With("what", "\"role\"")
                             .With("allowed", "admin, editor, operator, viewer")};
    }
    user.role = *known;
  }
  if (const auto disabled = body.find("disabled"); disabled != body.end()) {
    if (!disabled->is_boolean()) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::wrong_type)
                             .At("/disabled")
                             .With("what", "\"disabled\"")
                             .With("expected", "true or false")
                             .With("actual", std::string(TypeWord(*disabled)))};
    }
    user.disabled = disabled->get<bool>();
  }
  return user;
}

Response Put(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  if (const Diagnostics faults = CheckId(id, "the id"); !faults.empty()) return Problem(faults);
  auto user = ReadUser(api, id, *body);
  if (!user.ok()) return Problem(user.error());
  const auto password = TextMember(*body, "password", false);
  if (!password.ok()) return Problem(password.error());
  if (const Diagnostics faults = KeepsAnAdmin(api, *user, false); !faults.empty()) return Problem(faults);
  if (!password->empty()) {
    if (const Diagnostics faults = CheckPassword(id, *password); !faults.empty()) return Problem(faults);
    auto hash = HashPassword(*password);
    if (!hash.ok()) return Problem(hash.error(), 500);
    user->password_hash = *std::move(hash);
  }
  const bool fresh = !api.store.FindUser(id).ok();
  const auto kept = Await<Unit>([&](auto done) { api.store.PutUser(*user, done); });
  if (!kept.ok()) return Problem(kept.error());
  if (!password->empty()) (void)Await<Unit>([&](auto done) { api.store.EndSessions(id, done); });
  Audit(api, call, fresh ? "user.create" : "user.put", id,
        {{"role", store::RoleName(user->role)},
         {"disabled", user->disabled},
         {"password", !password->empty()}});
  return JsonResponse(fresh ? 201 : 200, UserJson(*user));
}

Response Delete(Api& api, const Call& call) {
  const auto user = api.store.FindUser(call.arguments[0]);
  if (!user.ok()) return Problem(user.error());
  if (const Diagnostics faults = KeepsAnAdmin(api, *user, true); !faults.empty()) return Problem(faults);
  const auto gone = Await<Unit>([&](auto done) { api.store.DeleteUser(user->id, done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "user.delete", user->id);
  return NoContent();
}

// One's own password; every other session of the user ends, this one is exchanged.
Response ChangePassword(Api& api, const Call& call) {
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto current = TextMember(*body, "current", false);
  if (!current.ok()) return Problem(current.error());
  const auto next = TextMember(*body, "password", true);
  if (!next.ok()) return Problem(next.error());
  const auto changed = api.access.ChangePassword(call.request, call.caller, *current, *next, api.clock());
  if (!changed.ok()) return Problem(changed.error());
  Audit(api, call, "user.password", call.caller.user_id);
  Response response = JsonResponse(200, {{"user", changed->user},
                                         {"role", store::RoleName(changed->session.role)},
                                         {"csrf", changed->session.csrf}});
  response.headers.emplace_back("Set-Cookie", changed->cookie);
  return response;
}

}  // namespace

void AddUserRoutes(Routes& routes, Api& api) {
  const auto add = [&](Method method, std::string pattern, Role role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/users", Role::kAdmin, List);
  add(Method::kGet, "/api/v1/users/{id}", Role::kAdmin, Get);
  add(Method::kPut, "/api/v1/users/{id}", Role::kAdmin, Put);
  add(Method::kDelete, "/api/v1/users/{id}", Role::kAdmin, Delete);
  add(Method::kPut, "/api/v1/session/password", Role::kViewer, ChangePassword);
}

}  // namespace recado::server
