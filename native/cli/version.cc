#include "native/cli/version.h"

#include "core/text/data.h"
#include "native/cli/commands.h"

namespace recado::cli {

int RunVersion(const Io& io) {
  const text::Versions versions = text::DataVersions();
  PrintLine(io.out, "recado " + std::string(kVersion));
  PrintLine(io.out, "ICU " + versions.icu + ", Unicode " + versions.unicode);
  PrintLine(io.out, "time zones " + versions.zones);
  std::string languages = "languages";
  for (const std::string_view language : text::Languages()) languages += " " + std::string(language);
  PrintLine(io.out, languages);
  return kFine;
}

}  // namespace recado::cli
