// Tables: what the core knows by heart and is not code. The sentences of the diagnostics in five languages
// and the world's numbering plans stand in one file, tables.dat, made by make_tables.py for both builds.
// Natively it is part of the program; in WebAssembly it is a file of its own beside the base data, so that
// the module stays small and a changed sentence changes no code. It is not the home of ICU's data
// (text/data.h).
//
//   LoadTables(bytes);                                  // WebAssembly only, before any other call
//   const TextList german(TableSection("text.de"));     // german[i]: a view into the file
//
// Layout, all numbers little-endian: the mark "RECADO\x1a\n", u32 version, u32 count of sections; for each a
// name of 8 bytes padded with zeros, u32 offset from the file's start, u32 size, u32 checksum (FNV-1a);
// then the sections. A fault in it is the diagnostic `tables_refused`, never a crash.
//
// The file is read in place and must outlive the process's use of the core. Threads: load before other
// threads use the core; afterwards everything here only reads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/limits.h"
#include "core/base/result.h"

namespace recado {

inline constexpr uint32_t kTablesVersion = 1;

// The directory of one file: views into its bytes.
struct Tables {
  struct Section {
    std::string_view name;
    std::string_view bytes;
  };
  std::array<Section, kMaxTableSections> sections;
  size_t count = 0;

  // "" where there is none of that name.
  std::string_view Find(std::string_view name) const;
};

// Reads the directory and proves its bounds and checksums. Error: tables_refused.
Result<Tables> ReadTables(std::string_view bytes);

// Makes these the tables of the process. Error: tables_refused, also where they were made for another set of
// diagnostic codes; the tables there were then stay.
Result<bool> LoadTables(std::span<const std::byte> bytes);

// A section of the process's tables, "" where it or all of them are missing.
std::string_view TableSection(std::string_view name);

// The form of every refusal: tables_refused with the reason, in English for the log.
Diagnostics TablesRefused(std::string_view detail);

// Little-endian numbers out of a section. `at` must leave room for them.
uint16_t ReadU16(std::string_view bytes, size_t at);
uint32_t ReadU32(std::string_view bytes, size_t at);

// A section that is a list of texts: u32 count, count + 1 u32 offsets into what follows, the texts. A view;
// nothing is copied. Looking one up takes constant time and is safe even where IsValid() is not true.
class TextList {
 public:
  explicit TextList(std::string_view section);
  bool IsValid() const;  // every offset leads forward and the last one to the section's end
  size_t size() const { return count_; }
  std::string_view operator[](size_t i) const;  // "" from size() on

 private:
  std::string_view offsets_;
  std::string_view texts_;
  size_t count_ = 0;
};

}  // namespace recado
