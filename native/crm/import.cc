#include "native/crm/import.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/utf8.h"
#include "native/crm/directory.h"

namespace recado::directory {
namespace {

using store::Await;
using store::Import;
using store::ImportBatch;
using store::ImportState;
using store::Unit;

constexpr int kMaxConflicts = 10;           // others may change the same records meanwhile; not for ever
constexpr size_t kMaxFaultsABatch = 2'000;  // a file of nothing but faults is still written in portions
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class File {
 public:
  explicit File(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool ok() const { return file_ >= 0; }
  bool Seek(int64_t offset) { return ::lseek(file_, static_cast<off_t>(offset), SEEK_SET) >= 0; }
  // Appends what comes next, at most `most`; false: reading failed.
  bool Read(std::string& out, size_t most, bool& end) {
    const size_t before = out.size();
    out.resize(before + most);
    size_t got = 0;
    while (got < most) {
      const ssize_t n = ::read(file_, out.data() + before + got, most - got);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return false;
      if (n == 0) {
        end = true;
        break;
      }
      got += static_cast<size_t>(n);
    }
    out.resize(before + got);
    return true;
  }

 private:
  int file_;
};

Diagnostics Unreadable(const std::string& name) {
  return {Diagnostic::Of(DiagnosticCode::file_unreadable)
              .With("name", name)
              .With("detail", std::strerror(errno == 0 ? EIO : errno))};
}

// A digest of the bytes and of how they are read. BLAKE2b: a gigabyte in about a second.
Result<std::string> DigestOf(const std::string& path, const std::string& options, int64_t& bytes) {
  if (sodium_init() < 0) return Unreadable("the system's randomness");
  File file(path);
  if (!file.ok()) return Unreadable(path);
  crypto_generichash_state state;
  constexpr size_t kBytes = 16;
  crypto_generichash_init(&state, nullptr, 0, kBytes);
  const auto update = [&state](std::string_view text) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  };
  update(options + "\n");
  std::string chunk;
  bytes = 0;
  for (bool end = false; !end;) {
    chunk.clear();
    if (!file.Read(chunk, kImportChunk, end)) return Unreadable(path);
    update(chunk);
    bytes += static_cast<int64_t>(chunk.size());
  }
  std::array<unsigned char, kBytes> digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::string hex(kBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

std::string ReasonOf(const Diagnostic& diagnostic) {
  return DumpJson(recado::ToJson(diagnostic, OffsetUnit::kBytes));
}

// The beginning of a file, understood: what it is and where its first row stands.
struct Opening {
  ImportOptions options;
  std::vector<Column> columns;  // of a table
  size_t first_row = 0;         // offset
  size_t lines = 0;             // before it
};

Diagnostics Encoding() {
  return {Diagnostic::Of(DiagnosticCode::import_encoding)};
}

Result<Opening> OpenTable(Opening opening, std::string_view head, bool last, const crm::Entity* entity) {
  ImportOptions& options = opening.options;
  const std::string_view body = head.substr(opening.first_row);
  if (options.delimiter == 0) options.delimiter = GuessDelimiter(body.substr(0, body.find('\n')));
  CsvRow row;
  if (ReadCsvRow(body, last, options.delimiter, row) != CsvStep::kRow || row.empty()) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::import_no_header)};
  }
  std::vector<std::string> names;
  for (size_t i = 0; i < row.count; ++i) {
    names.emplace_back(Trimmed(options.windows_1252 ? FromWindows1252(row.values[i]) : row.values[i]));
    if (utf8::FindInvalid(names.back())) return Encoding();
  }
  opening.first_row += row.bytes;
  opening.lines = row.lines;
  Result<std::vector<Column>> columns = MapColumns(names, options.columns, options.entity, entity);
  if (!columns.ok()) return columns.TakeError();
  opening.columns = *std::move(columns);
  return opening;
}

Result<Opening> OpenHead(std::string_view head, bool last, ImportOptions options, const crm::Schema& schema) {
  Opening opening{.options = std::move(options), .columns = {}};
  // UTF-16, as some spreadsheets call "Unicode text".
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return Encoding();
  if (head.starts_with(kByteOrderMark)) opening.first_row = kByteOrderMark.size();
  if (opening.options.format == ImportFormat::kGuess) {
    const std::string_view body = Trimmed(head.substr(opening.first_row));
    opening.options.format = body.starts_with('{') ? ImportFormat::kNdjson : ImportFormat::kCsv;
  }
  if (opening.options.format == ImportFormat::kNdjson) return opening;
  const crm::Entity* entity = schema.Find(opening.options.entity);
  return OpenTable(std::move(opening), head, last, entity);
}

Result<crm::Schema> SchemaOf(store::Store& store) {
  const Result<store::Document> document = store.FindDocument("schema");
  if (!document.ok()) return document.error();
  if (document->json.empty()) return crm::BuiltInSchema();
  const Result<Json> json = ParseJson(document->json);
  if (!json.ok()) return json.error();
  Diagnostics remarks;
  return crm::ParseSchema(*json, remarks);
}

// What reading makes of the file, row by row. Knows nothing of the store.
class Rows {
 public:
  struct Found {
    std::optional<LineRecord> record;  // nothing: see the faults
    bool merge = false;                // a table's row
    std::vector<RowFault> faults;
    int64_t line = 0;
  };

