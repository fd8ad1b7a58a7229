#include "core/sms/safe.h"

#include "core/sms/alphabet.h"
#include "core/sms/culprit.h"

namespace recado::sms {

std::string Safe(std::string_view utf8) {
  const Utf8Text text(utf8);
  Finds finds;
  if (TallyOf(text, false, &finds).invalid) return std::string(utf8);
  Marks marks;
  MarkForeign(text, finds.outside, kOutsideDefault, text.size(), marks);
  return Replaced(text, marks);
}

bool IsInGsm7(char32_t code_point) {
  return (SetOf(ClassOf(code_point)) & kOutsideDefault) == 0;
}

}  // namespace recado::sms
