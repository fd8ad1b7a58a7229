#include "native/server/caretaker.h"

#include <chrono>

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
  thread_ = std::thread([this] { Loop(); });
}

void Caretaker::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    ended_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
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
  through(retention->content_days,
          [this](Instant before) { return store_.EraseContent(before, kCarePortion); });
  through(retention->deliveries_days,
          [this](Instant before) { return store_.DeleteDeliveries(before, kCarePortion); });
}

void Caretaker::Loop() {
  while (!stop_) {
    Turn();
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, std::chrono::milliseconds(kCareEveryMs), [this] { return stop_.load(); });
  }
}

}  // namespace recado::server
