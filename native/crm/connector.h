// Connector: the thread that works for the CRM source which is set up, and what the API asks of it.
//
// There is one source at most (Store::FindCrmSource). A change of its settings takes effect at the next turn.
// Without one the thread sleeps. Calls of the portal wake it; else it looks once a minute for what is due
// soon.
//
// Threads: every method from any thread. Ownership: its thread and its network engine.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "native/crm/bitrix24_source.h"

namespace recado::directory {

inline constexpr int64_t kConnectorTurnMs = 60'000;  // between two looks without a call

class Connector {
 public:
  // `private_networks`: where the portal's address may lead.
  Connector(store::Store& store, std::function<Instant()> clock, net::PrivateNetworks private_networks = {});
  ~Connector();
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  void Start();
  // Ends after the exchange under way.
  void Stop();

  // As Bitrix24Source's. False also where no such source is set up.
  Result<bool> TakeCall(std::string_view source, std::string_view media_type, std::string_view body);
  // Error beside theirs: not_found.
  Result<Json> Test();
  Result<Json> FetchSchema();
  Diagnostics status();

  // One turn on the caller's thread; for tests.
  bool TurnOnce();

 private:
  using Source = std::shared_ptr<Bitrix24Source>;
  Result<Source> Make();
  Source Current();
  bool Sleep(int64_t ms);
  void Loop();

  store::Store& store_;
  const std::function<Instant()> clock_;
  net::Transfers transfers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  std::atomic<bool> stop_{false};
  Source source_;
  int64_t version_ = -1;  // of the settings `source_` was made from
  std::string id_;
  std::thread thread_;
};

}  // namespace recado::directory
