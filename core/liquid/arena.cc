#include "core/liquid/arena.h"

#include <algorithm>

namespace recado::liquid {
namespace {

constexpr size_t kFirstBlockBytes = 4 * 1024;      // a snapshot or a message's computed strings mostly fit
constexpr size_t kLargestBlockBytes = 256 * 1024;  // growing further would only waste the last block's tail

}  // namespace

void* Arena::AllocateSlow(size_t bytes) {
  if (bytes > limit_) {
    refused_ = true;
    return nullptr;
  }
  const size_t rounded = (bytes + (bytes == 0 ? 16 : 15)) & ~size_t{15};
  const size_t grown =
      blocks_.empty() ? kFirstBlockBytes : std::min(blocks_.back().size * 2, kLargestBlockBytes);
  const size_t size = std::max(rounded, grown);
  blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
  next_ = blocks_.back().bytes.get();
  end_ = next_ + size;
  void* piece = next_;
  next_ += rounded;
  used_ += rounded;
  return piece;
}

void Arena::Reset() {
  used_ = 0;
  refused_ = false;
  if (blocks_.empty()) return;
  // The largest block up to the usual size serves the next message best; a giant one is not kept for ever.
  size_t best = 0;
  for (size_t i = 1; i < blocks_.size(); ++i) {
    if (blocks_[i].size > blocks_[best].size && blocks_[i].size <= kLargestBlockBytes) best = i;
  }
  if (best != 0) std::swap(blocks_[0], blocks_[best]);
  if (blocks_.size() > 1) blocks_.resize(1);
  next_ = blocks_[0].bytes.get();
  end_ = next_ + blocks_[0].size;
}

}  // namespace recado::liquid
