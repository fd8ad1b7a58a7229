// Providers that take no more for now: rates, places, breakers, and who goes first.
#include <set>

#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

constexpr int64_t kPlanHold = 50;  // planning waits so long for a sender that is full

class WaitingTest : public DispatchTest {
 protected:
  // A rule on stage `stage` that sends through `provider`.
  void PutRuleOf(const std::string& id, const std::string& stage, const std::string& provider) {
    const std::string json =
        R"({"id":")" + id + R"(","name":"n","on":{"entity":"deal","pipeline":"sales","stage":")" + stage +
        R"("},"action":{"type":"send_sms","text":"{{ deal.id }}","provider":")" + provider + R"("}})";
    store::PutRule put{.id = id, .document = json, .publish = true, .if_match = {}, .by = "", .now = now_};
    ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
  }
  Json EventOf(int number, const std::string& stage, const std::string& customer) {
    const std::string item = "D-" + std::to_string(number);
    Json event = Event("e" + std::to_string(number), item, stage);
    event["snapshot"] = SnapshotOf(item, stage, customer);
    return event;
  }
  // `count` events of as many customers, in one call.
  void PostMany(int first, int count, const std::string& stage, const std::string& customer = "") {
    std::vector<Json> events;
    for (int i = first; i < first + count; ++i) {
      events.push_back(EventOf(i, stage, customer.empty() ? "c" + std::to_string(i) : customer));
    }
    ASSERT_TRUE(Ingest(std::move(events)).ok());
    engine_->Settle(now_);
  }
  size_t SentBy(const std::string& provider) const {
    return static_cast<size_t>(std::count_if(sender_.sent.begin(), sender_.sent.end(),
                                             [&](const auto& one) { return one.provider == provider; }));
  }
  // Turns the clock to the engine's own wake-ups, as the shell does, until `until`. Returns how many turns.
  int Run(Instant until) {
    int turns = 0;
    for (;;) {
      engine_->Settle(now_);
      const std::optional<Instant> next = engine_->NextWakeup();
      ++turns;
      if (!next || *next > until) break;
      EXPECT_GT(*next, now_);  // else it would turn without an end
      if (*next <= now_) break;
      now_ = *next;
    }
    now_ = until;
    engine_->Settle(now_);
    return turns;
  }
  int CountOf(Status status) {
    store::DeliveryFilter filter;
    filter.status = status;
    filter.limit = 1'000;
    return static_cast<int>(store_->ListDeliveries(filter)->size());
  }
};

