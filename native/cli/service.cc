#include "native/cli/service.h"

#include <cstdlib>

#include "native/dispatch/engine.h"
#include "native/server/access.h"
#include "native/server/passwords.h"
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

int RunUserAdd(const Io& io, const UserOptions& options) {
  auto store = OpenAsTool(options.store);
  if (!store.ok()) return Fail(io, store.error());
  std::string password;
  if (options.password_from_input) {
    if (!ReadAll(io, password)) return Complain(io, "the password cannot be read");
    while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
  } else {
    password = (*store)->RandomHex(12);
  }
  if (const Diagnostics faults = server::CheckPassword(options.name, password); !faults.empty())
    return Fail(io, faults);
  const Result<std::string> hash = server::HashPassword(password);
  if (!hash.ok()) return Fail(io, hash.error());
  store::User user = (*store)->FindUser(options.name).ValueOr(store::User{});
  if (user.id.empty()) user.created_at = dispatch::SystemNow();
  user.id = options.name;
  if (user.name.empty()) user.name = options.name;
  user.role = options.role;
  user.password_hash = *hash;
  user.disabled = false;
  const auto kept = store::Await<store::Unit>([&](auto done) { (*store)->PutUser(user, done); });
  if (!kept.ok()) return Fail(io, kept.error());
  (void)store::Await<store::Unit>([&](auto done) { (*store)->EndSessions(user.id, done); });
  store::AuditEntry entry{
      .at = dispatch::SystemNow(), .actor = "command line", .action = "user.put", .subject = user.id};
  entry.detail = "{}";
  (void)store::Await<store::Unit>([&](auto done) { (*store)->AddAudit(entry, done); });
  (*store)->Close();
  if (!options.password_from_input) PrintLine(io.out, password);
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
