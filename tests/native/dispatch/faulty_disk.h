// A disk under SQLite that fails at the n-th write or sync, once or from then on: SQLite's own file layer
// with a count in between. One for the whole program; made the default before a store is opened.
#pragma once

#include <atomic>
#include <cstddef>
#include <sqlite3.h>

namespace recado::dispatch {

class FaultyDisk {
 public:
  // Registers itself at the first call; from then on every store stands on it.
  static FaultyDisk& Get() {
    static FaultyDisk disk;
    return disk;
  }
  // The n-th call from now fails (counted from 1), and with `stays` all that follow. 0: none.
  void FailAt(int n, bool stays) {
    left_ = n;
    stays_ = stays;
    failed_ = 0;
  }
  void Heal() { left_ = 0; }
  int failed() const { return failed_; }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

  FaultyDisk() : below_(sqlite3_vfs_find(nullptr)), vfs_(*below_) {
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + below_->szOsFile;
    vfs_.zName = "faulty";
    vfs_.pNext = nullptr;
    vfs_.xOpen = [](sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
      file->pMethods = nullptr;
      sqlite3_vfs* below = Get().below_;
      const int code = below->xOpen(below, name, Real(file), flags, out);
      if (code == SQLITE_OK) file->pMethods = &kMethods;
      return code;
    };
    sqlite3_vfs_register(&vfs_, 1);
  }

  // Whether this call is to fail.
  bool Strikes() {
    if (left_ == 0) return false;
    if (left_ > 1) {
      --left_;
      return false;
    }
    left_ = stays_ ? 1 : 0;
    ++failed_;
    return true;
  }

  static int Write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
    if (Get().Strikes()) return SQLITE_FULL;
    return Real(f)->pMethods->xWrite(Real(f), from, size, at);
  }
  static int Sync(sqlite3_file* f, int flags) {
    if (Get().Strikes()) return SQLITE_IOERR_FSYNC;
    return Real(f)->pMethods->xSync(Real(f), flags);
  }

  static inline const sqlite3_io_methods kMethods = {
      .iVersion = 2,  // without memory mapping, which would go around the count
      .xClose = [](sqlite3_file* f) { return Real(f)->pMethods->xClose(Real(f)); },
      .xRead = [](sqlite3_file* f, void* to, int size,
                  sqlite3_int64 at) { return Real(f)->pMethods->xRead(Real(f), to, size, at); },
      .xWrite = &Write,
      .xTruncate = [](sqlite3_file* f,
                      sqlite3_int64 size) { return Real(f)->pMethods->xTruncate(Real(f), size); },
      .xSync = &Sync,
      .xFileSize = [](sqlite3_file* f,
                      sqlite3_int64* size) { return Real(f)->pMethods->xFileSize(Real(f), size); },
      .xLock = [](sqlite3_file* f, int level) { return Real(f)->pMethods->xLock(Real(f), level); },
      .xUnlock = [](sqlite3_file* f, int level) { return Real(f)->pMethods->xUnlock(Real(f), level); },
      .xCheckReservedLock = [](sqlite3_file* f,
                               int* out) { return Real(f)->pMethods->xCheckReservedLock(Real(f), out); },
      .xFileControl = [](sqlite3_file* f, int op,
                         void* arg) { return Real(f)->pMethods->xFileControl(Real(f), op, arg); },
      .xSectorSize = [](sqlite3_file* f) { return Real(f)->pMethods->xSectorSize(Real(f)); },
      .xDeviceCharacteristics =
          [](sqlite3_file* f) { return Real(f)->pMethods->xDeviceCharacteristics(Real(f)); },
      .xShmMap =
          [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return Real(f)->pMethods->xShmMap(Real(f), page, size, extend, out);
          },
      .xShmLock = [](sqlite3_file* f, int offset, int n,
                     int flags) { return Real(f)->pMethods->xShmLock(Real(f), offset, n, flags); },
      .xShmBarrier = [](sqlite3_file* f) { Real(f)->pMethods->xShmBarrier(Real(f)); },
      .xShmUnmap = [](sqlite3_file* f, int drop) { return Real(f)->pMethods->xShmUnmap(Real(f), drop); },
      .xFetch = nullptr,
      .xUnfetch = nullptr,
  };

  sqlite3_vfs* below_;
  sqlite3_vfs vfs_;
  std::atomic<int> left_{0}, failed_{0};
  std::atomic<bool> stays_{false};
};

}  // namespace recado::dispatch
