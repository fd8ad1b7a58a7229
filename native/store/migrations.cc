#include "native/store/migrations.h"

#include <iterator>

namespace recado::store {
namespace {

constexpr const char* kVersions[] = {
#include "native/store/migrations/0001_first.inc"
    ,
#include "native/store/migrations/0002_consent.inc"
    ,
#include "native/store/migrations/0003_dispatch.inc"
    ,
#include "native/store/migrations/0004_crm.inc"
    ,
#include "native/store/migrations/0005_search.inc"
    ,
#include "native/store/migrations/0006_care.inc"
};

Diagnostics Unreadable(const std::string& path, const Fault& fault) {
  return {Diagnostic::Of(DiagnosticCode::store_unreadable).With("path", path).With("detail", fault.text)};
}

}  // namespace

int NewestVersion() {
  return static_cast<int>(std::size(kVersions));
}

Result<int> Migrate(Connection& db, const std::string& path, int target) {
  db.Script(
      "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at "
      "TEXT "
      "NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT; COMMIT;");
  for (;;) {
    db.Script("BEGIN IMMEDIATE");
    int version = 0;
    {
      Cursor row = db.Query("SELECT MAX(version) FROM schema_version");
      if (row.Next()) version = static_cast<int>(row.Int(0));
    }
    const bool apply = db.ok() && version < target;
    if (apply) {
      db.Script(kVersions[version]);
      db.Execute("INSERT INTO schema_version (version) VALUES (?)", version + 1);
    }
    db.Script("COMMIT");
    if (std::optional<Fault> fault = db.TakeFault()) {
      if (db.InTransaction()) db.Script("ROLLBACK");
      return Unreadable(path, *fault);
    }
    if (apply) continue;
    if (version <= NewestVersion()) return version;
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_too_new)
                           .With("path", path)
                           .With("found", std::to_string(version))
                           .With("known", std::to_string(NewestVersion()))};
  }
}

}  // namespace recado::store
