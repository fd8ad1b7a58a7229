// The program's own version, from the build (project() in CMakeLists.txt).
#pragma once

#include <string_view>

namespace recado::cli {

#ifdef RECADO_VERSION
inline constexpr std::string_view kVersion = RECADO_VERSION;
#else
inline constexpr std::string_view kVersion = "0.1.0";
#endif

}  // namespace recado::cli
