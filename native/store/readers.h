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

  // `reads` runs with one connection held and one read transaction open on it: Store::ReadTogether.
  void Together(const std::function<void()>& reads);

  // `ask` is Result<T>(Connection&); its faults become storage_unavailable.
  template <class T, class Ask>
  Result<T> Read(Ask&& ask) {
    if (Connection* held = Held()) return Asked<T>(*held, ask);
    Result<Lease> lease = Take();
    if (!lease.ok()) return lease.TakeError();
    return Asked<T>(*lease->db, ask);
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
  // This thread's connection, inside Together.
  Connection* Held() const;

  template <class T, class Ask>
  static Result<T> Asked(Connection& db, Ask& ask) {
    Result<T> result = ask(db);
    if (std::optional<Fault> fault = db.TakeFault()) return ToDiagnostics(*fault);
    return result;
  }

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  size_t opened_ = 0;
};

}  // namespace recado::store
