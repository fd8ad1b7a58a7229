#include "native/crm/connector.h"

#include <chrono>
#include <spdlog/spdlog.h>

namespace recado::directory {
namespace {

int64_t SteadyMs() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace

Connector::Connector(store::Store& store, std::function<Instant()> clock,
                     net::PrivateNetworks private_networks)
    : store_(store), clock_(std::move(clock)), transfers_(std::move(private_networks)) {}

Connector::~Connector() {
  Stop();
}

void Connector::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Connector::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  transfers_.Stop(std::chrono::milliseconds(500));
  if (thread_.joinable()) thread_.join();
}

bool Connector::Sleep(int64_t ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stop_.load(); });
  return !stop_;
}

Result<Connector::Source> Connector::Make() {
  const Result<store::ProviderRow> row = store_.FindCrmSource(true);
  if (!row.ok()) return row.error();
  const Result<Json> settings = ParseJson(row->settings);
  if (!settings.ok()) return settings.error();
  Result<Bitrix24Settings> read = ReadBitrix24(*settings, row->secrets);
  if (!read.ok()) return read.TakeError();
  return std::make_shared<Bitrix24Source>(
      store_, transfers_, *std::move(read), [this](int64_t ms) { return Sleep(ms); }, SteadyMs);
}

// The source as it is set up now; null where there is none.
Connector::Source Connector::Current() {
  const Result<store::ProviderRow> row = store_.FindCrmSource(false);
  const std::lock_guard lock(mutex_);
  if (!row.ok()) {
    source_ = nullptr;
    version_ = -1;
    return nullptr;
  }
  if (row->version == version_ && row->id == id_) return source_;
  Result<Source> made = Make();
  source_ = made.ok() ? *std::move(made) : nullptr;
  version_ = row->version;
  id_ = row->id;
  return source_;
}

Result<bool> Connector::TakeCall(std::string_view source, std::string_view media_type,
                                 std::string_view body) {
  const Source current = Current();
  {
    const std::lock_guard lock(mutex_);
    if (current == nullptr || id_ != source) return false;
  }
  Result<bool> taken = current->TakeCall(media_type, body, clock_());
  if (taken.ok() && *taken) {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }
  return taken;
}

// A source of its own: the thread's is at work.
Result<Json> Connector::Test() {
  Result<Source> source = Make();
  return source.ok() ? (*source)->Test() : source.TakeError();
}

Result<Json> Connector::FetchSchema() {
  Result<Source> source = Make();
  return source.ok() ? (*source)->FetchSchema() : source.TakeError();
}

Diagnostics Connector::status() {
  const Source current = Current();
  return current == nullptr ? Diagnostics() : current->status();
}

bool Connector::TurnOnce() {
  const Source current = Current();
  if (current == nullptr) return false;
  const bool more = current->Turn(clock_());
  const Diagnostics faults = current->status();
  if (!faults.empty()) spdlog::warn("{}", MessageOf(faults.front()));
  return more;
}

void Connector::Loop() {
  while (!stop_) {
    const bool more = TurnOnce();
    std::unique_lock lock(mutex_);
    if (!more)
      changed_.wait_for(lock, std::chrono::milliseconds(kConnectorTurnMs),
                        [this] { return stop_ || woken_; });
    woken_ = false;
  }
}

}  // namespace recado::directory
