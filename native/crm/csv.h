// CSV: one row of a file at a time, out of whatever bytes have been read so far (RFC 4180).
//
//   CsvRow row;
//   switch (ReadCsvRow(bytes, last, ';', row)) { case CsvStep::kRow: …row.values…;
//   bytes.remove_prefix(row.bytes); }
//
// Lines end with LF or CRLF. A value in quotation marks may hold delimiters, line ends and doubled quotation
// marks; a quotation mark inside a value that does not begin with one is an ordinary character, as every
// spreadsheet writes it. Bytes above 0x7F pass as they are: judging the encoding is the caller's business.
//
// A faulty row costs itself and no more: `bytes` always says where to go on. A quotation mark that is never
// closed would swallow the rest of the file; its row is given up at kMaxCsvRowBytes or at the end, and
// reading goes on behind its first line.
//
// Pure functions; a row's strings are used again from call to call, so that reading allocates next to
// nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace recado::directory {

inline constexpr size_t kMaxCsvRowBytes =
    1024 * 1024;                                 // a record is some hundred bytes; a contract is a file
inline constexpr size_t kMaxCsvColumns = 1'000;  // spreadsheets have fewer that mean anything

enum class CsvStep {
  kRow,
  kMore,         // the row's end is not among these bytes: read on (never with `last`)
  kEnd,          // nothing is left
  kQuoteOpen,    // the rest are faulty rows
  kQuoteInside,  // something stands behind a closing quotation mark; `rest` is its beginning
  kTooLong,      // the row is longer than kMaxCsvRowBytes or has more than kMaxCsvColumns values
};

struct CsvRow {
  std::vector<std::string> values;  // the first `count` of them
  size_t count = 0;
  size_t bytes = 0;  // to go on behind, with the line's end
  size_t lines = 0;  // line ends in them
  std::string rest;
  bool empty() const { return count == 1 && values.front().empty(); }
};

// `last`: the file ends behind `bytes`.
CsvStep ReadCsvRow(std::string_view bytes, bool last, char delimiter, CsvRow& row);

// What to say of a faulty row that begins in `line`; only for the three steps that are faults.
Diagnostic CsvFault(CsvStep step, const CsvRow& row, int64_t line);

// The delimiter of a first line: the most frequent of comma, semicolon and tab outside quotation marks; of
// equal ones the first named.
char GuessDelimiter(std::string_view first_line);

// Windows-1252 to UTF-8. The five bytes that it leaves undefined become U+FFFD.
std::string FromWindows1252(std::string_view text);

}  // namespace recado::directory