  explicit Rows(Opening opening) : opening_(std::move(opening)) {}

  // The next row among `bytes`; false: read on. `used`: how far it went.
  bool Next(std::string_view bytes, bool last, size_t& used, Found& found) {
    found.record.reset();
    found.faults.clear();
    found.merge = opening_.options.format == ImportFormat::kCsv;
    if (skipping_) {
      const size_t end = bytes.find('\n');
      used = end == std::string_view::npos ? bytes.size() : end + 1;
      skipping_ = end == std::string_view::npos;
      if (!skipping_) ++lines;
      return used > 0 && Next(bytes.substr(used), last, used, found, used);
    }
    return found.merge ? Table(bytes, last, used, found) : Line(bytes, last, used, found);
  }

  int64_t lines = 0;

 private:
  bool Next(std::string_view bytes, bool last, size_t& used, Found& found, size_t before) {
    if (skipping_) return false;
    const bool more = Next(bytes, last, used, found);
    used += before;
    return more;
  }

  static void Faulty(Found& found, Diagnostic diagnostic, std::string_view value = {}) {
    found.faults.push_back({"", std::string(value), std::move(diagnostic)});
  }

  bool Table(std::string_view bytes, bool last, size_t& used, Found& found) {
    found.line = lines + 1;
    const CsvStep step = ReadCsvRow(bytes, last, opening_.options.delimiter, row_);
    used = 0;
    if (step == CsvStep::kMore || step == CsvStep::kEnd) return false;
    used = row_.bytes;
    lines += static_cast<int64_t>(row_.lines);
    if (step != CsvStep::kRow) {
      const bool inside = step == CsvStep::kQuoteInside;
      Faulty(found, CsvFault(step, row_, found.line),
             inside ? std::string_view(row_.rest) : std::string_view());
      skipping_ = !inside && row_.lines == 0 && !last;
      return true;
    }
    if (row_.empty()) return true;
    if (!opening_.options.windows_1252 && utf8::FindInvalid(bytes.substr(0, used))) {
      Faulty(found, Diagnostic::Of(DiagnosticCode::import_encoding));
      return true;
    }
    const std::string& entity = opening_.options.entity;
    if (auto json = SnapshotOfRow(row_, opening_.columns, opening_.options, found.faults)) {
      std::string id = (*json)[entity]["id"].get<std::string>();
      found.record = LineRecord{entity, std::move(id), *std::move(json)};
    }
    return true;
  }

  bool Line(std::string_view bytes, bool last, size_t& used, Found& found) {
    found.line = lines + 1;
    const size_t end = bytes.find('\n');
    used = 0;
    if (end == std::string_view::npos && bytes.size() > kMaxJsonBytes) {
      used = bytes.size();
      skipping_ = !last;
      Faulty(
          found,
          Diagnostic::Of(DiagnosticCode::import_line_too_long).With("limit", std::to_string(kMaxJsonBytes)));
      return true;
    }
    if (end == std::string_view::npos && (!last || bytes.empty())) return false;
    used = end == std::string_view::npos ? bytes.size() : end + 1;
    ++lines;
    const std::string_view line = Trimmed(bytes.substr(0, used));
    if (!line.empty()) found.record = RecordOfLine(line, opening_.options, found.faults);
    return true;
  }