TEST_F(WaitingTest, RateIsKeptWithoutBusyTurns) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":5}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 40, "paid");
  EXPECT_LE(sender_.sent.size(), 1u);
  const size_t before = sender_.sent.size();
  const int turns = Run(Instant{now_.ms + 4'000});
  EXPECT_GE(sender_.sent.size(), before + 19);
  EXPECT_LE(sender_.sent.size(), before + 21);
  EXPECT_LT(turns, 60);
  Run(Instant{now_.ms + 5'000});
  EXPECT_EQ(sender_.sent.size(), 40u);
  EXPECT_EQ(CountOf(Status::kAccepted), 40);
}

TEST_F(WaitingTest, RateOutlivesARestart) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":5}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 30, "paid");
  Run(Instant{now_.ms + 2'000});
  const size_t before = sender_.sent.size();
  Crash();
  EXPECT_LE(sender_.sent.size(), before);  // nothing bursts out of the start
  Run(Instant{now_.ms + 2'000});
  EXPECT_LE(sender_.sent.size(), before + 10);
  Run(Instant{now_.ms + 4'000});
  EXPECT_EQ(sender_.sent.size(), 30u);
}

TEST_F(WaitingTest, SegmentsCount) {
  PutProvider("sms-main", R"({"rate":{"segments_per_second":4}})");
  PutRule("r", std::string(180, 'x'));  // two segments
  PostMany(0, 12, "paid");
  Run(Instant{now_.ms + 3'000});
  EXPECT_LE(sender_.sent.size(), 7u);
  EXPECT_GE(sender_.sent.size(), 5u);
}

TEST_F(WaitingTest, CustomerWithOneMessageDoesNotStandBehindAnothersMany) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":2}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 50, "paid", "Greedy");
  PostMany(100, 1, "paid", "Modest");
  Run(Instant{now_.ms + 3'000});
  std::set<std::string> items;
  for (const auto& one : sender_.sent) items.insert(one.message.message.text);
  EXPECT_TRUE(items.contains("D-100"));
}

TEST_F(WaitingTest, OrderOfACustomerHoldsThroughTheDisk) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":2}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 9, "paid", "Ana");
  PostMany(9, 3, "paid", "Ana");
  Run(Instant{now_.ms + 10'000});
  std::vector<std::string> texts;
  for (const auto& one : sender_.sent) texts.push_back(one.message.message.text);
  std::vector<std::string> wanted;
  for (int i = 0; i < 12; ++i) wanted.push_back("D-" + std::to_string(i));
  EXPECT_EQ(texts, wanted);
}

TEST_F(WaitingTest, ProviderThatHangsHoldsUpNobodyElse) {
  engine_.reset();
  options_.in_flight = 16;
  options_.window = 64;
  Start();
  PutProvider("fast");
  PutRuleOf("slow", "paid", "sms-main");
  PutRuleOf("quick", "won", "fast");
  sender_.hold = true;
  PostMany(0, 300, "paid");
  EXPECT_EQ(SentBy("sms-main"), 16u);
  Advance(2'000);
  sender_.hold = false;
  PostMany(1'000, 200, "won");
  Advance(kPlanHold);
  EXPECT_EQ(SentBy("fast"), 200u);
  EXPECT_EQ(SentBy("sms-main"), 16u);
  // It wakes up: everything that waited goes, nothing twice.
  while (!sender_.held.empty()) {
    sender_.AnswerFirst(Says(Outcome::Kind::kAccepted));
    engine_->Settle(now_);
  }
  Run(Instant{now_.ms + 5'000});
  EXPECT_EQ(SentBy("sms-main"), 300u);
  EXPECT_EQ(CountOf(Status::kAccepted), 500);
}

TEST_F(WaitingTest, BrokenProviderIsLeftAloneProbedOnceAndTakenUpAgain) {
  engine_.reset();
  options_.breaker_failures = 3;
  options_.breaker_open_ms = 10'000;
  options_.in_flight = 2;
  Start();
  PutProvider("fast");
  PutRuleOf("slow", "paid", "sms-main");
  PutRuleOf("quick", "won", "fast");
  for (int i = 0; i < 5; ++i) sender_.script.push_back(Says(Outcome::Kind::kRetry, "down"));
  PostMany(0, 40, "paid");
  const size_t tried = SentBy("sms-main");
  EXPECT_GE(tried, 3u);
  EXPECT_LE(tried, 4u);
  EXPECT_EQ(CountOf(Status::kDue), 40);
  PostMany(500, 1, "paid");
  const Delivery row = *store_->FindDelivery(store_->ListDeliveries({})->front().key);
  EXPECT_EQ(row.held, "gate");
  ASSERT_FALSE(row.history.empty());
  EXPECT_EQ(row.history.back().what, "held");
  EXPECT_NE(row.history.back().text.find("sms-main did not answer"), std::string::npos);

  sender_.script.clear();
  PostMany(1'000, 5, "won");
  EXPECT_EQ(SentBy("fast"), 5u);
  EXPECT_EQ(SentBy("sms-main"), tried);

  sender_.script.push_back(Says(Outcome::Kind::kRetry, "still down"));
  Run(Instant{now_.ms + 10'000});
  EXPECT_EQ(SentBy("sms-main"), tried + 1);  // one probe, which fails
  Run(Instant{now_.ms + 90'000});
  EXPECT_EQ(CountOf(Status::kAccepted), 46);
}

TEST_F(WaitingTest, WhatWaitsIsStoppedWhenItsItemLeavesTheStage) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":0.01}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 3, "paid");
  Json leaves = Event("leave", "D-2", "lost", "paid");
  Post(leaves);
  EXPECT_EQ(CountOf(Status::kCancelled), 1);
}

TEST_F(WaitingTest, TestByAPersonGoesBeforeTheQueue) {
  PutProvider("sms-main", R"({"rate":{"messages_per_second":1}})");
  PutRuleOf("r", "paid", "sms-main");
  PostMany(0, 60, "paid");
  Advance(500);
  Engine::Direct direct;
  direct.rule_id = "r";
  direct.message.channel = rule::Channel::kSms;
  direct.message.provider = "sms-main";
  direct.message.to.address = "+4915199999999";
  direct.message.text = "test";
  const auto key = Await<std::string>([&](auto done) { engine_->SendDirect(direct, now_, done); });
  ASSERT_TRUE(key.ok());
  const size_t before = sender_.sent.size();
  Run(Instant{now_.ms + 1'500});
  ASSERT_GT(sender_.sent.size(), before);
  EXPECT_EQ(sender_.sent[before].message.message.text, "test");
}

}  // namespace
}  // namespace recado::dispatch
