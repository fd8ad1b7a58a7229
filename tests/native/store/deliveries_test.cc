#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

class DeliveriesTest : public StoreTest {
 protected:
  DeliveriesTest() { Ingest({EventOf("e"), EventOf("f")}).ok(); }

  int64_t Add(Delivery delivery) { return Plan({.deliveries = {std::move(delivery)}})->front(); }
  bool Set(int64_t seq, std::vector<Status> expected, Status status) {
    return Change({{.seq = seq, .expected = std::move(expected), .status = status}})->front();
  }
  Status StatusOf(const std::string& name) { return store_->FindDelivery(Sha256Hex(name))->status; }
  std::vector<std::string> DueNames(const std::vector<std::string>& names, int64_t at_ms) {
    std::vector<std::string> due;
    const auto found = store_->DueDeliveries(Instant{kNow.ms + at_ms}, 100);
    for (const Delivery& d : *found) {
      for (const std::string& name : names) {
        if (Sha256Hex(name) == d.key) due.push_back(name);
      }
    }
    return due;
  }
};

TEST_F(DeliveriesTest, SameKeyNeverBecomesTwo) {
  EXPECT_EQ(Add(DeliveryOf("a")), 1);
  EXPECT_EQ(Add(DeliveryOf("a")), 0);
  EXPECT_EQ(store_->ListDeliveries({})->size(), 1u);
}

TEST_F(DeliveriesTest, DueComeByTimeThenByAge) {
  for (const auto& [name, due] : {std::pair{"late", 50}, {"early", 10}, {"early2", 10}, {"never", 900}}) {
    Add(DeliveryOf(name, due));
  }
  EXPECT_EQ(DueNames({"late", "early", "early2", "never"}, 100),
            (std::vector<std::string>{"early", "early2", "late"}));
  EXPECT_EQ(store_->NextDueAt(kNow)->value().ms, kNow.ms + 10);
}

TEST_F(DeliveriesTest, ChangeAppliesOnlyInTheExpectedState) {
  const int64_t seq = Add(DeliveryOf("a"));
  EXPECT_TRUE(Set(seq, {Status::kScheduled, Status::kDue}, Status::kCancelled));
  EXPECT_FALSE(Set(seq, {Status::kScheduled, Status::kDue}, Status::kInFlight));
  EXPECT_EQ(StatusOf("a"), Status::kCancelled);
}

TEST_F(DeliveriesTest, ChangeOfNothingIsNotApplied) {
  EXPECT_FALSE(Set(77, {Status::kDue}, Status::kFailed));
}

TEST_F(DeliveriesTest, EveryMemberOfAChangeArrives) {
  const int64_t seq = Add(DeliveryOf("a"));
  DeliveryChange change{.seq = seq, .expected = {Status::kScheduled}, .status = Status::kDue};
  change.due = Instant{kNow.ms + 5};
  change.set_next_at = true;
  change.next_at = Instant{kNow.ms + 7};
  change.customer = "c";
  change.provider = "p";
  change.reference = "SM1";
  change.reason = "why";
  change.reason_json = "{}";
  change.message = "{}";
  change.count_attempt = true;
  change.entries = {
      {.at = kNow, .what = "attempt", .text = "503", .attempt = 1, .outcome = "retry", .code = 503}};
  ASSERT_TRUE(Change({change})->front());
  const auto d = store_->FindDelivery(Sha256Hex("a"));
  ASSERT_TRUE(d.ok());
  EXPECT_EQ(d->status, Status::kDue);
  EXPECT_EQ(d->due.ms, kNow.ms + 5);
  EXPECT_EQ(d->next_at->ms, kNow.ms + 7);
  EXPECT_EQ(d->customer + d->provider + d->reference + d->reason, "cpSM1why");
  EXPECT_EQ(d->attempts, 1);
  ASSERT_EQ(d->history.size(), 1u);
  EXPECT_EQ(d->history[0].text, "503");
  EXPECT_EQ(d->history[0].code, 503);
}

TEST_F(DeliveriesTest, HistoryGrowsAndNewRoundCountsFromZero) {
  const int64_t seq = Add(DeliveryOf("a"));
  for (int i = 0; i < 3; ++i) {
    Change(
        {{.seq = seq, .expected = {Status::kScheduled}, .count_attempt = true, .entries = {{.what = "x"}}}})
        .ok();
  }
  Change({{.seq = seq, .expected = {Status::kScheduled}, .new_round = true}}).ok();
  const auto d = store_->FindDelivery(Sha256Hex("a"));
  EXPECT_EQ(d->attempts, 3);
  EXPECT_EQ(d->round_attempts, 0);
  EXPECT_EQ(d->history.size(), 3u);
}

Exit Leaves(const std::string& stage, int64_t at_ms) {
  return Exit{.entity = "deal",
              .entity_id = "D-1",
              .stays_pipeline = "sales",
              .stays_stage = stage,
              .at = Instant{kNow.ms + at_ms},
              .reason = "stage_left"};
}

