// ListedAddresses: which addresses are certainly on no suppression list, answered from memory.
//
// Every message asks whether its address may be used, and nearly always nobody has objected. What stands here
// is a superset of the addresses in the table, as keyed 64-bit digests: "no" is certain and costs no query,
// "perhaps" sends the caller to the table, which alone decides. So nothing has to be taken out again when an
// entry is deleted or a transaction rolled back, and a digest that two addresses share costs a look-up.
//
//   ListedAddresses listed;
//   listed.Watch(writer_db);          // every row the writer puts there, before its commit can be seen
//   if (!listed.Loaded()) …           // once: Add every address that was there before
//   if (!listed.MayHold("+4915…")) …  // certainly not listed
//
// Every writer of the table must go through a watched connection: one process owns a store, and the tools
// that may open it beside the service (a token, a backup, records) write no suppressions.
//
// Memory: 8 bytes a slot, at most kMaxListedSlots; where they are full, everything is "perhaps".
// Threads: all functions may be called from any thread; Watch once, before the connection is used.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace recado::store {

class Connection;

inline constexpr size_t kMaxListedSlots = size_t{1} << 23;  // 64 MB: six million addresses

class ListedAddresses {
 public:
  ListedAddresses();
  ListedAddresses(const ListedAddresses&) = delete;
  ListedAddresses& operator=(const ListedAddresses&) = delete;

  // Triggers of this connection alone (they are not in the file) note every address put into the table, so
  // that no road to a row passes them by. Where they can't be made, everything is "perhaps" from then on.
  void Watch(Connection& writer);
  void Add(std::string_view address);
  // What was in the table before the first Add that Watch has led to is in here.
  bool Loaded() const { return loaded_; }
  void SetLoaded() { loaded_ = true; }
  bool MayHold(std::string_view address) const;
  // Whether any erased address (a fingerprint) was added: only then its fingerprint must be asked for too.
  bool AnyErased() const { return any_erased_; }

 private:
  uint64_t DigestOf(std::string_view address) const;
  void Put(uint64_t digest);  // under mutex_
  void Grow();                // under mutex_

  std::array<unsigned char, 16> key_{};  // of this process: nobody can choose addresses that collide
  std::atomic<bool> loaded_{false}, any_erased_{false}, overflowed_{false};
  mutable std::mutex mutex_;
  std::vector<uint64_t> slots_;  // open addressing; 0: empty
  size_t used_ = 0;
};

}  // namespace recado::store
