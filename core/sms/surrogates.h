// Whether the surrogates of a UTF-16 text stand in pairs: what must be known of a UCS-2 text before it may be
// cut by arithmetic.
//
// It is asked of every unit behind the first character that GSM-7 lacks, which makes it most of the time that
// counting a long text takes. So it looks at eight units at once with the vectors that g++ and clang have as
// a language extension: SSE2 and NEON natively, 128-bit SIMD in WebAssembly (all browsers since March 2023).
#pragma once

#include <string_view>

namespace recado::sms {

struct Surrogates {
  bool any = false;
  bool paired = true;  // each high one before a low one, each low one behind a high one
};

Surrogates SurrogatesOf(std::u16string_view text);

}  // namespace recado::sms
