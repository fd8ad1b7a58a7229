// Readers: read-only connections shared by the threads that ask.
//
// A read takes a connection, asks, gives it back. When all are out the next one waits; kReaders is the number
// of threads that can read at once, and no read is long (lists are paged).
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "native/store/sqlite.h"

namespace recado::store {

class Readers {
 public:
  static constexpr size_t kReaders = 8;

  explicit Readers(std::string path) : path_(std::move(path)) {}

  // `ask` is Result<T>(Connection&); its faults become storage_unavailable.
  template <class T, class Ask>
  Result<T> Read(Ask&& ask) {
    Result<Lease> lease = Take();
    if (!lease.ok()) return lease.TakeError();
    Result<T> result = ask(*lease->db);
    if (std::optional<Fault> fault = lease->db->TakeFault()) return ToDiagnostics(*fault);
    return result;
  }

 private:
  struct Lease {
    Readers* owner;
    std::unique_ptr<Connection> db;
    Lease(Readers* o, std::unique_ptr<Connection> d) : owner(o), db(std::move(d)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
  };
  Result<Lease> Take();

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  size_t opened_ = 0;
};

}  // namespace recado::store
