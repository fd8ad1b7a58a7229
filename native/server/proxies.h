// Trusted proxies: whose word the service takes for where a request came from.
//
// A proxy in front of the service is the other end of every connection; the client's address then stands in
// X-Forwarded-For, which anybody can write. So the header is read from the right, where the nearest proxy
// wrote, and only as far as the addresses are proxies the administrator named. Without any, nobody is
// believed.
//
//   trusted 127.0.0.1 and 10.0.0.0/8; from 127.0.0.1, "X-Forwarded-For: 6.6.6.6, 198.51.100.7, 10.0.0.2"
//   → 198.51.100.7
//
// A value. Threads: any, it does not change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "native/net/networks.h"
#include "native/server/http.h"

namespace recado::server {

class TrustedProxies {
 public:
  // "127.0.0.1, 10.0.0.0/8, fd00::/8"; spaces count as commas. Nothing where a piece is no address or
  // network; `culprit` gets that piece.
  static std::optional<TrustedProxies> Parse(std::string_view list, std::string* culprit = nullptr);

  bool Trusts(std::string_view address) const { return networks_.Contains(address); }
  // The address the request came from, as far as it can be believed: never empty where `remote` is not.
  std::string ClientOf(const Request& request) const;
  std::string Dump() const { return networks_.Dump(); }  // as it was given

 private:
  net::Networks networks_;
};

}  // namespace recado::server
