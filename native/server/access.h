// Access: who is asking. Bearer tokens for programs, sessions in a cookie for the page.
//
// Secrets are 256 random bits and live in the store as SHA-256 only; passwords as Argon2id. A session comes
// from a sign-in link (once, within minutes), or from a name and password or a token typed into the sign-in
// page; its cookie is HttpOnly and SameSite=Strict and is exchanged for a new one while it is in use. A write
// by session must carry the session's CSRF token in X-CSRF-Token. Failed sign-ins are counted per address of
// the other end.
//
// Threads: every method from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "native/server/router.h"
#include "native/store/store.h"

namespace recado::server {

inline constexpr std::string_view kSessionCookie = "recado_session";
inline constexpr std::string_view kTokenPrefix =
    "recado_";  // so that a leaked one is found by secret scanners

inline constexpr int64_t kSessionMs = 12 * 3'600'000;  // a working day; renewed by use
inline constexpr int64_t kRenewAfterMs =
    15 * 60'000;                                 // a stolen cookie is worth at most this much, plus the grace
inline constexpr int64_t kOldCookieMs = 60'000;  // requests under way still carry the cookie before
inline constexpr int64_t kLinkMs = 15 * 60'000;  // a sign-in link that one person makes for another
inline constexpr int64_t kFirstLinkMs =
    24 * 3'600'000;  // the one printed at start: whoever sees it holds the store

inline constexpr int kMaxFailures = 10;              // failed sign-ins of one address …
inline constexpr int64_t kFailureWindowMs = 60'000;  // … within a minute
inline constexpr size_t kMaxWatched = 10'000;  // addresses remembered; beyond it the oldest window is dropped

// SHA-256 as the store keeps it: 32 bytes.
std::string HashOf(std::string_view secret);

// Counts failures per address in a fixed window.
class Throttle {
 public:
  // Seconds to wait, 0 where another attempt is allowed.
  int64_t Wait(const std::string& remote, Instant now);
  void Failed(const std::string& remote, Instant now);

 private:
  struct Window {
    Instant start;
    int failures = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Window> windows_;
};

class Access {
 public:
  // `secure`: the page is reached over https, so the cookie is never to travel without it.
  Access(store::Store& store, bool secure) : store_(store), secure_(secure) {}

  // Whose request it is. Errors: sign_in_required, token_refused.
  Result<Caller> Identify(const Request& request, Instant now);
  // Whether the caller may: role_insufficient, csrf_missing. Empty: yes.
  Diagnostics Judge(const Request& request, const Caller& caller, store::Role needed) const;

  // A new token; the secret is answered once and never again.
  struct NewToken {
    std::string secret;
    std::string id;  // the first 12 hex digits of its hash: what lists and DELETE call it
  };
  Result<NewToken> MakeToken(std::string name, store::Role role, Instant now);
  // A user of this id, made with this role where there is none; faults of the store, or nothing.
  Diagnostics EnsureUser(const std::string& user_id, store::Role role, Instant now);
  // The code of a sign-in link for a user, who is made where there is none of that id.
  Result<std::string> MakeLink(const std::string& user_id, store::Role role, int64_t lifetime_ms,
                               Instant now);

  struct SignedIn {
    store::Session session;
    std::string cookie;  // the whole Set-Cookie value
    std::string user;    // name
  };
  // Errors: sign_in_refused, too_many_attempts, token_refused.
  Result<SignedIn> RedeemLink(const Request& request, std::string_view code, Instant now);
  Result<SignedIn> SignInByToken(const Request& request, std::string_view token, Instant now);
  // Failures are counted for the address and for the name, known or not; a name nobody has takes as long. A
  // session that the request carries ends. Error beside the above: password_refused.
  Result<SignedIn> SignInByPassword(const Request& request, const std::string& name,
                                    std::string_view password, Instant now);
  // The caller's own. `current` may be empty where there is none yet. Every session of the user ends; the
  // answer is a new one. Errors: sign_in_required for tokens, password_refused, password_weak,
  // too_many_attempts.
  Result<SignedIn> ChangePassword(const Request& request, const Caller& caller, std::string_view current,
                                  std::string_view password, Instant now);
  // A fresh cookie where the session is due for one; nothing changes otherwise (cookie is empty).
  Result<SignedIn> Renew(const Request& request, const Caller& caller, Instant now);
  void SignOut(const Caller& caller);
  std::string ClearingCookie() const;

 private:
  Result<SignedIn> Open(const std::string& user_id, const std::string& name, store::Role role,
                        std::string csrf, Instant now);
  Result<Caller> IdentifyToken(std::string_view secret);
  Result<Caller> IdentifySession(std::string_view secret, Instant now);
  Diagnostics Throttled(const Request& request, Instant now);

  store::Store& store_;
  bool secure_;
  Throttle throttle_;
};

}  // namespace recado::server