TEST_F(DeliveriesTest, LeavingTheStageCancelsWhatIsStillToCome) {
  Add(DeliveryOf("a", 1'000));
  Plan({.exits = {Leaves("packed", 500)}}).ok();
  EXPECT_EQ(StatusOf("a"), Status::kCancelled);
  EXPECT_EQ(store_->FindDelivery(Sha256Hex("a"))->reason, "stage_left");
  EXPECT_EQ(DueNames({"a"}, 5'000), std::vector<std::string>{});
}

TEST_F(DeliveriesTest, LeavingLeavesAloneWhatIsDueAndUntouchedOrOfTheNewStage) {
  Add(DeliveryOf("due", 100));
  Plan({.exits = {Leaves("packed", 500), Leaves("paid", 0)}}).ok();
  EXPECT_EQ(StatusOf("due"), Status::kScheduled);
}

TEST_F(DeliveriesTest, LeavingCancelsWhatHasBeenHindered) {
  const int64_t tried = Add(DeliveryOf("tried", 100));
  const int64_t held = Add(DeliveryOf("held", 100));
  Change({{.seq = tried, .expected = {Status::kScheduled}, .status = Status::kDue, .count_attempt = true},
          {.seq = held, .expected = {Status::kScheduled}, .status = Status::kDue, .held = "provider"}})
      .ok();
  Plan({.exits = {Leaves("packed", 500)}}).ok();
  EXPECT_EQ(StatusOf("tried"), Status::kCancelled);
  EXPECT_EQ(StatusOf("held"), Status::kCancelled);
}

TEST_F(DeliveriesTest, DeletionCancelsEverythingNotRunButNothingInFlight) {
  Add(DeliveryOf("due", 0));
  const int64_t flying = Add(DeliveryOf("flying", 0));
  Set(flying, {Status::kScheduled}, Status::kInFlight);
  Exit exit = Leaves("", 500);
  exit.everything = true;
  Plan({.exits = {exit}}).ok();
  EXPECT_EQ(StatusOf("due"), Status::kCancelled);
  EXPECT_EQ(StatusOf("flying"), Status::kInFlight);
}

TEST_F(DeliveriesTest, WaitingRuleIsReleasedWhenTheOneBeforeEnds) {
  Delivery first = DeliveryOf("first");
  Delivery second = DeliveryOf("second");
  first.event_seq = second.event_seq = 1;
  second.position = 10;
  const int64_t a = Add(first);
  const int64_t b = Add(second);
  EXPECT_TRUE(*store_->PreviousOpen(1, 10));
  EXPECT_FALSE(*store_->PreviousOpen(1, 0));
  EXPECT_FALSE(*store_->PreviousOpen(2, 10));
  Change({{.seq = b,
           .expected = {Status::kScheduled},
           .status = Status::kDue,
           .set_next_at = true,
           .held = "previous"}})
      .ok();
  EXPECT_EQ(DueNames({"second"}, 0), std::vector<std::string>{});
  Change({{.seq = a,
           .expected = {Status::kScheduled},
           .status = Status::kAccepted,
           .set_next_at = true,
           .release_waiting = true}})
      .ok();
  EXPECT_EQ(DueNames({"second"}, 0), std::vector<std::string>{"second"});
  EXPECT_FALSE(*store_->PreviousOpen(1, 10));
}

TEST_F(DeliveriesTest, WaitIsNotWrittenWhereTheOneBeforeHasEndedMeanwhile) {
  Delivery second = DeliveryOf("second");
  second.event_seq = 1;
  second.position = 10;
  DeliveryChange wait{.seq = Add(second), .expected = {Status::kScheduled}, .held = "previous"};
  wait.guard = DeliveryChange::Guard::kPreviousOpen;
  EXPECT_FALSE(Change({wait})->front());
  Delivery first = DeliveryOf("first");
  first.event_seq = 1;
  Add(first);
  EXPECT_TRUE(Change({wait})->front());
}

TEST_F(DeliveriesTest, AmbiguousOneHoldsOthersOnlyUntilItsDeadline) {
  Delivery first = DeliveryOf("first");
  first.event_seq = 1;
  const int64_t seq = Add(first);
  Set(seq, {Status::kScheduled}, Status::kAmbiguous);
  EXPECT_TRUE(*store_->PreviousOpen(1, 10));
  Change({{.seq = seq, .expected = {Status::kAmbiguous}, .set_next_at = true}}).ok();
  EXPECT_FALSE(*store_->PreviousOpen(1, 10));
}

TEST_F(DeliveriesTest, RetryAheadIsThatOfTheSameCustomerAndChannelAndOlder) {
  const int64_t seq = Add(DeliveryOf("a"));
  const Instant later{kNow.ms + 9'000};
  Change({{.seq = seq,
           .expected = {Status::kScheduled},
           .status = Status::kDue,
           .set_next_at = true,
           .next_at = later,
           .retrying = true}})
      .ok();
  EXPECT_EQ(*store_->RetryAhead("contact:C-1", "sms", 2), later);
  EXPECT_EQ(*store_->RetryAhead("contact:C-1", "sms", 1), std::nullopt);
  EXPECT_EQ(*store_->RetryAhead("contact:C-1", "email", 2), std::nullopt);
  EXPECT_EQ(*store_->RetryAhead("contact:C-2", "sms", 2), std::nullopt);
  EXPECT_TRUE(*store_->AnyRetrying());
}

TEST_F(DeliveriesTest, ResumePutsBackWhatWasHeldForThatProvider) {
  const int64_t a = Add(DeliveryOf("a"));
  const int64_t b = Add(DeliveryOf("b"));
  DeliveryChange guarded{.seq = a, .expected = {Status::kScheduled}, .held = "provider", .provider = "p"};
  guarded.guard = DeliveryChange::Guard::kPaused;
  EXPECT_FALSE(Change({guarded})->front()) << "nothing is paused yet";
  for (const auto& [seq, provider] : {std::pair{a, "p"}, {b, "q"}}) {
    Change({{.seq = seq,
             .expected = {Status::kScheduled},
             .status = Status::kDue,
             .set_next_at = true,
             .held = "provider",
             .provider = provider}})
        .ok();
  }
  const auto pause = [&](bool on) {
    return Await<Unit>([&](auto done) { store_->SetPaused("p", on, "eva", kNow, done); });
  };
  pause(true).ok();
  Reopen();
  EXPECT_EQ(*store_->PausedProviders(), std::vector<std::string>{"p"});
  EXPECT_EQ(DueNames({"a", "b"}, 0), std::vector<std::string>{});
  pause(false).ok();
  EXPECT_EQ(DueNames({"a", "b"}, 0), std::vector<std::string>{"a"});
  EXPECT_TRUE(store_->PausedProviders()->empty());
}

TEST_F(DeliveriesTest, ListIsNewestFirstFilteredAndPaged) {
  for (int i = 0; i < 5; ++i) {
    Delivery d = DeliveryOf(std::to_string(i));
    d.rule_id = i % 2 == 0 ? "even" : "odd";
    d.entity_id = i == 4 ? "D-4" : "D-1";
    if (i == 3) d.status = Status::kSkipped;
    Add(d);
  }
  const auto seqs = [&](DeliveryFilter filter) {
    std::vector<int64_t> list;
    const auto found = store_->ListDeliveries(filter);
    for (const Delivery& d : *found) list.push_back(d.seq);
    return list;
  };
  EXPECT_EQ(seqs({}), (std::vector<int64_t>{5, 4, 3, 2, 1}));
  EXPECT_EQ(seqs({.before_seq = 4, .limit = 2}), (std::vector<int64_t>{3, 2}));
  EXPECT_EQ(seqs({.rule_id = "odd"}), (std::vector<int64_t>{4, 2}));
  EXPECT_EQ(seqs({.status = Status::kSkipped}), (std::vector<int64_t>{4}));
  EXPECT_EQ(seqs({.entity_id = "D-4"}), (std::vector<int64_t>{5}));
  EXPECT_EQ(seqs({.rule_id = "odd", .entity_id = "D-4"}), (std::vector<int64_t>{}));
  EXPECT_EQ(store_->CountDeliveries()->at(Status::kScheduled), 4);
}

TEST_F(DeliveriesTest, UnknownKeysAreNotFound) {
  EXPECT_EQ(CodeOf(store_->FindDelivery(Sha256Hex("x"))), "not_found");
  EXPECT_EQ(CodeOf(store_->FindDelivery("not hex")), "not_found");
  EXPECT_EQ(CodeOf(store_->FindDelivery("")), "not_found");
}

TEST_F(DeliveriesTest, TimelineHoldsEventsAndHistoriesInTimeOrder) {
  Ingest({[] {
    NewEvent event = EventOf("s", R"({"type":"stage_changed","to":"paid"})");
    event.entity_id = "D-1";
    return event;
  }()})
      .ok();
  Delivery d = DeliveryOf("a");
  d.history = {{.at = Instant{kNow.ms + 1}, .what = "scheduled"}};
  Add(d);
  const auto timeline = store_->Timeline("deal", "D-1", 50);
  ASSERT_EQ(timeline->size(), 2u);
  EXPECT_EQ((*timeline)[0].what + " " + (*timeline)[0].text, "stage_changed paid");
  EXPECT_EQ((*timeline)[1].what, "scheduled");
  EXPECT_TRUE(store_->Timeline("lead", "D-1", 50)->empty());
}

}  // namespace
}  // namespace recado::store
