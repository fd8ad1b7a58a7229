#include "core/crm/email.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace recado::crm {
namespace {

constexpr size_t kMaxAddressBytes = 254;  // RFC 5321, 4.5.3.1.3 less the angle brackets
constexpr size_t kMaxLocalBytes = 64;     // 4.5.3.1.1
constexpr size_t kMaxDomainBytes = 253;   // RFC 1035, 2.3.4 as written
constexpr size_t kMaxLabelBytes = 63;

// RFC 5322's atext, and RFC 6532's everything above ASCII but the C1 controls and the odd spaces.
bool IsAtomText(char32_t c) {
  if (c < 0x80) {
    const char ascii = static_cast<char>(c);
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(ascii) != std::string_view::npos;
  }
  const bool space =
      c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x3000 || c == 0xFEFF;
  return c >= 0xA0 && !space;
}

bool IsDomainText(char32_t c) {
  return c >= 0x80 ? IsAtomText(c)
                   : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

// Parts of allowed characters with single dots between them.
template <class Allowed>
bool IsDotted(std::string_view text, size_t max_part, Allowed allowed) {
  size_t part = 0;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    if (!decoded.valid) return false;
    if (decoded.code_point == '.') {
      if (part == 0) return false;
      part = 0;
    } else {
      if (!allowed(decoded.code_point)) return false;
      part += decoded.length;
      if (part > max_part) return false;
    }
    at += decoded.length;
  }
  return part > 0;
}

bool IsDomain(std::string_view domain) {
  if (domain.size() > kMaxDomainBytes || domain.find('.') == std::string_view::npos) return false;
  if (!IsDotted(domain, kMaxLabelBytes, IsDomainText)) return false;
  // A label neither begins nor ends with a hyphen, and the last one is no number: that would be an IP
  // address.
  for (size_t i = 0; i < domain.size(); ++i) {
    const bool edge_before = i == 0 || domain[i - 1] == '.';
    const bool edge_after = i + 1 == domain.size() || domain[i + 1] == '.';
    if (domain[i] == '-' && (edge_before || edge_after)) return false;
  }
  const std::string_view last = domain.substr(domain.rfind('.') + 1);
  return !std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool IsEmailAddress(std::string_view text) {
  if (text.size() > kMaxAddressBytes) return false;
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || at > kMaxLocalBytes) return false;
  return IsDotted(text.substr(0, at), kMaxLocalBytes, IsAtomText) && IsDomain(text.substr(at + 1));
}

}  // namespace recado::crm
