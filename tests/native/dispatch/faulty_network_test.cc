// The network fails at the n-th call of each kind, for every n until a send passes untouched: nothing is
// lost, nothing is sent twice that the vendor would not take for one, and only what may have left is in
// doubt.
#include "tests/native/dispatch/faulty_network.h"

#include "core/plan/plan.h"
#include "native/provider/sender.h"
#include "tests/native/dispatch/dispatch_fixture.h"
#include "tests/native/dispatch/gateway.h"
#include "tests/native/store/bell.h"

namespace recado::dispatch {
namespace {

constexpr int kMaxCalls = 100;   // two sends make fewer of any kind
constexpr int kTurnsAfter = 40;  // of half a minute: longer than retries, breakers and doubts last

class FaultyNetworkTest : public DispatchTest {
 protected:
  FaultyNetworkTest() {
    PutRule("r", "{{ deal.number }}");
    engine_.reset();
  }
  ~FaultyNetworkTest() override {
    network_.Disarm();
    Stop();
  }

  void Connect(const std::string& kind, const std::string& settings,
               std::map<std::string, std::string> secrets) {
    const store::PutProvider put{.id = "sms-main",
                                 .kind = kind,
                                 .settings = settings,
                                 .secrets = std::move(secrets),
                                 .if_match = {},
                                 .by = "",
                                 .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutProvider(put, done); }).ok());
  }
  // An engine and a sender without connections.
  void StartAnew() {
    Stop();
    real_ = provider::MakeSender(*store_);
    engine_ = std::make_unique<Engine>(*store_, *real_, directory_.get(), options_);
    engine_->Start(now_);
    engine_->OnWake([this] { bell_.Ring(); });
  }
  void Stop() {
    if (real_ != nullptr) real_->Stop(std::chrono::milliseconds(0));
    engine_.reset();
    real_.reset();
  }
  // Until nothing waits for an answer.
  void Drive() {
    ASSERT_TRUE(bell_.WaitUntil([this] {
      engine_->Settle(now_);
      return engine_->stats().in_flight == 0;
    }));
  }
  void Send(const std::string& name) {
    Json event = Event("e" + name, "D-" + name, "paid");
    event["snapshot"] = SnapshotOf("D-" + name, "paid", "C" + name);
    event["snapshot"]["deal"]["number"] = name;
    ASSERT_TRUE(Ingest({event}).ok());
    Drive();
  }
  Status StatusOf(const std::string& name) {
    return store_->FindDelivery(plan::IntentKey("r", "deal", "D-" + name, "e" + name, "sms"))->status;
  }

  // Two messages, the second over the connection of the first where that still stands. Whether it struck.
  bool RunWithFault(Fault fault, int n, bool keyed) {
    StartAnew();
    const std::string name = "n" + std::to_string(static_cast<int>(fault)) + "x" + std::to_string(n) + "x";
    network_.Arm(fault, n);
    size_t sent = 0;
    for (const char* which : {"a", "b"}) {
      Send(name + which);
      const bool any_left = network_.bytes_sent() > sent;
      sent = network_.bytes_sent();
      const Status status = StatusOf(name + which);
      EXPECT_TRUE(status == Status::kAccepted || status == Status::kDue || status == Status::kAmbiguous)
          << StatusName(status);
      EXPECT_TRUE(any_left || status != Status::kAmbiguous) << "a doubt without a byte sent";
      EXPECT_TRUE(gateway_.Taken(name + which) == 0 || status != Status::kDue)
          << "taken, and without a doubt";
    }
    const bool struck = network_.struck();
    network_.Disarm();
    for (int i = 0; i < kTurnsAfter; ++i) {
      now_.ms += 30'000;
      Drive();
    }
    for (const char* which : {"a", "b"}) Judge(name + which, keyed);
    return struck;
  }
  void Judge(const std::string& name, bool keyed) {
    const int taken = gateway_.Taken(name);
    const Status status = StatusOf(name);
    EXPECT_LE(taken, 1);
    if (status == Status::kAmbiguous && !keyed) return;  // shown to a person
    EXPECT_EQ(status, Status::kAccepted) << StatusName(status);
    EXPECT_EQ(taken, 1);
  }
  void EveryFault(bool keyed) {
    for (const Fault fault : kFaults) {
      int n = 1;
      for (; n <= kMaxCalls && !HasFatalFailure(); ++n) {
        SCOPED_TRACE(std::string(NameOf(fault)) + " at call " + std::to_string(n));
        if (!RunWithFault(fault, n, keyed)) break;
      }
      EXPECT_GT(n, 1) << NameOf(fault) << " never struck";
      EXPECT_LE(n, kMaxCalls) << NameOf(fault);
    }
  }

  FaultyNetwork& network_ = FaultyNetwork::Get();
  Gateway gateway_;
  std::unique_ptr<provider::Sender> real_;
  store::Bell bell_;
};

// The vendor takes the same key once: everything arrives, whatever fails.
TEST_F(FaultyNetworkTest, KeyedVendorGetsEveryMessageOnce) {
  Connect("smsapi", R"({"base_url":")" + gateway_.url() + R"(","from":"Shop"})", {{"token", "t"}});
  EveryFault(true);
}

// Nobody can ask this one, and the rule says at most once: what may have arrived is shown as in doubt.
TEST_F(FaultyNetworkTest, BlindGatewayGetsNoMessageTwiceAndOnlyWhatLeftIsInDoubt) {
  Connect(
      "http_sms",
      R"({"base_url":")" + gateway_.url() +
          R"(","path":"/send","method":"POST","headers":{"Content-Type":"application/json"},"body":"{\"text\":\"{{ text }}\"}"})",
      {});
  EveryFault(false);
}

}  // namespace
}  // namespace recado::dispatch