  const Opening opening_;
  CsvRow row_;
  bool skipping_ = false;  // inside a row that is left out and whose end has not come yet
};

// Puts what is found into the directory, a batch at a time.
class Sink {
 public:
  Sink(store::Store& store, Import import, const ImportOptions& options, const ImportControls& controls)
      : store_(store), import_(std::move(import)), options_(options), controls_(controls) {}

  const Import& import() const { return import_; }

  void Take(Rows::Found& found, int64_t offset) {
    for (RowFault& fault : found.faults) {
      if (fault.diagnostic.severity != Severity::kError) ++counts_.remarks;
      faults_.push_back(
          {found.line, std::move(fault.column), std::move(fault.value), ReasonOf(fault.diagnostic)});
    }
    end_ = offset;
    if (found.record) {
      found_.push_back({*std::move(found.record), found.merge});
    } else if (!found.faults.empty()) {
      ++counts_.bad;
    }
  }

  bool full() const { return found_.size() >= kImportBatch || faults_.size() >= kMaxFaultsABatch; }

  // Everything taken so far, with the position behind it, is on disk.
  Diagnostics Flush(int64_t lines, ImportState state, const std::string& fault = {}) {
    for (int attempt = 0;; ++attempt) {
      ImportBatch batch;
      batch.import = import_;
      if (Diagnostics faults = Collect(batch); !faults.empty()) return faults;
      batch.import.done_bytes = end_ > 0 ? end_ : import_.done_bytes;
      batch.import.lines = lines;
      batch.import.bad += counts_.bad;
      batch.import.remarks += counts_.remarks;
      batch.import.state = state;
      batch.import.fault = fault;
      batch.import.updated_at = controls_.clock();
      batch.faults = faults_;
      const Import after = batch.import;
      const auto written =
          Await<Unit>([&](auto done) { store_.CommitImport(std::move(batch), controls_.clock(), done); });
      if (written.ok()) {
        import_ = after;
        found_.clear();
        faults_.clear();
        counts_ = {};
        if (controls_.progress) controls_.progress(import_);
        return {};
      }
      const bool conflict = written.error().front().code == DiagnosticCode::version_conflict;
      if (!conflict || attempt == kMaxConflicts) return written.error();
    }
  }

 private:
  struct Pending {
    LineRecord record;
    bool merge = false;
  };

  // The records as they will stand, each once, however often the file names it.
  Diagnostics Collect(ImportBatch& batch) {
    std::map<std::pair<std::string, std::string>, size_t> places;
    for (const Pending& pending : found_) {
      const LineRecord& line = pending.record;
      const auto [place, fresh] = places.try_emplace({line.entity, line.id}, batch.puts.size());
      std::optional<store::Record> before;
      if (!fresh && place->second < batch.puts.size()) {
        before = batch.puts[place->second].record;
      } else if (const auto found = store_.FindRecord(line.entity, line.id); found.ok()) {
        before = *found;
      } else if (found.error().front().code != DiagnosticCode::not_found) {
        return found.error();
      }
      Json json = line.snapshot;
      if (before && pending.merge) {
        Result<Json> old = ParseJson(before->json);
        if (old.ok()) json = MergedSnapshot(*std::move(old), line.snapshot, line.entity);
      }
      store::Record record = RecordOf(line.entity, line.id, json);
      if (before && before->json == record.json) {
        ++batch.import.unchanged;
        if (fresh) places.erase(place);
        continue;
      }
      if (!fresh) {
        batch.puts[place->second].record = std::move(record);
        continue;
      }
      ++(before ? batch.import.changed : batch.import.created);
      ImportBatch::Put put{.record = std::move(record), .if_match = before ? before->version : 0};
      if (options_.fire_events) put.event = StageEvent(put.record, before);
      batch.puts.push_back(std::move(put));
    }
    return {};
  }

  // A new record enters its stage; one that is there moves, or it has newer data.
  std::optional<store::NewEvent> StageEvent(const store::Record& record,
                                            const std::optional<store::Record>& before) const {
    const bool moved = !before || before->stage != record.stage || before->pipeline != record.pipeline;
    if (moved && record.stage.empty()) return std::nullopt;
    const auto type = moved ? crm::EventType::kStageChanged : crm::EventType::kRecordUpdated;
    return EventOf(store_, type, record, before ? before->stage : "", controls_.clock());
  }

