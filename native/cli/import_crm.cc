#include "native/cli/import_crm.h"

#include <chrono>
#include <unistd.h>

#include "native/crm/import.h"
#include "native/dispatch/engine.h"

namespace recado::cli {
namespace {

using directory::ImportOptions;

int Fail(const Io& io, const Diagnostics& faults, const std::string& language, int code) {
  for (const Diagnostic& fault : faults) PrintLine(io.err, "recado: " + MessageOf(fault, language));
  return code;
}

Result<ImportOptions> OptionsOf(const ImportCrmOptions& options) {
  Json json = Json::object();
  const auto put = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  put("format", options.format);
  put("entity", options.entity);
  put("delimiter", options.delimiter);
  put("encoding", options.encoding);
  put("locale", options.locale);
  put("decimal", options.decimal);
  put("date", options.date);
  put("time_zone", options.time_zone);
  put("region", options.region);
  put("currency", options.currency);
  json["fire_events"] = options.fire_events;
  for (const std::string& column : options.columns) {
    const size_t sign = column.rfind('=');
    if (sign == std::string::npos) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                             .With("value", column)
                             .With("what", "--map")
                             .With("allowed", "COLUMN=field")};
    }
    json["columns"][column.substr(0, sign)] = column.substr(sign + 1);
  }
  return ImportOptions::FromJson(json);
}

// "deals.csv  42 %  118,204 rows  21,530 rows/s" on one line that is written over.
class Progress {
 public:
  explicit Progress(const Io& io) : err_(io.err), shown_(::isatty(::fileno(io.err)) != 0) {}

  void operator()(const store::Import& import) {
    if (!shown_) return;
    const int64_t rows = import.created + import.changed + import.unchanged + import.bad;
    const auto since = std::chrono::steady_clock::now() - start_;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    if (first_ < 0) first_ = rows;  // a resumed one does not count what was there
    const int64_t speed = ms > 0 ? (rows - first_) * 1000 / ms : 0;
    const int64_t percent = import.bytes > 0 ? import.done_bytes * 100 / import.bytes : 100;
    std::string bar(static_cast<size_t>(percent / 5), '#');
    bar.resize(20, '.');
    Print(err_, "\r[" + bar + "] " + std::to_string(percent) + " %  " + std::to_string(rows) + " rows  " +
                    std::to_string(speed) + " rows/s ");
    std::fflush(err_);
    any_ = true;
  }
  void End() {
    if (any_) PrintLine(err_, "");
  }

 private:
  std::FILE* err_;
  bool shown_;
  bool any_ = false;
  int64_t first_ = -1;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool WriteReport(store::Store& store, const std::string& id, const std::string& path) {
  const auto faults = store.ImportFaults(id, 0, store::kMaxImportFaults);
  if (!faults.ok()) return false;
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) return false;
  const std::string_view name = path;
  if (name.size() > 4 && name.substr(name.size() - 4) == ".csv") {
    Print(file, directory::ReportCsv(*faults));
  } else {
    for (const store::ImportFault& fault : *faults) PrintLine(file, DumpJson(directory::ToJson(fault)));
  }
  return std::fclose(file) == 0;
}

// The first bad rows, for whoever gave no file for them.
void ShowFaults(const Io& io, store::Store& store, const std::string& id) {
  constexpr size_t kShown = 10;
  const auto faults = store.ImportFaults(id, 0, kShown);
  if (!faults.ok()) return;
  for (const store::ImportFault& fault : *faults) {
    const Result<Json> reason = ParseJson(fault.diagnostic);
    const std::string text = reason.ok() && reason->is_object() ? reason->value("message", "") : "";
    const std::string column = fault.column.empty() ? "" : ", " + fault.column;
    std::string line = "line ";
    line.append(std::to_string(fault.line)).append(column).append(": ").append(text);
    PrintLine(io.err, line);
  }
}

int Finish(const Io& io, store::Store& store, const store::Import& import, const ImportCrmOptions& options) {
  PrintLine(io.out, DumpJson(directory::ToJson(import)));
  if (!options.report.empty() && !WriteReport(store, import.id, options.report)) {
    PrintLine(io.err, "recado: " + options.report + " cannot be written");
    return kInputHasErrors;
  }
  if (options.report.empty()) ShowFaults(io, store, import.id);
  const bool whole = import.state == store::ImportState::kDone && import.bad == 0;
  return whole ? kFine : kInputHasErrors;
}

}  // namespace

int RunImportCrm(const Io& io, const ImportCrmOptions& options) {
  Result<ImportOptions> how = OptionsOf(options);
  if (!how.ok()) return Fail(io, how.error(), options.language, kWrongUsage);
  if (::access(options.file.c_str(), R_OK) != 0) return Complain(io, options.file + " cannot be read");
  store::OpenOptions open;
  open.path = options.store;
  // Events are numbered by whoever owns the store: with a service on it they would not be seen.
  open.owner = options.fire_events ? store::OpenOptions::Owner::kService : store::OpenOptions::Owner::kTool;
  auto store = store::OpenSqlite(open);
  if (!store.ok()) return Fail(io, store.error(), options.language, kInputHasErrors);
  ImportOptions given = *std::move(how);
  how = directory::CompletedOptions(**store, std::move(given));
  if (options.dry_run) {
    const Result<Json> tried = directory::TryImport(**store, options.file, *how);
    if (!tried.ok()) return Fail(io, tried.error(), options.language, kInputHasErrors);
    PrintLine(io.out, DumpJson(*tried));
    return (*tried)["faults"].empty() ? kFine : kInputHasErrors;
  }
  Progress progress(io);
  directory::ImportControls controls;
  controls.by = "import";
  controls.again = options.again;
  controls.clock = dispatch::SystemNow;
  controls.progress = [&progress](const store::Import& import) { progress(import); };
  const size_t slash = options.file.rfind('/');
  const std::string name = slash == std::string::npos ? options.file : options.file.substr(slash + 1);
  const auto import = directory::ImportFile(**store, options.file, name, *how, controls);
  progress.End();
  if (!import.ok()) return Fail(io, import.error(), options.language, kInputHasErrors);
  return Finish(io, **store, *import, options);
}

}  // namespace recado::cli
