// Importer: imports that were handed to the service, one after the other, on a thread of their own.
//
// A file is kept beside the store until its import is done, so that a restart goes on where it was. What an
// import comes to is in the store (Store::FindImport); this only does the work.
//
// Threads: every method from any thread. Ownership: its thread and the files in its folder.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "native/crm/import.h"

namespace recado::directory {

class Importer {
 public:
  // `folder` is made when it is first needed. `store` outlives the importer.
  Importer(store::Store& store, std::string folder, std::function<Instant()> clock);
  // Ends after the batch under way; the import goes on at the next start.
  ~Importer();
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  // Starts the thread, with what was under way when the last process ended.
  void Start();

  // Keeps the file and queues its import. Errors: storage_unavailable, those of BeginImport.
  Result<store::Import> Begin(std::string_view bytes, const std::string& name, const ImportOptions& options,
                              const std::string& by, bool again);
  // Ends an import that runs or waits, after the batch under way: what is in the directory stays there, and
  // the file goes. Answers it as it stands then; one that has ended already stays as it is. Error: not_found.
  Result<store::Import> Cancel(const std::string& id, const std::string& by);
  // TryImport for bytes in memory.
  Result<Json> Try(std::string_view bytes, const ImportOptions& options);

  // Runs what is queued on the caller's thread; for tests and where there is no thread.
  void RunQueued();

 private:
  void Loop();
  void RunOne(const std::string& id);
  // Says why it ended before its end, and takes the file away.
  void End(const std::string& id, const std::string& detail);
  Result<std::string> Keep(std::string_view bytes);
  std::string PathOf(const std::string& id) const { return folder_ + "/" + id; }

  store::Store& store_;
  const std::string folder_;
  const std::function<Instant()> clock_;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<std::string> queue_;
  std::condition_variable ended_;
  std::string running_;            // the import under way; "" : none
  std::string cancelled_by_;       // of the one under way
  std::atomic<bool> halt_{false};  // the one under way is to end after its batch
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace recado::directory
