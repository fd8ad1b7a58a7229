#include "native/net/url_guard.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <curl/curl.h>
#include <iterator>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>

namespace recado::net {
namespace {

struct Ipv4Block {
  uint32_t network;
  int bits;
};

constexpr uint32_t V4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// IANA IPv4 special-purpose registry: everything that is not globally reachable.
constexpr Ipv4Block kClosedIpv4[] = {
    {V4(0, 0, 0, 0), 8},        // this network
    {V4(10, 0, 0, 0), 8},       // private
    {V4(100, 64, 0, 0), 10},    // shared, carrier NAT
    {V4(127, 0, 0, 0), 8},      // loopback
    {V4(169, 254, 0, 0), 16},   // link-local; clouds keep their credentials at 169.254.169.254
    {V4(172, 16, 0, 0), 12},    // private
    {V4(192, 0, 0, 0), 24},     // protocol assignments
    {V4(192, 0, 2, 0), 24},     // documentation
    {V4(192, 88, 99, 0), 24},   // 6to4 relays, deprecated
    {V4(192, 168, 0, 0), 16},   // private
    {V4(198, 18, 0, 0), 15},    // benchmarks
    {V4(198, 51, 100, 0), 24},  // documentation
    {V4(203, 0, 113, 0), 24},   // documentation
    {V4(224, 0, 0, 0), 4},      // multicast
    {V4(240, 0, 0, 0), 4},      // reserved, broadcast
};

bool IsPublicIpv4(uint32_t address) {
  return std::none_of(std::begin(kClosedIpv4), std::end(kClosedIpv4), [address](const Ipv4Block& block) {
    return (address ^ block.network) >> (32 - block.bits) == 0;
  });
}

using Ipv6 = std::array<uint8_t, 16>;

bool StartsWith(const Ipv6& address, std::initializer_list<uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.begin());
}

uint32_t Ipv4At(const Ipv6& address, size_t at) {
  return V4(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool IsPublicIpv6(const Ipv6& a) {
  if (StartsWith(a, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}))
    return IsPublicIpv4(Ipv4At(a, 12));  // mapped
  if (StartsWith(a, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
    return IsPublicIpv4(Ipv4At(a, 12));                                // NAT64
  if (StartsWith(a, {0x20, 0x02})) return IsPublicIpv4(Ipv4At(a, 2));  // 6to4
  // 2001::/23 holds Teredo, ORCHID and benchmarks; 2001:db8::/32 and 3fff::/20 are documentation.
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02) return false;
  if (StartsWith(a, {0x20, 0x01, 0x0D, 0xB8})) return false;
  if (a[0] == 0x3F && a[1] == 0xFF && a[2] < 0x10) return false;
  // Global unicast is 2000::/3. Outside it lie loopback, unspecified, v4-compatible, local NAT64, unique
  // local (fc00::/7), link-local (fe80::/10), site-local and multicast.
  return (a[0] & 0xE0) == 0x20;
}

struct UrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::optional<std::string> Part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return std::nullopt;
  std::string out(text);
  curl_free(text);
  return out;
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return IsPublicIpv4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    Ipv6 bytes;
    std::copy(std::begin(v6.sin6_addr.s6_addr), std::end(v6.sin6_addr.s6_addr), bytes.begin());
    return IsPublicIpv6(bytes);
  }
  return false;  // Unix sockets and whatever else there is
}

bool IsPublicAddress(std::string_view text) {
  const std::string plain(text.substr(0, text.find('%')));  // without the zone
  in_addr v4{};
  if (inet_pton(AF_INET, plain.c_str(), &v4) == 1) return IsPublicIpv4(ntohl(v4.s_addr));
  Ipv6 v6{};
  if (inet_pton(AF_INET6, plain.c_str(), v6.data()) == 1) return IsPublicIpv6(v6);
  return false;
}

bool SplitUrl(std::string_view url, UrlParts& parts) {
  const bool clean = std::all_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
  if (!clean) return false;
  const std::unique_ptr<CURLU, UrlFree> handle(curl_url());
  const std::string text(url);
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return false;
  parts.scheme = Part(handle.get(), CURLUPART_SCHEME).value_or("");
  parts.host = Part(handle.get(), CURLUPART_HOST).value_or("");
  if (parts.scheme.empty() || parts.host.empty()) return false;
  if (parts.host.size() > 2 && parts.host.front() == '[')
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  const std::string port = Part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("0");
  std::from_chars(port.data(), port.data() + port.size(), parts.port);
  parts.path = Part(handle.get(), CURLUPART_PATH).value_or("");
  parts.has_user_info = Part(handle.get(), CURLUPART_USER) || Part(handle.get(), CURLUPART_PASSWORD);
  parts.has_query = Part(handle.get(), CURLUPART_QUERY) || Part(handle.get(), CURLUPART_FRAGMENT);
  return true;
}

bool IsLoopbackHost(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  in_addr v4{};
  in6_addr v6{};
  const std::string plain(host.substr(0, host.find('%')));
  const bool literal =
      inet_pton(AF_INET, plain.c_str(), &v4) == 1 || inet_pton(AF_INET6, plain.c_str(), &v6) == 1;
  return literal && !IsPublicAddress(plain);
}

}  // namespace recado::net
