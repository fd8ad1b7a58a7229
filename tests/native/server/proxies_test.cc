#include "native/server/proxies.h"

#include <gtest/gtest.h>

namespace recado::server {
namespace {

struct Row {
  const char* what;
  const char* trusted;
  const char* remote;
  std::vector<std::string> forwarded;
  const char* client;
};

TEST(TrustedProxies, WhereARequestCameFrom) {
  const Row rows[] = {
      {"nobody is trusted", "", "127.0.0.1", {"6.6.6.6"}, "127.0.0.1"},
      {"a stranger writes the header", "127.0.0.1", "203.0.113.9", {"6.6.6.6"}, "203.0.113.9"},
      {"the proxy's word", "127.0.0.1", "127.0.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"the client's own lie stands further left",
       "127.0.0.1",
       "127.0.0.1",
       {"6.6.6.6, 198.51.100.7"},
       "198.51.100.7"},
      {"two proxies",
       "127.0.0.1, 10.0.0.0/8",
       "127.0.0.1",
       {"6.6.6.6, 198.51.100.7, 10.0.0.2"},
       "198.51.100.7"},
      {"two headers are one list",
       "127.0.0.1 10.0.0.0/8",
       "127.0.0.1",
       {"198.51.100.7", "10.0.0.2"},
       "198.51.100.7"},
      {"no header", "127.0.0.1", "127.0.0.1", {}, "127.0.0.1"},
      {"rubbish is not looked behind", "127.0.0.1", "127.0.0.1", {"198.51.100.7, unknown"}, "127.0.0.1"},
      {"with a port", "127.0.0.1", "127.0.0.1", {"198.51.100.7:4711"}, "198.51.100.7"},
      {"IPv6 with a port", "::1", "::1", {"[2001:db8::1]:4711"}, "2001:db8::1"},
      {"IPv6 without one", "::1", "::1", {"2001:db8::1"}, "2001:db8::1"},
      {"IPv4 that came as IPv6", "127.0.0.0/8", "::ffff:127.0.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"a network in the middle of a byte", "172.16.0.0/12", "172.31.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"just outside of it", "172.16.0.0/12", "172.32.0.1", {"198.51.100.7"}, "172.32.0.1"},
      {"everybody along the way is a proxy", "0.0.0.0/0", "10.0.0.1", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
  };
  for (const Row& row : rows) {
    const auto proxies = TrustedProxies::Parse(row.trusted);
    ASSERT_TRUE(proxies) << row.what;
    Request request;
    request.remote = row.remote;
    for (const std::string& value : row.forwarded) request.headers.emplace("x-forwarded-for", value);
    EXPECT_EQ(proxies->ClientOf(request), row.client) << row.what;
  }
}

TEST(TrustedProxies, WhatIsNoAddressIsNamed) {
  for (const char* piece :
       {"proxy.example", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.1/", "10.0.0.1/x", "10.0.0.1/-1"}) {
    std::string culprit;
    EXPECT_FALSE(TrustedProxies::Parse("127.0.0.1, " + std::string(piece), &culprit)) << piece;
    EXPECT_EQ(culprit, piece);
  }
}

TEST(TrustedProxies, EndlessListOfForwardsIsNotFollowed) {
  const auto proxies = TrustedProxies::Parse("10.0.0.0/8");
  Request request;
  request.remote = "10.0.0.1";
  std::string list = "198.51.100.7";
  for (int i = 0; i < 100; ++i) list += ", 10.0.0.2";
  request.headers.emplace("X-Forwarded-For", list);
  EXPECT_EQ(proxies->ClientOf(request), "10.0.0.2");
}

}  // namespace
}  // namespace recado::server
