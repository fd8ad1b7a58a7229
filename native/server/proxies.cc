#include "native/server/proxies.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace recado::server {
namespace {

constexpr int kMappedBits = 96;      // before the IPv4 address in a mapped one
constexpr size_t kMaxForwards = 32;  // proxies in a row that are looked through

// Pieces between commas and spaces, empty ones left out.
std::vector<std::string_view> PiecesOf(std::string_view list) {
  std::vector<std::string_view> pieces;
  while (!list.empty()) {
    const size_t end = std::min(list.find_first_of(", \t"), list.size());
    if (end > 0) pieces.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return pieces;
}

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

std::optional<TrustedProxies::Address> TrustedProxies::AddressOf(std::string_view text) {
  const std::string whole(text);
  Address address{};
  if (::inet_pton(AF_INET6, whole.c_str(), address.data()) == 1) return address;
  address.fill(0);
  address[10] = address[11] = 0xFF;
  if (::inet_pton(AF_INET, whole.c_str(), address.data() + kMappedBits / 8) == 1) return address;
  return std::nullopt;
}

std::optional<TrustedProxies::Network> TrustedProxies::NetworkOf(std::string_view text) {
  const size_t slash = text.find('/');
  const std::optional<Address> address = AddressOf(text.substr(0, slash));
  if (!address) return std::nullopt;
  Network network{*address, 128};
  if (slash == std::string_view::npos) return network;
  const std::string_view bits = text.substr(slash + 1);
  const int offset = text.find(':') == std::string_view::npos ? kMappedBits : 0;
  int prefix = -1;
  const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), prefix);
  const bool whole = error == std::errc() && end == bits.data() + bits.size();
  if (!whole || prefix < 0 || prefix + offset > 128) return std::nullopt;
  network.bits = prefix + offset;
  return network;
}

std::optional<TrustedProxies> TrustedProxies::Parse(std::string_view list, std::string* culprit) {
  TrustedProxies proxies;
  proxies.list_ = std::string(list);
  for (const std::string_view piece : PiecesOf(list)) {
    const std::optional<Network> network = NetworkOf(piece);
    if (!network) {
      if (culprit != nullptr) *culprit = std::string(piece);
      return std::nullopt;
    }
    proxies.networks_.push_back(*network);
  }
  return proxies;
}

bool TrustedProxies::Trusts(std::string_view text) const {
  const std::optional<Address> address = AddressOf(text);
  if (!address) return false;
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<size_t>(network.bits / 8);
    if (std::memcmp(address->data(), network.address.data(), whole) != 0) return false;
    const int rest = network.bits % 8;
    return rest == 0 || ((*address)[whole] ^ network.address[whole]) >> (8 - rest) == 0;
  });
}

std::string TrustedProxies::ClientOf(const Request& request) const {
  std::string client = request.remote;
  if (networks_.empty() || !Trusts(client)) return client;
  std::vector<std::string_view> forwards;
  const auto [first, last] = request.headers.equal_range("X-Forwarded-For");
  for (auto at = first; at != last; ++at) {
    for (const std::string_view piece : PiecesOf(at->second)) forwards.push_back(WithoutPort(piece));
  }
  size_t looked = 0;
  for (auto at = forwards.rbegin(); at != forwards.rend() && looked < kMaxForwards; ++at, ++looked) {
    if (!AddressOf(*at)) break;  // whoever wrote that is not to be believed further
    client = std::string(*at);
    if (!Trusts(client)) break;
  }
  return client;
}

}  // namespace recado::server
