// Finding text in text in linear time, whatever the texts are.
#pragma once

#include <string_view>

namespace recado::liquid {

// Byte offset of the first occurrence at or after `from`; npos where there is none.
size_t FindText(std::string_view text, std::string_view wanted, size_t from = 0);

}  // namespace recado::liquid
