// Arena: memory that is taken piece by piece and given back all at once.
//
// Documents live in one, and each thread's renderer keeps one for computed strings and lists, reset (not
// freed) between messages, so a warm render asks the system for nothing. An arena may have a limit: Allocate
// then still answers (callers stay simple), but `exhausted()` becomes true and the caller stops with a
// diagnostic; one piece larger than the limit is refused with null before anything is taken.
//
// Only for trivially destructible things: nothing placed in an arena is ever destroyed. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace recado::liquid {

class Arena {
 public:
  explicit Arena(size_t limit_bytes = SIZE_MAX) : limit_(limit_bytes) {}
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  // Aligned to 16. Null only where `bytes` alone exceeds the limit.
  void* Allocate(size_t bytes) {
    const size_t rounded = (bytes + (bytes == 0 ? 16 : 15)) & ~size_t{15};  // never null for nothing
    if (rounded > static_cast<size_t>(end_ - next_)) return AllocateSlow(bytes);
    void* piece = next_;
    next_ += rounded;
    used_ += rounded;
    return piece;
  }

  // Uninitialised room for `count` things.
  template <class T>
  T* Make(size_t count = 1) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    if (count > SIZE_MAX / 2 / sizeof(T)) return nullptr;
    return static_cast<T*>(Allocate(count * sizeof(T)));
  }

  // A copy of the text that lives as long as the arena. Empty where the limit refuses it.
  std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* to = Make<char>(text.size());
    if (to == nullptr) return {};
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  // Bytes handed out since the start or the last Reset.
  size_t used() const { return used_; }
  // Whether more was asked for than the limit allows.
  bool exhausted() const { return refused_ || used_ > limit_; }
  void set_limit(size_t limit_bytes) { limit_ = limit_bytes; }

  // Forgets everything, keeps the first block for the next use and frees the others.
  void Reset();

 private:
  void* AllocateSlow(size_t bytes);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  size_t used_ = 0;
  size_t limit_ = SIZE_MAX;
  bool refused_ = false;
};

}  // namespace recado::liquid
