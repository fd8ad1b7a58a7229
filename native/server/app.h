// App: one request in, one answer out: finds the route, judges who asks, adds the headers that protect the
// page.
//
// What stands between the wire and the handlers. Tests call Handle with plain Requests.
#pragma once

#include <functional>
#include <string>

#include "native/server/access.h"
#include "native/server/pages.h"
#include "native/server/proxies.h"
#include "native/server/router.h"
#include "native/server/wire.h"

namespace recado::server {

struct AppOptions {
  std::string public_url;  // "" : only addresses and localhost are answered for (DNS rebinding)
  std::function<Instant()> clock;
  TrustedProxies proxies{};  // believed where a request came from
};

class App : public WireHandler {
 public:
  App(AppOptions options, std::vector<Route> routes, Access& access, Pages& pages);

  size_t MaxBody(const Request& request) override;
  void Handle(Request request, Reply reply) override;

  const Router& router() const { return router_; }

 private:
  void Dispatch(const Request& request, const Reply& reply);
  Response NoRoute(const Request& request, const Router::Match& match);
  // Whether the Host header is one that this service answers for.
  bool KnowsHost(std::string_view host) const;
  void Protect(const Request& request, Response& response) const;

  AppOptions options_;
  std::string public_host_;
  Router router_;
  Access& access_;
  Pages& pages_;
};

// "https://recado.example:8443/x" → "recado.example"; "" where it is not an http(s) URL.
std::string HostOfUrl(std::string_view url);

}  // namespace recado::server
