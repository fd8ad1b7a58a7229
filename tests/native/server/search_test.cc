// Finding deliveries by their words, and their sums by day, rule and reason, over the API.
#include <gmock/gmock.h>

#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

using ::testing::HasSubstr;

class SearchApiTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    ASSERT_EQ(Ask(Method::kPost, "/api/v1/records/deal/D-1/move", R"({"stage":"paid"})").status, 200);
    ASSERT_TRUE(SettleAll());
    ASSERT_FALSE(store_->CountDeliveries()->empty());
  }
  Json List(const std::string& query) {
    const Response response = Ask(Method::kGet, "/api/v1/deliveries" + query);
    EXPECT_EQ(response.status, 200) << query << response.Body();
    return BodyOf(response);
  }
};

TEST_F(SearchApiTest, WhatWasSentAMomentAgoIsFound) {
  const Json all = List("");
  ASSERT_FALSE(all["deliveries"].empty());
  EXPECT_FALSE(all.contains("complete"));
  const Json found = List("?q=ana");
  ASSERT_FALSE(found["deliveries"].empty());
  EXPECT_EQ(found["complete"], true);
  EXPECT_EQ(List("?q=%2B55+11+91234-5678&channel=sms")["deliveries"][0]["channel"], "sms");
  EXPECT_TRUE(List("?q=nobodyiscalledthis")["deliveries"].empty());
  EXPECT_EQ(List("?q=+")["deliveries"].size(), all["deliveries"].size());
}

TEST_F(SearchApiTest, FiltersByChannelProviderAndDay) {
  const Json all = List("");
  const Json mails = List("?channel=email");
  EXPECT_FALSE(mails["deliveries"].empty());
  for (const Json& one : mails["deliveries"]) EXPECT_EQ(one["channel"], "email");
  const std::string provider = all["deliveries"][0]["provider"].get<std::string>();
  const Json theirs = List("?provider=" + provider);
  EXPECT_FALSE(theirs["deliveries"].empty());
  for (const Json& one : theirs["deliveries"]) EXPECT_EQ(one["provider"], provider);
  const std::string today = FormatDate(DateFromDays(now_.ms / 86'400'000));
  EXPECT_EQ(List("?from=" + today + "&to=" + today)["deliveries"].size(), all["deliveries"].size());
  EXPECT_TRUE(List("?to=2020-01-01")["deliveries"].empty());
  EXPECT_TRUE(List("?from=" + FormatInstant(Instant{now_.ms + 1}))["deliveries"].empty());
}

TEST_F(SearchApiTest, WhatCannotBeLookedForIsSaid) {
  for (const char* wrong :
       {"?q=-", "?q=%22%22", "?channel=fax", "?from=yesterday", "?to=2026-13-01", "?status=sent"}) {
    EXPECT_EQ(Verdict(Ask(Method::kGet, std::string("/api/v1/deliveries") + wrong)), "400 invalid_value")
        << wrong;
  }
}

TEST_F(SearchApiTest, StatisticsSayWhyAndTakeTwoDimensions) {
  const Json sums = BodyOf(Ask(Method::kGet, "/api/v1/statistics?by=day,rule"));
  ASSERT_FALSE(sums["groups"].empty());
  int64_t deliveries = 0;
  for (const Json& group : sums["groups"]) {
    EXPECT_TRUE(group.contains("day") && group.contains("rule")) << group.dump();
    deliveries += group["deliveries"].get<int64_t>();
    for (const auto& status : group["reasons"].items()) {
      int64_t reasons = 0;
      for (const auto& reason : status.value().items()) reasons += reason.value().get<int64_t>();
      EXPECT_LE(reasons, group["counts"][status.key()].get<int64_t>());
    }
  }
  EXPECT_EQ(deliveries, sums["total"]["deliveries"]);
  EXPECT_GT(sums["total"]["sent"], 0);
  for (const char* wrong : {"day,day", "day,rule,provider", "week", "day,", ","}) {
    EXPECT_EQ(Verdict(Ask(Method::kGet, std::string("/api/v1/statistics?by=") + wrong)), "400 invalid_value")
        << wrong;
  }
}

}  // namespace
}  // namespace recado::server
