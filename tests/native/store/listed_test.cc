// What the store knows by heart of the suppression list is never less than the list.
#include "native/store/listed.h"

#include "native/store/sqlite.h"
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

TEST(ListedAddresses, OnlyWhatWasAddedIsPerhapsListed) {
  ListedAddresses listed;
  EXPECT_FALSE(listed.MayHold("+1"));
  EXPECT_FALSE(listed.MayHold(""));
  listed.Add("+1");
  listed.Add("");
  EXPECT_TRUE(listed.MayHold("+1"));
  EXPECT_TRUE(listed.MayHold(""));
  EXPECT_FALSE(listed.MayHold("+10"));
  EXPECT_FALSE(listed.MayHold("+1 "));
}

TEST(ListedAddresses, NoneIsLostWhileItGrows) {
  ListedAddresses listed;
  constexpr int kMany = 50'000;
  for (int i = 0; i < kMany; ++i) listed.Add("+" + std::to_string(i));
  int perhaps = 0;
  for (int i = 0; i < kMany; ++i) {
    ASSERT_TRUE(listed.MayHold("+" + std::to_string(i))) << i;
    perhaps += listed.MayHold("-" + std::to_string(i)) ? 1 : 0;
  }
  EXPECT_LE(perhaps, 1);  // digests of 64 bits
}

TEST(ListedAddresses, OnlyAnErasedCustomerMakesFingerprintsAskedFor) {
  ListedAddresses listed;
  listed.Add("+1");
  EXPECT_FALSE(listed.AnyErased());
  listed.Add("fingerprint:00ff");
  EXPECT_TRUE(listed.AnyErased());
}

TEST(ListedAddresses, WhatCannotBeWatchedIsAlwaysAskedFor) {
  TempFolder folder;
  Result<Connection> db = Connection::Open(folder / "empty.db", Connection::Mode::kWrite);
  ASSERT_TRUE(db.ok());
  ListedAddresses listed;
  listed.Watch(*db);  // there is no such table
  EXPECT_TRUE(db->ok());
  EXPECT_TRUE(listed.MayHold("+1"));
}

class ListedTest : public StoreTest {
 protected:
  bool Listed(const std::string& address) {
    const auto found = store_->FindSuppression("sms", address);
    return !found.ok() || found->has_value();
  }
  void Put(const std::string& address) {
    const Suppression s{.channel = "", .address = address, .reason = "", .by = "eva", .created_at = kNow};
    ASSERT_TRUE(Await<Unit>([&](auto done) { store_->PutSuppression(s, done); }).ok());
  }
};

TEST_F(ListedTest, EveryRoadToTheListIsSeenAtOnceAndAfterANewStart) {
  EXPECT_FALSE(Listed("+1"));  // what is known by heart has been read by now
  Put("+1");
  const Suppression imported{
      .channel = "sms", .address = "+2", .reason = "", .by = "eva", .created_at = kNow};
  ASSERT_TRUE(Await<int64_t>([&](auto done) { store_->ImportSuppressions({imported}, done); }).ok());

  PlanBatch batch;
  batch.deliveries.push_back(DeliveryOf("bounced"));
  const int64_t seq = Plan(std::move(batch))->front();
  DeliveryChange bounced{.seq = seq, .expected = {Status::kScheduled}, .status = Status::kFailed};
  bounced.suppress =
      Suppression{.channel = "sms", .address = "+3", .reason = "", .by = "p", .created_at = kNow};
  ASSERT_TRUE(Change({bounced})->front());

  NewIncoming stop;
  stop.message = Incoming{.provider = "p", .vendor_id = "1", .channel = "sms", .sender = "+4", .at = kNow};
  stop.suppress = {
      Suppression{.channel = "sms", .address = "+4", .reason = "", .by = "p", .created_at = kNow}};
  ASSERT_TRUE(Await<std::vector<int64_t>>([&](auto done) { store_->TakeIncoming({stop}, kNow, done); }).ok());

  for (int start = 0; start < 2; ++start) {
    for (const char* address : {"+1", "+2", "+3", "+4"}) EXPECT_TRUE(Listed(address)) << address << start;
    EXPECT_FALSE(Listed("+5"));
    Reopen();
  }
}

TEST_F(ListedTest, AnErasedCustomerStaysListedUnderTheSameAddress) {
  EXPECT_FALSE(Listed("+1"));
  const CustomerErasure erasure{.addresses = {"+1"}, .by = "eva"};
  ASSERT_TRUE(Await<Unit>([&](auto done) { store_->EraseCustomer(erasure, kNow, done); }).ok());
  for (int start = 0; start < 2; ++start) {
    EXPECT_TRUE(Listed("+1")) << start;
    EXPECT_FALSE(Listed("+2"));
    Reopen();
  }
}

TEST_F(ListedTest, WhatIsTakenOffTheListMayBeUsedAgain) {
  Put("+1");
  EXPECT_TRUE(Listed("+1"));
  ASSERT_TRUE(Await<Unit>([&](auto done) { store_->DeleteSuppression("", "+1", done); }).ok());
  EXPECT_FALSE(Listed("+1"));
}

// What a copy of the store brings is read by the one that opens it.
TEST_F(ListedTest, ARestoredStoreKnowsItsList) {
  Put("+1");
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  std::filesystem::copy_file(path() + ".key", folder_ / "copy.db.key",
                             std::filesystem::copy_options::skip_existing);
  auto copy = OpenSqlite({.path = folder_ / "copy.db", .key = {}});
  ASSERT_TRUE(copy.ok()) << Dump(copy.error());
  EXPECT_TRUE((*copy)->FindSuppression("sms", "+1")->has_value());
  EXPECT_FALSE((*copy)->FindSuppression("sms", "+2")->has_value());
}

}  // namespace
}  // namespace recado::store
