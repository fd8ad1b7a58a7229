// recado import crm: a file of any size into the built-in directory.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "native/cli/io.h"

namespace recado::cli {

struct ImportCrmOptions {
  std::string file;
  std::string store = "recado.db";
  // As formats and the API name them; "" : not given.
  std::string format, entity, delimiter, encoding, locale, decimal, date, time_zone, region, currency;
  std::vector<std::string> columns;  // "Column=field"
  std::string report;                // file for the bad rows, NDJSON, or CSV where its name ends in .csv
  bool dry_run = false;
  bool fire_events = false;
  bool again = false;
  std::string language = "en";
};

// One JSON object on `out`: the import as the API shows it, or with `dry_run` what TryImport answers.
// Progress on `err` where that is a terminal. 0: every row is in the directory; 1: some are not, or it
// stopped; 2: usage.
int RunImportCrm(const Io& io, const ImportCrmOptions& options);

}  // namespace recado::cli
