// The sender's own rules, with the sandbox alone: one answer for each message, on one thread, in batches.
#include "native/provider/sender.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <set>
#include <thread>

#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

using namespace std::chrono_literals;

class Sink : public SandboxSink {
 public:
  bool Take(const std::vector<const Outgoing*>& messages, std::string_view provider_id) override {
    const std::lock_guard lock(mutex);
    for (const Outgoing* message : messages)
      taken.emplace_back(std::string(provider_id) + "/" + message->key);
    return !failing;
  }
  std::mutex mutex;
  std::vector<std::string> taken;
  bool failing = false;
};

// Collects outcomes and waits for a number of them.
class Answers {
 public:
  Sender::Done Taker() {
    return [this](const std::string& key, const Outcome& outcome) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(key + " " + outcome.Dump());
      threads_.insert(std::this_thread::get_id());
      changed_.notify_all();
    };
  }
  std::vector<std::string> Wait(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return lines_.size() >= count; });
    return lines_;
  }
  size_t threads() {
    const std::lock_guard lock(mutex_);
    return threads_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
  std::set<std::thread::id> threads_;
};

Config Sandbox(std::string id, std::string kind = "sandbox") {
  Config config;
  config.id = std::move(id);
  config.kind = std::move(kind);
  return config;
}

Outgoing Message(std::string key) {
  Outgoing out;
  out.key = std::move(key);
  return out;
}

TEST(Sender, SandboxTakesEveryMessageOnceInOrderOnOneThread) {
  Sink sink;
  Answers answers;
  const auto sender = MakeSender(sink);
  EXPECT_EQ(Dump(sender->Configure({Sandbox("a"), Sandbox("b")})), "");
  for (int i = 0; i < 1000; ++i)
    sender->Send(i % 2 == 0 ? "a" : "b", Message(std::to_string(i)), answers.Taker());
  const auto lines = answers.Wait(1000);
  ASSERT_EQ(sink.taken.size(), 1000U);
  for (size_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(sink.taken[i], (i % 2 == 0 ? "a/" : "b/") + std::to_string(i));
    EXPECT_EQ(lines[i],
              std::to_string(i) + " accepted 0 ref=" + std::to_string(i) + " | Taken by the sandbox.");
  }
  EXPECT_EQ(answers.threads(), 1U);
  EXPECT_EQ(sender->ResolutionOf("a"), Resolution::kKeyed);
  EXPECT_EQ(sender->ResolutionOf("nobody"), Resolution::kBlind);
}

TEST(Sender, SandboxThatCannotBeWrittenIsTriedAgain) {
  Sink sink;
  sink.failing = true;
  Answers answers;
  const auto sender = MakeSender(sink);
  sender->Configure({Sandbox("a")});
  sender->Send("a", Message("k"), answers.Taker());
  EXPECT_EQ(answers.Wait(1)[0], "k retry 0 | The sandbox could not be written.");
}

TEST(Sender, FaultyConfigurationKeepsTheOldOneAndMissingOnesGo) {
  Sink sink;
  Answers answers;
  const auto sender = MakeSender(sink);
  sender->Configure({Sandbox("a"), Sandbox("b")});
  EXPECT_EQ(Dump(sender->Configure({Sandbox("a", "nonsense"), Sandbox("c"), Sandbox("c")})),
            "error unknown_provider_kind /0/kind kind=nonsense known=" + KnownKinds() +
                "\n"
                "error duplicate_provider /2/id id=c");
  for (const char* id : {"a", "b", "c"}) sender->Send(id, Message(id), answers.Taker());
  const auto lines = answers.Wait(3);
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()),
            (std::set<std::string>{"a accepted 0 ref=a | Taken by the sandbox.",
                                   "b permanent 0 | The provider b is not connected.",
                                   "c accepted 0 ref=c | Taken by the sandbox."}));
}

TEST(Sender, AskingASandboxWhatItHasLeavesTheDoubt) {
  Sink sink;
  Answers answers;
  const auto sender = MakeSender(sink);
  sender->Configure({Sandbox("a")});
  sender->Find("a", Message("k"), answers.Taker());
  EXPECT_EQ(answers.Wait(1)[0], "k unknown 0 | This provider can't be asked.");
}

TEST(Sender, AfterStopMessagesAreToBeTriedAgain) {
  Sink sink;
  Answers answers;
  const auto sender = MakeSender(sink);
  sender->Configure({Sandbox("a")});
  sender->Send("a", Message("before"), answers.Taker());
  sender->Stop(1s);
  sender->Send("a", Message("after"), answers.Taker());
  EXPECT_EQ(answers.Wait(2), (std::vector<std::string>{"before accepted 0 ref=before | Taken by the sandbox.",
                                                       "after retry 0 | The service is stopping."}));
  sender->Stop(1s);
}

}  // namespace
}  // namespace recado::provider
