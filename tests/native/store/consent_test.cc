#include "core/base/json.h"
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

class ConsentTest : public StoreTest {
 protected:
  void Put(const Suppression& s) {
    ASSERT_TRUE(Await<Unit>([&](auto done) { store_->PutSuppression(s, done); }).ok());
  }
  // "stop_word", "" where the address may be used.
  std::string Why(std::string_view channel, std::string_view address) {
    const auto found = store_->FindSuppression(channel, address);
    if (!found.ok()) return "?";
    return *found ? std::string(SuppressionKindName((*found)->kind)) : "";
  }
  std::vector<std::string> Page(const SuppressionFilter& filter) {
    std::vector<std::string> out;
    const auto page = store_->ListSuppressions(filter);
    for (const Suppression& s : *page) out.push_back(s.channel + "/" + s.address);
    return out;
  }
  static Suppression Of(std::string channel, std::string address,
                        SuppressionKind kind = SuppressionKind::kManual) {
    return {.channel = std::move(channel),
            .address = std::move(address),
            .reason = "r",
            .by = "eva",
            .created_at = kNow,
            .kind = kind};
  }
  // A delivery that is in flight through "p".
  int64_t InFlight(const std::string& name, const std::string& address = "+1") {
    Delivery d = DeliveryOf(name);
    d.status = Status::kInFlight;
    d.provider = "p";
    d.address = address;
    PlanBatch batch;
    batch.deliveries.push_back(d);
    return Plan(std::move(batch))->front();
  }
  using Strings = std::vector<std::string>;
};

TEST_F(ConsentTest, AListedAddressIsRefusedByChannelOrForAll) {
  Put(Of("sms", "+1", SuppressionKind::kStopWord));
  Put(Of("", "+2", SuppressionKind::kComplaint));
  EXPECT_EQ(Why("sms", "+1"), "stop_word");
  EXPECT_EQ(Why("call", "+1"), "");
  EXPECT_EQ(Why("call", "+2"), "complaint");
  EXPECT_EQ(Why("sms", "+3"), "");
  const auto remove = [&] {
    return Await<Unit>([&](auto done) { store_->DeleteSuppression("sms", "+1", done); });
  };
  EXPECT_TRUE(remove().ok());
  EXPECT_EQ(CodeOf(remove()), "not_found");
  EXPECT_EQ(Why("sms", "+1"), "");
}

TEST_F(ConsentTest, TheChannelsOwnEntryIsGivenBeforeTheOneForAll) {
  Put(Of("", "+1", SuppressionKind::kComplaint));
  Put(Of("sms", "+1", SuppressionKind::kHardBounce));
  EXPECT_EQ(Why("sms", "+1"), "hard_bounce");
  EXPECT_EQ(Why("call", "+1"), "complaint");
}

TEST_F(ConsentTest, PagesLoseNoneOfAnAddresssChannels) {
  for (const char* channel : {"", "call", "sms", "whatsapp"}) Put(Of(channel, "+1"));
  Put(Of("sms", "+2"));
  Strings all;
  SuppressionFilter filter{.limit = 2};
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = *store_->ListSuppressions(filter);
    if (page.empty()) break;
    for (const Suppression& s : page) all.push_back(s.channel + "/" + s.address);
    filter.after_channel = page.back().channel;
    filter.after_address = page.back().address;
  }
  EXPECT_EQ(all, (Strings{"/+1", "call/+1", "sms/+1", "whatsapp/+1", "sms/+2"}));
  EXPECT_EQ(Page({.address = "+2"}), Strings{"sms/+2"});
  EXPECT_EQ(Page({.kind = SuppressionKind::kImport}), Strings{});
}

TEST_F(ConsentTest, AnImportLeavesWhatIsThereAlone) {
  Put(Of("sms", "+1", SuppressionKind::kStopWord));
  const auto added = Await<int64_t>([&](auto done) {
    store_->ImportSuppressions(
        {Of("sms", "+1", SuppressionKind::kImport), Of("sms", "+2", SuppressionKind::kImport),
         Of("sms", "+2", SuppressionKind::kImport)},
        done);
  });
  EXPECT_EQ(*added, 1);
  EXPECT_EQ(Why("sms", "+1"), "stop_word");
  EXPECT_EQ(Why("sms", "+2"), "import");
}

