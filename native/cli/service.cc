#include "native/cli/service.h"

#include "native/dispatch/engine.h"
#include "native/server/access.h"
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
  PrintLine(io.err, "The store was copied to " + target);
  return kFine;
}

}  // namespace recado::cli
