#include "core/base/json_text.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/base/utf8.h"

namespace recado {

void AppendJsonText(std::string& out, std::string_view text) {
  bool ascii = true;
  const bool plain = std::all_of(text.begin(), text.end(), [&ascii](char c) {
    const auto byte = static_cast<unsigned char>(c);
    ascii = ascii && byte < 0x80;
    return byte >= 0x20 && c != '"' && c != '\\';
  });
  if (!plain || (!ascii && utf8::FindInvalid(text))) {
    out += DumpJson(Json(text));
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

}  // namespace recado
