#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

using Kind = Outcome::Kind;
using provider::Resolution;

class OutcomesTest : public DispatchTest {
 protected:
  OutcomesTest() { PutRule("r"); }
  void PostOne() { Post(Event("e1", "D-1", "paid")); }
  // Attempts made so far, after enough time for all of them.
  size_t AttemptsAfter(int64_t ms) {
    for (int64_t gone = 0; gone < ms; gone += 60'000) Advance(60'000);
    return sender_.sent.size();
  }
};

TEST_F(OutcomesTest, RetryComesAfterTheBackOffWithTheSameBytes) {
  sender_.script = {Says(Kind::kRetry, "503 busy")};
  PostOne();
  EXPECT_EQ(Deliveries(), Strings{"r:due"});
  Advance(retry_.first_ms * 3 / 4 - 1);
  EXPECT_EQ(sender_.sent.size(), 1u);
  Advance(retry_.first_ms);
  ASSERT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(sender_.sent[1].message.message.text, sender_.sent[0].message.message.text);
  EXPECT_EQ(sender_.sent[1].message.attempt, 2);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, EveryAttemptIsRecordedWithWhatTheVendorSaid) {
  sender_.script = {Says(Kind::kRetry, "503 busy"), Says(Kind::kPermanent, "21610 stopped")};
  PostOne();
  Advance(60'000);
  std::vector<std::string> lines;
  for (const auto& entry : Only().history)
    lines.push_back(entry.what + " " + entry.outcome + " " + entry.text);
  EXPECT_EQ(lines, (Strings{"scheduled  ", "in_flight  ", "attempt retry 503 busy", "in_flight  ",
                            "attempt permanent 21610 stopped", "failed  refused_by_provider"}));
}

TEST_F(OutcomesTest, RetryAfterIsRespected) {
  Outcome limited = Says(Kind::kRateLimited, "429");
  limited.retry_after = std::chrono::minutes(10);
  sender_.script = {limited};
  PostOne();
  Advance(599'999);
  EXPECT_EQ(sender_.sent.size(), 1u);
  Advance(1);
  EXPECT_EQ(sender_.sent.size(), 2u);
}

TEST_F(OutcomesTest, AttemptsAreBounded) {
  for (int i = 0; i < 50; ++i) sender_.script.push_back(Says(Kind::kRetry, "503"));
  PostOne();
  EXPECT_EQ(AttemptsAfter(6 * 3'600'000), static_cast<size_t>(retry_.max_attempts));
  EXPECT_EQ(Deliveries(), Strings{"r:failed/attempts_used_up"});
}

TEST_F(OutcomesTest, PermanentRefusalIsNotTriedAgain) {
  sender_.script = {Says(Kind::kPermanent, "21610")};
  PostOne();
  EXPECT_EQ(AttemptsAfter(3'600'000), 1u);
  EXPECT_EQ(Deliveries(), Strings{"r:failed/refused_by_provider"});
}

TEST(RetryPolicyTest, GrowsIsBoundedAndTheSameInEveryRun) {
  const RetryPolicy policy;
  int64_t before = 0;
  for (int n = 1; n <= 40; ++n) {
    const int64_t wait = policy.NextAt(Instant{0}, n, "key", std::nullopt).ms;
    EXPECT_EQ(wait, policy.NextAt(Instant{0}, n, "key", std::nullopt).ms);
    EXPECT_LE(wait, policy.max_ms);
    EXPECT_GE(wait, std::min(before, policy.max_ms * 3 / 4));
    before = wait;
  }
  EXPECT_NE(policy.NextAt(Instant{0}, 5, "key", {}), policy.NextAt(Instant{0}, 5, "other", {}));
  EXPECT_EQ(policy.NextAt(Instant{7}, 1, "key", 9'000'000).ms, 9'000'007);
}

// ---- Doubt (architecture, rule 3)

TEST_F(OutcomesTest, BlindAtMostOnceStaysAmbiguousForAPerson) {
  sender_.script = {Says(Kind::kUnknown, "time-out")};
  PostOne();
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  EXPECT_EQ(AttemptsAfter(24 * 3'600'000), 1u);
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  EXPECT_EQ(Only().next_at, std::nullopt);
}

TEST_F(OutcomesTest, BlindAtLeastOnceIsSentAgain) {
  PutRule("r", "Hi", R"(,"policy":"at_least_once")");
  sender_.script = {Says(Kind::kUnknown, "time-out")};
  PostOne();
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  Advance(60'000);
  EXPECT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, KeyedIsSentAgainWithTheSameKey) {
  sender_.resolution = Resolution::kKeyed;
  sender_.script = {Says(Kind::kUnknown)};
  PostOne();
  Advance(60'000);
  ASSERT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(sender_.sent[0].message.key, sender_.sent[1].message.key);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, KeyedThatNeverAnswersStaysShownAsDoubt) {
  sender_.resolution = Resolution::kKeyed;
  for (int i = 0; i < 50; ++i) sender_.script.push_back(Says(Kind::kUnknown));
  PostOne();
  EXPECT_EQ(AttemptsAfter(6 * 3'600'000), static_cast<size_t>(retry_.max_attempts));
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
}

TEST_F(OutcomesTest, FindableIsLookedUpAndNotSentAgain) {
  sender_.resolution = Resolution::kFindable;
  sender_.script = {Says(Kind::kUnknown), Says(Kind::kUnknown), Says(Kind::kAccepted)};
  PostOne();
  Advance(retry_.find_again_ms);
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  Advance(retry_.find_again_ms);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  EXPECT_EQ(sender_.Texts(),
            (Strings{"+4915112345678 Hi Ana", "find:+4915112345678 Hi Ana", "find:+4915112345678 Hi Ana"}));
}

TEST_F(OutcomesTest, FindableThatIsNotThereIsSentAgain) {
  sender_.resolution = Resolution::kFindable;
  sender_.script = {Says(Kind::kUnknown), Says(Kind::kRetry, "not there")};
  PostOne();
  Advance(retry_.find_again_ms);
  Advance(60'000);
  EXPECT_EQ(sender_.sent.size(), 3u);
  EXPECT_FALSE(sender_.sent.back().find);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, EchoingWaitsForTheCallback) {
  sender_.resolution = Resolution::kEchoing;
  sender_.script = {Says(Kind::kUnknown)};
  PostOne();
  Advance(60'000);
  EXPECT_EQ(sender_.sent.size(), 1u);
  engine_->Reported(Only().key, Engine::Report::kDelivered, "delivered", "SM1", now_);
  engine_->Settle(now_);
  Flush();
  EXPECT_EQ(AttemptsAfter(3'600'000), 1u);
  EXPECT_EQ(Deliveries(), Strings{"r:delivered"});
}

TEST_F(OutcomesTest, AVendorReportsOnItsOwnMessagesAloneAndOnlyForwards) {
  using provider::DeliveryState;
  PostOne();
  const auto report = [&](const char* provider, DeliveryState state, bool authentic = true) {
    sender_.reported = {.authentic = authentic, .reply = {}, .updates = {{Only().key, "SM1", state, "why"}}};
    provider::WebhookCall call;
    call.at = now_;
    EXPECT_TRUE(engine_->TakeWebhook(provider, call).ok());
    return Deliveries();  // on disk when the call returns
  };
  const std::string own = Only().provider;
  EXPECT_EQ(report("another", DeliveryState::kDelivered), Strings{"r:accepted"});
  EXPECT_EQ(report(own.c_str(), DeliveryState::kDelivered, false), Strings{"r:accepted"});
  EXPECT_EQ(report(own.c_str(), DeliveryState::kSent), Strings{"r:accepted"});
  EXPECT_EQ(report(own.c_str(), DeliveryState::kRead), Strings{"r:delivered"});
  EXPECT_EQ(report(own.c_str(), DeliveryState::kFailed), Strings{"r:delivered"});
  EXPECT_EQ(report(own.c_str(), DeliveryState::kQueued), Strings{"r:delivered"});
}

TEST_F(OutcomesTest, CallbackBeforeTheAnswerIsNotOverwritten) {
  sender_.hold = true;
  PostOne();
  engine_->Reported(Only().key, Engine::Report::kDelivered, "", "", now_);
  Flush();
  sender_.AnswerFirst(Says(Kind::kAccepted));
  engine_->Settle(now_);
  EXPECT_EQ(Deliveries(), Strings{"r:delivered"});
}

// ---- After a crash

TEST_F(OutcomesTest, InFlightIsOnDiskBeforeTheMessageLeaves) {
  sender_.hold = true;
  PostOne();
  ASSERT_EQ(sender_.held.size(), 1u);
  EXPECT_EQ(Deliveries(), Strings{"r:in_flight"});
}

TEST_F(OutcomesTest, CrashInFlightBecomesAmbiguousForABlindVendor) {
  sender_.hold = true;
  PostOne();
  Crash();
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  EXPECT_EQ(AttemptsAfter(3'600'000), 1u);
}

TEST_F(OutcomesTest, CrashInFlightIsSentAgainToAKeyedVendorAtOnce) {
  sender_.resolution = Resolution::kKeyed;
  sender_.hold = true;
  PostOne();
  sender_.hold = false;
  Crash();
  EXPECT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, CrashInFlightIsLookedUpAtAFindableVendor) {
  sender_.resolution = Resolution::kFindable;
  sender_.hold = true;
  PostOne();
  sender_.hold = false;
  Crash();
  Advance(retry_.find_again_ms);
  EXPECT_TRUE(sender_.sent.back().find);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, CrashBeforeTheSendLosesNothing) {
  ASSERT_TRUE(Ingest({Event("e1", "D-1", "paid")}).ok());
  Crash();
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

// ---- People

TEST_F(OutcomesTest, PersonDecidesADoubt) {
  sender_.script = {Says(Kind::kUnknown)};
  PostOne();
  const std::string key = Only().key;
  EXPECT_EQ(Try([&](auto done) { engine_->Resolve(key, true, "eva", now_, done); }), "");
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  EXPECT_EQ(Try([&](auto done) { engine_->Resolve(key, true, "eva", now_, done); }), "delivery_state");
}

TEST_F(OutcomesTest, NotSentMayBeSentAgain) {
  sender_.script = {Says(Kind::kUnknown)};
  PostOne();
  const std::string key = Only().key;
  EXPECT_EQ(Try([&](auto done) { engine_->Resolve(key, false, "eva", now_, done); }), "");
  EXPECT_EQ(Deliveries(), Strings{"r:failed"});
  EXPECT_EQ(Try([&](auto done) { engine_->Resend(key, "eva", now_, done); }), "");
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  EXPECT_EQ(sender_.sent.size(), 2u);
}

TEST_F(OutcomesTest, OnlyWhatHasNotRunCanBeCancelled) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  PostOne();
  const std::string key = Only().key;
  EXPECT_EQ(Try([&](auto done) { engine_->Cancel(key, "eva", now_, done); }), "");
  EXPECT_EQ(Try([&](auto done) { engine_->Cancel(key, "eva", now_, done); }), "delivery_state");
  EXPECT_EQ(Try([&](auto done) { engine_->Cancel("no such key", "eva", now_, done); }), "not_found");
  EXPECT_EQ(AttemptsAfter(7'200'000), 0u);
}

TEST_F(OutcomesTest, AcceptedIsNotSentAgain) {
  PostOne();
  const std::string key = Only().key;
  EXPECT_EQ(Try([&](auto done) { engine_->Resend(key, "eva", now_, done); }), "delivery_state");
}

TEST_F(OutcomesTest, PauseHoldsEverythingAndSurvivesARestart) {
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("", true, "eva", now_, done); }), "");
  PostOne();
  Crash();
  Advance(60'000);
  EXPECT_TRUE(sender_.sent.empty());
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("", false, "eva", now_, done); }), "");
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(OutcomesTest, PauseOfOneProviderHoldsOnlyItsMessages) {
  PutProvider("other");
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("sms-main", true, "eva", now_, done); }), "");
  PostOne();
  EXPECT_EQ(Deliveries(), Strings{"r:due"});
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("other", true, "eva", now_, done); }), "");
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("other", false, "eva", now_, done); }), "");
  EXPECT_TRUE(sender_.sent.empty());
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("sms-main", false, "eva", now_, done); }), "");
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(OutcomesTest, DirectMessageTakesTheSameRoad) {
  plan::Message message;
  message.channel = rule::Channel::kSms;
  message.provider = "sms-main";
  message.to.address = "+1";
  message.text = "Test";
  const auto key = Await<std::string>([&](auto done) {
    engine_->SendDirect({"r", "deal", "D-1", message}, now_, done);
  });
  ASSERT_TRUE(key.ok());
  engine_->Settle(now_);
  EXPECT_EQ(sender_.Texts(), Strings{"+1 Test"});
  EXPECT_EQ(store_->FindDelivery(*key)->status, Status::kAccepted);
}

