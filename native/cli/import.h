// recado import: rules and texts of other systems.
#pragma once

#include <string>

#include "native/cli/inputs.h"
#include "native/cli/io.h"

namespace recado::cli {

enum class ImportFormat { kText, kJson };
struct ImportOptions {
  std::string file;
  Surroundings surroundings;
  std::string entity = "deal";
  std::string stage;  // of robots that do not say theirs
  ImportFormat format = ImportFormat::kText;
  std::string language = "en";
};

// recado import bitrix24 FILE. A text: its Liquid on `out` and the diagnostics on `err`, or one JSON object
// {"text","diagnostics"}. JSON (a name that ends in .json, or what parses as an object or a list): one object
// {"rules","diagnostics"}; with the text format the diagnostics also go to `err`.
int RunImportBitrix24(const Io& io, const ImportOptions& options);

}  // namespace recado::cli
