#include "native/cli/service.h"

#include <cstdlib>

#include "native/dispatch/engine.h"
#include "native/server/access.h"
#include "native/store/backup.h"
#include "native/store/store.h"

namespace recado::cli {
namespace {

int Fail(const Io& io, const Diagnostics& faults) {
  for (const Diagnostic& fault : faults) PrintLine(io.err, "recado: " + MessageOf(fault));
  return kInputHasErrors;
}

Result<std::unique_ptr<store::Store>> OpenAsTool(const std::string& path) {
  store::OpenOptions open;
  open.path = path;
  open.owner = store::OpenOptions::Owner::kTool;
  return store::OpenSqlite(open);
}

}  // namespace

int RunServe(const Io& io, const server::ServeOptions& options) {
  const Result<int> ended = server::Serve(options, io.out, io.err);
  if (ended.ok()) return kFine;
  const DiagnosticCode code = ended.error().front().code;
  Fail(io, ended.error());
  const bool usage = code == DiagnosticCode::address_invalid || code == DiagnosticCode::public_url_invalid;
  return usage ? kWrongUsage : kInputHasErrors;
}

int RunTokenCreate(const Io& io, const TokenOptions& options) {
  auto store = OpenAsTool(options.store);
  if (!store.ok()) return Fail(io, store.error());
  server::Access access(**store, false);
  const auto token = access.MakeToken(options.name, options.role, dispatch::SystemNow());
  if (!token.ok()) return Fail(io, token.error());
  (*store)->Close();
  PrintLine(io.out, token->secret);
  return kFine;
}

int RunBackup(const Io& io, const std::string& store_path, const std::string& target) {
  auto store = OpenAsTool(store_path);
  if (!store.ok()) return Fail(io, store.error());
  const auto copied = (*store)->Backup(target);
  if (!copied.ok()) return Fail(io, copied.error());
  PrintLine(io.err, "The store was copied to " + target + ". The key of the secrets, " + store_path +
                        ".key, is not in it: keep that elsewhere.");
  return kFine;
}

int RunRestore(const Io& io, const RestoreOptions& options) {
  const auto restored = store::Restore(options.copy, options.store, options.replace, dispatch::SystemNow());
  if (!restored.ok()) return Fail(io, restored.error());
  if (!restored->put_aside.empty()) PrintLine(io.err, "The former store is at " + restored->put_aside);
  PrintLine(io.err, options.store + " is what " + options.copy +
                        " holds, and all sending is paused: what was sent after that copy was made is due "
                        "again. Look at the deliveries, cancel what was sent, then resume.");
  if (!restored->has_key && std::getenv("RECADO_KEY") == nullptr) {
    PrintLine(io.err, "There is no " + options.store +
                          ".key: put the key back before you start, or type the vendors' secrets in again.");
  }
  return kFine;
}

}  // namespace recado::cli
