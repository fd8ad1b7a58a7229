// What a delivery costs: by our prices when it is composed, by the vendor's word once it has given one.
#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

class CostsTest : public DispatchTest {
 protected:
  void Prices(const std::string& json) {
    const store::PutProvider put{.id = "sms-main",
                                 .kind = "sandbox",
                                 .settings = R"({"prices":)" + json + "}",
                                 .secrets = {},
                                 .if_match = {},
                                 .by = "",
                                 .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutProvider(put, done); }).ok());
  }
  // "0.15 EUR estimated 2 segments"
  static std::string CostOf(const Delivery& delivery) {
    return delivery.cost.amount + " " + delivery.cost.currency +
           (delivery.cost.reported ? " reported " : " estimated ") + std::to_string(delivery.cost.segments) +
           " segments";
  }
};

constexpr const char* kGerman = R"([{"prefix":"49","per":"segment","amount":"0.075","currency":"EUR"},)"
                                R"({"prefix":"","per":"segment","amount":"1","currency":"USD"}])";

TEST_F(CostsTest, LongestPrefixAndEverySegmentCount) {
  Prices(kGerman);
  PutRule("r", std::string(170, 'x'), R"(,"over_limit":"skip")");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(CostOf(Only()), "0.150 EUR estimated 2 segments");
}

TEST_F(CostsTest, WithoutPricesThereIsNoCostButSegmentsAreCounted) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(CostOf(Only()), "  estimated 1 segments");
}

TEST_F(CostsTest, TheVendorsPriceTakesThePlaceOfTheEstimate) {
  Prices(kGerman);
  PutRule("r");
  Outcome outcome = Says(Outcome::Kind::kAccepted);
  outcome.price = Money{*Decimal::Parse("0.0333"), ""};  // Vonage says no currency: the account's
  sender_.script.push_back(outcome);
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(CostOf(Only()), "0.0333 EUR reported 1 segments");
}

TEST_F(CostsTest, APriceInNobodyKnowsWhichCurrencyIsNoPrice) {
  PutRule("r");
  Outcome outcome = Says(Outcome::Kind::kAccepted);
  outcome.price = Money{*Decimal::Parse("0.0333"), ""};
  sender_.script.push_back(outcome);
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(CostOf(Only()), "  estimated 1 segments");
}

TEST_F(CostsTest, AReportMayCarryThePrice) {
  Prices(kGerman);
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  provider::StatusUpdate update;
  update.key = Only().key;
  update.state = provider::DeliveryState::kDelivered;
  update.price = Money{*Decimal::Parse("0.0800"), "USD"};
  sender_.reported.authentic = true;
  sender_.reported.updates = {update};
  ASSERT_TRUE(engine_->TakeWebhook("sms-main", {}).ok());
  EXPECT_EQ(CostOf(Only()), "0.0800 USD reported 1 segments");
}

TEST_F(CostsTest, ARetryKeepsTheEstimateOfTheFirstAttempt) {
  Prices(kGerman);
  PutRule("r");
  sender_.script.push_back(Says(Outcome::Kind::kRetry));
  Post(Event("e1", "D-1", "paid"));
  Prices("[]");
  Advance(60'000);
  EXPECT_EQ(CostOf(Only()), "0.075 EUR estimated 1 segments");
}

}  // namespace
}  // namespace recado::dispatch
