// The disk fails at the n-th call, for every n of a whole run: whatever was acknowledged is sent once.
#include "tests/native/dispatch/faulty_disk.h"

#include <functional>
#include <map>

#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

constexpr int kCalls = 60;    // the run below makes fewer writes and syncs than this
constexpr int kRounds = 4;    // events, one after the other, so that the failure meets each kind of write
constexpr int kRetries = 12;  // turns of a second each after the disk has healed

class FaultyDiskTest : public DispatchTest {
 protected:
  static FaultyDisk& disk_;  // before the base opens its store

  // Posts `kRounds` events while the n-th call fails; those refused come again once it has healed, as a CRM
  // would send them. Every one must lead to one message.
  void RunWithFailure(int n, bool stays) {
    std::vector<Json> refused;
    disk_.FailAt(n, stays);
    for (Json& event : EventsOf(n, stays)) {
      Offer({std::move(event)}, refused);
      Advance(100);
    }
    HealAndOfferAgain(std::move(refused));
  }
  // The same with all events in one request, each of them planned by itself, two plans at a time.
  void RunTogetherWithFailure(int n, bool stays) {
    std::vector<Json> refused;
    Offer(EventsOf(n, stays), refused);
    disk_.FailAt(n, stays);
    Advance(100);
    HealAndOfferAgain(std::move(refused));
  }
  std::vector<Json> EventsOf(int n, bool stays) const {
    std::vector<Json> events;
    for (int i = 0; i < kRounds; ++i) {
      const std::string name = std::to_string(n) + (stays ? "s" : "o") + std::to_string(i);
      Json& event = events.emplace_back(Event("e" + name, "D-" + name, "paid"));
      event["snapshot"] = SnapshotOf("D-" + name, "paid", "C" + name);
      event["snapshot"]["deal"]["number"] = name;
    }
    return events;
  }
  void Offer(std::vector<Json> events, std::vector<Json>& refused) {
    const auto answer = Ingest(events);
    if (answer.ok()) return;
    EXPECT_EQ(answer.error().diagnostics.front().code, DiagnosticCode::storage_unavailable);
    refused.insert(refused.end(), events.begin(), events.end());
  }
  void HealAndOfferAgain(std::vector<Json> refused) {
    disk_.Heal();
    for (Json& event : refused) ASSERT_TRUE(Ingest({std::move(event)}).ok());
    for (int i = 0; i < kRetries; ++i) Advance(1'000);
  }
  // Each of the events has led to one message, and nothing is left open.
  void ExpectAllSentOnce(const std::string& when) {
    const auto counts = Counts();
    EXPECT_EQ(counts.size(), static_cast<size_t>(kRounds)) << when;
    for (const auto& [text, count] : counts) EXPECT_EQ(count, 1) << text;
    for (const Status status : {Status::kScheduled, Status::kDue, Status::kInFlight, Status::kAmbiguous}) {
      store::DeliveryFilter filter;
      filter.status = status;
      EXPECT_TRUE(store_->ListDeliveries(filter)->empty()) << when << " " << StatusName(status);
    }
  }
  // Every n-th call, once and from then on; how many of these runs were struck.
  int RunAllFailures(const std::function<void(int, bool)>& run) {
    int struck = 0;
    for (int n = 1; n <= kCalls; ++n) {
      for (const bool stays : {false, true}) {
        sender_.sent.clear();
        run(n, stays);
        struck += disk_.failed() > 0 ? 1 : 0;
        ExpectAllSentOnce(std::to_string(n) + (stays ? " and all after it" : ""));
      }
    }
    return struck;
  }
  std::map<std::string, int> Counts() const {
    std::map<std::string, int> counts;
    for (const auto& one : sender_.sent) ++counts[one.message.message.text];
    return counts;
  }
};
FaultyDisk& FaultyDiskTest::disk_ = FaultyDisk::Get();

TEST_F(FaultyDiskTest, EveryFailedCallLeavesARightState) {
  PutRule("r", "{{ deal.number }}");
  EXPECT_GT(RunAllFailures([this](int n, bool stays) { RunWithFailure(n, stays); }),
            40);  // else nothing was tried
}

TEST_F(FaultyDiskTest, EveryFailedCallLeavesARightStateWithTwoPlansUnderWay) {
  options_.plan_batch = 1;
  engine_.reset();
  Start();
  PutRule("r", "{{ deal.number }}");
  EXPECT_GT(RunAllFailures([this](int n, bool stays) { RunTogetherWithFailure(n, stays); }), 20);
}

}  // namespace
}  // namespace recado::dispatch
