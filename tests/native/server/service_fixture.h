// A whole service without sockets: real store, engine, sandbox sender and App, on a clock that the test
// turns.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unistd.h>

#include "native/server/api.h"
#include "native/server/app.h"
#include "native/server/demo.h"
#include "tests/native/store/bell.h"

namespace recado::server {

class ServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / ("service-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store::OpenOptions open;
    open.path = (folder_ / "recado.db").string();
    auto opened = store::OpenSqlite(open);
    ASSERT_TRUE(opened.ok()) << Dump(opened.error());
    store_ = *std::move(opened);
    ASSERT_TRUE(FillDemo(*store_, now_).ok());
    sender_ = provider::MakeSender(*store_);
    directory_ = std::make_unique<directory::Directory>(*store_);
    dispatch::EngineOptions options;
    options.public_url = kPublicUrl;
    engine_ = std::make_unique<dispatch::Engine>(*store_, *sender_, directory_.get(), options);
    engine_->Start(now_);
    access_ = std::make_unique<Access>(*store_, false);
    const auto clock = [this] { return now_; };
    importer_ = std::make_unique<directory::Importer>(*store_, (folder_ / "imports").string(), clock);
    connector_ = std::make_unique<directory::Connector>(*store_, clock);
    api_ = std::make_unique<Api>(Api{*store_, *engine_, *directory_, *access_, news_, kPublicUrl, clock,
                                     importer_.get(), connector_.get(), &counters_});
    subscription_ =
        store_->Subscribe([this](std::span<const store::Change> changes) { counters_.Take(changes); });
    app_ = std::make_unique<App>(AppOptions{"", clock}, ApiRoutes(*api_), *access_, pages_);
    for (const store::Role role :
         {store::Role::kViewer, store::Role::kOperator, store::Role::kEditor, store::Role::kAdmin}) {
      tokens_[static_cast<size_t>(role)] = access_->MakeToken("test", role, now_)->secret;
    }
  }

  void TearDown() override {
    sender_->Stop(std::chrono::milliseconds(1'000));
    store_->Unsubscribe(subscription_);
    app_.reset();
    importer_.reset();
    connector_.reset();
    engine_.reset();
    store_->Close();
    sender_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Asks as an administrator unless told otherwise; waits for the answer.
  Response Ask(Method method, const std::string& target, const std::string& body = "",
               std::vector<std::pair<std::string, std::string>> headers = {},
               std::optional<store::Role> role = store::Role::kAdmin) {
    Request request;
    request.method = method;
    EXPECT_TRUE(ParseTarget(target, request)) << target;
    request.body = body;
    request.remote = "127.0.0.1";
    request.headers.emplace("Host", "127.0.0.1:8080");
    if (role) request.headers.emplace("Authorization", "Bearer " + tokens_[static_cast<size_t>(*role)]);
    for (auto& [name, value] : headers) request.headers.emplace(std::move(name), std::move(value));
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<Response> response;
    app_->Handle(std::move(request), [&](Response out) {
      const std::lock_guard lock(mutex);
      response = std::move(out);
      answered.notify_all();
    });
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return response.has_value(); });
    return *std::move(response);
  }

  // For what is answered only after the engine has turned.
  Response AskWhileItTurns(Method method, const std::string& target, const std::string& body) {
    std::future<Response> response =
        std::async(std::launch::async, [&] { return Ask(method, target, body); });
    while (response.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready)
      engine_->Settle(now_);
    return response.get();
  }

  // Turns the engine until this holds: once more whenever the sender has answered or the store has changed.
  template <class Holds>
  bool SettleUntil(Holds holds) {
    store::Bell bell;
    engine_->OnWake([&bell] { bell.Ring(); });
    const int heard = store_->Subscribe([&bell](std::span<const store::Change>) { bell.Ring(); });
    const bool held = bell.WaitUntil([&] {
      engine_->Settle(now_);
      return holds();
    });
    store_->Unsubscribe(heard);
    engine_->OnWake(nullptr);
    return held;
  }
  // Until no message is due or on its way.
  bool SettleAll() {
    return SettleUntil([this] {
      const auto counts = store_->CountDeliveries();
      return !counts->contains(store::Status::kDue) && !counts->contains(store::Status::kInFlight);
    });
  }

  static Json BodyOf(const Response& response) {
    auto json = ParseJson(response.Body());
    return json.ok() ? *std::move(json) : Json();
  }
  // "400 invalid_json"
  static std::string Verdict(const Response& response) {
    const Json json = BodyOf(response);
    const std::string code = json.is_object() && json.contains("code") ? json["code"].get<std::string>() : "";
    return std::to_string(response.status) + (code.empty() ? "" : " " + code);
  }

  static constexpr const char* kPublicUrl = "https://recado.example";
  Instant now_{1'800'000'000'000};
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<provider::Sender> sender_;
  std::unique_ptr<directory::Directory> directory_;
  std::unique_ptr<dispatch::Engine> engine_;
  std::unique_ptr<Access> access_;
  std::unique_ptr<directory::Importer> importer_;
  std::unique_ptr<directory::Connector> connector_;
  News news_{"test"};
  Counters counters_;
  int subscription_ = 0;
  Pages pages_{"/nonexistent", "/nonexistent"};
  std::unique_ptr<Api> api_;
  std::unique_ptr<App> app_;
  std::string tokens_[4];
};

}  // namespace recado::server
