#include "native/dispatch/gates.h"

#include <gtest/gtest.h>

namespace recado::dispatch {
namespace {

using provider::Outcome;

constexpr Instant kStart{1'000'000};

class GatesTest : public testing::Test {
 protected:
  void Configure(const std::string& rate) {
    provider::Config config;
    config.id = "p";
    config.settings = *ParseJson(R"({"rate":)" + rate + "}");
    gates_.Configure({config}, now_);
  }
  // How many of `wanted` messages go within `ms`, asked every millisecond and answered at once.
  int64_t GoWithin(int64_t ms, int64_t segments = 1) {
    int64_t gone = 0;
    for (const int64_t end = now_.ms + ms; now_.ms < end; ++now_.ms) {
      while (gates_.Ask("p", segments, now_).go) {
        ++gone;
        gates_.Answered("p", Health::kUp, now_);
      }
    }
    return gone;
  }
  void Fail(int times) {
    for (int i = 0; i < times; ++i) {
      ASSERT_TRUE(gates_.Ask("p", 1, now_).go);
      gates_.Answered("p", Health::kDown, now_);
    }
  }

  Instant now_ = kStart;
  Gates gates_{Gates::Options{.failures = 3, .open_ms = 1'000, .max_open_ms = 3'000, .in_flight = 8}};
};

TEST_F(GatesTest, RateHoldsInEverySecondFromTheFirst) {
  struct Row {
    const char* rate;
    int64_t segments, per_second;
  };
  for (const Row& row :
       {Row{R"({"messages_per_second":1})", 1, 1}, Row{R"({"messages_per_second":10})", 1, 10},
        Row{R"({"messages_per_second":1000})", 1, 1000}, Row{R"({"segments_per_second":10})", 2, 5},
        Row{R"({"messages_per_second":100,"segments_per_second":10})", 1, 10}}) {
    gates_ = Gates(Gates::Options{});
    Configure(row.rate);
    for (int second = 0; second < 5; ++second) {
      const int64_t gone = GoWithin(1'000, row.segments);
      EXPECT_LE(gone, row.per_second) << row.rate;
      // The first second begins with an empty bucket.
      EXPECT_GE(gone, second == 0 ? 0 : row.per_second - 1) << row.rate;
    }
  }
}

TEST_F(GatesTest, QuietTimeSavesNothingUp) {
  Configure(R"({"messages_per_second":10})");
  now_.ms += 3'600'000;
  EXPECT_LE(GoWithin(1'000), 11);
}

TEST_F(GatesTest, LessThanOneASecond) {
  Configure(R"({"messages_per_second":0.5})");
  EXPECT_EQ(GoWithin(10'000), 4);  // the bucket begins empty
}

TEST_F(GatesTest, MessageLargerThanTheBucketGoesAndTheRestIsOwed) {
  Configure(R"({"segments_per_second":2})");
  EXPECT_EQ(GoWithin(30'000, 6), 10);
}

TEST_F(GatesTest, SaysWhenToAskAgain) {
  Configure(R"({"messages_per_second":4})");
  const Gates::Verdict verdict = gates_.Ask("p", 1, now_);
  EXPECT_FALSE(verdict.go);
  ASSERT_TRUE(verdict.at);
  EXPECT_EQ(verdict.at->ms, now_.ms + 250);
  EXPECT_FALSE(gates_.Ask("p", 1, Instant{now_.ms + 249}).go);
  EXPECT_TRUE(gates_.Ask("p", 1, Instant{now_.ms + 250}).go);
}

TEST_F(GatesTest, PlacesAreTakenAndGivenBack) {
  Configure(R"({"concurrent":2})");
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  EXPECT_FALSE(gates_.Ask("p", 1, now_).go);
  EXPECT_FALSE(gates_.Look("p", now_).at);  // an answer opens it, not time
  EXPECT_TRUE(gates_.Look("q", now_).go);   // somebody else's
  gates_.Left("p");
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  EXPECT_FALSE(gates_.Stalled("p", Instant{now_.ms + 999}));
  EXPECT_TRUE(gates_.Stalled("p", Instant{now_.ms + 1'000}));
}

TEST_F(GatesTest, BreakerOpensAfterFailuresInARowOnly) {
  Configure("{}");
  Fail(2);
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  gates_.Answered("p", Health::kUp, now_);
  Fail(2);
  EXPECT_TRUE(gates_.Look("p", now_).go);
  Fail(1);
  const Gates::Verdict verdict = gates_.Look("p", now_);
  EXPECT_TRUE(verdict.open);
  EXPECT_EQ(verdict.at, (Instant{now_.ms + 1'000}));
}

TEST_F(GatesTest, OneProbeWhenHalfOpenAndItsSuccessCloses) {
  Configure("{}");
  Fail(3);
  now_.ms += 1'000;
  EXPECT_EQ(gates_.Room("p", now_), 1u);
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  EXPECT_FALSE(gates_.Ask("p", 1, now_).go);
  EXPECT_TRUE(gates_.Answered("p", Health::kUp, now_));
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
}

TEST_F(GatesTest, FailedProbeOpensForTwiceAsLongUpToTheBound) {
  Configure("{}");
  Fail(3);
  for (const int64_t open_ms : {1'000, 2'000, 3'000, 3'000}) {
    EXPECT_EQ(gates_.Look("p", now_).at, (Instant{now_.ms + open_ms}));
    now_.ms += open_ms;
    Fail(1);
  }
}

TEST_F(GatesTest, LateAnswersOfBeforeDoNotCountAsTheProbes) {
  Configure("{}");
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(gates_.Ask("p", 1, now_).go);
  for (int i = 0; i < 3; ++i) gates_.Answered("p", Health::kDown, now_);
  const Instant until = *gates_.Look("p", now_).at;
  now_.ms += 500;
  gates_.Answered("p", Health::kDown, now_);
  EXPECT_EQ(gates_.Look("p", now_).at, until);
}

TEST_F(GatesTest, ProbeThatNeverLeftIsNotWaitedFor) {
  Configure("{}");
  Fail(3);
  now_.ms += 1'000;
  ASSERT_TRUE(gates_.Ask("p", 1, now_).go);
  gates_.Left("p");
  EXPECT_TRUE(gates_.Ask("p", 1, now_).go);
}

TEST(Health, IsOfTheProviderNotOfTheMessage) {
  using Kind = Outcome::Kind;
  struct Row {
    Kind kind;
    int status;
    Health health;
  };
  for (const Row& row :
       {Row{Kind::kAccepted, 201, Health::kUp}, Row{Kind::kPermanent, 400, Health::kUp},
        Row{Kind::kRateLimited, 429, Health::kUnsaid}, Row{Kind::kRetry, 0, Health::kDown},
        Row{Kind::kRetry, 503, Health::kDown}, Row{Kind::kRetry, 408, Health::kUnsaid},
        Row{Kind::kRetry, 451, Health::kUnsaid}, Row{Kind::kUnknown, 0, Health::kDown},
        Row{Kind::kUnknown, 500, Health::kDown}, Row{Kind::kUnknown, 200, Health::kUnsaid}}) {
    Outcome outcome;
    outcome.kind = row.kind;
    outcome.status = row.status;
    EXPECT_EQ(HealthOf(outcome), row.health) << outcome.Dump();
  }
}

}  // namespace
}  // namespace recado::dispatch