TEST_F(ConsentTest, KindAndDeliverySurviveARestart) {
  Suppression s = Of("email", "ana@example.com", SuppressionKind::kHardBounce);
  s.delivery = Sha256Hex("d");
  Put(s);
  Reopen();
  const auto found = store_->FindSuppression("email", "ana@example.com");
  EXPECT_EQ((*found)->delivery, s.delivery);
  EXPECT_EQ((*found)->by, "eva");
  EXPECT_EQ((*found)->created_at, kNow);
}

TEST_F(ConsentTest, ARefusalPutsTheAddressOnTheListWithAnEntryInTheAuditLog) {
  DeliveryChange change{.seq = InFlight("d"), .expected = {Status::kInFlight}, .status = Status::kFailed};
  change.suppress = Of("sms", "+1", SuppressionKind::kHardBounce);
  EXPECT_EQ(*Change({change}), std::vector<bool>{true});
  EXPECT_EQ(Why("sms", "+1"), "hard_bounce");
  const auto audit = store_->ListAudit(0, 10);
  ASSERT_EQ(audit->size(), 1u);
  EXPECT_EQ(audit->front().action, "suppression.put");
  EXPECT_EQ(audit->front().subject, "+1");
  // Not applied: nobody is listed.
  DeliveryChange late = change;
  late.suppress->address = "+9";
  EXPECT_EQ(*Change({late}), std::vector<bool>{false});
  EXPECT_EQ(Why("sms", "+9"), "");
}

// ---- Days

TEST_F(ConsentTest, ADayHoldsItsLimitAndNoMore) {
  std::vector<DeliveryChange> changes;
  for (int i = 0; i < 5; ++i) {
    Delivery d = DeliveryOf("d" + std::to_string(i));
    PlanBatch batch;
    batch.deliveries.push_back(d);
    DeliveryChange change{.seq = Plan(std::move(batch))->front(),
                          .expected = {Status::kScheduled},
                          .status = Status::kInFlight};
    change.count = DailyCount{.provider = "p", .day = 7, .limit = 3};
    changes.push_back(change);
  }
  EXPECT_EQ(*Change(changes), (std::vector<bool>{true, true, true, false, false}));
  EXPECT_EQ(*store_->DailyCountOf("p", 7), 3);
  EXPECT_EQ(*store_->DailyCountOf("p", 8), 0);
  EXPECT_EQ(*store_->DailyCountOf("q", 7), 0);
  // What was not counted was not changed either.
  EXPECT_EQ(store_->ListDeliveries({.status = Status::kScheduled})->size(), 2u);
  Reopen();
  EXPECT_EQ(*store_->DailyCountOf("p", 7), 3);
}

TEST_F(ConsentTest, WhatIsGivenBackMayBeUsedAgain) {
  const int64_t seq = InFlight("d");
  DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}};
  change.count = DailyCount{.provider = "p", .day = 7, .limit = 1};
  EXPECT_EQ(*Change({change}), std::vector<bool>{true});
  EXPECT_EQ(*Change({change}), std::vector<bool>{false});
  DeliveryChange back = change;
  back.count->give_back = true;
  EXPECT_EQ(*Change({back}), std::vector<bool>{true});
  EXPECT_EQ(*store_->DailyCountOf("p", 7), 0);
  EXPECT_EQ(*Change({back}), std::vector<bool>{true});
  EXPECT_EQ(*store_->DailyCountOf("p", 7), 0) << "never below nothing";
}

TEST_F(ConsentTest, AChangeThatIsNotAppliedIsNotCounted) {
  DeliveryChange change{.seq = InFlight("d"), .expected = {Status::kScheduled}, .status = Status::kInFlight};
  change.count = DailyCount{.provider = "p", .day = 7, .limit = 9};
  EXPECT_EQ(*Change({change}), std::vector<bool>{false});
  EXPECT_EQ(*store_->DailyCountOf("p", 7), 0);
}

TEST_F(ConsentTest, OldDaysAreSweptAway) {
  const auto count = [&](int64_t day) {
    DeliveryChange change{.seq = InFlight("d" + std::to_string(day)), .expected = {Status::kInFlight}};
    change.count = DailyCount{.provider = "p", .day = day, .limit = 9};
    EXPECT_EQ(*Change({change}), std::vector<bool>{true});
  };
  count(100);
  count(120);
  count(140);
  EXPECT_EQ(*store_->DailyCountOf("p", 100), 0);
  EXPECT_EQ(*store_->DailyCountOf("p", 120), 1);
}