// ---- Order per customer

class OrderTest : public DispatchTest {
 protected:
  OrderTest() {
    PutRule("a", "one", R"(,"position":1)");
    PutRule("b", "two", R"(,"position":2)");
  }
  Strings SentTexts() {
    Strings texts;
    for (const auto& one : sender_.sent) texts.push_back(one.message.message.text);
    return texts;
  }
};

TEST_F(OrderTest, NextMessageOfACustomerWaitsForTheAnswer) {
  sender_.hold = true;
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(SentTexts(), Strings{"one"});
  sender_.AnswerFirst(Says(Kind::kAccepted));
  engine_->Settle(now_);
  EXPECT_EQ(SentTexts(), (Strings{"one", "two"}));
}

TEST_F(OrderTest, AnotherCustomerDoesNotWait) {
  sender_.hold = true;
  Post(Event("e1", "D-1", "paid"));
  Json other = Event("e2", "D-2", "paid");
  other["snapshot"] = SnapshotOf("D-2", "paid", "Bob");
  Post(other);
  EXPECT_EQ(SentTexts(), (Strings{"one", "one"}));
}

TEST_F(OrderTest, LaterMessageDoesNotOvertakeARetry) {
  sender_.script = {Says(Kind::kRetry)};
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(SentTexts(), Strings{"one"});
  Crash();
  EXPECT_EQ(SentTexts(), Strings{"one"}) << "nor after a restart";
  Advance(60'000);
  Advance(60'000);
  EXPECT_EQ(SentTexts(), (Strings{"one", "one", "two"}));
}

TEST_F(OrderTest, RefusedMessageLetsTheNextOneGo) {
  sender_.script = {Says(Kind::kPermanent)};
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(SentTexts(), (Strings{"one", "two"}));
}

}  // namespace
}  // namespace recado::dispatch
