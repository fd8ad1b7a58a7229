#include "native/store/lock_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace recado::store {

Result<LockFile> LockFile::Acquire(const std::string& lock_path, const std::string& store_path) {
  LockFile lock;
  lock.file_ = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.file_ < 0) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_unreadable)
                           .With("path", lock_path)
                           .With("detail", std::strerror(errno))};
  }
  if (flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    char owner[32] = {};
    const ssize_t size = pread(lock.file_, owner, sizeof owner - 1, 0);
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_in_use)
                           .With("path", store_path)
                           .With("process", size > 0 ? std::string(owner, static_cast<size_t>(size)) : "?")};
  }
  const std::string process = std::to_string(getpid());
  // A failed write costs only the process id in somebody's message.
  if (ftruncate(lock.file_, 0) == 0) (void)!pwrite(lock.file_, process.data(), process.size(), 0);
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

LockFile::~LockFile() {
  if (file_ >= 0) close(file_);
}

}  // namespace recado::store
