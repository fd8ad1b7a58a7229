// JSON whose strings may hold broken Unicode: lone surrogates ("\ud83d") and bytes that are not UTF-8.
//
// The strict parser refuses such a document as a whole. For `recado sms` that is the wrong answer: the text
// is what is at fault, and the core can say where (invalid_unicode, the same in both builds). So the broken
// pieces are carried past the parser under a mark and put back into the strings: a byte as itself, a lone
// surrogate as the three bytes that UTF-8's scheme gives it.
#pragma once

#include <string_view>

#include "core/base/json.h"

namespace recado::cli {

// As ParseJson, but member values of a top-level object that are strings may come back with malformed UTF-8.
// A document whose structure is broken is refused as ParseJson refuses it.
Result<Json> ParseJsonKeepingBrokenText(std::string_view text);

}  // namespace recado::cli
