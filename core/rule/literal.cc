#include <algorithm>
#include <array>

#include "core/rule/checks.h"
#include "core/text/grapheme.h"

namespace recado::rule {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

// Blocks whose text is printed only sometimes, several times, or never.
constexpr std::array<std::string_view, 11> kBlocks = {
    "if", "unless", "case", "for", "tablerow", "capture", "raw", "comment", "doc", "schema", "ifchanged"};

std::string_view Trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

// "endif" for "{%- endif %}".
std::string_view TagName(std::string_view inside) {
  if (!inside.empty() && inside.front() == '-') inside.remove_prefix(1);
  const size_t from = inside.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  inside.remove_prefix(from);
  size_t length = 0;
  while (length < inside.size() &&
         ((inside[length] >= 'a' && inside[length] <= 'z') || inside[length] == '_')) {
    ++length;
  }
  return inside.substr(0, length);
}

// Calls `use` for each stretch of text outside of every block.
template <class Use>
void ForEachLiteral(std::string_view source, Use use) {
  size_t depth = 0;
  while (!source.empty()) {
    size_t open = source.find('{');
    while (open != std::string_view::npos && open + 1 < source.size() && source[open + 1] != '{' &&
           source[open + 1] != '%') {
      open = source.find('{', open + 1);
    }
    if (open == std::string_view::npos || open + 1 >= source.size()) {
      if (depth == 0) use(source);
      return;
    }
    if (depth == 0) use(source.substr(0, open));
    const bool tag = source[open + 1] == '%';
    const size_t close = source.find(tag ? "%}" : "}}", open + 2);
    if (close == std::string_view::npos) return;
    if (tag) {
      const std::string_view name = TagName(source.substr(open + 2, close - open - 2));
      if (std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end()) {
        ++depth;
      } else if (name.starts_with("end") && depth > 0) {
        --depth;
      }
    }
    source.remove_prefix(close + 2);
  }
}

}  // namespace

size_t LiteralCharacters(std::string_view source) {
  size_t count = 0;
  ForEachLiteral(source, [&count](std::string_view text) { count += text::CountGraphemes(Trimmed(text)); });
  return count;
}

bool LiteralContains(std::string_view source, std::string_view characters) {
  bool found = false;
  ForEachLiteral(source, [&](std::string_view text) {
    found = found || text.find_first_of(characters) != std::string_view::npos;
  });
  return found;
}

}  // namespace recado::rule
