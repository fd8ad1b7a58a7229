// Two functions of the C library, in the few words that this module needs of them.
//
// nlohmann/json reads numbers with strtod and prints code points with snprintf. The C library's own come with
// arithmetic on 128-bit floating point and every conversion of printf, 8 kB of the compressed module; ICU
// brings a correctly rounding reader of numbers anyway. Linked into the module only: these definitions stand
// before the library's.
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "double-conversion-string-to-double.h"

extern "C" {

// The text is a number as JSON writes them, perhaps with something behind it. Nearest double, ties to even;
// infinity where it is too large.
double strtod(const char* text, char** end) {
  using Converter = icu::double_conversion::StringToDoubleConverter;
  const Converter converter(Converter::ALLOW_TRAILING_JUNK, 0, std::numeric_limits<double>::quiet_NaN(),
                            nullptr, nullptr);
  int read = 0;
  const double number = converter.StringToDouble(text, static_cast<int>(std::strlen(text)), &read);
  if (end != nullptr) *end = const_cast<char*>(text) + read;
  return number;
}

// The library has all three in one piece. The JSON library names these two and never calls them.
float strtof(const char* text, char** end) {
  return static_cast<float>(strtod(text, end));
}
long double strtold(const char* text, char** end) {
  return strtod(text, end);
}

// Knows %.4X, %.2X and %04x: the conversions are hexadecimal, with as many digits as the format names.
int snprintf(char* out, size_t size, const char* format, ...) {
  size_t length = 0;
  const auto put = [&](char c) {
    if (length + 1 < size) out[length] = c;
    ++length;
  };
  va_list arguments;
  va_start(arguments, format);
  for (const char* at = format; *at != '\0'; ++at) {
    if (*at != '%') {
      put(*at);
      continue;
    }
    unsigned width = 0;
    for (++at; *at == '.' || (*at >= '0' && *at <= '9'); ++at) {
      if (*at != '.') width = width * 10 + static_cast<unsigned>(*at - '0');
    }
    const char* digits = *at == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    const auto value = va_arg(arguments, unsigned);
    while (width < 8 && (value >> (4 * width)) != 0) ++width;
    for (unsigned i = width; i > 0; --i) put(digits[(value >> (4 * (i - 1))) & 15]);
  }
  va_end(arguments);
  if (size > 0) out[length < size ? length : size - 1] = '\0';
  return static_cast<int>(length);
}
}
