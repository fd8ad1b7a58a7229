#include "core/text/grapheme.h"

#include "core/base/utf8.h"
#include "core/text/grapheme_machine.h"
#include "core/text/internal.h"

namespace recado::text {
namespace {

// Calls `start(offset)` at the start of each cluster; it answers whether to go on.
template <class Start>
void WalkStarts(std::string_view utf8, const Start& start) {
  GraphemeMachine machine;
  for (size_t at = 0; at < utf8.size();) {
    const utf8::Decoded decoded = utf8::Decode(utf8, at);
    if (machine.Starts(decoded.code_point) && !start(at)) return;
    at += decoded.length;
  }
}

}  // namespace

size_t CountGraphemes(std::string_view utf8) {
  if (IsAscii(utf8) && utf8.find('\r') == std::string_view::npos) return utf8.size();
  size_t count = 0;
  WalkStarts(utf8, [&count](size_t) {
    ++count;
    return true;
  });
  return count;
}

std::vector<uint32_t> GraphemeEnds(std::string_view utf8) {
  std::vector<uint32_t> ends;
  if (utf8.empty()) return ends;
  // A cluster ends where the next one starts.
  WalkStarts(utf8, [&ends](size_t at) {
    if (at > 0) ends.push_back(static_cast<uint32_t>(at));
    return true;
  });
  ends.push_back(static_cast<uint32_t>(utf8.size()));
  return ends;
}

std::string_view PrefixOfGraphemes(std::string_view utf8, size_t count) {
  size_t length = utf8.size();
  WalkStarts(utf8, [&length, &count](size_t at) {
    if (count != 0) {
      --count;
      return true;
    }
    length = at;
    return false;
  });
  return utf8.substr(0, length);
}

}  // namespace recado::text
