// The disk fails at the n-th call, for every n of a whole run: whatever was acknowledged is sent once.
#include "tests/native/dispatch/faulty_disk.h"

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
    for (int i = 0; i < kRounds; ++i) {
      const std::string name = std::to_string(n) + (stays ? "s" : "o") + std::to_string(i);
      Json event = Event("e" + name, "D-" + name, "paid");
      event["snapshot"] = SnapshotOf("D-" + name, "paid", "C" + name);
      event["snapshot"]["deal"]["number"] = name;
      const auto answer = Ingest({event});
      if (!answer.ok()) {
        EXPECT_EQ(answer.error().diagnostics.front().code, DiagnosticCode::storage_unavailable);
        refused.push_back(std::move(event));
      }
      Advance(100);
    }
    disk_.Heal();
    for (Json& event : refused) ASSERT_TRUE(Ingest({std::move(event)}).ok()) << n;
    for (int i = 0; i < kRetries; ++i) Advance(1'000);
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
  int struck = 0;
  for (int n = 1; n <= kCalls; ++n) {
    for (const bool stays : {false, true}) {
      sender_.sent.clear();
      RunWithFailure(n, stays);
      struck += disk_.failed() > 0 ? 1 : 0;
      const auto counts = Counts();
      EXPECT_EQ(counts.size(), static_cast<size_t>(kRounds)) << n << (stays ? " and all after it" : "");
      for (const auto& [text, count] : counts) EXPECT_EQ(count, 1) << text;
      for (const Status status : {Status::kScheduled, Status::kDue, Status::kInFlight, Status::kAmbiguous}) {
        store::DeliveryFilter filter;
        filter.status = status;
        EXPECT_TRUE(store_->ListDeliveries(filter)->empty()) << n << " " << StatusName(status);
      }
    }
  }
  EXPECT_GT(struck, 40);  // else nothing was tried
}

}  // namespace
}  // namespace recado::dispatch
