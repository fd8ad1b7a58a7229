// A million: how long a service with that many scheduled messages takes to start and what they weigh in
// memory, and whether memory stays level while that many are sent.
//
//   recado_scale_bench start [scheduled]     store and engine opened, the first turn done
//   recado_scale_bench flat [messages]       resident memory after a tenth of them and after all, over the
//                                            sandbox, events as they are planned: 2,000 ahead at most
//
//   recado_scale_bench search [deliveries]   making that many findable by their words, and finding some
//
// One line a figure.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

#include "core/base/sha256.h"
#include "native/dispatch/engine.h"
#include "native/store/search_text.h"

namespace recado {
namespace {

using Clock = std::chrono::steady_clock;
using store::Await;

constexpr int kPage = 1'000;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double ResidentMb() {
  std::ifstream statm("/proc/self/statm");
  long all = 0;
  long resident = 0;
  statm >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

void SetUp(store::Store& store) {
  const Instant now = dispatch::SystemNow();
  (void)Await<store::Document>([&](auto done) {
    store.PutDocument("workspace",
                      R"({"name":"Shop","default_region":"DE","language":"en","currency":"EUR"})", {}, "",
                      now, done);
  });
  const store::PutProvider provider{
      .id = "p", .kind = "sandbox", .settings = "{}", .secrets = {}, .if_match = {}, .by = "", .now = now};
  (void)Await<store::ProviderRow>([&](auto done) { store.PutProvider(provider, done); });
  const store::PutRule rule{
      .id = "r",
      .document =
          R"({"id":"r","name":"R","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"Order {{ deal.number }} for {{ contact.first_name }}","provider":"p"}})",
      .publish = true,
      .if_match = {},
      .by = "",
      .now = now};
  (void)Await<store::RuleRow>([&](auto done) { store.PutRule(rule, done); });
}

std::unique_ptr<store::Store> Open(const std::string& folder) {
  auto opened = store::OpenSqlite({.path = folder + "/recado.db", .key = {}});
  return opened.ok() ? *std::move(opened) : nullptr;
}

// So many deliveries of one rule, each completed by `complete(delivery, its number)`.
template <class Complete>
void Commit(store::Store& store, int count, Complete complete) {
  const Instant now = dispatch::SystemNow();
  for (int i = 0; i < count; i += kPage) {
    store::PlanBatch batch;
    for (int k = i; k < i + kPage && k < count; ++k) {
      store::Delivery d;
      const std::string n = std::to_string(k);
      d.key = Sha256Hex(n);
      d.rule_id = "r";
      d.channel = "sms";
      d.entity = "deal";
      d.entity_id = "D-" + n;
      d.created_at = now;
      d.customer = "contact:C-" + n;
      d.provider = "p";
      complete(d, k);
      batch.deliveries.push_back(std::move(d));
    }
    (void)Await<std::vector<int64_t>>([&](auto done) { store.CommitPlan(std::move(batch), now, done); });
  }
}

// As planning leaves them, due one a second from tomorrow on.
void Schedule(store::Store& store, int count) {
  Commit(store, count, [](store::Delivery& d, int k) {
    d.rule_revision = 1;
    d.pipeline = "sales";
    d.stage = "paid";
    d.event_id = "evt-" + std::to_string(k);
    d.due = Instant{d.created_at.ms + 86'400'000 + int64_t{k} * 1'000};
    d.next_at = d.due;
    d.history = {{.at = d.created_at, .what = "scheduled", .text = {}, .outcome = {}}};
  });
}

int Start(const std::string& folder, int count) {
  {
    const auto store = Open(folder);
    SetUp(*store);
    Schedule(*store, count);
  }
  const double before = ResidentMb();
  const auto start = Clock::now();
  const auto store = Open(folder);
  const auto sender = provider::MakeSender(*store);
  dispatch::Engine engine(*store, *sender, nullptr);
  engine.Start(dispatch::SystemNow());
  engine.Tick(dispatch::SystemNow());
  const double seconds = SecondsSince(start);
  std::printf(
      "%d scheduled: open, start and first turn %.0f ms, %.1f MB more in memory; next due in %.0f s\n", count,
      seconds * 1e3, ResidentMb() - before,
      static_cast<double>(engine.NextWakeup().value_or(Instant{}).ms - dispatch::SystemNow().ms) / 1e3);
  sender->Stop(std::chrono::milliseconds(100));
  return seconds < 2 ? 0 : 1;
}

Json EventOf(int number) {
  const std::string n = std::to_string(number);
  return *ParseJson(
      R"({"id":"evt-)" + n +
      R"(","type":"stage_changed","at":"2020-01-01T09:30:00Z","entity":"deal","entity_id":"D-)" + n +
      R"(","pipeline":"sales","from":"new","to":"paid","snapshot":{"deal":{"id":"D-)" + n +
      R"(","number":")" + n + R"(","pipeline":"sales","stage":"paid"},"contacts":[{"id":"C-)" + n +
      R"(","first_name":"Ana","phones":[{"type":"mobile","value":"+4915112345678"}]}]}})");
}

