// Any bytes as tables.dat: refused or read, and what is read stays inside the bytes. Checksums would keep the
// fuzzer out, so they are put right first.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/base/tables.h"
#include "core/phone/pattern.h"
#include "core/phone/table.h"

namespace {

void Mend(std::string& file) {
  if (file.size() < 16) return;
  const size_t count = std::min<size_t>(recado::ReadU32(file, 12), recado::kMaxTableSections);
  for (size_t i = 0; i < count && file.size() >= 36 + i * 20; ++i) {
    const size_t entry = 16 + i * 20;
    const size_t offset = std::min<size_t>(recado::ReadU32(file, entry + 8), file.size());
    const size_t size = std::min<size_t>(recado::ReadU32(file, entry + 12), file.size() - offset);
    uint32_t sum = 0x811C9DC5;
    for (size_t at = offset; at < offset + size; ++at)
      sum = (sum ^ static_cast<unsigned char>(file[at])) * 0x01000193;
    for (size_t j = 0; j < 4; ++j) file[entry + 16 + j] = static_cast<char>(sum >> (8 * j) & 0xFF);
  }
}

void Use(const recado::phone::PhoneTable& table) {
  for (size_t i = 0; i < std::min<size_t>(table.plans.size(), 4); ++i) {
    const recado::phone::PhonePlan& plan = table.plans[i];
    for (const std::string_view pattern : {plan.idd, plan.match, plan.parsing, plan.leading, plan.kinds})
      (void)recado::phone::MatchPhone(pattern, "0123456789");
    if (size_t{plan.first_format} + plan.formats > table.formats.size()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string file(reinterpret_cast<const char*>(data), size);
  Mend(file);
  const auto tables = recado::ReadTables(file);
  if (!tables.ok()) return 0;
  for (size_t i = 0; i < tables->count; ++i) {
    const std::string_view section = tables->sections[i].bytes;
    if (section.data() < file.data() || section.data() + section.size() > file.data() + file.size())
      std::abort();
    const recado::TextList list(section);
    size_t bytes = 0;
    for (size_t at = 0; at < list.size(); ++at) bytes += list[at].size();
    if (list.IsValid() && bytes > section.size()) std::abort();
  }
  const auto phones =
      recado::phone::ReadPhoneTable(tables->Find("phone"), tables->Find("phone.f"), tables->Find("phone.p"));
  if (phones.ok()) Use(*phones);
  return 0;
}
