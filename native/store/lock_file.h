// LockFile: one service a store. The lock is the kernel's (flock), so it ends with the process however that
// ends; the file's text, the owner's process id, is only for the message of the one that comes second.
#pragma once

#include <string>

#include "core/base/result.h"

namespace recado::store {

class LockFile {
 public:
  // Errors: store_in_use, store_unreadable. `store_path` is for messages.
  static Result<LockFile> Acquire(const std::string& lock_path, const std::string& store_path);
  LockFile() = default;  // holds nothing
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  int file_ = -1;
};

}  // namespace recado::store
