#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

using EventsTest = StoreTest;

TEST_F(EventsTest, NewEventsAreAcceptedInOrder) {
  const auto outcome = Ingest({EventOf("a"), EventOf("b")});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->accepted, 2u);
  EXPECT_EQ(outcome->seqs, (std::vector<int64_t>{1, 2}));
  const auto events = store_->UnplannedEvents(0, 10);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ(store_->FindEvent((*events)[1])->id, "b");
}

TEST_F(EventsTest, SameValueAgainIsADuplicateAndDoesNothing) {
  Ingest({EventOf("a")}).ok();
  const auto outcome = Ingest({EventOf("a"), EventOf("b"), EventOf("b")});
  EXPECT_EQ(outcome->accepted, 1u);
  EXPECT_EQ(outcome->duplicates, 2u);
  EXPECT_FALSE(outcome->conflict);
  EXPECT_EQ(outcome->seqs, (std::vector<int64_t>{0, 2, 0}));
}

TEST_F(EventsTest, AnotherValueIsAConflictAndNothingOfTheBatchIsKept) {
  Ingest({EventOf("a")}).ok();
  const auto outcome = Ingest({EventOf("b"), EventOf("a", R"({"x":1})"), EventOf("c")});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->conflict, 1u);
  EXPECT_EQ(outcome->accepted, 0u);
  EXPECT_EQ(store_->UnplannedEvents(0, 10)->size(), 1u);
}

TEST_F(EventsTest, ConflictWithinOneBatchIsFound) {
  EXPECT_EQ(Ingest({EventOf("a"), EventOf("a", "[1]")})->conflict, 1u);
  EXPECT_TRUE(store_->UnplannedEvents(0, 10)->empty());
}

TEST_F(EventsTest, ConflictOfOneCallerLeavesTheOthersOfTheSameCommitAlone) {
  Ingest({EventOf("a")}).ok();
  std::promise<Result<IngestOutcome>> promises[3];
  const std::vector<NewEvent> batches[] = {{EventOf("b")}, {EventOf("a", "[]")}, {EventOf("c")}};
  for (size_t i = 0; i < 3; ++i) {
    store_->Ingest(batches[i], kNow, [&, i](auto outcome) { promises[i].set_value(std::move(outcome)); });
  }
  EXPECT_EQ(promises[0].get_future().get()->accepted, 1u);
  EXPECT_EQ(promises[1].get_future().get()->conflict, 0u);
  EXPECT_EQ(promises[2].get_future().get()->accepted, 1u);
}

TEST_F(EventsTest, PlannedEventsDoNotComeBackAfterARestart) {
  Ingest({EventOf("a"), EventOf("b"), EventOf("c")}).ok();
  ASSERT_TRUE(Plan({.through_seq = 2}).ok());
  Reopen();
  const auto events = store_->UnplannedEvents(0, 10);
  ASSERT_EQ(events->size(), 1u);
  EXPECT_EQ(store_->FindEvent(events->front())->id, "c");
}

TEST_F(EventsTest, APlanIsNotWrittenBeforeTheOneItWasMadeBehind) {
  ASSERT_TRUE(Ingest({EventOf("a"), EventOf("b"), EventOf("c")}).ok());
  ASSERT_TRUE(Plan({.through_seq = 1}).ok());
  EXPECT_EQ(CodeOf(Plan({.through_seq = 3, .after_seq = 2, .deliveries = {DeliveryOf("lost")}})),
            "storage_unavailable");
  EXPECT_EQ(*store_->UnplannedEvents(0, 10), (std::vector<int64_t>{2, 3}));
  EXPECT_TRUE(store_->ListDeliveries({})->empty());
  ASSERT_TRUE(Plan({.through_seq = 2, .after_seq = 1}).ok());
  ASSERT_TRUE(Plan({.through_seq = 3, .after_seq = 2}).ok());
  EXPECT_TRUE(store_->UnplannedEvents(0, 10)->empty());
}

std::vector<std::string> IdsOf(const Result<EventPage>& page) {
  std::vector<std::string> ids;
  for (const Event& event : page->events) ids.push_back(event.id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST_F(EventsTest, AStretchOfThemIsReadInOrderOfArrival) {
  const auto at = [](int64_t minute) { return Instant{kNow.ms + minute * 60'000}; };
  EXPECT_TRUE(store_->PageOfEvents({})->events.empty());
  EXPECT_TRUE(store_->PageOfEvents({.from = at(0), .to = at(9)})->events.empty());
  for (int64_t minute = 0; minute < 5; ++minute) {
    ASSERT_TRUE(Await<IngestOutcome>([&](auto done) {
                  store_->Ingest(
                      {EventOf("a" + std::to_string(minute)), EventOf("b" + std::to_string(minute))},
                      at(minute), done);
                }).ok());
  }
  EXPECT_EQ(store_->PageOfEvents({})->events.size(), 10u);
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.from = at(4)})), (Ids{"a4", "b4"})) << "the first moment counts";
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.to = at(1)})), (Ids{"a0", "b0"})) << "the last one does not";
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.from = Instant{at(1).ms + 1}, .to = at(3)})), (Ids{"a2", "b2"}));
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.from = at(5)})), (Ids{}));
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.from = at(3), .to = at(1)})), (Ids{}))
      << "an empty stretch is no fault";
}

TEST_F(EventsTest, PagesOfThemHangTogether) {
  ASSERT_TRUE(Ingest({EventOf("a"), EventOf("b"), EventOf("c")}).ok());
  const auto first = store_->PageOfEvents({.limit = 2});
  EXPECT_EQ(IdsOf(first), (Ids{"a", "b"}));
  EXPECT_EQ(first->next, 2);
  const auto second = store_->PageOfEvents({.after_seq = first->next, .limit = 2});
  EXPECT_EQ(IdsOf(second), (Ids{"c"}));
  EXPECT_EQ(second->next, 0);
  EXPECT_EQ(store_->PageOfEvents({.limit = 3})->next, 0) << "full, and the last all the same";
}

TEST_F(EventsTest, APageOfLongEventsEndsSooner) {
  const std::string long_text = "\"" + std::string(kMaxEventPageBytes, 'x') + "\"";
  ASSERT_TRUE(Ingest({EventOf("a", long_text), EventOf("b")}).ok());
  const auto page = store_->PageOfEvents({});
  EXPECT_EQ(IdsOf(page), (Ids{"a"}));
  EXPECT_EQ(page->next, 1);
  EXPECT_EQ(IdsOf(store_->PageOfEvents({.after_seq = 1})), (Ids{"b"}));
}

TEST_F(EventsTest, NumbersGoOnAfterARestart) {
  Ingest({EventOf("a")}).ok();
  Reopen();
  EXPECT_EQ(Ingest({EventOf("b")})->seqs, (std::vector<int64_t>{2}));
}

TEST_F(EventsTest, ListenersHearOfNewEventsButNotOfDuplicates) {
  std::atomic<int> heard = 0;
  const int id = store_->Subscribe([&](std::span<const store::Change> news) {
    for (const auto& change : news) heard += change.kind == store::Change::Kind::kEvents ? 1 : 0;
  });
  Ingest({EventOf("a")}).ok();
  Ingest({EventOf("a")}).ok();
  Ingest({EventOf("a", "[]")}).ok();
  EXPECT_EQ(heard, 1);
  store_->Unsubscribe(id);
  Ingest({EventOf("b")}).ok();
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace recado::store
