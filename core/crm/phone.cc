#include "core/crm/phone.h"

#include <algorithm>

namespace recado::crm {

std::optional<std::string> ToE164(std::string_view text, std::string_view) {
  std::string out = "+";
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  if (text.empty() || text.front() != '+' || out.size() < 8 || out.size() > 16) return std::nullopt;
  return out;
}

bool IsKnownRegion(std::string_view region) {
  return region.size() == 2;
}

}  // namespace recado::crm
