#include "core/liquid/text_search.h"

#include <vector>

namespace recado::liquid {
namespace {

// Below this length the standard search, which may compare `wanted` at every position, is the fastest there
// is; above it a hostile pair of texts could cost their product.
constexpr size_t kShort = 64;

}  // namespace

size_t FindText(std::string_view text, std::string_view wanted, size_t from) {
  if (wanted.size() <= kShort) return text.find(wanted, from);
  // Knuth, Morris, Pratt: `next[i]` is where to go on in `wanted` after a mismatch behind i characters.
  std::vector<size_t> next(wanted.size() + 1, 0);
  for (size_t i = 1, matched = 0; i < wanted.size(); ++i) {
    while (matched > 0 && wanted[i] != wanted[matched]) matched = next[matched];
    if (wanted[i] == wanted[matched]) ++matched;
    next[i + 1] = matched;
  }
  size_t matched = 0;
  for (size_t i = from; i < text.size(); ++i) {
    while (matched > 0 && text[i] != wanted[matched]) matched = next[matched];
    if (text[i] == wanted[matched]) ++matched;
    if (matched == wanted.size()) return i + 1 - matched;
  }
  return std::string_view::npos;
}

}  // namespace recado::liquid
