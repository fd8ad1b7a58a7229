#include "native/server/news.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recado::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

store::Change Delivery(std::string key) {
  store::Change change;
  change.kind = store::Change::Kind::kDelivery;
  change.id = std::move(key);
  change.status = store::Status::kAccepted;
  change.rule_id = "paid";
  change.channel = "sms";
  change.entity = "deal";
  change.entity_id = "D-7";
  return change;
}

std::string Drained(Feed& feed) {
  std::string out;
  feed.Drain(out);
  return out;
}

void Tell(News& news, const store::Change& change) {
  news.Tell({&change, 1});
}

TEST(Stream, TellsWhatIsCommittedFromNowOn) {
  News news("e1");
  Tell(news, Delivery("before"));
  const auto feed = news.Open("");
  Tell(news, Delivery("k1"));
  const std::string text = Drained(*feed);
  EXPECT_THAT(text, Not(HasSubstr("before")));
  EXPECT_THAT(text, HasSubstr("id: e1-2\nevent: delivery\ndata: {\"key\":\"k1\",\"status\":\"accepted\""));
  EXPECT_THAT(text, ::testing::EndsWith("\n\n"));
}

TEST(Stream, ReturningReaderMissesNothing) {
  News news("e1");
  for (const char* key : {"k1", "k2", "k3"}) Tell(news, Delivery(key));
  const std::string text = Drained(*news.Open("e1-1"));
  EXPECT_THAT(text, Not(HasSubstr("\"k1\"")));
  EXPECT_THAT(text, HasSubstr("\"k2\""));
  EXPECT_THAT(text, HasSubstr("\"k3\""));
}

TEST(Stream, ReaderOfAnotherRunOrOfTooLongAgoReadsEverythingAnew) {
  News news("e2");
  for (size_t i = 0; i < kKeptNews + 5; ++i) Tell(news, Delivery("k"));
  for (const char* id : {"e1-3", "e2-1", "e2-x", "nonsense", "e2-99999999"}) {
    EXPECT_THAT(Drained(*news.Open(id)), HasSubstr("event: resync")) << id;
  }
}

TEST(Stream, NewEventsOfTheOutboxAreNobodysBusiness) {
  News news("e1");
  const auto feed = news.Open("");
  Drained(*feed);
  store::Change change;
  change.kind = store::Change::Kind::kEvents;
  Tell(news, change);
  EXPECT_EQ(Drained(*feed), "");
}

TEST(Stream, ReaderThatDoesNotKeepUpIsCutOff) {
  News news("e1");
  const auto feed = news.Open("");
  store::Change change = Delivery(std::string(100'000, 'k'));
  for (size_t i = 0; i < kMaxUnreadBytes / 100'000 + 1; ++i) Tell(news, change);
  std::string out;
  EXPECT_FALSE(feed->Drain(out));
}

TEST(Stream, EndsWhenTheServiceDoes) {
  News news("e1");
  const auto feed = news.Open("");
  int woken = 0;
  feed->OnNews([&woken] { ++woken; });
  news.Close();
  std::string out;
  EXPECT_FALSE(feed->Drain(out));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(news.Open(""), nullptr);
}

TEST(Stream, OpenStreamsAreBounded) {
  News news("e1");
  std::vector<std::shared_ptr<Feed>> feeds;
  for (size_t i = 0; i < kMaxReaders; ++i) feeds.push_back(news.Open(""));
  EXPECT_EQ(news.Open(""), nullptr);
  feeds.pop_back();
  EXPECT_NE(news.Open(""), nullptr);
}

}  // namespace
}  // namespace recado::server
