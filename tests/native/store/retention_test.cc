// What retention erases, what it comes back for, and that it reads forward.
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

constexpr int64_t kDay = 86'400'000;

class RetentionTest : public StoreTest {
 protected:
  int64_t Add(const std::string& name, Status status, const std::string& message, int64_t days_ago) {
    Delivery d = DeliveryOf(name);
    d.status = status;
    d.message = message;
    d.address = "+4915112345678";
    d.created_at = Instant{kNow.ms - days_ago * kDay};
    return Plan({.deliveries = {d}})->front();
  }
  // As many days from now on, what is older than thirty days is erased.
  size_t Sweep(int64_t days = 0, size_t limit = 100) {
    const auto erased = store_->EraseContent(Instant{kNow.ms + (days - 30) * kDay}, limit);
    EXPECT_TRUE(erased.ok()) << Dump(erased.error());
    return erased.ValueOr(0);
  }
  std::string MessageOf(const std::string& name) { return store_->FindDelivery(Sha256Hex(name))->message; }
  bool HasSnapshot(int64_t seq) { return store_->FindEvent(seq)->json.find("snapshot") != std::string::npos; }
};

TEST_F(RetentionTest, WhatHasEndedIsErasedOnceAndItsAddressIsAFingerprint) {
  Add("old", Status::kAccepted, "{}", 40);
  Add("new", Status::kAccepted, "{}", 10);
  EXPECT_EQ(Sweep(), 1u);
  EXPECT_EQ(MessageOf("old"), "");
  EXPECT_EQ(MessageOf("new"), "{}");
  EXPECT_EQ(store_->FindDelivery(Sha256Hex("old"))->address, store_->Fingerprint("+4915112345678"));
  EXPECT_EQ(Sweep(), 0u);
  EXPECT_EQ(Sweep(25), 1u);
  EXPECT_EQ(Sweep(25), 0u);
}

TEST_F(RetentionTest, WhatHadNotEndedIsComeBackFor) {
  const int64_t doubtful = Add("doubtful", Status::kAmbiguous, "{}", 40);
  const int64_t waiting = Add("waiting", Status::kScheduled, "", 40);
  EXPECT_EQ(Sweep(), 0u);
  EXPECT_EQ(Sweep(), 0u);
  Change({{.seq = doubtful, .expected = {Status::kAmbiguous}, .status = Status::kFailed},
          {.seq = waiting, .expected = {Status::kScheduled}, .status = Status::kAccepted, .message = "{}"}})
      .ok();
  EXPECT_EQ(Sweep(), 0u) << "they have changed just now";
  EXPECT_EQ(Sweep(31), 2u);
  EXPECT_EQ(MessageOf("doubtful") + MessageOf("waiting"), "");
  EXPECT_EQ(Sweep(31), 0u);
}

TEST_F(RetentionTest, ManyOfOneMomentAreErasedPortionByPortion) {
  for (int i = 0; i < 25; ++i) Add(std::to_string(i), Status::kDelivered, "{}", 40);
  size_t all = 0;
  for (int turn = 0; turn < 10; ++turn) all += Sweep(0, 4);
  EXPECT_EQ(all, 25u);
}

TEST_F(RetentionTest, ADeliveryMadeBehindTheLastSweepIsErasedToo) {
  Add("a", Status::kAccepted, "{}", 40);
  EXPECT_EQ(Sweep(), 1u);
  Add("b", Status::kAccepted, "{}", 50);  // a clock that was set back
  EXPECT_EQ(Sweep(), 1u);
  EXPECT_EQ(MessageOf("b"), "");
}

TEST_F(RetentionTest, SnapshotsGoWhenSomethingNewerHasCome) {
  const std::string body = R"({"snapshot":{"deal":{"id":"D-1"}}})";
  NewEvent first = EventOf("1", body);
  NewEvent second = EventOf("2", body);
  first.entity_id = second.entity_id = "D-1";
  Ingest({first, second}).ok();
  const Item item{.entity = "deal", .entity_id = "D-1", .pipeline = "p", .stage = "s", .snapshot_seq = 2};
  Plan({.through_seq = 2, .items = {item}}).ok();
  EXPECT_EQ(Sweep(), 0u) << "too young";
  EXPECT_EQ(Sweep(31), 1u);
  EXPECT_FALSE(HasSnapshot(1));
  EXPECT_TRUE(HasSnapshot(2));
  EXPECT_EQ(Sweep(31), 0u);
  Item gone = item;
  gone.deleted = true;
  Plan({.through_seq = 2, .items = {gone}}).ok();
  EXPECT_EQ(Sweep(31), 1u);
  EXPECT_FALSE(HasSnapshot(2));
  EXPECT_EQ(Sweep(31), 0u);
}

}  // namespace
}  // namespace recado::store
