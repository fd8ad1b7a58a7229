// Writer: the one thread that writes, with group commit.
//
// Jobs are posted with an answer. The thread takes everything that has come together (at most
// kMaxCommitBatch), runs it in one transaction, commits, tells the listeners what changed, and answers. A job
// that fails takes only its own effects back: the batch is then run once more, each job in a savepoint, so a
// job must be able to run twice. (Savepoints for all would keep every page that they touch a second time in
// memory; measured: 15 % of the whole service.) A commit that fails (disk full) fails every job of the batch
// with storage_unavailable.
//
// Answers and listeners run on the writer's thread. Post may be called from any thread, also from an answer.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "native/store/sqlite.h"
#include "native/store/store.h"

namespace recado::store {

// What a job works with. News of a job that fails are dropped with its effects.
struct Transaction {
  Connection& db;
  std::vector<Change> news;
  // Two questions that every message's end asks and that nearly always have the same answer, no: asked of the
  // tables once a batch. Whoever makes it yes within the batch says so here; a yes that is none any more
  // costs a query.
  std::optional<bool> any_waiting{};        // deliveries held until one before them has ended
  std::optional<bool> any_early_reports{};  // reports that came before the answer to the sending
};

class Writer {
 public:
  // Whether a job may be turned away when too much is waiting. The dispatcher's own writes may not: they are
  // bounded by its window, and refusing an outcome would cost more memory than keeping it.
  enum class Admission : uint8_t { kBounded, kAlways };

  explicit Writer(Connection db);
  ~Writer();

  // `run` is Result<T>(Transaction&), const: it may be called again after a roll-back. `bytes`: what the job
  // holds in memory, for the bound on all of them.
  template <class T, class Run>
  void Post(Run run, Done<T> done, Admission admission = Admission::kBounded, size_t bytes = 0) {
    Push(std::make_unique<TypedJob<T, Run>>(std::move(run), std::move(done)), admission, bytes);
  }

  int Subscribe(Store::Listener listener);
  void Unsubscribe(int id);
  // The reason of the last commit that failed, until one succeeds.
  Diagnostics Health();
  // Answers what is queued, then ends the thread; later jobs are refused.
  void Close();

 private:
  struct Job {
    virtual ~Job() = default;
    virtual bool Run(Transaction& transaction) = 0;
    // `fault`: why nothing of the job was kept, beside what it says itself.
    virtual void Answer(const Diagnostics* fault) = 0;
    size_t bytes = 0;
    std::optional<Diagnostics> fault;
  };
  template <class T, class RunFunction>
  struct TypedJob : Job {
    TypedJob(RunFunction r, Done<T> d) : run(std::move(r)), done(std::move(d)) {}
    bool Run(Transaction& transaction) override {
      result.emplace(std::as_const(run)(transaction));
      return result->ok();
    }
    void Answer(const Diagnostics* why) override {
      if (!done) return;
      if (why != nullptr) {
        done(Result<T>(*why));
      } else {
        done(std::move(*result));
      }
    }
    RunFunction run;
    Done<T> done;
    std::optional<Result<T>> result;
  };
  using Jobs = std::vector<std::unique_ptr<Job>>;

  void Push(std::unique_ptr<Job> job, Admission admission, size_t bytes);
  void Loop();
  Jobs TakeBatch();
  void RunBatch(Jobs& jobs);
  bool RunAll(Jobs& jobs, Transaction& transaction);
  bool RunEachInSavepoint(Jobs& jobs, Transaction& transaction);
  void RunInSavepoint(Job& job, Transaction& transaction);
  void Tell(std::span<const Change> news);

  Connection db_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> queue_;
  size_t queued_bytes_ = 0;
  bool closing_ = false;
  Diagnostics health_;
  std::mutex listeners_mutex_;
  std::map<int, Store::Listener> listeners_;
  int next_listener_ = 1;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace recado::store
