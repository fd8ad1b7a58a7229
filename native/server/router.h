// Router: which handler answers a request, who may ask for it, and how large its body may be.
//
// The table is the list of everything the service offers; the OpenAPI document is tested against it row by
// row.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/server/http.h"
#include "native/store/rows.h"

namespace recado::server {

inline constexpr size_t kMaxSmallBody = 1024 * 1024;  // every body that has no bound of its own
inline constexpr size_t kMaxStrangersBody =
    64 * 1024;  // without token and cookie: enough to sign in and to be told off
inline constexpr size_t kMaxEventsBody = 8 * 1024 * 1024;  // some 10,000 events of usual size, as NDJSON
inline constexpr size_t kMaxHookBody = 1024 * 1024;        // Meta reports many messages at once
inline constexpr size_t kMaxFileBody = 16 * 1024 * 1024;   // above it most mail servers refuse the e-mail

inline constexpr size_t kMaxImportBody =
    64 * 1024 * 1024;  // some 300,000 records; larger files go in by the command

// Who is asking.
struct Caller {
  std::string name;     // for the audit log and `updated_by`: "Admin", "token shop"
  std::string user_id;  // "" for tokens
  store::Role role = store::Role::kViewer;
  bool by_session = false;
  std::string csrf;          // the session's
  std::string session_hash;  // "" for tokens
};

struct Call {
  const Request& request;
  std::vector<std::string> arguments;  // what the {…} of the pattern matched, decoded
  Caller caller;                       // an empty one on public routes
};

using Handler = std::function<void(const Call& call, const Reply& reply)>;
// For handlers that answer at once.
using PlainHandler = std::function<Response(const Call& call)>;
Handler Plainly(PlainHandler handler);

struct Route {
  Method method = Method::kGet;
  std::string pattern;              // "/api/v1/rules/{id}"; a last "{path*}" takes the rest with its slashes
  std::optional<store::Role> role;  // the least that may; absent: everybody, without a token too
  size_t max_body = kMaxSmallBody;
  Handler handler;
};

class Router {
 public:
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;  // null: see `allowed`
    std::vector<std::string> arguments;
    std::vector<Method> allowed;  // methods that other routes of this path take; empty: there is no such path
  };
  // HEAD is answered by GET's route.
  Match Find(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Compiled {
    std::vector<std::string> parts;  // "{…}" parts are placeholders
    bool rest = false;               // the last part takes everything that is left
  };
  std::vector<Route> routes_;
  std::vector<Compiled> compiled_;
};

}  // namespace recado::server
