// The self-check as a WebAssembly module for selfcheck.mjs: plain C exports, no file system. The
// page loads packages the same way: aligned memory, bytes copied in, never freed.

#include <cstdlib>
#include <emscripten.h>
#include <string>

#include "core/text/icu/selfcheck/selfcheck.h"

extern "C" {

EMSCRIPTEN_KEEPALIVE void* selfcheck_allocate(unsigned size) {
  return std::aligned_alloc(16, (size + 15U) / 16U * 16U);
}

EMSCRIPTEN_KEEPALIVE int selfcheck_load(const void* bytes) {
  return recado::text::SelfcheckLoad(bytes) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const char* selfcheck_run() {
  static std::string report;
  report = recado::text::SelfcheckRun();
  return report.c_str();
}
}
