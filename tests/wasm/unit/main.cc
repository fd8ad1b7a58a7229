// Loads the tables and the data packages as a page does (base first, then each language), then runs the
// tests.
#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <span>
#include <string>

#include "core/base/tables.h"
#include "core/text/data.h"

namespace {

// The file's bytes, 16-byte aligned and never freed: ICU keeps pointers into them.
std::span<const std::byte> ReadForever(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::fseek(file, 0, SEEK_END);
  const auto size = static_cast<size_t>(std::ftell(file));
  std::rewind(file);
  auto* bytes = static_cast<std::byte*>(std::aligned_alloc(16, (size + 15) / 16 * 16));
  const size_t read = std::fread(bytes, 1, size, file);
  std::fclose(file);
  return {bytes, read};
}

bool LoadAll() {
  if (!recado::LoadTables(ReadForever(RECADO_TABLES)).ok()) return false;
  const std::string folder = RECADO_DATA;
  if (!recado::text::LoadBaseData(ReadForever(folder + "/base.dat")).ok()) return false;
  for (const std::string_view language : recado::text::Languages()) {
    const std::string path = folder + "/" + std::string(language) + ".dat";
    if (!recado::text::LoadLanguageData(language, ReadForever(path)).ok()) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  if (!LoadAll()) {
    std::fprintf(stderr, "The tables %s or the data packages in %s could not be loaded.\n", RECADO_TABLES,
                 RECADO_DATA);
    return 1;
  }
  return RUN_ALL_TESTS();
}
