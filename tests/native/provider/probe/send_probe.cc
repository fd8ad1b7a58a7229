// recado_send_probe: the real sender behind a pipe. NDJSON in, NDJSON out, one line for each.
//
//   {"configure":[{"id","kind","settings","secrets"}]}   → {"diagnostics":[…]}
//   {"send":{"provider","key","channel",…}}              →
//   {"key","kind","status","reference","text","retry_after_ms"}
//   {"find":{…}}                                          → the same
//   {"burst":[{…},…]}                                     → one line a message, in the order of their ends
//   {"bench":{"message":{…},"count":N,"concurrent":C}}   → {"count","seconds","outcomes":{"accepted":N}}
//   {"stop_ms":N,"pending":[{…}]}                         → one line a pending message, then
//   {"stopped_in_ms"}
//
// Options: --public-url URL, --now INSTANT.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "core/base/json.h"
#include "native/provider/sender.h"

namespace {

using namespace recado;
using provider::Outcome;
using provider::Outgoing;
using Clock = std::chrono::steady_clock;

// Takes everything and remembers the keys.
class Sink : public provider::SandboxSink {
 public:
  bool Take(const std::vector<const Outgoing*>& messages, std::string_view) override {
    largest_ = std::max(largest_, messages.size());
    for (const Outgoing* message : messages) keys_.insert(message->key);
    return true;
  }
  size_t largest_ = 0;
  std::set<std::string> keys_;
};

std::string Text(const Json& json, const char* name) {
  return json.value(name, "");
}

rule::Channel ChannelOf(const std::string& name) {
  if (name == "sms") return rule::Channel::kSms;
  if (name == "call") return rule::Channel::kCall;
  if (name == "chat") return rule::Channel::kChat;
  if (name == "whatsapp") return rule::Channel::kWhatsApp;
  return rule::Channel::kEmail;
}

Outgoing ReadOutgoing(const Json& json) {
  Outgoing out;
  out.key = Text(json, "key");
  out.attempt = json.value("attempt", 1);
  const Result<Instant> at = ParseInstant(Text(json, "at"));
  if (at.ok()) out.at = *at;
  plan::Message& message = out.message;
  message.channel = ChannelOf(Text(json, "channel"));
  message.to.address = Text(json, "to");
  message.to.name = Text(json, "to_name");
  message.text = Text(json, "text");
  message.from = Text(json, "from");
  message.from_name = Text(json, "from_name");
  message.subject = Text(json, "subject");
  if (json.contains("html")) message.html = Text(json, "html");
  if (json.contains("plain")) message.plain = Text(json, "plain");
  if (json.contains("attachments")) {
    for (const Json& file : json["attachments"]) {
      message.attachments.push_back({Text(file, "name"), Text(file, "file")});
    }
  }
  if (json.contains("files")) {
    for (const auto& [name, path] : json["files"].items()) out.files[name] = path.get<std::string>();
  }
  return out;
}

std::string_view KindName(Outcome::Kind kind) {
  constexpr std::string_view kNames[] = {"accepted", "retry", "rate_limited", "permanent", "unknown"};
  return kNames[static_cast<size_t>(kind)];
}

class Probe {
 public:
  explicit Probe(provider::SenderOptions options)
      : sender_(provider::MakeSender(sink_, std::move(options))) {}

  void Obey(const Json& line) {
    if (line.contains("configure")) return Configure(line["configure"]);
    if (line.contains("bench")) return Bench(line["bench"]);
    if (line.contains("stop_ms")) return Stop(line);
    Expect(1);
    if (line.contains("send")) Begin(line["send"]);
    if (line.contains("find")) {
      sender_->Find(Text(line["find"], "provider"), ReadOutgoing(line["find"]), Printer());
    }
    if (line.contains("burst")) {
      Expect(line["burst"].size());
      for (const Json& message : line["burst"]) Begin(message);
    }
    Wait();
  }

