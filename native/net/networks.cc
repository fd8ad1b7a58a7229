#include "native/net/networks.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace recado::net {
namespace {

constexpr int kMappedBits = 96;  // before the IPv4 address in a mapped one

}  // namespace

std::vector<std::string_view> PiecesOf(std::string_view list) {
  std::vector<std::string_view> pieces;
  while (!list.empty()) {
    const size_t end = std::min(list.find_first_of(", \t"), list.size());
    if (end > 0) pieces.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return pieces;
}

std::optional<Networks::Address> Networks::AddressOf(std::string_view text) {
  const std::string whole(text.substr(0, text.find('%')));  // without the zone
  Address address{};
  if (::inet_pton(AF_INET6, whole.c_str(), address.data()) == 1) return address;
  address.fill(0);
  address[10] = address[11] = 0xFF;
  if (::inet_pton(AF_INET, whole.c_str(), address.data() + kMappedBits / 8) == 1) return address;
  return std::nullopt;
}

std::optional<Networks::Network> Networks::NetworkOf(std::string_view text) {
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

std::optional<Networks> Networks::Parse(std::string_view list, std::string* culprit) {
  Networks networks;
  networks.list_ = std::string(list);
  for (const std::string_view piece : PiecesOf(list)) {
    const std::optional<Network> network = NetworkOf(piece);
    if (!network) {
      if (culprit != nullptr) *culprit = std::string(piece);
      return std::nullopt;
    }
    networks.networks_.push_back(*network);
  }
  return networks;
}

bool Networks::Holds(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<size_t>(network.bits / 8);
    if (std::memcmp(address.data(), network.address.data(), whole) != 0) return false;
    const int rest = network.bits % 8;
    return rest == 0 || (address[whole] ^ network.address[whole]) >> (8 - rest) == 0;
  });
}

bool Networks::Contains(std::string_view text) const {
  const std::optional<Address> address = AddressOf(text);
  return address && Holds(*address);
}

bool Networks::Contains(const sockaddr& socket) const {
  Address address{};
  if (socket.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &socket, sizeof v4);
    address[10] = address[11] = 0xFF;
    std::memcpy(address.data() + kMappedBits / 8, &v4.sin_addr, sizeof v4.sin_addr);
    return Holds(address);
  }
  if (socket.sa_family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &socket, sizeof v6);
  std::copy(std::begin(v6.sin6_addr.s6_addr), std::end(v6.sin6_addr.s6_addr), address.begin());
  return Holds(address);
}

std::optional<PrivateNetworks> PrivateNetworks::Parse(std::string_view list, std::string* culprit) {
  PrivateNetworks networks;
  if (list == "any") return networks;
  networks.any_ = false;
  if (list == "none") return networks;
  std::optional<Networks> named = Networks::Parse(list, culprit);
  if (!named) return std::nullopt;
  networks.named_ = *std::move(named);
  return networks;
}

const Networks& PrivateNetworks::LinkLocal() {
  static const Networks kLinkLocal = *Networks::Parse("169.254.0.0/16, fe80::/10");
  return kLinkLocal;
}

}  // namespace recado::net
