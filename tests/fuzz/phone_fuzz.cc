// Any text as a phone number, in any region: what comes out is E.164 and stays as it is when read again as an
// international number (where it is valid at all); formatting loses no digit.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/crm/email.h"
#include "core/phone/number.h"

namespace {

std::string Digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view region = text.substr(0, 2);
  const std::string_view number = text.substr(std::min<size_t>(2, size));
  (void)recado::crm::IsEmailAddress(text);
  const auto e164 = recado::phone::ToE164(number, region);
  if (!e164) return 0;
  if (e164->front() != '+' || e164->size() < 4 || e164->size() > 21 ||
      Digits(*e164).size() + 1 != e164->size())
    std::abort();
  if (recado::phone::RegionOf(*e164).empty()) std::abort();
  if (Digits(recado::phone::FormatInternational(*e164)) != Digits(*e164)) std::abort();
  (void)recado::phone::FormatNational(*e164);
  return 0;
}
