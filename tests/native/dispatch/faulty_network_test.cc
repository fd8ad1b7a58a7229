// The network fails at the n-th call of each kind, for every n until a send passes untouched: nothing is
// lost, nothing is sent twice that the vendor would not take for one, and only what may have left is in
// doubt.
#include "tests/native/dispatch/faulty_network.h"

#include <functional>

#include "core/plan/plan.h"
#include "native/provider/sender.h"
#include "tests/native/dispatch/dispatch_fixture.h"
#include "tests/native/dispatch/gateway.h"
#include "tests/native/dispatch/post_office.h"
#include "tests/native/store/bell.h"

namespace recado::dispatch {
namespace {

constexpr int kMaxCalls = 100;   // two sends make fewer of any kind
constexpr int kTurnsAfter = 40;  // of half a minute: longer than retries, breakers and doubts last

// What the far end's ledger and ours must say of each message in the end.
enum class Promise : uint8_t {
  kOnce,         // taken once, and known
  kAtMostOnce,   // never twice; what may have left is in doubt
  kAtLeastOnce,  // taken and known; twice only where the first time was in doubt
};

class FaultyNetworkTest : public DispatchTest {
 protected:
  FaultyNetworkTest() { engine_.reset(); }
  ~FaultyNetworkTest() override {
    network_.Disarm();
    Stop();
  }

  void PutSms() { PutRule("r", "{{ deal.number }}"); }
  void PutMail(const std::string& more = "") {
    channel_ = "email";
    const std::string json =
        R"({"id":"r","name":"n","on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{"type":)"
        R"("send_email","from":"sales@shop.example","subject":"{{ deal.number }}","text":"Hi"})" +
        more + "}";
    store::PutRule put{.id = "r", .document = json, .publish = true, .if_match = {}, .by = "", .now = now_};
    ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
  }
  void ConnectMail() {
    Connect("smtp", R"({"url":")" + post_.url() + R"(","mailboxes":[{"address":"sales@shop.example"}]})", {});
    taken_ = [this](const std::string& name) { return post_.Taken(name); };
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
    event["snapshot"]["contacts"][0]["emails"] = {{{"type", "work"}, {"value", "ana@shop.example"}}};
    ASSERT_TRUE(Ingest({event}).ok());
    Drive();
  }
  Status StatusOf(const std::string& name) {
    return store_->FindDelivery(plan::IntentKey("r", "deal", "D-" + name, "e" + name, channel_))->status;
  }

  // Two messages, the second over the connection of the first where that still stands. Whether it struck.
  bool RunWithFault(Fault fault, int n, Promise promise) {
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
      EXPECT_TRUE(taken_(name + which) == 0 || status != Status::kDue) << "taken, and without a doubt";
    }
    const bool struck = network_.struck();
    network_.Disarm();
    for (int i = 0; i < kTurnsAfter; ++i) {
      now_.ms += 30'000;
      Drive();
    }
    for (const char* which : {"a", "b"}) Judge(name + which, promise);
    return struck;
  }
  void Judge(const std::string& name, Promise promise) {
    const int taken = taken_(name);
    const Status status = StatusOf(name);
    EXPECT_LE(taken, promise == Promise::kAtLeastOnce ? 2 : 1);                   // the network failed once
    if (status == Status::kAmbiguous && promise == Promise::kAtMostOnce) return;  // shown to a person
    EXPECT_EQ(status, Status::kAccepted) << StatusName(status);
    EXPECT_GE(taken, 1);
  }
  void EveryFault(Promise promise) {
    for (const Fault fault : kFaults) {
      int n = 1;
      for (; n <= kMaxCalls && !HasFatalFailure(); ++n) {
        SCOPED_TRACE(std::string(NameOf(fault)) + " at call " + std::to_string(n));
        if (!RunWithFault(fault, n, promise)) break;
      }
      EXPECT_GT(n, 1) << NameOf(fault) << " never struck";
      EXPECT_LE(n, kMaxCalls) << NameOf(fault);
    }
  }

  FaultyNetwork& network_ = FaultyNetwork::Get();
  Gateway gateway_;
  PostOffice post_;
  std::string channel_ = "sms";
  std::function<int(const std::string&)> taken_ = [this](const std::string& name) {
    return gateway_.Taken(name);
  };
  std::unique_ptr<provider::Sender> real_;
  store::Bell bell_;
};

// The vendor takes the same key once: everything arrives, whatever fails.
TEST_F(FaultyNetworkTest, KeyedVendorGetsEveryMessageOnce) {
  PutSms();
  Connect("smsapi", R"({"base_url":")" + gateway_.url() + R"(","from":"Shop"})", {{"token", "t"}});
  EveryFault(Promise::kOnce);
}

// Nobody can ask this one, and the rule says at most once: what may have arrived is shown as in doubt.
TEST_F(FaultyNetworkTest, BlindGatewayGetsNoMessageTwiceAndOnlyWhatLeftIsInDoubt) {
  PutSms();
  Connect(
      "http_sms",
      R"({"base_url":")" + gateway_.url() +
          R"(","path":"/send","method":"POST","headers":{"Content-Type":"application/json"},"body":"{\"text\":\"{{ text }}\"}"})",
      {});
  EveryFault(Promise::kAtMostOnce);
}

// A mail whose end was handed over and not answered may have been taken: nobody can ask.
TEST_F(FaultyNetworkTest, MailServerGetsNoMailTwiceWhereTheRuleSaysAtMostOnce) {
  PutMail(R"(,"policy":"at_most_once")");
  ConnectMail();
  EveryFault(Promise::kAtMostOnce);
}

// The default of mails: rather twice, under one Message-ID, than not at all.
TEST_F(FaultyNetworkTest, MailServerGetsEveryMailAtLeastOnce) {
  PutMail();
  ConnectMail();
  EveryFault(Promise::kAtLeastOnce);
}

}  // namespace
}  // namespace recado::dispatch
