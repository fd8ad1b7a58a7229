#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

constexpr int64_t kHour = 3'600'000;
using FlowTest = DispatchTest;

TEST_F(FlowTest, EventBecomesOneMessage) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(sender_.Texts(), Strings{"+4915112345678 Hi Ana"});
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  EXPECT_EQ(Only().reference, "ref");
  EXPECT_EQ(Only().key, plan::IntentKey("r", "deal", "D-1", "e1", "sms"));
}

TEST_F(FlowTest, OtherStagesAndDraftsSendNothing) {
  PutRule("r");
  Post(Event("e1", "D-1", "won"));
  EXPECT_TRUE(sender_.sent.empty());
  EXPECT_TRUE(Deliveries().empty());
}

TEST_F(FlowTest, SameEventAgainDoesNothing) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  const auto again = Ingest({Event("e1", "D-1", "paid")});
  engine_->Settle(now_);
  EXPECT_EQ(again->duplicates, 1u);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, MemberOrderDoesNotMakeAnotherEvent) {
  Json reversed = Json::object();
  const Json event = Event("e1", "D-1", "paid");
  for (auto member = event.rbegin(); member != event.rend(); ++member) reversed[member.key()] = *member;
  EXPECT_EQ(Ingest({event})->accepted, 1u);
  EXPECT_EQ(Ingest({reversed})->duplicates, 1u);
}

TEST_F(FlowTest, SameIdWithAnotherValueIsRefusedWithItsPlace) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  const auto refused = Ingest({Event("e2", "D-2", "paid"), Event("e1", "D-1", "won")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().index, 1u);
  EXPECT_EQ(CodeName(refused.error().diagnostics.front().code), "event_conflict");
  engine_->Settle(now_);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, MalformedEventsNameTheirPlace) {
  const auto refused = Ingest({Event("e2", "D-2", "paid"), Json{{"id", 7}}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().index, 1u);
  EXPECT_TRUE(store_->UnplannedEvents(0, 9)->empty());
}

TEST_F(FlowTest, DelayedRuleRunsAtItsTimeAndNotBefore) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), Strings{"r:scheduled"});
  EXPECT_EQ(engine_->NextWakeup()->ms, now_.ms + kHour);
  Advance(kHour - 1);
  EXPECT_TRUE(sender_.sent.empty());
  Advance(1);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, ScheduledMessageSurvivesARestart) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  Crash();
  EXPECT_TRUE(sender_.sent.empty());
  Advance(kHour);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, LeavingTheStageCancelsWhatWaits) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  Advance(1'000);
  Post(Event("e2", "D-1", "won", "paid"));
  Advance(2 * kHour);
  EXPECT_TRUE(sender_.sent.empty());
  EXPECT_EQ(Deliveries(), Strings{"r:cancelled/stage_left"});
}

TEST_F(FlowTest, LeavingInTheSameBatchCancelsToo) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  ASSERT_TRUE(Ingest({Event("e1", "D-1", "paid"), Event("e2", "D-1", "won", "paid")}).ok());
  engine_->Settle(now_);
  EXPECT_EQ(Deliveries(), Strings{"r:cancelled/stage_left"});
}

TEST_F(FlowTest, LeavingInTheSameBatchDoesNotCancelWhatWasDueAtOnce) {
  PutRule("r");
  ASSERT_TRUE(Ingest({Event("e1", "D-1", "paid"), Event("e2", "D-1", "won", "paid")}).ok());
  engine_->Settle(now_);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
}

TEST_F(FlowTest, LeavingAnotherItemsStageChangesNothing) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  Post(Event("e2", "D-2", "won"));
  Advance(kHour);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, DeletedRecordStopsWhatHasNotRun) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  Post(Json{{"id", "e2"},
            {"type", "record_deleted"},
            {"at", FormatInstant(now_)},
            {"entity", "deal"},
            {"entity_id", "D-1"}});
  Advance(kHour);
  EXPECT_EQ(Deliveries(), Strings{"r:cancelled/record_deleted"});
}

