#include "core/sms/safe.h"

#include "core/sms/alphabet.h"
#include "core/sms/culprit.h"

namespace recado::sms {

std::string Safe(std::string_view utf8) {
  const Utf8Text text(utf8);
  const Tally tally = TallyOf(text, true);
  if (tally.invalid) return std::string(utf8);
  return Replaced(text, ForeignCulprits(text, ForeignClasses(tally, {}), text.size()));
}

bool IsInGsm7(char32_t code_point) {
  static const Costs kStandard = CostsOf(National::kNone, National::kNone);
  return kStandard[ClassOf(code_point)] != 0;
}

}  // namespace recado::sms
