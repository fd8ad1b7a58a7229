#include "native/server/access.h"

#include <algorithm>
#include <sodium.h>

#include "core/base/sha256.h"
#include "native/server/passwords.h"

namespace recado::server {
namespace {

using store::Await;
using store::Unit;

constexpr size_t kMaxCountedName = 100;                 // a longer one is no name here
constexpr size_t kMaxPasswordBytes = 4 * kMaxPassword;  // of kMaxPassword characters in UTF-8

Instant Later(Instant from, int64_t ms) {
  return {from.ms + ms};
}

bool IsWrite(Method method) {
  return method != Method::kGet && method != Method::kHead;
}

// Compares secrets in a time that does not tell how much of them is right.
bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string CookieOf(std::string_view value, bool secure, int64_t max_age_s) {
  std::string cookie(kSessionCookie);
  cookie +=
      "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(max_age_s);
  if (secure) cookie += "; Secure";
  return cookie;
}

std::string HexPrefix(std::string_view hash, size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < digits / 2 && i < hash.size(); ++i) {
    const auto byte = static_cast<unsigned char>(hash[i]);
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

}  // namespace

std::string HashOf(std::string_view secret) {
  const auto digest = Sha256(secret);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

int64_t Throttle::Wait(const std::string& remote, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = windows_.find(remote);
  if (found == windows_.end() || found->second.failures < kMaxFailures) return 0;
  const int64_t left = found->second.start.ms + kFailureWindowMs - now.ms;
  if (left > 0) return (left + 999) / 1000;
  windows_.erase(found);
  return 0;
}

void Throttle::Failed(const std::string& remote, Instant now) {
  const std::lock_guard lock(mutex_);
  if (windows_.size() >= kMaxWatched && windows_.count(remote) == 0) {
    windows_.erase(std::min_element(windows_.begin(), windows_.end(), [](const auto& a, const auto& b) {
      return a.second.start < b.second.start;
    }));
  }
  Window& window = windows_[remote];
  if (window.failures == 0 || window.start.ms + kFailureWindowMs <= now.ms) window = {now, 0};
  ++window.failures;
}

Result<Caller> Access::IdentifyToken(std::string_view secret) {
  const Result<store::Token> token = store_.FindToken(HashOf(secret));
  if (!token.ok()) {
    if (StatusOf(token.error()) == 404) return Diagnostics{Diagnostic::Of(DiagnosticCode::token_refused)};
    return token.error();
  }
  Caller caller;
  caller.name = token->name.empty() ? "token" : "token " + token->name;
  caller.role = token->role;
  return caller;
}

Result<Caller> Access::IdentifySession(std::string_view secret, Instant now) {
  const std::string hash = HashOf(secret);
  const Result<store::Session> session = store_.FindSession(hash, now);
  if (!session.ok()) {
    if (StatusOf(session.error()) == 404)
      return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_required)};
    return session.error();
  }
  Caller caller;
  caller.user_id = session->user_id;
  caller.name = session->user_id;
  caller.role = session->role;
  caller.by_session = true;
  caller.csrf = session->csrf;
  caller.session_hash = hash;
  if (const auto user = store_.FindUser(session->user_id); user.ok()) {
    if (user->disabled) return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_required)};
    caller.name = user->name;
    caller.role = std::min(user->role, session->role);  // a role taken away counts at once
  }
  return caller;
}

Result<Caller> Access::Identify(const Request& request, Instant now) {
  const std::string_view authorization = request.Header("Authorization");
  if (!authorization.empty()) {
    const HeaderLess less;
    const std::string_view scheme = authorization.substr(0, 7);
    if (less(scheme, "Bearer ") || less("Bearer ", scheme)) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_required)};
    }
    return IdentifyToken(authorization.substr(7));
  }
  const std::string_view cookie = request.Cookie(kSessionCookie);
  if (!cookie.empty()) return IdentifySession(cookie, now);
  return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_required)};
}