 private:
  void Configure(const Json& list) {
    std::vector<provider::Config> configs;
    for (const Json& json : list) {
      provider::Config config{Text(json, "id"), Text(json, "kind"), Json::object(), {}};
      if (json.contains("settings")) config.settings = json["settings"];
      if (json.contains("secrets")) {
        for (const auto& [name, value] : json["secrets"].items())
          config.secrets[name] = value.get<std::string>();
      }
      configs.push_back(std::move(config));
    }
    const Json found = ToJson(sender_->Configure(std::move(configs)), OffsetUnit::kBytes);
    Print(Json{{"diagnostics", found}});
  }

  void Begin(const Json& message) {
    sender_->Send(Text(message, "provider"), ReadOutgoing(message), Printer());
  }

  void Bench(const Json& bench) {
    const size_t count = bench["count"].get<size_t>();
    const size_t concurrent = bench.value("concurrent", size_t{64});
    const Outgoing sample = ReadOutgoing(bench["message"]);
    const std::string id = Text(bench["message"], "provider");
    std::map<std::string, size_t> outcomes;
    size_t begun = 0;
    size_t ended = 0;
    const auto start = Clock::now();
    std::unique_lock lock(mutex_);
    while (ended < count) {
      while (begun < count && begun - ended < concurrent) {
        Outgoing message = sample;
        message.key += "-" + std::to_string(begun++);
        lock.unlock();
        sender_->Send(id, std::move(message), [&](const std::string&, const Outcome& outcome) {
          const std::lock_guard inner(mutex_);
          ++outcomes[std::string(KindName(outcome.kind))];
          ++ended;
          changed_.notify_one();
        });
        lock.lock();
      }
      changed_.wait(lock, [&] { return ended == count || (begun < count && begun - ended < concurrent); });
    }
    lock.unlock();
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    Json summary = {{"count", count}, {"microseconds", took.count()}};
    summary["per_second"] = static_cast<int64_t>(count) * 1'000'000 / std::max<int64_t>(took.count(), 1);
    for (const auto& [kind, number] : outcomes) summary["outcomes"][kind] = number;
    summary["largest_sandbox_batch"] = sink_.largest_;
    Print(summary);
  }

  void Stop(const Json& line) {
    Expect(line["pending"].size());
    for (const Json& message : line["pending"]) Begin(message);
    const auto start = Clock::now();
    sender_->Stop(std::chrono::milliseconds(line["stop_ms"].get<int>()));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    Wait();  // every message has had its answer before Stop returned
    Print(Json{{"stopped_in_ms", took.count()}});
  }

  provider::Sender::Done Printer() {
    return [this](const std::string& key, const Outcome& outcome) {
      Json json = {{"key", key},
                   {"kind", KindName(outcome.kind)},
                   {"status", outcome.status},
                   {"reference", outcome.reference},
                   {"text", outcome.text}};
      if (outcome.retry_after) json["retry_after_ms"] = outcome.retry_after->count();
      const std::lock_guard lock(mutex_);
      Print(json);
      --expected_;
      changed_.notify_one();
    };
  }

  void Expect(size_t count) { expected_ = count; }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return expected_ == 0; });
  }
  static void Print(const Json& json) { std::cout << DumpJson(json) << std::endl; }

  Sink sink_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t expected_ = 0;
  std::unique_ptr<provider::Sender> sender_;
};

}  // namespace

int main(int argc, char** argv) {
  provider::SenderOptions options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--public-url") options.public_url = argv[i + 1];
    if (name == "--now") {
      const Result<Instant> now = ParseInstant(argv[i + 1]);
      if (!now.ok()) return 2;
      options.now = [moment = *now] { return moment; };
    }
  }
  Probe probe(std::move(options));
  for (std::string line; std::getline(std::cin, line);) {
    const Result<Json> json = ParseJson(line);
    if (!json.ok()) {
      std::cerr << Dump(json.error()) << "\n";
      return 2;
    }
    probe.Obey(*json);
  }
  return 0;
}
