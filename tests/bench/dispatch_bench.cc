// Events a second made durable, and messages a second through the whole road (plan, compose, in_flight,
// sandbox, outcome), without HTTP: what the store and the engine give by themselves.
//
//   recado_dispatch_bench [events] [producers] [events a call]
//
// Every event is of another customer, with a text of three substitutions. One line a figure.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "native/dispatch/engine.h"

namespace recado {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Json EventOf(int number) {
  const std::string n = std::to_string(number);
  return *ParseJson(
      R"({"id":"evt-)" + n +
      R"(","type":"stage_changed","at":"2020-01-01T09:30:00Z","entity":"deal","entity_id":"D-)" + n +
      R"(","pipeline":"sales","from":"new","to":"paid","snapshot":{"deal":{"id":"D-)" + n +
      R"(","number":")" + n +
      R"(","pipeline":"sales","stage":"paid","amount":{"amount":"129.90","currency":"EUR"}},)" +
      R"("contacts":[{"id":"C-)" + n +
      R"(","first_name":"Ana","phones":[{"type":"mobile","value":"+4915112345678"}]}]}})");
}

void SetUp(store::Store& store) {
  const Instant now = dispatch::SystemNow();
  const auto put = [&](const char* name, const char* json) {
    (void)store::Await<store::Document>([&](auto done) { store.PutDocument(name, json, {}, "", now, done); });
  };
  put("workspace",
      R"({"name":"Shop","default_region":"DE","language":"en","time_zone":"Europe/Berlin","currency":"EUR"})");
  const store::PutProvider provider{.id = "sms-main",
                                    .kind = "sandbox",
                                    .settings = "{}",
                                    .secrets = {},
                                    .if_match = {},
                                    .by = "",
                                    .now = now};
  (void)store::Await<store::ProviderRow>([&](auto done) { store.PutProvider(provider, done); });
  const store::PutRule rule{
      .id = "paid",
      .document =
          R"({"id":"paid","name":"Paid","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name }}, we have received your payment of {{ deal.amount | money }} for order {{ deal.number }}. It leaves our house tomorrow, we will write again.","provider":"sms-main"}})",
      .publish = true,
      .if_match = {},
      .by = "",
      .now = now};
  (void)store::Await<store::RuleRow>([&](auto done) { store.PutRule(rule, done); });
}

// Every producer has a few calls under way, as a server with many connections would.
double IngestAll(dispatch::Engine& engine, int events, int producers, int batch) {
  std::vector<std::vector<std::vector<Json>>> work(static_cast<size_t>(producers));
  for (int i = 0; i < events;) {
    auto& calls = work[static_cast<size_t>(i / batch % producers)];
    calls.emplace_back();
    for (int k = 0; k < batch && i < events; ++k, ++i) calls.back().push_back(EventOf(i));
  }
  std::atomic<int> kept = 0;
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  for (auto& calls : work) {
    threads.emplace_back([&engine, &calls, &kept] {
      for (auto& call : calls) {
        std::promise<bool> answered;
        engine.Ingest(std::move(call), dispatch::SystemNow(), [&](auto answer) {
          kept += answer.ok() ? static_cast<int>(answer->accepted) : 0;
          answered.set_value(answer.ok());
        });
        answered.get_future().wait();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const double seconds = SecondsSince(start);
  if (kept != events) std::printf("only %d of %d events kept\n", kept.load(), events);
  return seconds;
}

int Main(int events, int producers, int batch) {
  const std::string folder = "/tmp/recado_bench_" + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  {
    auto store = store::OpenSqlite({.path = folder + "/recado.db", .key = {}});
    if (!store.ok()) return 1;
    SetUp(**store);
    auto sender = provider::MakeSender(**store);
    dispatch::Engine engine(**store, *sender, nullptr);
    engine.Start(dispatch::SystemNow());
    const double alone = IngestAll(engine, events, producers, batch);
    std::printf("accepted durably, nothing else running: %8.0f events/s (%d producers, %d a call)\n",
                events / alone, producers, batch);
    const auto start = Clock::now();
    {
      dispatch::Shell shell(engine);
      while (engine.stats().accepted < events && SecondsSince(start) < 300) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    }
    const double seconds = SecondsSince(start);
    std::printf("planned, composed, sent, recorded:      %8.0f messages/s\n",
                static_cast<double>(engine.stats().accepted) / seconds);
    std::printf("both one after the other:               %8.0f messages/s\n",
                static_cast<double>(engine.stats().accepted) / (seconds + alone));
    std::printf("%s\n", engine.stats().Dump().c_str());
    sender->Stop(std::chrono::milliseconds(100));
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace recado

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const auto argument = [&](int index, int fallback) {
    return argc > index ? std::atoi(argv[index]) : fallback;
  };
  return recado::Main(argument(1, 50'000), argument(2, 16), argument(3, 100));
}
