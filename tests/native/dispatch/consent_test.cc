// Lists, limits and hours: what keeps a message from leaving although everything else is right.
#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

constexpr int64_t kHour = 3'600'000;

class ConsentTest : public DispatchTest {
 protected:
  void PutLimited(int limit, const std::string& id = "sms-main") {
    const store::PutProvider put{.id = id,
                                 .kind = "sandbox",
                                 .settings = R"({"daily_limit":)" + std::to_string(limit) + "}",
                                 .secrets = {},
                                 .if_match = {},
                                 .by = "",
                                 .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutProvider(put, done); }).ok());
  }
  void PutZone(const std::string& zone, const std::string& more = "") {
    PutWorkspace(R"({"name":"Shop","default_region":"DE","language":"en","time_zone":")" + zone + "\"" +
                 more + "}");
  }
  // A deal of its own customer, so that nothing waits for anything.
  Json Deal(int number) {
    Json event = Event("e" + std::to_string(number), "D-" + std::to_string(number), "paid");
    event["snapshot"] = SnapshotOf("D-" + std::to_string(number), "paid", "P" + std::to_string(number),
                                   "+49151123456" + std::to_string(10 + number));
    return event;
  }
  int64_t UsedToday() { return store_->DailyCountOf("sms-main", now_.ms / (24 * kHour)).ValueOr(-1); }
  // The sentence of the only delivery's reason.
  std::string Sentence() {
    const Result<Json> reason = ParseJson(Only().reason_json);
    return reason.ok() ? (*reason)["message"].get<std::string>() : "";
  }
  std::string Why(const std::string& channel, const std::string& address) {
    const auto found = store_->FindSuppression(channel, address);
    return *found ? std::string(store::SuppressionKindName((*found)->kind)) : "";
  }
};

// ---- The list

TEST_F(ConsentTest, TheSkipSaysWhy) {
  PutRule("r");
  ASSERT_TRUE(
      Await<store::Unit>([&](auto done) {
        store_->PutSuppression(
            {.channel = "sms", .address = "+4915112345678", .kind = store::SuppressionKind::kStopWord}, done);
      }).ok());
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/suppressed"});
  EXPECT_EQ(Sentence(), "+4915112345678 is on the list of addresses that get no messages (stop_word).");
}

TEST_F(ConsentTest, TheCrmsOwnListSaysSo) {
  PutRule("r");
  Json event = Event("e1", "D-1", "paid");
  event["snapshot"]["contacts"][0]["consent"]["suppressed"] = {"+4915112345678"};
  Post(std::move(event));
  EXPECT_EQ(Sentence(), "+4915112345678 is on the list of addresses that get no messages (crm).");
}

TEST_F(ConsentTest, ListedBetweenTwoAttemptsItIsNotTriedAgain) {
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kRetry)};
  Post(Event("e1", "D-1", "paid"));
  ASSERT_TRUE(Await<store::Unit>([&](auto done) {
                store_->PutSuppression({.channel = "", .address = "+4915112345678"}, done);
              }).ok());
  Advance(kHour);
  EXPECT_EQ(sender_.sent.size(), 1u);
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/suppressed"});
}

TEST_F(ConsentTest, AnAddressThatDoesNotExistGoesOnTheList) {
  PutRule("r");
  Outcome refused = Says(Outcome::Kind::kPermanent, "no such number");
  refused.status = 400;
  refused.fault = provider::AddressFault::kDead;
  sender_.script = {refused};
  Post(Event("e1", "D-1", "paid"));
  const auto listed = store_->FindSuppression("sms", "+4915112345678");
  ASSERT_TRUE(*listed);
  EXPECT_EQ((*listed)->kind, store::SuppressionKind::kHardBounce);
  EXPECT_EQ((*listed)->reason, "no such number");
  EXPECT_EQ((*listed)->by, "system");
  EXPECT_EQ((*listed)->delivery, Only().key);
  EXPECT_EQ(store_->ListAudit(0, 10)->front().action, "suppression.put");
  // Only over this channel.
  EXPECT_EQ(Why("call", "+4915112345678"), "");
  Post(Event("e2", "D-2", "paid"));
  EXPECT_EQ(Deliveries(), (Strings{"r:failed/refused_by_provider", "r:skipped/suppressed"}));
}