Diagnostics Access::Judge(const Request& request, const Caller& caller, store::Role needed) const {
  if (caller.role < needed) {
    return {Diagnostic::Of(DiagnosticCode::role_insufficient)
                .With("needed", std::string(store::RoleName(needed)))
                .With("role", std::string(store::RoleName(caller.role)))};
  }
  if (caller.by_session && IsWrite(request.method) &&
      !SameSecret(request.Header("X-CSRF-Token"), caller.csrf)) {
    return {Diagnostic::Of(DiagnosticCode::csrf_missing)};
  }
  return {};
}

Result<Access::NewToken> Access::MakeToken(std::string name, store::Role role, Instant now) {
  const std::string secret = std::string(kTokenPrefix) + store_.RandomHex();
  store::Token token;
  token.hash = HashOf(secret);
  token.name = std::move(name);
  token.role = role;
  token.created_at = now;
  const auto stored = Await<Unit>([&](auto done) { store_.PutToken(token, done); });
  if (!stored.ok()) return stored.error();
  return NewToken{secret, HexPrefix(token.hash, 12)};
}

Diagnostics Access::EnsureUser(const std::string& user_id, store::Role role, Instant now) {
  if (store_.FindUser(user_id).ok()) return {};
  store::User user;
  user.id = user_id;
  user.name = user_id;
  user.role = role;
  user.created_at = now;
  auto made = Await<Unit>([&](auto done) { store_.PutUser(user, done); });
  return made.ok() ? Diagnostics{} : made.TakeError();
}

Result<std::string> Access::MakeLink(const std::string& user_id, store::Role role, int64_t lifetime_ms,
                                     Instant now) {
  if (Diagnostics faults = EnsureUser(user_id, role, now); !faults.empty()) return faults;
  const std::string code = store_.RandomHex();
  const store::SignInLink link{HashOf(code), user_id, Later(now, lifetime_ms)};
  const auto stored = Await<Unit>([&](auto done) { store_.PutSignInLink(link, done); });
  if (!stored.ok()) return stored.error();
  return code;
}

Diagnostics Access::Throttled(const Request& request, Instant now) {
  const int64_t seconds = throttle_.Wait(request.remote, now);
  if (seconds == 0) return {};
  return {Diagnostic::Of(DiagnosticCode::too_many_attempts).With("seconds", std::to_string(seconds))};
}

Result<Access::SignedIn> Access::Open(const std::string& user_id, const std::string& name, store::Role role,
                                      std::string csrf, Instant now) {
  const std::string secret = store_.RandomHex();
  store::Session session;
  session.hash = HashOf(secret);
  session.user_id = user_id;
  session.role = role;
  session.csrf = std::move(csrf);
  session.created_at = now;
  session.expires_at = Later(now, kSessionMs);
  const auto stored = Await<Unit>([&](auto done) { store_.PutSession(session, done); });
  if (!stored.ok()) return stored.error();
  return SignedIn{session, CookieOf(secret, secure_, kSessionMs / 1000), name};
}

Result<Access::SignedIn> Access::RedeemLink(const Request& request, std::string_view code, Instant now) {
  if (Diagnostics wait = Throttled(request, now); !wait.empty()) return wait;
  const auto user = Await<store::User>([&](auto done) { store_.RedeemSignInLink(HashOf(code), now, done); });
  if (!user.ok() && StatusOf(user.error()) != 404) return user.error();
  if (!user.ok() || user->disabled) {
    throttle_.Failed(request.remote, now);
    return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_refused)};
  }
  return Open(user->id, user->name, user->role, store_.RandomHex(), now);
}

Result<Access::SignedIn> Access::SignInByToken(const Request& request, std::string_view token, Instant now) {
  if (Diagnostics wait = Throttled(request, now); !wait.empty()) return wait;
  const Result<Caller> caller = IdentifyToken(token);
  if (!caller.ok()) {
    throttle_.Failed(request.remote, now);
    return caller.error();
  }
  // The session belongs to a user of the token's name; revoking the token does not end it, its end does.
  if (Diagnostics faults = EnsureUser(caller->name, caller->role, now); !faults.empty()) return faults;
  return Open(caller->name, caller->name, caller->role, store_.RandomHex(), now);
}

