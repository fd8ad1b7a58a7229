#include "native/crm/importer.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace recado::directory {
namespace {

Diagnostics SystemFault() {
  return {Diagnostic::Of(DiagnosticCode::storage_unavailable).With("detail", std::strerror(errno))};
}

// A file that is gone with its scope, unless it is to stay.
class Passing {
 public:
  explicit Passing(std::string path) : path_(std::move(path)) {}
  ~Passing() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  const std::string& path() const { return path_; }
  bool MoveTo(const std::string& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  std::string path_;
};

}  // namespace

Importer::Importer(store::Store& store, std::string folder, std::function<Instant()> clock)
    : store_(store), folder_(std::move(folder)), clock_(std::move(clock)) {}

Importer::~Importer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    halt_ = true;
    queued_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Importer::Start() {
  const auto imports = store_.ListImports(store::kMaxPage);
  if (imports.ok()) {
    const std::lock_guard lock(mutex_);
    for (auto import = imports->rbegin(); import != imports->rend(); ++import) {
      const bool here = ::access(PathOf(import->id).c_str(), R_OK) == 0;
      if (import->state == store::ImportState::kRunning && here) queue_.push_back(import->id);
    }
  }
  thread_ = std::thread([this] { Loop(); });
}

Result<std::string> Importer::Keep(std::string_view bytes) {
  if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return SystemFault();
  const std::string path = PathOf("upload-" + store_.RandomHex(8));
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return SystemFault();
  Passing passing(path);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  const bool good = bytes.empty() && ::fsync(file) == 0;
  ::close(file);
  if (!good || !passing.MoveTo(path)) return SystemFault();
  return path;
}

Result<store::Import> Importer::Begin(std::string_view bytes, const std::string& name,
                                      const ImportOptions& options, const std::string& by, bool again) {
  Result<std::string> kept = Keep(bytes);
  if (!kept.ok()) return kept.TakeError();
  Passing file(*kept);
  ImportControls controls;
  controls.by = by;
  controls.again = again;
  controls.clock = clock_;
  Result<store::Import> import = BeginImport(store_, file.path(), name, options, controls);
  if (!import.ok() || import->state != store::ImportState::kRunning) return import;
  if (!file.MoveTo(PathOf(import->id))) return SystemFault();
  const std::lock_guard lock(mutex_);
  queue_.push_back(import->id);
  queued_.notify_all();
  return import;
}

Result<Json> Importer::Try(std::string_view bytes, const ImportOptions& options) {
  Result<std::string> kept = Keep(bytes);
  if (!kept.ok()) return kept.TakeError();
  const Passing file(*kept);
  return TryImport(store_, file.path(), options);
}

void Importer::RunQueued() {
  for (;;) {
    std::string id;
    {
      const std::lock_guard lock(mutex_);
      if (queue_.empty() || stop_) return;
      id = std::move(queue_.front());
      queue_.pop_front();
      running_ = id;
      cancelled_by_.clear();
    }
    RunOne(id);
    const std::lock_guard lock(mutex_);
    running_.clear();
    if (!stop_) halt_ = false;
    ended_.notify_all();
  }
}

void Importer::RunOne(const std::string& id) {
  const Result<store::Import> import = store_.FindImport(id);
  if (!import.ok()) return;
  const Result<Json> json = ParseJson(import->options);
  if (!json.ok()) return;
  const Result<ImportOptions> options = ImportOptions::FromJson(*json);
  if (!options.ok()) return;
  ImportControls controls;
  controls.by = import->by;
  controls.clock = clock_;
  controls.stop = &halt_;
  const Result<store::Import> ended = ImportFile(store_, PathOf(id), import->name, *options, controls);
  if (ended.ok() && ended->state != store::ImportState::kRunning) {
    ::unlink(PathOf(id).c_str());
    return;
  }
  // The disk is full, or somebody took the file: said where people look.
  if (!ended.ok()) return End(id, MessageOf(ended.error().front()));
  std::string by;
  {
    const std::lock_guard lock(mutex_);
    by = cancelled_by_;
  }
  if (!by.empty())
    End(id, "cancelled by " + by);  // else the service ends, and the file stays for the next start
}

void Importer::End(const std::string& id, const std::string& detail) {
  const Result<store::Import> import = store_.FindImport(id);
  if (import.ok()) {
    store::ImportBatch batch;
    batch.import = *import;
    batch.import.state = store::ImportState::kStopped;
    const Diagnostic why = Diagnostic::Of(DiagnosticCode::import_stopped)
                               .With("line", std::to_string(batch.import.lines))
                               .With("detail", detail);
    batch.import.fault = DumpJson(recado::ToJson(why, OffsetUnit::kBytes));
    (void)store::Await<store::Unit>([&](auto done) { store_.CommitImport(batch, clock_(), done); });
  }
  ::unlink(PathOf(id).c_str());
}

Result<store::Import> Importer::Cancel(const std::string& id, const std::string& by) {
  Result<store::Import> import = store_.FindImport(id);
  if (!import.ok() || import->state != store::ImportState::kRunning) return import;
  std::unique_lock lock(mutex_);
  if (running_ == id) {
    cancelled_by_ = by;
    halt_ = true;
    ended_.wait(lock, [&] { return running_ != id; });
  } else {
    std::erase(queue_, id);
    lock.unlock();
    End(id, "cancelled by " + by);
  }
  return store_.FindImport(id);
}

void Importer::Loop() {
  while (!stop_) {
    RunQueued();
    std::unique_lock lock(mutex_);
    queued_.wait(lock, [this] { return stop_ || !queue_.empty(); });
  }
}

}  // namespace recado::directory
