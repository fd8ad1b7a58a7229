#include "core/text/grapheme.h"

#include <memory>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "core/text/internal.h"

namespace recado::text {
namespace {

// Walks the ends of clusters; `take(end)` answers whether to go on.
template <class Take>
void Walk(std::string_view utf8, const Take& take) {
  PrepareIcu();
  UErrorCode status = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  UText* text = utext_openUTF8(nullptr, utf8.data(), static_cast<int64_t>(utf8.size()), &status);
  iterator->setText(text, status);
  while (iterator->next() != icu::BreakIterator::DONE) {
    if (!take(static_cast<uint32_t>(iterator->current()))) break;
  }
  utext_close(text);
}

}  // namespace

size_t CountGraphemes(std::string_view utf8) {
  if (IsAscii(utf8) && utf8.find('\r') == std::string_view::npos) return utf8.size();
  size_t count = 0;
  Walk(utf8, [&count](uint32_t) {
    ++count;
    return true;
  });
  return count;
}

std::vector<uint32_t> GraphemeEnds(std::string_view utf8) {
  std::vector<uint32_t> ends;
  Walk(utf8, [&ends](uint32_t end) {
    ends.push_back(end);
    return true;
  });
  return ends;
}

std::string_view PrefixOfGraphemes(std::string_view utf8, size_t count) {
  uint32_t length = 0;
  if (count == 0) return {};
  Walk(utf8, [&](uint32_t end) {
    length = end;
    return --count != 0;
  });
  return utf8.substr(0, length);
}

}  // namespace recado::text
