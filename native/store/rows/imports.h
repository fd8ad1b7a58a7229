// Rows: imports of tables into the directory, where they stand and what was wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "native/store/rows/events.h"
#include "native/store/rows/records.h"

namespace recado::store {

// One import of a file into the directory. Its id is a digest of the file and of how it was to be read, so
// that the same file again is the same import. The numbers of the states are on disk.
enum class ImportState : uint8_t { kRunning = 0, kDone = 1, kStopped = 2 };
std::string_view ImportStateName(ImportState state);  // "running", "done", "stopped"

struct Import {
  std::string id{};       // 32 hex digits
  std::string name{};     // the file's, for people
  std::string options{};  // JSON: how the file is read
  ImportState state = ImportState::kRunning;
  int64_t bytes = 0;       // of the whole file
  int64_t done_bytes = 0;  // everything before it is in the directory
  int64_t lines = 0;       // up to there
  int64_t created = 0;     // records that were not there
  int64_t changed = 0;
  int64_t unchanged = 0;
  int64_t bad = 0;      // lines that made no record
  int64_t remarks = 0;  // warnings beside; their records are in the directory
  std::string fault{};  // the diagnostic why it stopped (formats §5); "" where it did not
  std::string by{};
  Instant created_at{};
  Instant updated_at{};
};

struct ImportFault {
  int64_t line = 0;      // from 1
  std::string column{};  // as the file's first line names it; "" : the whole line
  std::string value{};   // what stands there, cut
  std::string diagnostic{};
};

// What one stretch of a file leads to: written as one, or not at all.
struct ImportBatch {
  Import import{};  // as it stands after the batch
  struct Put {
    Record record{};
    int64_t if_match = 0;  // the version that was read; 0: there was none
    std::optional<NewEvent> event{};
  };
  std::vector<Put> puts{};
  std::vector<ImportFault> faults{};
};

}  // namespace recado::store
