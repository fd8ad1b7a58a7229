// Recado's ICU data as part of the native program.
//
// The linker target recado_icu_data_embedded carries all.dat, every language in one piece, inside
// the binary: no file to ship, none to lose. It must be handed to ICU before any other ICU call:
//
//   UErrorCode status = U_ZERO_ERROR;
//   udata_setCommonData(recado_icu_data_begin, &status);
//   if (status != U_ZERO_ERROR) …  // a warning too means that ICU did not take it
//
// Natively it is this one file and never the packages of the page: behind ours stands the system's
// full data, and a mix of our base with a bundle of the system loses currency symbols and zone names
// without an error (their keys are in another pool).
//
// The bytes are read-only, aligned to 16 as ICU wants, and live as long as the program.
#pragma once

#include <cstddef>

extern "C" {
extern const unsigned char recado_icu_data_begin[];
extern const unsigned char recado_icu_data_end[];
}

namespace recado::text {

[[nodiscard]] inline std::size_t EmbeddedIcuDataSize() {
  return static_cast<std::size_t>(recado_icu_data_end - recado_icu_data_begin);
}

}  // namespace recado::text
