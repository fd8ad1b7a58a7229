// CSV of any bytes: every step goes forward, rows do not depend on where the bytes were cut, and what is read
// is made into records without a fault of ours.
#include <cstdint>
#include <cstdlib>

#include "native/crm/import_options.h"

namespace {

using namespace recado;

void Check(bool holds) {
  if (!holds) std::abort();
}

std::string Read(std::string_view bytes, char delimiter, size_t piece) {
  std::string out;
  std::string held;
  directory::CsvRow row;
  while (true) {
    const size_t take = std::min(piece, bytes.size());
    held.append(bytes.substr(0, take));
    bytes.remove_prefix(take);
    const bool last = bytes.empty();
    for (;;) {
      const directory::CsvStep step = directory::ReadCsvRow(held, last, delimiter, row);
      if (step == directory::CsvStep::kEnd) return out;
      if (step == directory::CsvStep::kMore) break;
      Check(row.bytes > 0 && row.bytes <= held.size());
      out += std::to_string(static_cast<int>(step)) + ":";
      if (step == directory::CsvStep::kRow) {
        for (size_t i = 0; i < row.count; ++i) out += row.values[i] + "|";
      }
      held.erase(0, row.bytes);
    }
    Check(!last);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const char delimiter = ",;\t"[data[0] % 3];
  Check(Read(text, delimiter, text.size() + 1) == Read(text, delimiter, 1 + data[0] / 3));
  (void)directory::FromWindows1252(text);
  (void)directory::GuessDelimiter(text);
  (void)directory::ReadNumber(text, {});
  (void)directory::ReadDate(text, {});
  (void)directory::ReadDateTime(text, {});
  directory::CsvRow row;
  if (directory::ReadCsvRow(text, true, delimiter, row) != directory::CsvStep::kRow) return 0;
  const std::vector<std::string> header(row.values.begin(),
                                        row.values.begin() + static_cast<std::ptrdiff_t>(row.count));
  const crm::Entity* deal = crm::BuiltInSchema().Find("deal");
  const auto columns = directory::MapColumns(header, {}, "deal", deal);
  if (!columns.ok()) return 0;
  directory::ImportOptions options;
  options.currency = "EUR";
  std::vector<directory::RowFault> faults;
  const auto rest = text.substr(row.bytes);
  if (directory::ReadCsvRow(rest, true, delimiter, row) == directory::CsvStep::kRow) {
    (void)directory::SnapshotOfRow(row, *columns, options, faults);
  }
  (void)directory::RecordOfLine(rest, options, faults);
  return 0;
}