// ---- Deliveries by what is known outside

TEST_F(ConsentTest, ADeliveryIsFoundByTheVendorsIdOfItsOwnProvider) {
  const int64_t seq = InFlight("d");
  DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}, .status = Status::kAccepted};
  change.reference = "SM1";
  ASSERT_EQ(*Change({change}), std::vector<bool>{true});
  EXPECT_EQ((*store_->FindByReference("p", "SM1"))->seq, seq);
  EXPECT_FALSE(*store_->FindByReference("q", "SM1"));
  EXPECT_FALSE(*store_->FindByReference("p", "SM2"));
  EXPECT_FALSE(*store_->FindByReference("p", ""));
}

TEST_F(ConsentTest, ADeliveryIsFoundByTheBeginningOfItsKey) {
  InFlight("d");
  const auto digest = Sha256("d");
  const std::string bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  EXPECT_EQ(store_->DeliveriesByPrefix(bytes.substr(0, 12))->size(), 1u);
  EXPECT_EQ(store_->DeliveriesByPrefix(bytes)->size(), 1u);
  EXPECT_EQ(store_->DeliveriesByPrefix(bytes.substr(0, 4))->size(), 0u) << "too short to mean one";
  EXPECT_EQ(store_->DeliveriesByPrefix(std::string(12, '\0'))->size(), 0u);
  EXPECT_EQ(store_->DeliveriesByPrefix(std::string(12, '\xFF'))->size(), 0u);
}

TEST_F(ConsentTest, AReportWaitsForItsReference) {
  const int64_t seq = InFlight("d");
  const auto keep = [&](const std::string& reference, Instant at) {
    return *Await<std::vector<EarlyReport>>([&](auto done) {
      store_->KeepReports({{.provider = "p", .reference = reference, .state = 2, .text = "t", .at = at}},
                          Instant{at.ms - 1'000}, done);
    });
  };
  EXPECT_TRUE(keep("SM1", kNow).empty());
  EXPECT_TRUE(store_->FoundReports()->empty());
  std::vector<Change::Kind> news;
  const int listener = store_->Subscribe([&](std::span<const store::Change> changes) {
    for (const auto& change : changes) news.push_back(change.kind);
  });
  DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}, .status = Status::kAccepted};
  change.reference = "SM1";
  ASSERT_EQ(*Change({change}), std::vector<bool>{true});
  store_->Unsubscribe(listener);
  EXPECT_EQ(news.back(), Change::Kind::kReport);
  ASSERT_EQ(store_->FoundReports()->size(), 1u);
  EXPECT_EQ(store_->FoundReports()->front().text, "t");
  // Known by now: nothing needs to be kept.
  EXPECT_EQ(keep("SM1", kNow).size(), 1u);
  const int64_t id = store_->FoundReports()->front().id;
  ASSERT_TRUE(Await<Unit>([&](auto done) { store_->DropReports({id}, done); }).ok());
  EXPECT_TRUE(store_->FoundReports()->empty());
}

