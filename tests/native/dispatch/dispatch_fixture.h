// An engine on a real store with a virtual clock, and a sender that records and answers as it is told.
#pragma once

#include <deque>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "native/crm/directory.h"
#include "native/dispatch/engine.h"
#include "tests/native/store/store_fixture.h"

namespace recado::dispatch {

using provider::Outcome;
using store::Await;
using store::Delivery;
using store::Status;

// Answers every message at once with the next of `script` (accepted when it is empty), or, with `hold`, when
// the test says so.
class RecordingSender : public provider::Sender {
 public:
  struct Sent {
    std::string provider;
    provider::Outgoing message;
    bool find = false;
    Done done;
  };

  Diagnostics Configure(std::vector<provider::Config> configs) override {
    configured = std::move(configs);
    return {};
  }
  void Send(std::string provider_id, provider::Outgoing message, Done done) override {
    known_at_send = configured.size();
    Take({std::move(provider_id), std::move(message), false, std::move(done)});
  }
  void Find(std::string provider_id, provider::Outgoing message, Done done) override {
    Take({std::move(provider_id), std::move(message), true, std::move(done)});
  }
  provider::Resolution ResolutionOf(std::string_view) const override { return resolution; }
  provider::WebhookAnswer ReadWebhook(std::string_view, const provider::WebhookCall&) const override {
    return reported;
  }
  void Stop(std::chrono::milliseconds) override {}

  // Answers the oldest held message.
  void AnswerFirst(Outcome outcome) {
    Sent first = std::move(held.front());
    held.pop_front();
    first.done(first.message.key, std::move(outcome));
  }
  // "sms-main:Hi Ana find:…" for each call, in order.
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const Sent& one : sent) {
      texts.push_back((one.find ? "find:" : "") + one.message.message.to.address + " " +
                      one.message.message.text);
    }
    return texts;
  }

  std::vector<Sent> sent;
  size_t known_at_send = 0;  // how many providers were configured when the newest message was given
  std::deque<Sent> held;
  std::deque<Outcome> script;
  bool hold = false;
  provider::Resolution resolution = provider::Resolution::kBlind;
  std::vector<provider::Config> configured;
  provider::WebhookAnswer reported;  // what every call of a vendor says

 private:
  void Take(Sent one) {
    sent.push_back(one);
    if (hold) {
      held.push_back(std::move(one));
      return;
    }
    Outcome outcome{.kind = Outcome::Kind::kAccepted, .reference = "ref", .text = "ok", .retry_after = {}};
    if (!script.empty()) {
      outcome = std::move(script.front());
      script.pop_front();
    }
    one.done(one.message.key, std::move(outcome));
  }
};

inline Outcome Says(Outcome::Kind kind, std::string text = "") {
  return Outcome{.kind = kind, .reference = "", .text = std::move(text), .retry_after = {}};
}

class DispatchTest : public testing::Test {
 protected:
  DispatchTest() {
    OpenStore();
    PutProvider("sms-main");
    Start();
  }
  ~DispatchTest() override { engine_.reset(); }

  void OpenStore() {
    auto opened = store::OpenSqlite({.path = folder_ / "recado.db", .key = {}});
    ASSERT_TRUE(opened.ok()) << Dump(opened.error());
    store_ = *std::move(opened);
    directory_ = std::make_unique<directory::Directory>(*store_);
  }
  void Start() {
    options_.retry = retry_;
    engine_ = std::make_unique<Engine>(*store_, sender_, directory_.get(), options_);
    engine_->Start(now_);
  }
  // As after kill -9: what the engine held in memory is gone.
  void Crash() {
    sender_.held.clear();
    engine_.reset();
    directory_.reset();
    store_.reset();
    OpenStore();
    Start();
    engine_->Settle(now_);
  }

