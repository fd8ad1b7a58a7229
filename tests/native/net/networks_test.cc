#include "native/net/networks.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace recado::net {
namespace {

TEST(PrivateNetworks, AllowsWhatTheAdministratorNamed) {
  const struct {
    const char* setting;
    const char* address;
    bool allowed;
  } rows[] = {
      {"any", "127.0.0.1", true},
      {"any", "10.1.2.3", true},
      {"any", "fd00::1", true},
      {"any", "169.254.169.254", false},
      {"any", "::ffff:169.254.169.254", false},
      {"any", "fe80::1%eth0", false},
      {"none", "127.0.0.1", false},
      {"none", "10.1.2.3", false},
      {"10.20.0.0/16", "10.20.255.1", true},
      {"10.20.0.0/16", "::ffff:10.20.0.1", true},
      {"10.20.0.0/16", "10.21.0.1", false},
      {"10.20.0.0/16", "127.0.0.1", false},
      {"127.0.0.1, fd00::/8", "127.0.0.1", true},
      {"127.0.0.1, fd00::/8", "127.0.0.2", false},
      {"127.0.0.1, fd00::/8", "fdff::1", true},
      {"169.254.169.254", "169.254.169.254", true},
      {"0.0.0.0/0", "::1", false},
      {"::/0", "10.0.0.1", true},
      {"10.0.0.0/8", "no address", false},
  };
  for (const auto& row : rows) {
    const auto networks = PrivateNetworks::Parse(row.setting);
    ASSERT_TRUE(networks) << row.setting;
    EXPECT_EQ(networks->Allow(std::string_view(row.address)), row.allowed)
        << row.setting << " " << row.address;
  }
  EXPECT_FALSE(PrivateNetworks().Allow(std::string_view("169.254.1.1")));
}

TEST(PrivateNetworks, WhatIsNoNetworkIsNamed) {
  for (const char* wrong :
       {"all", "10.0.0.0/33", "10.0.0", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/8x", "host.local"}) {
    std::string culprit;
    EXPECT_FALSE(PrivateNetworks::Parse("127.0.0.1, " + std::string(wrong), &culprit)) << wrong;
    EXPECT_EQ(culprit, wrong);
  }
  EXPECT_EQ(PrivateNetworks::Parse("any")->Dump(), "any");
  EXPECT_EQ(PrivateNetworks::Parse("none")->Dump(), "none");
  EXPECT_EQ(PrivateNetworks::Parse("")->Dump(), "none");
  EXPECT_EQ(PrivateNetworks::Parse("10.0.0.0/8")->Dump(), "10.0.0.0/8");
}

TEST(Networks, SocketsAddressesAreTheSameAsTexts) {
  const Networks networks = *Networks::Parse("10.0.0.0/8 2001:db8::/32");
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "10.9.8.7", &v4.sin_addr);
  EXPECT_TRUE(networks.Contains(reinterpret_cast<const sockaddr&>(v4)));
  inet_pton(AF_INET, "11.0.0.1", &v4.sin_addr);
  EXPECT_FALSE(networks.Contains(reinterpret_cast<const sockaddr&>(v4)));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
  EXPECT_TRUE(networks.Contains(reinterpret_cast<const sockaddr&>(v6)));
  v6.sin6_family = AF_UNIX;
  EXPECT_FALSE(networks.Contains(reinterpret_cast<const sockaddr&>(v6)));
}

}  // namespace
}  // namespace recado::net