TEST_F(ConsentTest, WhoeverOptedOutAtTheVendorGoesOnTheListByReportToo) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  sender_.reported.authentic = true;
  sender_.reported.updates = {
      {Only().key, "", provider::DeliveryState::kFailed, "opted out", provider::AddressFault::kOptedOut}};
  ASSERT_TRUE(engine_->TakeWebhook("sms-main", {}).ok());
  EXPECT_EQ(Why("sms", "+4915112345678"), "unsubscribed");
}

TEST_F(ConsentTest, OtherRefusalsListNobody) {
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kPermanent, "no credit")};
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Why("sms", "+4915112345678"), "");
}

// ---- Limits (formats §7)

TEST_F(ConsentTest, TheDayHoldsItsLimit) {
  PutLimited(2);
  PutRule("r");
  for (int i = 0; i < 4; ++i) Post(Deal(i));
  EXPECT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(Deliveries(),
            (Strings{"r:accepted", "r:accepted", "r:skipped/limit_reached", "r:skipped/limit_reached"}));
}

TEST_F(ConsentTest, ManyAtOnceDoNotSlipThrough) {
  PutLimited(3);
  PutRule("r");
  std::vector<Json> events;
  for (int i = 0; i < 9; ++i) events.push_back(Deal(i));
  ASSERT_TRUE(Ingest(std::move(events)).ok());
  engine_->Settle(now_);
  EXPECT_EQ(sender_.sent.size(), 3u);
  EXPECT_EQ(UsedToday(), 3);
}

TEST_F(ConsentTest, TheNextDayBeginsAnew) {
  PutLimited(1);
  PutRule("r");
  Post(Deal(0));
  Advance(24 * kHour);
  Post(Deal(1));
  EXPECT_EQ(sender_.sent.size(), 2u);
}

TEST_F(ConsentTest, TheDayIsTheWorkspaces) {
  // 2026-11-21T22:40Z: in Warsaw (UTC+1) it is 23:40, and an hour later the next day.
  now_ = *ParseInstant("2026-11-21T22:40:00Z");
  PutZone("Europe/Warsaw");
  PutLimited(1);
  PutRule("r");
  Post(Deal(0));
  Post(Deal(1));
  Advance(kHour);
  Post(Deal(2));
  EXPECT_EQ(Deliveries(), (Strings{"r:accepted", "r:skipped/limit_reached", "r:accepted"}));
}

TEST_F(ConsentTest, TheCountSurvivesACrash) {
  PutLimited(1);
  PutRule("r");
  Post(Deal(0));
  Crash();
  Post(Deal(1));
  EXPECT_EQ(sender_.sent.size(), 1u);
  EXPECT_EQ(Deliveries(), (Strings{"r:accepted", "r:skipped/limit_reached"}));
}

TEST_F(ConsentTest, WhatTheVendorDidNotTakeIsGivenBack) {
  PutLimited(1);
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kRetry), Says(Outcome::Kind::kRateLimited)};
  Post(Deal(0));
  EXPECT_EQ(UsedToday(), 0);
  Advance(kHour);
  EXPECT_EQ(UsedToday(), 0);
  Advance(kHour);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  EXPECT_EQ(UsedToday(), 1);
}

TEST_F(ConsentTest, WhatNeverReachedTheVendorIsGivenBack) {
  PutLimited(1);
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kPermanent, "Vonage only sends SMS.")};
  Post(Deal(0));
  EXPECT_EQ(UsedToday(), 0);
  Outcome refused = Says(Outcome::Kind::kPermanent, "no");
  refused.status = 400;
  sender_.script = {refused};
  Post(Deal(1));
  EXPECT_EQ(UsedToday(), 1) << "the vendor has judged it";
}

TEST_F(ConsentTest, WhatIsInDoubtCounts) {
  PutLimited(1);
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kUnknown)};
  Post(Deal(0));
  Post(Deal(1));
  EXPECT_EQ(Deliveries(), (Strings{"r:ambiguous", "r:skipped/limit_reached"}));
}

