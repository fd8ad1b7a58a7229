// The first line is a JSON pointer, the rest a document. In every valid document every pointer leads to a
// place inside it; documents with broken text come through with only their text broken.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/json.h"
// The command line is not part of the fuzzing build; these two files stand alone.
#include "native/cli/broken_text.cc"
#include "native/cli/json_place.cc"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t newline = input.find('\n');
  if (newline == std::string_view::npos) return 0;
  const std::string_view pointer = input.substr(0, newline);
  const std::string_view text = input.substr(newline + 1);

  const auto lenient = cli::ParseJsonKeepingBrokenText(text);
  const auto strict = ParseJson(text);
  if (strict.ok() && (!lenient.ok() || *lenient != *strict)) std::abort();
  // Nothing the parser has not seen reaches the locator; but it must not run away on other texts either.
  const auto place = cli::FindInJson(text, pointer);
  if (!place) return 0;
  if (place->from > place->to && place->to != 0) std::abort();
  if (place->to > text.size()) std::abort();
  for (const size_t offset : {size_t{0}, size_t{1}, text.size(), SIZE_MAX}) {
    const size_t at = cli::OffsetInString(text, *place, offset);
    if (at > text.size()) std::abort();
  }
  return 0;
}
