// News: what was committed, told to every open page as server-sent events (formats §7, GET /api/v1/stream).
//
// The store's listener pushes here; each open stream has a Feed that the wire drains. The last changes are
// kept, so that a browser that comes back with Last-Event-ID misses nothing; one that was away for longer, or
// over a restart, is told to read everything anew (event `resync`). A reader that does not keep up is cut off
// and comes back in the same way.
//
// Threads: every method from any thread.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "native/server/http.h"
#include "native/store/rows.h"

namespace recado::server {

inline constexpr size_t kKeptNews = 2'048;              // changes that a returning reader can be told
inline constexpr size_t kMaxUnreadBytes = 1024 * 1024;  // of one reader; more ends its stream
inline constexpr size_t kMaxReaders = 256;              // open streams

// The name of a change on the stream: "delivery", "sandbox", "rule", …; "" for what is of no interest to a
// page.
std::string_view NewsName(store::Change::Kind kind);
Json NewsJson(const store::Change& change);

class News {
 public:
  // `epoch` tells this run of the service from others: part of every event's id.
  explicit News(std::string epoch) : epoch_(std::move(epoch)) {}

  void Tell(std::span<const store::Change> changes);
  // A stream from now on, or from behind `last_event_id`. Null: too many readers.
  std::shared_ptr<Feed> Open(std::string_view last_event_id);
  // Ends every stream.
  void Close();

  class Reader;

 private:
  // Kept as it came: most of the time nobody reads, and then no text is made.
  struct Entry {
    int64_t number = 0;
    store::Change change;
  };
  std::string TextOf(const Entry& entry) const;
  std::string Missed(std::string_view last_event_id) const;

  std::string epoch_;
  mutable std::mutex mutex_;
  std::deque<Entry> kept_;
  int64_t next_ = 1;
  bool closed_ = false;
  std::vector<std::weak_ptr<Reader>> readers_;
};

}  // namespace recado::server