TEST_F(ConsentTest, WithoutALimitNothingIsCounted) {
  PutRule("r");
  Post(Deal(0));
  EXPECT_EQ(UsedToday(), 0);
}

TEST_F(ConsentTest, OtherReasonsComeBeforeTheLimit) {
  PutLimited(1);
  PutRule("r");
  Post(Deal(0));
  PutRule("r", "{{ deal.title }}");
  Post(Deal(1));
  EXPECT_EQ(Deliveries(), (Strings{"r:accepted", "r:skipped/text_empty"}));
}

// ---- Quiet hours

// 2026-11-22T21:30Z is inside, 07:00 of the next day the first moment outside.
class QuietTest : public ConsentTest {
 protected:
  void Quiet() { PutZone("UTC", R"(,"quiet_hours":{"from":"21:00","to":"07:00"})"); }
  void At(const std::string& instant) {
    now_ = *ParseInstant(instant);
    engine_->Settle(now_);
  }
};

TEST_F(QuietTest, AMessageWaitsForTheMorningAndIsSentThen) {
  At("2026-11-22T21:30:00Z");
  Quiet();
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Only().due, *ParseInstant("2026-11-23T07:00:00Z"));
  At("2026-11-23T06:59:59Z");
  EXPECT_TRUE(sender_.sent.empty());
  At("2026-11-23T07:00:00Z");
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(QuietTest, TheClientsZoneCounts) {
  // 21:30 in UTC is 18:30 in São Paulo.
  At("2026-11-22T21:30:00Z");
  Quiet();
  PutRule("r");
  Json event = Event("e1", "D-1", "paid");
  event["snapshot"]["contacts"][0]["time_zone"] = "America/Sao_Paulo";
  Post(std::move(event));
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(QuietTest, AfterAPauseItMovesAgain) {
  At("2026-11-22T20:00:00Z");
  Quiet();
  PutRule("r");
  const auto pause = [&](const std::string& provider, bool paused) {
    EXPECT_EQ(Try([&](auto done) { engine_->SetPaused(provider, paused, "", now_, done); }), "");
  };
  for (const std::string provider : {"sms-main", ""}) {
    At("2026-11-22T20:00:00Z");
    sender_.sent.clear();
    pause(provider, true);
    Post(Event("e-" + provider, "D-" + provider, "paid"));
    At("2026-11-22T22:00:00Z");
    pause(provider, false);
    EXPECT_TRUE(sender_.sent.empty());
    EXPECT_EQ(store_->ListDeliveries({.limit = 1})->front().due, *ParseInstant("2026-11-23T07:00:00Z"));
    At("2026-11-23T07:00:00Z");
    EXPECT_EQ(sender_.sent.size(), 1u);
  }
}

TEST_F(QuietTest, ARetryWaitsForTheMorningToo) {
  At("2026-11-22T20:59:58Z");
  Quiet();
  PutRule("r");
  sender_.script = {Says(Outcome::Kind::kRetry)};
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(sender_.sent.size(), 1u);
  At("2026-11-22T21:10:00Z");
  EXPECT_EQ(sender_.sent.size(), 1u);
  EXPECT_EQ(Only().due, *ParseInstant("2026-11-23T07:00:00Z"));
  At("2026-11-23T07:00:00Z");
  EXPECT_EQ(sender_.sent.size(), 2u);
}

TEST_F(QuietTest, ADoubtIsClearedUpInTheMorning) {
  At("2026-11-22T20:59:58Z");
  Quiet();
  PutRule("r", "Hi", R"(,"policy":"at_least_once")");
  sender_.script = {Says(Outcome::Kind::kUnknown)};
  Post(Event("e1", "D-1", "paid"));
  At("2026-11-22T21:10:00Z");
  EXPECT_EQ(Deliveries(), Strings{"r:ambiguous"});
  EXPECT_EQ(sender_.sent.size(), 1u);
  At("2026-11-23T07:00:00Z");
  EXPECT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

}  // namespace
}  // namespace recado::dispatch
