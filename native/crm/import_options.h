// How a file is to be read into the directory, and what its rows become. The part of an import that needs no
// store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/crm/schema.h"
#include "native/crm/columns.h"
#include "native/crm/csv.h"
#include "native/crm/import_values.h"

namespace recado::directory {

enum class ImportFormat : uint8_t { kGuess, kCsv, kNdjson };

struct ImportOptions {
  ImportFormat format = ImportFormat::kGuess;  // NDJSON where the first byte is a brace
  std::string entity = "deal";                 // of tables, and of snapshots that do not show theirs
  char delimiter = 0;                          // 0: guessed from the first line
  bool windows_1252 = false;                   // else UTF-8; a file that is not is refused line by line
  Spelling spelling;
  std::string region;    // of phone numbers without a country code; "" : the workspace's
  std::string currency;  // of amounts in a table without one; "" : the workspace's
  std::vector<std::pair<std::string, std::string>> columns;  // column → field, over the guesses
  bool fire_events = false;                                  // stage events for new and moved records

  // {"format","entity","delimiter","encoding","decimal","date","time_zone","region","currency","columns",
  //  "fire_events"}; `locale` sets decimal and date at once. All are optional. Errors: wrong_type,
  //  invalid_value.
  static Result<ImportOptions> FromJson(const Json& json);
  Json ToJson() const;
};

// A fault or a remark about one place of a row.
struct RowFault {
  std::string column;  // "" : the whole row
  std::string value;
  Diagnostic diagnostic;
};

// Ids in addresses: 1–100 characters, no control characters, no slash.
bool IsRecordId(std::string_view id);

// A row of a table as a snapshot with what the row says; nothing where a fault (severity error) forbids it.
// Empty values say nothing. Phone numbers become E.164; what is none stays as it is, with a remark.
std::optional<Json> SnapshotOfRow(const CsvRow& row, const std::vector<Column>& columns,
                                  const ImportOptions& options, std::vector<RowFault>& faults);

// What a table says over what is there: members of the item one by one; contacts, company and responsible as
// a whole, where the table has any.
Json MergedSnapshot(Json before, const Json& said, const std::string& entity);

// A line of NDJSON: a snapshot (formats §2), or a record as the API lists them ({"entity","snapshot",…}).
struct LineRecord {
  std::string entity;
  std::string id;
  Json snapshot;
};
std::optional<LineRecord> RecordOfLine(std::string_view line, const ImportOptions& options,
                                       std::vector<RowFault>& faults);

}  // namespace recado::directory
