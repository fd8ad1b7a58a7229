// Plans beside one another: the next events are planned while the plan before them is being written.
#include <condition_variable>
#include <mutex>

#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

// The writer stands still, as on a slow disk, from Hold until Release.
class StandingWriter {
 public:
  explicit StandingWriter(store::Store& store) : store_(store) {
    subscription_ = store.Subscribe([this](auto) {
      std::unique_lock lock(mutex_);
      standing_ = held_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !held_; });
    });
  }
  ~StandingWriter() {
    Release();
    store_.Unsubscribe(subscription_);
  }
  void Hold(Instant now) {
    std::unique_lock lock(mutex_);
    held_ = true;
    // Any write that is told of and makes nothing due.
    store_.PutProvider({.id = "unused",
                        .kind = "sandbox",
                        .settings = "{}",
                        .secrets = {},
                        .if_match = {},
                        .by = "",
                        .now = now},
                       [](auto) {});
    changed_.wait(lock, [this] { return standing_; });
  }
  void Release() {
    const std::lock_guard lock(mutex_);
    held_ = standing_ = false;
    changed_.notify_all();
  }

 private:
  store::Store& store_;
  int subscription_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  bool standing_ = false;
};

class PlansTest : public DispatchTest {
 protected:
  PlansTest() {
    options_.plan_batch = 1;
    engine_.reset();
    Start();
  }
  // An event of this item and this customer.
  Json EventOf(const std::string& item, const std::string& name, const std::string& to = "paid") {
    Json event = Event("e" + std::to_string(++events_), item, to);
    event["snapshot"] = SnapshotOf(item, to, name);
    return event;
  }
  // Two events, each planned in a turn of its own, while nothing can be written. Between the turns `ms` pass.
  void PlanBoth(Json first, Json second, int64_t ms = 0) {
    engine_->Settle(now_);  // the rules are known, nothing is due
    ASSERT_TRUE(Ingest({std::move(first), std::move(second)}).ok());
    StandingWriter writer(*store_);
    writer.Hold(now_);
    engine_->Tick(now_);
    now_.ms += ms;
    engine_->Tick(now_);
    engine_->Tick(now_);  // and none that could be a third
    writer.Release();
    Flush();
    engine_->Tick(now_);
    planned_at_once_ = engine_->stats().planned_events;
    engine_->Settle(now_);
  }

  int events_ = 0;
  int64_t planned_at_once_ = 0;
};

TEST_F(PlansTest, EventsOfOtherItemsArePlannedWhileAPlanIsWritten) {
  PutRule("r");
  PlanBoth(EventOf("D-1", "Ana"), EventOf("D-2", "Bo"));
  EXPECT_EQ(planned_at_once_, 2);
  EXPECT_EQ(sender_.Texts(), (Strings{"+4915112345678 Hi Ana", "+4915112345678 Hi Bo"}));
}

TEST_F(PlansTest, AnEventOfTheSameItemWaitsAndSeesWhatThePlanBeforeHasDone) {
  PutRule("later", "Hi", R"(,"timing":{"run":"after","delay":"PT1H"})");
  PlanBoth(EventOf("D-1", "Ana"), EventOf("D-1", "Ana", "lost"));
  EXPECT_EQ(planned_at_once_, 1);
  EXPECT_EQ(Deliveries(), Strings{"later:cancelled/stage_left"});
}

TEST_F(PlansTest, TheSecondMessageOfACustomerIsSentBehindTheFirst) {
  PutRule("r", "{{ deal.id }}");
  sender_.hold = true;
  PlanBoth(EventOf("D-1", "Ana"), EventOf("D-2", "Ana"));
  EXPECT_EQ(planned_at_once_, 2);
  ASSERT_EQ(sender_.Texts(), Strings{"+4915112345678 D-1"});
  sender_.AnswerFirst(Says(Outcome::Kind::kAccepted));
  engine_->Settle(now_);
  EXPECT_EQ(sender_.Texts(), (Strings{"+4915112345678 D-1", "+4915112345678 D-2"}));
}

TEST_F(PlansTest, WhatFallsDueWhileItIsBeingWrittenComesBeforeWhatIsPlannedThen) {
  PutRule("later", "later", R"(,"timing":{"run":"after","delay":"PT1M"})");
  PutRule("now", "now", "", "lost");
  Json second = EventOf("D-2", "Ana", "lost");
  second["at"] = FormatInstant(Instant{now_.ms + 90'000});
  PlanBoth(EventOf("D-1", "Ana"), std::move(second), 90'000);
  EXPECT_EQ(planned_at_once_, 2);
  EXPECT_EQ(sender_.Texts(), (Strings{"+4915112345678 later", "+4915112345678 now"}));
}

}  // namespace
}  // namespace recado::dispatch