TEST_F(FlowTest, NewerSnapshotIsWhatIsSent) {
  PutRule("r", "Hi {{ contact.first_name }}", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  Advance(1'000);
  Post(Json{{"id", "e2"},
            {"type", "record_updated"},
            {"at", FormatInstant(now_)},
            {"entity", "deal"},
            {"entity_id", "D-1"},
            {"snapshot", SnapshotOf("D-1", "paid", "Eva")}});
  Advance(kHour);
  EXPECT_EQ(sender_.Texts(), Strings{"+4915112345678 Hi Eva"});
}

TEST_F(FlowTest, UpdateMovesTheDueTime) {
  PutRule("r", "Hi", R"(,"timing":{"run":"before","delay":"P1D","field":"deal.close_date"})");
  const auto with_date = [&](const char* id, const char* type, const char* date) {
    Json event = Event(id, "D-1", "paid");
    event["type"] = type;
    event["snapshot"]["deal"]["close_date"] = date;
    return event;
  };
  Post(with_date("e1", "stage_changed", "2030-01-10"));
  EXPECT_EQ(FormatInstant(Only().due), "2030-01-09T00:00:00Z");
  Post(with_date("e2", "record_updated", "2030-02-10"));
  EXPECT_EQ(FormatInstant(Only().due), "2030-02-09T00:00:00Z");
  EXPECT_EQ(Only().next_at, Only().due);
}

TEST_F(FlowTest, UpdateThatMovesTheDueTimeForwardsWakesTheEngineForIt) {
  PutRule("r", "Hi", R"(,"timing":{"run":"before","delay":"P1D","field":"deal.close_date"})");
  const auto closing = [&](const char* id, const char* type, const char* date) {
    Json event = Event(id, "D-1", "paid");
    event["type"] = type;
    event["snapshot"]["deal"]["close_date"] = date;
    return event;
  };
  Post(closing("e1", "stage_changed", "2030-01-10"));
  Post(closing("e2", "record_updated", "2029-01-10"));
  EXPECT_EQ(FormatInstant(*engine_->NextWakeup()), "2029-01-09T00:00:00Z");
  Post(closing("e3", "record_updated", "2020-01-01"));
  EXPECT_EQ(sender_.sent.size(), 1u) << "a moment already past runs at once";
}

TEST_F(FlowTest, PinnedRevisionRunsAlthoughTheRuleHasChanged) {
  PutRule("r", "old", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  PutRule("r", "new", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Advance(kHour);
  EXPECT_EQ(sender_.Texts(), Strings{"+4915112345678 old"});
}

TEST_F(FlowTest, RuleSwitchedOffMeanwhileSendsNothing) {
  PutRule("r", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  Post(Event("e1", "D-1", "paid"));
  PutRule("r", "Hi", R"(,"enabled":false)");
  Advance(kHour);
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/rule_disabled"});
}

TEST_F(FlowTest, DisabledRuleLeavesTheReason) {
  PutRule("r", "Hi", R"(,"enabled":false)");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/rule_disabled"});
}

TEST_F(FlowTest, EventWithoutSnapshotTakesItFromTheDirectory) {
  PutRule("r");
  ASSERT_TRUE(Await<store::Record>([&](auto done) {
                directory_->Put("deal", "D-1", SnapshotOf("D-1", "paid", "Dora"), {}, now_, done);
              }).ok());
  Json event = Event("e1", "D-1", "paid");
  event.erase("snapshot");
  Post(event);
  EXPECT_EQ(sender_.Texts(), Strings{"+4915112345678 Hi Dora"});
}

TEST_F(FlowTest, EventWithoutAnySnapshotHasNoClient) {
  PutRule("r");
  Json event = Event("e1", "D-1", "paid");
  event.erase("snapshot");
  Post(event);
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/no_client"});
}

TEST_F(FlowTest, R201_MoveByHandInTheDirectoryFiresTheRule) {
  PutRule("r");
  Await<store::Record>([&](auto done) {
    directory_->Put("deal", "D-1", SnapshotOf("D-1", "new"), {}, now_, done);
  }).ok();
  EXPECT_TRUE(sender_.sent.empty());
  const auto moved =
      Await<store::Record>([&](auto done) { directory_->Move("deal", "D-1", "paid", {}, {}, now_, done); });
  ASSERT_TRUE(moved.ok());
  EXPECT_EQ(moved->stage, "paid");
  engine_->Settle(now_);
  EXPECT_EQ(sender_.sent.size(), 1u);
  EXPECT_EQ(store::CodeOf(Await<store::Record>(
                [&](auto done) { directory_->Move("deal", "D-9", "paid", {}, {}, now_, done); })),
            "not_found");
}

TEST_F(FlowTest, SuppressedAddressIsNeverUsed) {
  PutRule("r");
  Await<store::Unit>([&](auto done) {
    store_->PutSuppression({.channel = "sms", .address = "+4915112345678"}, done);
  }).ok();
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/suppressed"});
  EXPECT_TRUE(sender_.sent.empty());
}

TEST_F(FlowTest, MissingProviderIsTheReason) {
  PutRule("r");
  Await<store::Unit>([&](auto done) { store_->DeleteProvider("sms-main", {}, "", now_, done); }).ok();
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), Strings{"r:skipped/no_provider"});
}

TEST_F(FlowTest, QuietHoursMoveTheDueTime) {
  PutWorkspace(R"({"name":"Shop","default_region":"DE","language":"en","time_zone":"UTC","currency":"EUR",
                   "quiet_hours":{"from":"00:00","to":"23:59"}})");
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_TRUE(sender_.sent.empty());
  EXPECT_EQ(Deliveries(), Strings{"r:scheduled"});
  const Instant due = Only().due;
  EXPECT_NE(FormatInstant(due).find("T23:59:00Z"), std::string::npos);
  Advance(due.ms - now_.ms);
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(FlowTest, WaitForPreviousWaitsForTheAnswerToTheOneBefore) {
  PutRule("a", "first", R"(,"position":1)");
  PutRule("b", "second", R"(,"position":2,"timing":{"run":"immediately","wait_for_previous":true})");
  retry_.first_ms = 1'000;
  sender_.script = {Says(Outcome::Kind::kRetry)};
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), (Strings{"a:due", "b:due"}));
  EXPECT_EQ(sender_.sent.size(), 1u);
  Advance(60'000);
  EXPECT_EQ(Deliveries(), (Strings{"a:accepted", "b:accepted"}));
  EXPECT_EQ(sender_.sent.back().message.message.text, "second");
}

TEST_F(FlowTest, WaitForPreviousGoesOnWhenTheOneBeforeIsSkipped) {
  PutRule("a", "{% if false %}x{% endif %}", R"(,"position":1,"timing":{"run":"after","delay":"PT1H"})");
  PutRule("b", "second", R"(,"position":2,"timing":{"run":"immediately","wait_for_previous":true})");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(Deliveries(), (Strings{"a:scheduled", "b:due"}));
  Advance(kHour);
  EXPECT_EQ(Deliveries(), (Strings{"a:skipped/text_empty", "b:accepted"}));
}

TEST_F(FlowTest, ManyEventsOfManyItemsAllArriveOnce) {
  PutRule("r");
  std::vector<Json> events;
  for (int i = 0; i < 3'000; ++i) {
    Json event = Event("e" + std::to_string(i), "D-" + std::to_string(i), "paid");
    event["snapshot"]["contacts"][0]["id"] = "C-" + std::to_string(i % 97);
    events.push_back(std::move(event));
  }
  ASSERT_TRUE(Ingest(std::move(events)).ok());
  engine_->Settle(now_);
  EXPECT_EQ(sender_.sent.size(), 3'000u);
  EXPECT_EQ(store_->CountDeliveries()->at(Status::kAccepted), 3'000);
  EXPECT_EQ(engine_->stats().window, 0u);
}

}  // namespace
}  // namespace recado::dispatch
