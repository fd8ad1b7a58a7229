// Lists of addresses as anybody may upload them: every row is read or reported, with its own line, and none
// is lost.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "core/base/utf8.h"
#include "core/channel/opt_out.h"
#include "native/server/address_list.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void Judge(const recado::server::AddressList& list, std::string_view body) {
  const auto lines = static_cast<size_t>(std::count(body.begin(), body.end(), '\n')) + 1;
  Require(list.rows.size() + list.bad.size() <= std::min(lines, recado::server::kMaxListRows));
  size_t last = 0;
  for (const auto& row : list.rows) {
    Require(row.line > last && row.line <= lines && !row.address.empty());
    Require(!recado::utf8::FindInvalid(row.address) && !recado::utf8::FindInvalid(row.reason));
    last = row.line;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(bytes), size);
  Judge(recado::server::ReadCsvList(body), body);
  Judge(recado::server::ReadNdjsonList(body), body);
  const auto word = recado::channel::OptOutWordOf(body);
  Require(!word || !word->language.empty());
  return 0;
}
