// E-mail addresses as the rules need them: whether one can be written to at all.
#pragma once

#include <string_view>

namespace recado::crm {

// Whether the text is an e-mail address a mail server can be asked to deliver to: the dot-atom subset of RFC
// 5321 with UTF-8 (RFC 6531), at most 254 bytes, local part 64, no control characters, spaces or quotes.
bool IsEmailAddress(std::string_view text);

}  // namespace recado::crm
