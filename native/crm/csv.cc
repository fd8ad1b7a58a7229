#include "native/crm/csv.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace recado::directory {
namespace {

constexpr size_t kMaxRest = 40;  // of what stands behind a quotation mark, for the message

// 0x80 … 0x9F of Windows-1252; 0 is undefined.
constexpr std::array<char16_t, 32> kUpper = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                             0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Walks one row. The position only ever goes forward.
class Walk {
 public:
  Walk(std::string_view bytes, bool last, char delimiter, CsvRow& row)
      : bytes_(bytes), last_(last), delimiter_(delimiter), row_(row) {}

  CsvStep operator()() {
    row_.count = 0;
    row_.lines = 0;
    row_.bytes = 0;
    if (bytes_.empty()) return last_ ? CsvStep::kEnd : CsvStep::kMore;
    for (;;) {
      if (row_.count == kMaxCsvColumns) return GiveUp(CsvStep::kTooLong);
      if (row_.values.size() == row_.count) row_.values.emplace_back();
      std::string& value = row_.values[row_.count++];
      value.clear();
      const bool quoted = at_ < bytes_.size() && bytes_[at_] == '"';
      const CsvStep step = quoted ? Quoted(value) : Plain(value);
      if (step != CsvStep::kRow) return step;
      if (at_ > kMaxCsvRowBytes) return GiveUp(CsvStep::kTooLong);
      if (at_ == bytes_.size()) return Ended();
      if (bytes_[at_] != delimiter_) return LineEnd();
      ++at_;
    }
  }

 private:
  // To the delimiter, the line's end or the end of the bytes.
  CsvStep Plain(std::string& value) {
    const size_t from = at_;
    while (at_ < bytes_.size() && bytes_[at_] != delimiter_ && bytes_[at_] != '\n') ++at_;
    if (at_ == bytes_.size() && !last_) return Unfinished(CsvStep::kTooLong);
    size_t to = at_;
    const bool line_ends = at_ == bytes_.size() || bytes_[at_] == '\n';
    if (line_ends && to > from && bytes_[to - 1] == '\r') --to;
    value.assign(bytes_.substr(from, to - from));
    return CsvStep::kRow;
  }

  CsvStep Quoted(std::string& value) {
    ++at_;
    for (;;) {
      const size_t mark = bytes_.find('"', at_);
      if (mark == std::string_view::npos) {
        at_ = bytes_.size();
        return last_ ? GiveUp(CsvStep::kQuoteOpen) : Unfinished(CsvStep::kQuoteOpen);
      }
      if (mark > kMaxCsvRowBytes) return GiveUp(CsvStep::kQuoteOpen);
      const std::string_view piece = bytes_.substr(at_, mark - at_);
      value.append(piece);
      row_.lines += static_cast<size_t>(std::count(piece.begin(), piece.end(), '\n'));
      at_ = mark + 1;
      if (at_ == bytes_.size() && !last_) return Unfinished(CsvStep::kQuoteOpen);
      if (at_ == bytes_.size() || bytes_[at_] != '"') break;
      value += '"';
      ++at_;
    }
    if (at_ == bytes_.size() || bytes_[at_] == delimiter_ || bytes_[at_] == '\n') return CsvStep::kRow;
    if (bytes_[at_] == '\r') {
      if (at_ + 1 == bytes_.size() && !last_) return CsvStep::kMore;
      if (at_ + 1 == bytes_.size() || bytes_[at_ + 1] == '\n') {
        ++at_;
        return CsvStep::kRow;
      }
    }
    return Inside();
  }

  // Something behind a closing quotation mark: the row ends with this line.
  CsvStep Inside() {
    const size_t end = bytes_.find('\n', at_);
    if (end == std::string_view::npos && !last_) return Unfinished(CsvStep::kTooLong);
    row_.rest = bytes_.substr(at_, std::min(std::min(end, bytes_.size()) - at_, kMaxRest));
    at_ = end == std::string_view::npos ? bytes_.size() : end + 1;
    if (end != std::string_view::npos) ++row_.lines;
    row_.bytes = at_;
    return CsvStep::kQuoteInside;
  }

  CsvStep LineEnd() {
    row_.bytes = at_ + 1;
    ++row_.lines;
    return CsvStep::kRow;
  }
  CsvStep Ended() {
    row_.bytes = at_;
    return CsvStep::kRow;
  }

  CsvStep Unfinished(CsvStep when_too_long) {
    return bytes_.size() > kMaxCsvRowBytes ? GiveUp(when_too_long) : CsvStep::kMore;
  }

  // The row is left out as far as its first line goes.
  CsvStep GiveUp(CsvStep step) {
    const size_t end = bytes_.find('\n');
    row_.count = 0;
    row_.lines = end == std::string_view::npos ? 0 : 1;
    row_.bytes = end == std::string_view::npos ? bytes_.size() : end + 1;
    return step;
  }

  const std::string_view bytes_;
  const bool last_;
  const char delimiter_;
  CsvRow& row_;
  size_t at_ = 0;
};

}  // namespace

CsvStep ReadCsvRow(std::string_view bytes, bool last, char delimiter, CsvRow& row) {
  return Walk(bytes, last, delimiter, row)();
}

Diagnostic CsvFault(CsvStep step, const CsvRow& row, int64_t line) {
  if (step == CsvStep::kQuoteOpen) {
    return Diagnostic::Of(DiagnosticCode::import_quote_open).With("line", std::to_string(line));
  }
  if (step == CsvStep::kQuoteInside) {
    return Diagnostic::Of(DiagnosticCode::import_quote_inside).With("value", row.rest);
  }
  return Diagnostic::Of(DiagnosticCode::import_line_too_long).With("limit", std::to_string(kMaxCsvRowBytes));
}

char GuessDelimiter(std::string_view first_line) {
  constexpr std::string_view kCandidates = ",;\t";
  std::array<size_t, kCandidates.size()> counts{};
  bool quoted = false;
  for (const char c : first_line) {
    if (c == '"') quoted = !quoted;
    const size_t which = quoted ? std::string_view::npos : kCandidates.find(c);
    if (which != std::string_view::npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kCandidates[static_cast<size_t>(most - counts.begin())];
}

std::string FromWindows1252(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t upper = byte >= 0x80 && byte < 0xA0 ? kUpper[byte - 0x80U] : byte;
    utf8::Append(out, byte >= 0x80 && upper == 0 ? utf8::kReplacement : static_cast<char32_t>(upper));
  }
  return out;
}

}  // namespace recado::directory
