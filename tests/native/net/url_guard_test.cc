#include "native/net/url_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace recado::net {
namespace {

TEST(IsPublicAddress, ClosedNetworks) {
  for (const char* address :
       {"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255",
        "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.0",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.0",
        "255.255.255.255",
        // IPv6: unspecified, loopback, compatible, mapped, NAT64, local NAT64, discard
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1",
        // Teredo, benchmarks, ORCHID, documentation, 6to4 of closed networks
        "2001::1", "2001:2::1", "2001:10::1", "2001:1ff:ffff::1", "2001:db8::1", "3fff::1", "3fff:fff::1",
        "2002:7f00:1::", "2002:a00:1::", "2002:c0a8:101::1",
        // unique local, link-local with and without zone, site-local, multicast, everything above 2000::/3
        "fc00::1", "fdff::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1", "e000::1",
        // not addresses
        "", "localhost", "1.2.3", "127.1", "0x7f000001", "2130706433", "8.8.8.8 ", "::g"}) {
    EXPECT_FALSE(IsPublicAddress(address)) << address;
  }
}

TEST(IsPublicAddress, OpenAddressesJustBesideThem) {
  for (const char* address :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",         "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "169.253.255.255",  "169.255.0.0",     "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",       "192.167.255.255",  "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",      "223.255.255.255", "8.8.8.8",          "2001:200::1",     "2001:4860:4860::8888",
        "2606:4700::1111", "::ffff:8.8.8.8",  "64:ff9b::808:808", "2002:808:808::1", "3ffe::1"}) {
    EXPECT_TRUE(IsPublicAddress(address)) << address;
  }
}

TEST(IsPublicAddress, JudgesSocketAddresses) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "10.0.0.1", &v4.sin_addr);
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<const sockaddr&>(v4)));
  inet_pton(AF_INET, "8.8.4.4", &v4.sin_addr);
  EXPECT_TRUE(IsPublicAddress(reinterpret_cast<const sockaddr&>(v4)));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "::ffff:192.168.1.1", &v6.sin6_addr);
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<const sockaddr&>(v6)));
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<const sockaddr&>(local)));
}

std::string Dump(std::string_view url) {
  UrlParts parts;
  if (!SplitUrl(url, parts)) return "refused";
  return parts.scheme + " " + parts.host + " " + std::to_string(parts.port) + " " + parts.path +
         (parts.has_user_info ? " user" : "") + (parts.has_query ? " query" : "");
}

TEST(SplitUrl, Table) {
  const char* rows[][2] = {
      {"https://api.vendor.example", "https api.vendor.example 443 /"},
      {"HTTPS://Api.example:8443/a/b", "https Api.example 8443 /a/b"},
      {"http://[::1]:80/", "http ::1 80 /"},
      {"smtp://mail.example", "smtp mail.example 25 /"},
      {"smtps://mail.example/shop.example", "smtps mail.example 465 /shop.example"},
      {"https://u:p@h/", "https h 443 / user"},
      {"https://public.example@127.0.0.1/", "https 127.0.0.1 443 / user"},
      {"https://h/?a=b", "https h 443 / query"},
      {"https://h/#x", "https h 443 / query"},
      // The library reads 0x7f000001 and 127.1 as the address they stand for.
      {"http://0x7f000001/", "http 127.0.0.1 80 /"},
      {"http://127.1/", "http 127.0.0.1 80 /"},
      {"api.vendor.example", "refused"},
      {"", "refused"},
      {"https://", "refused"},
      {"/etc/passwd", "refused"},
      {"https://h\r\nX: y", "refused"},
      {"https://h/a b", "refused"},
      {"https://h:99999/", "refused"},
  };
  for (const auto& [url, dump] : rows) EXPECT_EQ(Dump(url), dump) << url;
}

TEST(IsLoopbackHost, Table) {
  for (const char* host : {"localhost", "a.localhost", "127.0.0.1", "::1", "10.0.0.1", "fe80::1%eth0"}) {
    EXPECT_TRUE(IsLoopbackHost(host)) << host;
  }
  for (const char* host : {"mail.example", "localhost.example", "8.8.8.8", "", "notlocalhost"}) {
    EXPECT_FALSE(IsLoopbackHost(host)) << host;
  }
}

}  // namespace
}  // namespace recado::net
