// Import: a file of any size into the built-in directory, in batches, from where it was left.
//
//   ImportControls controls; controls.by = "eva";
//   Result<store::Import> done = ImportFile(store, "deals.csv", "deals.csv", options, controls);
//
// Each batch of records goes to disk together with the position behind it: an import that is interrupted, by
// whatever, goes on exactly there. The import's id is a digest of the file's bytes and of how they are read;
// a finished import of the same file is answered as it is, and nothing is written (unless `again`). A record
// that the file says nothing new of is not written either.
//
// NDJSON replaces records as PUT does; a table changes what its columns say and leaves the rest. No event is
// fired unless asked for: importing last year's won deals must not thank anybody again.
//
// Memory: one chunk of the file, one row, one batch. Threads: ImportFile blocks its own thread.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "native/crm/import_options.h"
#include "native/store/store.h"

namespace recado::directory {

inline constexpr size_t kImportBatch = 500;          // records in one transaction
inline constexpr size_t kImportChunk = 1024 * 1024;  // read at a time
inline constexpr size_t kMaxDryRunRows = 1'000;      // looked at in a trial
inline constexpr size_t kMaxDryRunFaults = 20;       // shown of it
inline constexpr size_t kMaxDryRunRecords = 3;

struct ImportControls {
  std::string by;
  bool again = false;  // also a finished one
  std::function<Instant()> clock;
  std::function<void(const store::Import&)> progress;  // after each batch; may be empty
  const std::atomic<bool>* stop = nullptr;             // looked at between batches; it may go on later
};

// Region, zone and currency of the workspace, where the options do not say.
ImportOptions CompletedOptions(store::Store& store, ImportOptions options);

// Looks at the file and makes the import's row, or finds it; nothing is imported yet. A finished one is
// answered as it is, unless `again`, which begins it anew. Errors as below.
Result<store::Import> BeginImport(store::Store& store, const std::string& path, const std::string& name,
                                  const ImportOptions& options, const ImportControls& controls);

// The import as it stands at the end. Errors: file_unreadable, import_no_header, import_encoding, those of
// MapColumns and of the store. An import that had to stop on the way has the state kStopped and a fault.
Result<store::Import> ImportFile(store::Store& store, const std::string& path, const std::string& name,
                                 const ImportOptions& options, const ImportControls& controls);

// A look at the beginning of a file, without writing anything:
// {"format","entity","delimiter","columns":[{"column","field","guessed"}],"rows","faults":[…],"records":[…]}
Result<Json> TryImport(store::Store& store, const std::string& path, const ImportOptions& options);

// {"id","name","state","bytes","done_bytes","lines","created","changed","unchanged","bad","remarks",…}
Json ToJson(const store::Import& import);
// {"line","column","value","reason"}: one entry of the report.
Json ToJson(const store::ImportFault& fault);
// The report as a table with a header, each value quoted as it must be; no cell can become a formula.
std::string ReportCsv(const std::vector<store::ImportFault>& faults);

}  // namespace recado::directory
