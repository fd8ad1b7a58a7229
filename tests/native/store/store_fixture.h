// A store in a folder of its own, gone with the test.
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <stdlib.h>
#include <string>
#include <utility>
#include <vector>

#include "core/base/sha256.h"
#include "native/store/store.h"

namespace recado::store {

class TempFolder {
 public:
  TempFolder() {
    char pattern[] = "/tmp/recado_test_XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline constexpr Instant kNow{1'795'340'000'000};  // a morning in November 2026

inline NewEvent EventOf(const std::string& id, const std::string& body = "{}", Instant at = kNow) {
  const auto digest = Sha256(body);
  return NewEvent{.id = id,
                  .digest = std::string(reinterpret_cast<const char*>(digest.data()), digest.size()),
                  .json = body,
                  .entity = "deal",
                  .entity_id = "D-" + id,
                  .at = at};
}

// The code of a failed result, "" where it succeeded.
template <class T>
std::string CodeOf(const Result<T>& result) {
  return result.ok() ? "" : std::string(CodeName(result.error().front().code));
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() { Reopen(); }

  // As after an orderly end and a new start.
  void Reopen() {
    store_.reset();
    Result<std::unique_ptr<Store>> opened = OpenSqlite({.path = path(), .key = {}});
    ASSERT_TRUE(opened.ok()) << Dump(opened.error());
    store_ = *std::move(opened);
  }
  std::string path() const { return folder_ / "recado.db"; }

  Result<IngestOutcome> Ingest(std::vector<NewEvent> events) {
    return Await<IngestOutcome>([&](auto done) { store_->Ingest(std::move(events), kNow, done); });
  }
  Result<RuleRow> PutRule(const std::string& document, bool publish, std::optional<int64_t> if_match = {}) {
    return Await<RuleRow>([&](auto done) {
      store_->PutRule({.id = "r",
                       .document = document,
                       .publish = publish,
                       .if_match = if_match,
                       .by = "eva",
                       .now = kNow},
                      done);
    });
  }
  Result<std::vector<int64_t>> Plan(PlanBatch batch) {
    return Await<std::vector<int64_t>>([&](auto done) { store_->CommitPlan(std::move(batch), kNow, done); });
  }
  Result<std::vector<bool>> Change(std::vector<DeliveryChange> changes) {
    return Await<std::vector<bool>>(
        [&](auto done) { store_->ChangeDeliveries(std::move(changes), kNow, done); });
  }
  static Delivery DeliveryOf(const std::string& name, int64_t due_ms = 0) {
    Delivery d;
    d.key = Sha256Hex(name);
    d.rule_id = "r";
    d.rule_revision = 1;
    d.channel = "sms";
    d.entity = "deal";
    d.entity_id = "D-1";
    d.pipeline = "sales";
    d.stage = "paid";
    d.event_id = "e";
    d.due = Instant{kNow.ms + due_ms};
    d.next_at = d.due;
    d.created_at = kNow;
    d.customer = "contact:C-1";
    return d;
  }

  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace recado::store
