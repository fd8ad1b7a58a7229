#include "core/base/tables.h"

#ifdef RECADO_EMBEDDED_TABLES
extern "C" {
extern const char recado_tables_begin[];
extern const char recado_tables_end[];
}
#endif

namespace recado {
namespace {

constexpr std::string_view kMark("RECADO\x1a\n", 8);
constexpr size_t kHeaderBytes = 16;
constexpr size_t kEntryBytes = 20;
constexpr size_t kNameBytes = 8;

uint32_t Checksum(std::string_view bytes) {
  uint32_t value = 0x811C9DC5;
  for (const char c : bytes) value = (value ^ static_cast<unsigned char>(c)) * 0x01000193;
  return value;
}

// What a native program carries; in WebAssembly nothing until LoadTables().
Tables Embedded() {
#ifdef RECADO_EMBEDDED_TABLES
  return ReadTables({recado_tables_begin, static_cast<size_t>(recado_tables_end - recado_tables_begin)})
      .ValueOr({});
#else
  return {};
#endif
}

Tables& State() {
  static Tables tables = Embedded();
  return tables;
}

// Codes are numbers inside: a file made for another list would give every fault the sentence of another.
bool HasOurCodes(const Tables& tables) {
  const TextList names(tables.Find("codes"));
  if (!names.IsValid() || names.size() != DiagnosticCodeCount()) return false;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] != CodeName(static_cast<DiagnosticCode>(i))) return false;
  }
  return true;
}

}  // namespace

uint16_t ReadU16(std::string_view bytes, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  return static_cast<uint16_t>(byte(0) | byte(1) << 8);
}

uint32_t ReadU32(std::string_view bytes, size_t at) {
  return ReadU16(bytes, at) | static_cast<uint32_t>(ReadU16(bytes, at + 2)) << 16;
}

Diagnostics TablesRefused(std::string_view detail) {
  return {Diagnostic::Of(DiagnosticCode::tables_refused).With("detail", std::string(detail))};
}

std::string_view Tables::Find(std::string_view name) const {
  for (size_t i = 0; i < count; ++i) {
    if (sections[i].name == name) return sections[i].bytes;
  }
  return {};
}

Result<Tables> ReadTables(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || bytes.substr(0, kMark.size()) != kMark)
    return TablesRefused("not a file of tables");
  if (ReadU32(bytes, 8) != kTablesVersion) return TablesRefused("made for another version");
  Tables tables;
  tables.count = ReadU32(bytes, 12);
  if (tables.count > kMaxTableSections || bytes.size() < kHeaderBytes + tables.count * kEntryBytes)
    return TablesRefused("too many sections");
  for (size_t i = 0; i < tables.count; ++i) {
    const std::string_view entry = bytes.substr(kHeaderBytes + i * kEntryBytes, kEntryBytes);
    const size_t offset = ReadU32(entry, kNameBytes);
    const size_t size = ReadU32(entry, kNameBytes + 4);
    if (offset > bytes.size() || size > bytes.size() - offset) return TablesRefused("cut short");
    const std::string_view name = entry.substr(0, kNameBytes);
    const std::string_view section = bytes.substr(offset, size);
    if (Checksum(section) != ReadU32(entry, kNameBytes + 8)) return TablesRefused("damaged");
    tables.sections[i] = {name.substr(0, name.find('\0')), section};
  }
  return tables;
}

Result<bool> LoadTables(std::span<const std::byte> bytes) {
  Result<Tables> tables = ReadTables({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!tables.ok()) return tables.TakeError();
  if (!HasOurCodes(*tables)) return TablesRefused("made for another version");
  State() = *tables;
  return true;
}

std::string_view TableSection(std::string_view name) {
  return State().Find(name);
}

TextList::TextList(std::string_view section) {
  if (section.size() < 8) return;
  const size_t count = ReadU32(section, 0);
  if (count >= (section.size() - 4) / 4) return;  // count + 1 offsets must fit
  count_ = count;
  offsets_ = section.substr(4, (count + 1) * 4);
  texts_ = section.substr(4 + offsets_.size());
}

bool TextList::IsValid() const {
  if (offsets_.empty() || ReadU32(offsets_, 0) != 0) return false;
  for (size_t i = 0; i < count_; ++i) {
    if (ReadU32(offsets_, i * 4) > ReadU32(offsets_, i * 4 + 4)) return false;
  }
  return ReadU32(offsets_, count_ * 4) == texts_.size();
}

std::string_view TextList::operator[](size_t i) const {
  if (i >= count_) return {};
  const size_t from = ReadU32(offsets_, i * 4);
  const size_t to = ReadU32(offsets_, i * 4 + 4);
  if (from > to || to > texts_.size()) return {};
  return texts_.substr(from, to - from);
}

}  // namespace recado
