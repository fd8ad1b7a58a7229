#include "native/store/writer.h"

#include <algorithm>

namespace recado::store {
namespace {

// Waiting writes may hold this much together; beyond it new ones are refused like beyond kMaxQueuedWrites.
constexpr size_t kMaxQueuedBytes = 256u * 1024 * 1024;

Diagnostics Busy() {
  return {Diagnostic::Of(DiagnosticCode::storage_busy)};
}

}  // namespace

Writer::Writer(Connection db) : db_(std::move(db)), thread_([this] { Loop(); }) {}

Writer::~Writer() {
  Close();
}

void Writer::Push(std::unique_ptr<Job> job, Admission admission, size_t bytes) {
  std::unique_lock lock(mutex_);
  const bool full = queue_.size() >= kMaxQueuedWrites || queued_bytes_ + bytes > kMaxQueuedBytes;
  if (!closing_ && (admission == Admission::kAlways || !full)) {
    job->bytes = bytes;
    queued_bytes_ += bytes;
    queue_.push_back(std::move(job));
    lock.unlock();
    wake_.notify_one();
    return;
  }
  // The answer may push again.
  lock.unlock();
  const Diagnostics busy = Busy();
  job->Answer(&busy);
}

Writer::Jobs Writer::TakeBatch() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  Jobs jobs;
  while (!queue_.empty() && jobs.size() < kMaxCommitBatch) {
    queued_bytes_ -= queue_.front()->bytes;
    jobs.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return jobs;
}

void Writer::Loop() {
  for (;;) {
    Jobs jobs = TakeBatch();
    if (jobs.empty()) return;
    RunBatch(jobs);
  }
}

// All of them, without a way back for the single one. False: one of them failed, nothing is kept.
bool Writer::RunAll(Jobs& jobs, Transaction& transaction) {
  db_.Execute("BEGIN IMMEDIATE");
  for (const auto& job : jobs) {
    if (!job->Run(transaction) || !db_.ok()) return false;
  }
  return db_.InTransaction();
}

bool Writer::RunEachInSavepoint(Jobs& jobs, Transaction& transaction) {
  db_.Execute("BEGIN IMMEDIATE");
  for (const auto& job : jobs) {
    // After some faults SQLite has rolled everything back by itself; what would follow must not commit alone.
    if (!db_.ok() || !db_.InTransaction()) return false;
    RunInSavepoint(*job, transaction);
  }
  return db_.ok() && db_.InTransaction();
}

void Writer::RunInSavepoint(Job& job, Transaction& transaction) {
  const size_t told = transaction.news.size();
  db_.Execute("SAVEPOINT job");
  const bool kept = job.Run(transaction) && db_.ok();
  if (!kept) {
    if (std::optional<Fault> fault = db_.TakeFault()) job.fault = ToDiagnostics(*fault);
    transaction.news.resize(told);
    if (db_.InTransaction()) db_.Execute("ROLLBACK TO job");
  }
  if (db_.InTransaction()) db_.Execute("RELEASE job");
}

void Writer::RunBatch(Jobs& jobs) {
  Transaction transaction{.db = db_, .news = {}};
  bool ran = RunAll(jobs, transaction);
  if (!ran) {
    db_.TakeFault();
    if (db_.InTransaction()) db_.Script("ROLLBACK");
    db_.TakeFault();
    transaction.news.clear();
    ran = RunEachInSavepoint(jobs, transaction);
  }
  const bool whole = ran && db_.Execute("COMMIT");
  std::optional<Diagnostics> failed;
  if (!whole) {
    const std::optional<Fault> fault = db_.TakeFault();
    failed = ToDiagnostics(fault.value_or(Fault{0, "the database ended the transaction by itself"}));
    for (const auto& job : jobs) {
      if (job->fault) failed = job->fault;
    }
    if (db_.InTransaction()) db_.Script("ROLLBACK");
    db_.TakeFault();
  }
  {
    const std::lock_guard lock(mutex_);
    health_ = failed.value_or(Diagnostics{});
  }
  if (whole && !transaction.news.empty()) Tell(transaction.news);
  for (const auto& job : jobs) {
    job->Answer(failed ? &*failed : job->fault ? &*job->fault : nullptr);
  }
}

void Writer::Tell(std::span<const Change> news) {
  const std::lock_guard lock(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) listener(news);
}

int Writer::Subscribe(Store::Listener listener) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.emplace(next_listener_, std::move(listener));
  return next_listener_++;
}

void Writer::Unsubscribe(int id) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.erase(id);
}

Diagnostics Writer::Health() {
  const std::lock_guard lock(mutex_);
  return health_;
}

void Writer::Close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace recado::store