  struct Counts {
    int64_t bad = 0;
    int64_t remarks = 0;
  };
  store::Store& store_;
  Import import_;
  const ImportOptions& options_;
  const ImportControls& controls_;
  std::vector<Pending> found_;
  std::vector<store::ImportFault> faults_;
  Counts counts_;
  int64_t end_ = 0;
};

Result<Import> Run(File& file, Sink& sink, Rows& rows, const ImportControls& controls) {
  std::string bytes;
  bool last = false;
  int64_t offset = sink.import().done_bytes;  // of the first byte in `bytes`
  Rows::Found found;
  for (;;) {
    size_t at = 0;
    size_t used = 0;
    while (rows.Next(std::string_view(bytes).substr(at), last, used, found)) {
      at += used;
      sink.Take(found, offset + static_cast<int64_t>(at));
      if (!sink.full()) continue;
      if (Diagnostics faults = sink.Flush(rows.lines, ImportState::kRunning); !faults.empty()) return faults;
      if (controls.stop != nullptr && *controls.stop) return sink.import();
    }
    at += used;
    bytes.erase(0, at);
    offset += static_cast<int64_t>(at);
    if (last) break;
    if (!file.Read(bytes, kImportChunk, last)) return Unreadable("the file");
  }
  if (Diagnostics faults = sink.Flush(rows.lines, ImportState::kDone); !faults.empty()) return faults;
  return sink.import();
}

// The first bytes of a file, and whether they are all.
Result<std::string> HeadOf(File& file, bool& last) {
  std::string head;
  if (!file.Read(head, kMaxCsvRowBytes, last)) return Unreadable("the file");
  return head;
}

// What both halves of an import begin with.
struct Prepared {
  Import import;
  Opening opening;
};

Result<Opening> LookInto(store::Store& store, const std::string& path, const ImportOptions& options,
                         std::string& head, bool& last) {
  File file(path);
  if (!file.ok()) return Unreadable(path);
  Result<std::string> read = HeadOf(file, last);
  if (!read.ok()) return read.TakeError();
  head = *std::move(read);
  const Result<crm::Schema> schema = SchemaOf(store);
  if (!schema.ok()) return schema.error();
  return OpenHead(head, last, options, *schema);
}

Result<Prepared> Prepare(store::Store& store, const std::string& path, const std::string& name,
                         const ImportOptions& options, const ImportControls& controls) {
  std::string head;
  bool last = false;
  Result<Opening> opening = LookInto(store, path, options, head, last);
  if (!opening.ok()) return opening.TakeError();
  Import wanted{.name = name, .options = DumpJson(options.ToJson()), .by = controls.by};
  Result<std::string> id = DigestOf(path, wanted.options, wanted.bytes);
  if (!id.ok()) return id.TakeError();
  wanted.id = *id;
  wanted.created_at = controls.clock();
  auto opened = Await<Import>([&](auto done) { store.OpenImport(wanted, done); });
  if (!opened.ok()) return opened.TakeError();
  if (opened->state != ImportState::kRunning && controls.again) {
    const auto reset = Await<Unit>([&](auto done) { store.ResetImport(*id, controls.clock(), done); });
    if (!reset.ok()) return reset.error();
    opened = store.FindImport(*id);
    if (!opened.ok()) return opened.TakeError();
  }
  return Prepared{*std::move(opened), *std::move(opening)};
}

}  // namespace

ImportOptions CompletedOptions(store::Store& store, ImportOptions options) {
  const Result<store::Document> document = store.FindDocument("workspace");
  if (!document.ok() || document->json.empty()) return options;
  const Result<Json> json = ParseJson(document->json);
  Diagnostics remarks;
  if (!json.ok()) return options;
  const Result<crm::Workspace> workspace = crm::ParseWorkspace(*json, remarks);
  if (!workspace.ok()) return options;
  if (options.region.empty()) options.region = workspace->default_region;
  if (options.currency.empty()) options.currency = workspace->currency;
  if (options.spelling.time_zone == "UTC") options.spelling.time_zone = workspace->time_zone;
  return options;
}

Result<Import> BeginImport(store::Store& store, const std::string& path, const std::string& name,
                           const ImportOptions& options, const ImportControls& controls) {
  Result<Prepared> prepared = Prepare(store, path, name, options, controls);
  if (!prepared.ok()) return prepared.TakeError();
  return std::move(prepared->import);
}

