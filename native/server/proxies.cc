#include "native/server/proxies.h"

#include <algorithm>
#include <string>
#include <vector>

namespace recado::server {
namespace {

constexpr size_t kMaxForwards = 32;  // proxies in a row that are looked through

// "198.51.100.7:4711" and "[2001:db8::1]:4711" as some proxies write them, without the port.
std::string_view WithoutPort(std::string_view text) {
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    return end == std::string_view::npos ? text : text.substr(1, end - 1);
  }
  const size_t colon = text.find(':');
  const bool only = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
  return only ? text.substr(0, colon) : text;
}

}  // namespace

std::optional<TrustedProxies> TrustedProxies::Parse(std::string_view list, std::string* culprit) {
  std::optional<net::Networks> networks = net::Networks::Parse(list, culprit);
  if (!networks) return std::nullopt;
  TrustedProxies proxies;
  proxies.networks_ = *std::move(networks);
  return proxies;
}

std::string TrustedProxies::ClientOf(const Request& request) const {
  static const net::Networks kEverything = *net::Networks::Parse("0.0.0.0/0, ::/0");
  std::string client = request.remote;
  if (networks_.empty() || !Trusts(client)) return client;
  std::vector<std::string_view> forwards;
  const auto [first, last] = request.headers.equal_range("X-Forwarded-For");
  for (auto at = first; at != last; ++at) {
    for (const std::string_view piece : net::PiecesOf(at->second)) forwards.push_back(WithoutPort(piece));
  }
  size_t looked = 0;
  for (auto at = forwards.rbegin(); at != forwards.rend() && looked < kMaxForwards; ++at, ++looked) {
    if (!kEverything.Contains(*at)) break;  // whoever wrote that is not to be believed further
    client = std::string(*at);
    if (!Trusts(client)) break;
  }
  return client;
}

}  // namespace recado::server
