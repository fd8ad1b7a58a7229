// What vendors say a message costs: with the answer, with the report, or not at all.
#include <gtest/gtest.h>

#include "native/provider/outcome.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

std::shared_ptr<const Vendor> Made(const std::string& kind, const std::string& settings,
                                   std::map<std::string, std::string> secrets) {
  const Config config{
      .id = "p", .kind = kind, .settings = *ParseJson(settings), .secrets = std::move(secrets)};
  const Surroundings surroundings{.public_url = "https://recado.example"};
  return FindVendorKind(kind)->make(config, surroundings);
}

// "0.0333 EUR", "" where there is none.
std::string Text(const std::optional<Money>& price) {
  return price ? price->amount.ToString() + " " + price->currency : "";
}

std::string Sent(const Vendor& vendor, int status, const std::string& body) {
  net::HttpResult result;
  result.status = status;
  result.written = true;
  result.body = body;
  return Text(vendor.ReadSent({}, result).price);
}

TEST(VendorPrices, VonageSumsItsParts) {
  const auto vendor = Made("vonage", R"({"api_key":"a","from":"Acme"})", {{"api_secret", "s"}});
  EXPECT_EQ(Sent(*vendor, 200, R"({"messages":[{"status":"0","message-id":"1","message-price":"0.0333"}]})"),
            "0.0333 ");
  EXPECT_EQ(Sent(*vendor, 200,
                 R"({"messages":[{"status":"0","message-id":"1","message-price":"0.0333"},)"
                 R"({"status":"0","message-id":"2","message-price":"0.0333"}]})"),
            "0.0666 ");
  EXPECT_EQ(Sent(*vendor, 200, R"({"messages":[{"status":"0","message-id":"1"}]})"), "");
  // Half a price is none.
  EXPECT_EQ(Sent(*vendor, 200,
                 R"({"messages":[{"status":"0","message-id":"1","message-price":"0.0333"},{"status":"0"}]})"),
            "");
}

TEST(VendorPrices, TwilioTakesFromABalanceOrDoesNotKnowYet) {
  const auto vendor =
      Made("twilio", R"({"account_sid":"AC)" + std::string(32, '0') + R"(","from":"+15550100"})",
           {{"auth_token", "t"}});
  EXPECT_EQ(Sent(*vendor, 201, R"({"sid":"SM1","status":"sent","price":"-0.00750","price_unit":"USD"})"),
            "0.00750 USD");
  EXPECT_EQ(Sent(*vendor, 201, R"({"sid":"SM1","status":"queued","price":null,"price_unit":"USD"})"), "");
}

TEST(VendorPrices, WhatIsNoAmountIsNoPrice) {
  EXPECT_EQ(Text(PriceOf("0.5", "EUR")), "0.5 EUR");
  EXPECT_EQ(Text(PriceOf("-0.5", "EUR")), "0.5 EUR");
  for (const char* wrong : {"", "free", "1,5", "1e3", "0x10"}) EXPECT_FALSE(PriceOf(wrong, "EUR")) << wrong;
  EXPECT_FALSE(PriceOf("1", "EURO"));
}

}  // namespace
}  // namespace recado::provider
