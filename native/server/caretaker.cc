#include "native/server/caretaker.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace recado::server {
namespace {

constexpr int64_t kDayMs = 86'400'000;

}  // namespace

Result<Retention> ReadRetention(const Json& workspace) {
  Retention retention;
  const auto member = workspace.find("retention");
  if (member == workspace.end() || member->is_null()) return retention;
  if (!member->is_object()) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::wrong_type)
                           .At("/retention")
                           .With("what", "\"retention\"")
                           .With("expected", "an object")
                           .With("actual", std::string(TypeWord(*member)))};
  }
  Diagnostics faults;
  for (const auto& days : member->items()) {
    const Json& value = days.value();
    const bool known = days.key() == "content_days" || days.key() == "deliveries_days";
    const bool fits =
        value.is_number_integer() && value.get<int64_t>() >= 1 && value.get<int64_t>() <= kMaxRetentionDays;
    if (known && fits) {
      (days.key() == "content_days" ? retention.content_days : retention.deliveries_days) =
          value.get<int64_t>();
    } else {
      // A misspelt name would keep for ever what somebody meant to be erased.
      faults.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                           .At(Child("/retention", days.key()))
                           .With("value", known ? DumpJson(value) : days.key())
                           .With("what", "\"retention\"")
                           .With("allowed", "content_days, deliveries_days: 1 – 36500"));
    }
  }
  if (!faults.empty()) return faults;
  return retention;
}

void Caretaker::Start() {
  subscription_ = store_.Subscribe([this](std::span<const store::Change> changes) {
    for (const store::Change& change : changes) {
      if (change.kind != store::Change::Kind::kDelivery || changed_) continue;
      const std::lock_guard lock(mutex_);
      changed_ = true;
      ended_.notify_all();
    }
  });
  thread_ = std::thread([this] { Loop(); });
  search_thread_ = std::thread([this] { SearchLoop(); });
}

void Caretaker::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    ended_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  if (search_thread_.joinable()) search_thread_.join();
  if (subscription_ != 0) store_.Unsubscribe(std::exchange(subscription_, 0));
}

bool Caretaker::Rest(int64_t ms) {
  std::unique_lock lock(mutex_);
  return !ended_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stop_.load(); });
}

void Caretaker::TurnSearch() {
  for (;;) {
    const Result<size_t> indexed = store_.IndexDeliveries(kSearchPortion);
    if (!indexed.ok()) return;
    if (*indexed < kSearchPortion) break;
    if (!Rest(kSearchRestMs)) return;
  }
  for (bool first = true;; first = false) {
    const Result<bool> more = store_.MergeSearch(first);
    if (!more.ok() || !*more || !Rest(kSearchRestMs)) return;
  }
}

void Caretaker::SearchLoop() {
  while (!stop_) {
    changed_ = false;
    TurnSearch();
    // A rest after each turn: many changes in a row become one.
    if (!Rest(kSearchRestMs)) return;
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, std::chrono::milliseconds(kSearchIdleMs),
                    [this] { return stop_.load() || changed_.load(); });
  }
}

void Caretaker::Turn() {
  const Instant now = clock_();
  while (!stop_) {
    const auto more = store_.SumUpOneDay(now.ms / kDayMs);
    if (!more.ok() || !*more) break;
  }
  if (forgotten_ && now.ms - forgotten_->ms < kForgetEveryMs) return;
  forgotten_ = now;
  const auto document = store_.FindDocument("workspace");
  if (!document.ok() || document->json.empty()) return;
  const Result<Json> json = ParseJson(document->json);
  const Result<Retention> retention = json.ok() ? ReadRetention(*json) : Result<Retention>(Retention());
  if (!retention.ok()) return;
  const auto through = [&](std::optional<int64_t> days, const auto& portion) {
    while (days && !stop_) {
      const Instant before{now.ms - *days * kDayMs};
      const Result<size_t> found = portion(before);
      if (!found.ok() || *found < kCarePortion) return;
    }
  };
  // The way out in a message works for kMinDeliveryDays, whatever is said: until then a delivery without any
  // content stays, and with it the fingerprint of its address.
  std::optional<int64_t> content = retention->content_days;
  std::optional<int64_t> deliveries = retention->deliveries_days;
  if (deliveries && *deliveries < kMinDeliveryDays) {
    content = std::min(content.value_or(*deliveries), *deliveries);
    deliveries = kMinDeliveryDays;
  }
  through(content, [this](Instant before) { return store_.EraseContent(before, kCarePortion); });
  through(deliveries, [this](Instant before) { return store_.DeleteDeliveries(before, kCarePortion); });
}

void Caretaker::Loop() {
  while (!stop_) {
    Turn();
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, std::chrono::milliseconds(kCareEveryMs), [this] { return stop_.load(); });
  }
}

}  // namespace recado::server
