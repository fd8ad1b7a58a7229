// Networks: lists of addresses as administrators write them, and which private ones the service may talk to.
//
//   Networks::Parse("127.0.0.1, 10.0.0.0/8, fd00::/8")      spaces count as commas
//   PrivateNetworks::Parse("10.20.0.0/16")                  the setting private-networks
//
// Values; any thread. IPv4 addresses are kept as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2), so that both forms of
// one address are the same.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace recado::net {

class Networks {
 public:
  // Nothing where a piece is no address or network; `culprit` gets that piece.
  static std::optional<Networks> Parse(std::string_view list, std::string* culprit = nullptr);

  // "10.0.0.7", "fe80::1%eth0"; false of what is no address.
  bool Contains(std::string_view address) const;
  bool Contains(const sockaddr& address) const;
  bool empty() const { return networks_.empty(); }
  std::string Dump() const { return list_; }  // as it was given

 private:
  using Address = std::array<uint8_t, 16>;
  struct Network {
    Address address{};
    int bits = 128;
  };

  static std::optional<Address> AddressOf(std::string_view text);
  static std::optional<Network> NetworkOf(std::string_view text);
  bool Holds(const Address& address) const;

  std::string list_;
  std::vector<Network> networks_;
};

// The pieces of a list between commas and spaces, empty ones left out.
std::vector<std::string_view> PiecesOf(std::string_view list);

// Where an administrator's own base_url may lead beside the public addresses (url_guard.h).
class PrivateNetworks {
 public:
  // "any": every private and loopback address, but none of link-local ones (169.254.0.0/16, fe80::/10), where
  // clouds keep their credentials. "none": none. Else the networks that the list names, and no others.
  static std::optional<PrivateNetworks> Parse(std::string_view list, std::string* culprit = nullptr);
  PrivateNetworks() = default;  // "any"

  template <class Address>
  bool Allow(const Address& address) const {
    return any_ ? !LinkLocal().Contains(address) : named_.Contains(address);
  }
  std::string Dump() const { return any_ ? "any" : named_.empty() ? "none" : named_.Dump(); }

 private:
  static const Networks& LinkLocal();

  bool any_ = true;
  Networks named_;
};

}  // namespace recado::net