int Flat(const std::string& folder, int count) {
  const auto store = Open(folder);
  SetUp(*store);
  const auto sender = provider::MakeSender(*store);
  double early = 0;
  double late = 0;
  {
    dispatch::Engine engine(*store, *sender, nullptr);
    engine.Start(dispatch::SystemNow());
    const dispatch::Shell shell(engine);
    for (int i = 0; i < count; i += 100) {
      std::vector<Json> events;
      for (int k = i; k < i + 100; ++k) events.push_back(EventOf(k));
      std::promise<void> kept;
      engine.Ingest(std::move(events), dispatch::SystemNow(), [&](auto) { kept.set_value(); });
      kept.get_future().wait();
      while (i - engine.stats().accepted > 2'000) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (i + 100 == count / 10) early = ResidentMb();
    }
    while (engine.stats().accepted < count) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    late = ResidentMb();
    sender->Stop(std::chrono::milliseconds(100));
  }
  std::printf("%d sent: %.1f MB, %d sent: %.1f MB, ratio %.2f\n", count / 10, early, count, late,
              late / early);
  return late <= early * 1.2 ? 0 : 1;
}

// Each says something of its own beside what all say.
void Deliver(store::Store& store, int count) {
  Commit(store, count, [](store::Delivery& d, int k) {
    d.status = store::Status::kDelivered;
    d.address = "+49151" + std::to_string(10'000'000 + k);
    d.message = "{\"content\":{\"text\":\"Hello Ana, your order " + std::to_string(k) +
                " with two bicycles is on its way and will reach you on Tuesday. Yours, the bike shop\"}}";
  });
}

int Search(const std::string& folder, int count) {
  const auto store = Open(folder);
  SetUp(*store);
  Deliver(*store, count);
  const auto size = [&] {
    return static_cast<double>(std::filesystem::file_size(folder + "/recado.db")) / 1e6;
  };
  const double before = size();
  const auto start = Clock::now();
  while (store->IndexDeliveries(10'000).ValueOr(0) > 0) {
  }
  const double seconds = SecondsSince(start);
  std::printf("%d made findable: %.1f s, %.0f us each, %.0f bytes each\n", count, seconds,
              seconds * 1e6 / count, (size() - before) * 1e6 / count);
  for (const char* typed : {"4242", "bicycles", "tuesday order 77", "+49 151 1000 4242", "nothing"}) {
    const auto asked = Clock::now();
    const auto page = store->PageOfDeliveries({.match = store::SearchExpression(typed)});
    std::printf("  %-20s %zu found, %.1f ms\n", typed, page->deliveries.size(), SecondsSince(asked) * 1e3);
  }
  const auto asked = Clock::now();
  const auto page = store->PageOfDeliveries({.channel = "email"});
  std::printf("  %-20s %zu found, %.1f ms\n", "channel=email", page->deliveries.size(),
              SecondsSince(asked) * 1e3);
  return 0;
}

}  // namespace
}  // namespace recado

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const int count = argc > 2 ? std::atoi(argv[2]) : 1'000'000;
  const std::string folder = "/tmp/recado_scale_" + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  int code = 2;
  if (what == "start") code = recado::Start(folder, count);
  if (what == "flat") code = recado::Flat(folder, count);
  if (what == "search") code = recado::Search(folder, count);
  std::filesystem::remove_all(folder);
  return code;
}