  void Advance(int64_t ms) {
    now_.ms += ms;
    engine_->Settle(now_);
  }
  void PutProvider(const std::string& id, const std::string& settings = "{}") {
    const store::PutProvider put{.id = id,
                                 .kind = "sandbox",
                                 .settings = settings,
                                 .secrets = {},
                                 .if_match = {},
                                 .by = "",
                                 .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutProvider(put, done); }).ok());
  }
  void PutWorkspace(const std::string& json) {
    ASSERT_TRUE(Await<store::Document>([&](auto done) {
                  store_->PutDocument("workspace", json, {}, "", now_, done);
                }).ok());
  }
  // An SMS rule; `more` are further members, each with a comma before it.
  void PutRule(const std::string& id, const std::string& text = "Hi {{ contact.first_name }}",
               const std::string& more = "", const std::string& stage = "paid") {
    const std::string json =
        R"({"id":")" + id + R"(","name":"n","on":{"entity":"deal","pipeline":"sales","stage":")" + stage +
        R"("},"action":{"type":"send_sms","text":")" + text + R"(","provider":"sms-main"})" + more + "}";
    store::PutRule put{.id = id, .document = json, .publish = true, .if_match = {}, .by = "", .now = now_};
    ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
  }

  Json SnapshotOf(const std::string& item, const std::string& stage, const std::string& name = "Ana",
                  const std::string& phone = "+4915112345678") const {
    return *ParseJson(
        R"({"deal":{"id":")" + item + R"(","pipeline":"sales","stage":")" + stage +
        R"("},"contacts":[{"id":"C-)" + name + R"(","first_name":")" + name +
        R"(","phones":[{"type":"mobile","value":")" + phone +
        R"("}]}],"workspace":{"name":"Shop","default_region":"DE","language":"en","time_zone":"UTC"}})");
  }
  Json Event(const std::string& id, const std::string& item, const std::string& to,
             const std::string& from = "new") const {
    Json event = {{"id", id},
                  {"type", "stage_changed"},
                  {"at", FormatInstant(now_)},
                  {"entity", "deal"},
                  {"entity_id", item},
                  {"pipeline", "sales"},
                  {"from", from},
                  {"to", to},
                  {"snapshot", SnapshotOf(item, to)}};
    return event;
  }
  Result<IngestAnswer, IngestFault> Ingest(std::vector<Json> events) {
    std::promise<Result<IngestAnswer, IngestFault>> promise;
    auto future = promise.get_future();
    engine_->Ingest(std::move(events), now_, [&](auto answer) { promise.set_value(std::move(answer)); });
    return future.get();
  }
  void Post(Json event) {
    const auto answer = Ingest({std::move(event)});
    ASSERT_TRUE(answer.ok()) << Dump(answer.error().diagnostics);
    engine_->Settle(now_);
  }
  // "rule:status" or "rule:status/reason", oldest first.
  std::vector<std::string> Deliveries() {
    std::vector<std::string> list;
    const auto rows = store_->ListDeliveries({});
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
      list.push_back(row->rule_id + ":" + std::string(StatusName(row->status)) +
                     (row->reason.empty() ? "" : "/" + row->reason));
    }
    return list;
  }
  Delivery Only() {
    const auto rows = store_->ListDeliveries({});
    EXPECT_EQ(rows->size(), 1u);
    return rows->empty() ? Delivery{} : *store_->FindDelivery(rows->front().key);
  }
  // Everything posted to the store so far is on disk.
  void Flush() {
    ASSERT_TRUE(Await<store::Unit>([&](auto done) { store_->AddAudit({}, done); }).ok());
  }
  template <class Call>
  std::string Try(Call&& call) {
    const auto result = Await<store::Unit>(std::forward<Call>(call));
    engine_->Settle(now_);
    return store::CodeOf(result);
  }

  using Strings = std::vector<std::string>;
  store::TempFolder folder_;
  Instant now_{store::kNow};
  RetryPolicy retry_;
  EngineOptions options_;
  RecordingSender sender_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<directory::Directory> directory_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace recado::dispatch