TEST_F(ConsentTest, ReportsOnMessagesThatAreNotOursAreForgotten) {
  const auto keep = [&](const std::string& reference, int64_t at_ms) {
    return Await<std::vector<EarlyReport>>([&](auto done) {
             store_->KeepReports({{.provider = "p", .reference = reference, .at = Instant{at_ms}}},
                                 Instant{at_ms - 1'000}, done);
           })
        .ok();
  };
  ASSERT_TRUE(keep("A", 10'000));
  ASSERT_TRUE(keep("B", 20'000));
  const int64_t seq = InFlight("d");
  DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}};
  change.reference = "A";
  ASSERT_EQ(*Change({change}), std::vector<bool>{true});
  EXPECT_TRUE(store_->FoundReports()->empty());
}

// ---- What customers write

TEST_F(ConsentTest, TheSameMessageTwiceIsOne) {
  const auto take = [&](const std::string& id, const std::string& text) {
    NewIncoming one;
    one.message = Incoming{
        .provider = "p", .vendor_id = id, .channel = "sms", .sender = "+1", .text = text, .at = kNow};
    one.suppress = {Of("sms", "+1", SuppressionKind::kStopWord)};
    return Await<std::vector<int64_t>>([&](auto done) { store_->TakeIncoming({one}, kNow, done); })->front();
  };
  EXPECT_EQ(take("M1", "STOP"), 1);
  EXPECT_EQ(Why("sms", "+1"), "stop_word");
  ASSERT_TRUE(Await<Unit>([&](auto done) { store_->DeleteSuppression("sms", "+1", done); }).ok());
  EXPECT_EQ(take("M1", "STOP"), 0);
  EXPECT_EQ(Why("sms", "+1"), "") << "an old word does not count twice";
  EXPECT_EQ(take("M2", "Hi"), 2);
  EXPECT_EQ(store_->ListIncoming({})->size(), 2u);
  EXPECT_EQ(store_->ListIncoming({.limit = 1})->front().text, "Hi");
  EXPECT_EQ(store_->ListIncoming({.before_seq = 2})->front().text, "STOP");
  EXPECT_TRUE(store_->ListIncoming({.provider = "q"})->empty());
}

TEST_F(ConsentTest, AMessageStandsInTheTimelineOfItsItems) {
  InFlight("d", "+1");
  const auto known = store_->KnownOf("+1");
  ASSERT_EQ(known->items, (std::vector<ItemRef>{{"deal", "D-1"}}));
  EXPECT_EQ(known->customer, "contact:C-1");
  NewIncoming one;
  one.message = Incoming{
      .provider = "p", .vendor_id = "M1", .channel = "sms", .sender = "+1", .text = "Hi", .at = kNow};
  one.items = known->items;
  ASSERT_TRUE(Await<std::vector<int64_t>>([&](auto done) { store_->TakeIncoming({one}, kNow, done); }).ok());
  const auto timeline = store_->Timeline("deal", "D-1", 10);
  ASSERT_EQ(timeline->size(), 1u);
  EXPECT_EQ(timeline->back().what, "incoming");
  EXPECT_EQ(timeline->back().text, "Hi");
  EXPECT_TRUE(store_->KnownOf("+2")->items.empty());
  EXPECT_TRUE(store_->KnownOf("")->items.empty());
}

TEST_F(ConsentTest, DeletedItemsHaveNoTimeline) {
  InFlight("d", "+1");
  PlanBatch batch;
  batch.items.push_back({.entity = "deal", .entity_id = "D-1", .deleted = true});
  ASSERT_TRUE(Plan(std::move(batch)).ok());
  EXPECT_TRUE(store_->KnownOf("+1")->items.empty());
}

TEST_F(ConsentTest, AChatIsCompletedNeverEmptied) {
  const auto put = [&](ChatRow chat) {
    NewIncoming one;
    one.chat = std::move(chat);
    ASSERT_TRUE(
        Await<std::vector<int64_t>>([&](auto done) { store_->TakeIncoming({one}, kNow, done); }).ok());
  };
  put({.provider = "tg",
       .chat_id = "7",
       .customer = "contact:C-1",
       .name = "Ana",
       .item = {"deal", "D-1"},
       .bound_at = kNow});
  EXPECT_TRUE(store_->ChatsOf("contact:C-1")->empty()) << "nothing was said yet";
  put({.provider = "tg", .chat_id = "7", .created_at = Instant{kNow.ms + 5}});
  put({.provider = "tg", .chat_id = "7", .created_at = Instant{kNow.ms + 9}});
  const auto chats = store_->ChatsOf("contact:C-1");
  ASSERT_EQ(chats->size(), 1u);
  EXPECT_EQ(chats->front().name, "Ana");
  EXPECT_EQ(chats->front().item, (ItemRef{"deal", "D-1"}));
  EXPECT_EQ(chats->front().created_at, Instant{kNow.ms + 5});
  EXPECT_EQ(chats->front().bound_at, kNow);
  EXPECT_TRUE(store_->ChatsOf("")->empty());
  EXPECT_FALSE(*store_->FindChat("other", "7"));
  EXPECT_EQ(store_->ListChats(0, 10)->size(), 1u);
}

TEST_F(ConsentTest, KeysForPurposesAreTheSameAfterEveryStartAndDifferFromEachOther) {
  const std::string one = store_->KeyFor("one");
  EXPECT_EQ(one.size(), 32u);
  EXPECT_NE(one, store_->KeyFor("two"));
  Reopen();
  EXPECT_EQ(store_->KeyFor("one"), one);
}

}  // namespace
}  // namespace recado::store
