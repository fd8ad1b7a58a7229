#include "native/server/address_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "native/crm/csv.h"

namespace recado::server {
namespace {

constexpr std::string_view kNames[] = {"address", "channel", "reason"};

// Takes the next line off `body`; without its end.
std::string_view TakeLine(std::string_view& body) {
  const size_t end = std::min(body.find('\n'), body.size());
  std::string_view line = body.substr(0, end);
  body.remove_prefix(std::min(end + 1, body.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string Trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::string LowerAscii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

Diagnostic NoAddress() {
  return Diagnostic::Of(DiagnosticCode::missing_member).At("/address").With("what", "\"address\"");
}

Diagnostic NotUtf8() {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At("")
      .With("what", "The row")
      .With("value", "?")
      .With("allowed", "text in UTF-8");
}

// Which column is what; -1: there is no such.
using Columns = std::array<int, std::size(kNames)>;

// The columns by the names of the first row; false where it holds no names.
bool ReadNames(const directory::CsvRow& row, Columns& columns) {
  Columns named = {-1, -1, -1};
  for (size_t i = 0; i < row.count; ++i) {
    const auto* name = std::find(std::begin(kNames), std::end(kNames), LowerAscii(Trimmed(row.values[i])));
    if (name == std::end(kNames)) continue;
    int& column = named[static_cast<size_t>(name - std::begin(kNames))];
    if (column < 0) column = static_cast<int>(i);
  }
  if (named[0] < 0) return false;
  columns = named;
  return true;
}

std::string Cell(const directory::CsvRow& row, int column) {
  const auto index = static_cast<size_t>(column);
  return column >= 0 && index < row.count ? Trimmed(row.values[index]) : std::string();
}

void TakeRow(ListedRow row, AddressList& list) {
  if (row.address.empty()) {
    list.bad.push_back({row.line, NoAddress()});
  } else {
    list.rows.push_back(std::move(row));
  }
}

// A member that is a text; a fault in `bad` where it is something else.
bool ReadMember(const Json& json, std::string_view name, std::string& into, std::vector<Diagnostic>& faults) {
  const auto found = json.find(std::string(name));
  if (found == json.end() || found->is_null()) return true;
  if (found->is_string()) {
    into = Trimmed(found->get_ref<const std::string&>());
    return true;
  }
  faults.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                       .At(Child("", name))
                       .With("what", "\"" + std::string(name) + "\"")
                       .With("expected", "a text")
                       .With("actual", std::string(TypeWord(*found))));
  return false;
}

void ReadJsonRow(std::string_view line, size_t number, AddressList& list) {
  const Result<Json> json = ParseJson(line);
  if (!json.ok()) {
    list.bad.push_back({number, json.error().front()});
    return;
  }
  ListedRow row;
  row.line = number;
  std::vector<Diagnostic> faults;
  if (json->is_string()) {
    row.address = Trimmed(json->get_ref<const std::string&>());
  } else if (json->is_object()) {
    ReadMember(*json, "address", row.address, faults);
    ReadMember(*json, "channel", row.channel, faults);
    ReadMember(*json, "reason", row.reason, faults);
  } else {
    faults.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                         .With("what", "The row")
                         .With("expected", "an object")
                         .With("actual", std::string(TypeWord(*json))));
  }
  if (faults.empty()) {
    TakeRow(std::move(row), list);
  } else {
    list.bad.push_back({number, std::move(faults.front())});
  }
}

}  // namespace

AddressList ReadNdjsonList(std::string_view body) {
  AddressList list;
  for (size_t number = 1; !body.empty(); ++number) {
    const std::string_view line = TakeLine(body);
    if (IsBlank(line)) continue;
    list.cut = list.rows.size() + list.bad.size() >= kMaxListRows;
    if (list.cut) return list;
    ReadJsonRow(line, number, list);
  }
  return list;
}

AddressList ReadCsvList(std::string_view body) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  AddressList list;
  Columns columns = {0, 1, 2};
  std::optional<char> delimiter;
  directory::CsvRow row;
  for (size_t line = 1; !body.empty();) {
    if (!delimiter && IsBlank(body.substr(0, body.find('\n')))) {
      TakeLine(body);
      ++line;
      continue;
    }
    const bool first = !delimiter;
    if (first) delimiter = directory::GuessDelimiter(body.substr(0, body.find('\n')));
    const directory::CsvStep step = directory::ReadCsvRow(body, true, *delimiter, row);
    const size_t number = std::exchange(line, line + row.lines);
    const std::string_view text = body.substr(0, row.bytes);
    body.remove_prefix(row.bytes);
    if (IsBlank(text)) continue;
    list.cut = list.rows.size() + list.bad.size() >= kMaxListRows;
    if (list.cut) return list;
    if (step != directory::CsvStep::kRow) {
      list.bad.push_back({number, directory::CsvFault(step, row, static_cast<int64_t>(number))});
    } else if (utf8::FindInvalid(text)) {
      list.bad.push_back({number, NotUtf8()});
    } else if (!first || !ReadNames(row, columns)) {
      TakeRow({number, Cell(row, columns[0]), Cell(row, columns[1]), Cell(row, columns[2])}, list);
    }
  }
  return list;
}

}  // namespace recado::server