Result<Import> ImportFile(store::Store& store, const std::string& path, const std::string& name,
                          const ImportOptions& options, const ImportControls& controls) {
  Result<Prepared> prepared = Prepare(store, path, name, options, controls);
  if (!prepared.ok()) return prepared.TakeError();
  Import& import = prepared->import;
  if (import.state != ImportState::kRunning) return import;
  File file(path);
  const auto first = static_cast<int64_t>(prepared->opening.first_row);
  const bool fresh = import.done_bytes < first;
  if (fresh) import.done_bytes = first;
  if (!file.ok() || !file.Seek(import.done_bytes)) return Unreadable(path);
  const int64_t lines = fresh ? static_cast<int64_t>(prepared->opening.lines) : import.lines;
  const ImportOptions understood = prepared->opening.options;
  Rows rows(std::move(prepared->opening));
  rows.lines = lines;
  Sink sink(store, std::move(import), understood, controls);
  return Run(file, sink, rows, controls);
}

Result<Json> TryImport(store::Store& store, const std::string& path, const ImportOptions& options) {
  std::string head;
  bool last = false;
  Result<Opening> opening = LookInto(store, path, options, head, last);
  if (!opening.ok()) return opening.TakeError();
  Json json = opening->options.ToJson();
  json.erase("columns");
  Json& columns = json["columns"] = Json::array();
  for (const Column& column : opening->columns) {
    columns.push_back({{"column", column.name},
                       {"field", column.target ? Json(column.target->Dump()) : Json()},
                       {"guessed", column.guessed}});
  }
  size_t at = opening->first_row;
  Rows rows(*std::move(opening));
  rows.lines = json["format"] == "csv" ? 1 : 0;
  Json faults = Json::array();
  Json records = Json::array();
  Rows::Found found;
  int64_t count = 0;
  size_t used = 0;
  while (count < static_cast<int64_t>(kMaxDryRunRows) &&
         rows.Next(std::string_view(head).substr(at), last, used, found)) {
    at += used;
    if (!found.record && found.faults.empty()) continue;  // an empty line
    ++count;
    for (RowFault& fault : found.faults) {
      if (faults.size() == kMaxDryRunFaults) break;
      faults.push_back(ToJson(store::ImportFault{found.line, std::move(fault.column), std::move(fault.value),
                                                 ReasonOf(fault.diagnostic)}));
    }
    if (found.record && records.size() < kMaxDryRunRecords)
      records.push_back(std::move(found.record->snapshot));
  }
  json["rows"] = count;
  json["faults"] = std::move(faults);
  json["records"] = std::move(records);
  return json;
}

Json ToJson(const Import& import) {
  Json json = {{"id", import.id},
               {"name", import.name},
               {"state", store::ImportStateName(import.state)},
               {"bytes", import.bytes},
               {"done_bytes", import.done_bytes},
               {"lines", import.lines},
               {"created", import.created},
               {"changed", import.changed},
               {"unchanged", import.unchanged},
               {"bad", import.bad},
               {"remarks", import.remarks},
               {"started_at", FormatInstant(import.created_at)},
               {"updated_at", FormatInstant(import.updated_at)}};
  if (!import.by.empty()) json["by"] = import.by;
  if (Result<Json> options = ParseJson(import.options); options.ok()) json["options"] = *std::move(options);
  if (!import.fault.empty()) {
    if (Result<Json> fault = ParseJson(import.fault); fault.ok()) json["fault"] = *std::move(fault);
  }
  return json;
}

Json ToJson(const store::ImportFault& fault) {
  Json json = {{"line", fault.line}};
  if (!fault.column.empty()) json["column"] = fault.column;
  if (!fault.value.empty()) json["value"] = fault.value;
  if (Result<Json> reason = ParseJson(fault.diagnostic); reason.ok()) json["reason"] = *std::move(reason);
  return json;
}

std::string ReportCsv(const std::vector<store::ImportFault>& faults) {
  std::string out = "line,column,value,code,reason\r\n";
  const auto cell = [&out](std::string text, const char* behind) {
    // A spreadsheet would run it.
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
      text.insert(0, "'");
    out += '"';
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    out.append("\"").append(behind);
  };
  for (const store::ImportFault& fault : faults) {
    out += std::to_string(fault.line) + ",";
    cell(fault.column, ",");
    cell(fault.value, ",");
    const Result<Json> reason = ParseJson(fault.diagnostic);
    const bool known = reason.ok() && reason->is_object();
    cell(known ? reason->value("code", "") : "", ",");
    cell(known ? reason->value("message", "") : "", "\r\n");
  }
  return out;
}

}  // namespace recado::directory