Result<Access::SignedIn> Access::SignInByPassword(const Request& request, const std::string& name,
                                                  std::string_view password, Instant now) {
  // Not an address, so it can't be taken for one.
  const std::string counted = "name " + name.substr(0, kMaxCountedName);
  if (Diagnostics wait = Throttled(request, now); !wait.empty()) return wait;
  if (const int64_t seconds = throttle_.Wait(counted, now); seconds > 0) {
    return Diagnostics{
        Diagnostic::Of(DiagnosticCode::too_many_attempts).With("seconds", std::to_string(seconds))};
  }
  const Result<store::User> user = store_.FindUser(name);
  if (!user.ok() && StatusOf(user.error()) != 404) return user.error();
  const bool may = user.ok() && !user->disabled;
  // Always verified: whether the name is known must not be heard from how long it takes.
  const bool same =
      password.size() <= kMaxPasswordBytes && VerifyPassword(may ? user->password_hash : "", password);
  if (!same) {
    throttle_.Failed(request.remote, now);
    throttle_.Failed(counted, now);
    return Diagnostics{Diagnostic::Of(DiagnosticCode::password_refused)};
  }
  if (const std::string_view cookie = request.Cookie(kSessionCookie); !cookie.empty()) {
    (void)Await<Unit>([&](auto done) { store_.DeleteSession(HashOf(cookie), done); });
  }
  return Open(user->id, user->name, user->role, store_.RandomHex(), now);
}

Result<Access::SignedIn> Access::ChangePassword(const Request& request, const Caller& caller,
                                                std::string_view current, std::string_view password,
                                                Instant now) {
  const Result<store::User> user = store_.FindUser(caller.user_id);
  if (caller.user_id.empty() || !user.ok())
    return Diagnostics{Diagnostic::Of(DiagnosticCode::sign_in_required)};
  if (Diagnostics wait = Throttled(request, now); !wait.empty()) return wait;
  if (!user->password_hash.empty() && !VerifyPassword(user->password_hash, current)) {
    throttle_.Failed(request.remote, now);
    return Diagnostics{Diagnostic::Of(DiagnosticCode::password_refused)};
  }
  if (Diagnostics faults = CheckPassword(user->id, password); !faults.empty()) return faults;
  Result<std::string> hash = HashPassword(password);
  if (!hash.ok()) return hash.TakeError();
  store::User changed = *user;
  changed.password_hash = *std::move(hash);
  const auto kept = Await<Unit>([&](auto done) { store_.PutUser(changed, done); });
  if (!kept.ok()) return kept.error();
  const auto ended = Await<Unit>([&](auto done) { store_.EndSessions(changed.id, done); });
  if (!ended.ok()) return ended.error();
  return Open(changed.id, changed.name, changed.role, store_.RandomHex(), now);
}

Result<Access::SignedIn> Access::Renew(const Request& request, const Caller& caller, Instant now) {
  const std::string_view cookie = request.Cookie(kSessionCookie);
  const Result<store::Session> old = store_.FindSession(HashOf(cookie), now);
  if (!old.ok()) return old.error();
  if (now.ms - old->created_at.ms < kRenewAfterMs) return SignedIn{*old, "", caller.name};
  // The CSRF token stays: other tabs of the page hold it.
  Result<SignedIn> fresh = Open(caller.user_id, caller.name, caller.role, old->csrf, now);
  if (!fresh.ok()) return fresh;
  store::Session ending = *old;
  ending.expires_at = std::min(ending.expires_at, Later(now, kOldCookieMs));
  (void)Await<Unit>([&](auto done) { store_.PutSession(ending, done); });
  return fresh;
}

void Access::SignOut(const Caller& caller) {
  if (caller.session_hash.empty()) return;
  (void)Await<Unit>([&](auto done) { store_.DeleteSession(caller.session_hash, done); });
}

std::string Access::ClearingCookie() const {
  return CookieOf("", secure_, 0);
}

}  // namespace recado::server
