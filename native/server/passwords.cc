#include "native/server/passwords.h"

#include <mutex>
#include <sodium.h>

#include "core/base/utf8.h"

namespace recado::server {
namespace {

std::mutex& OneAtATime() {
  static std::mutex mutex;
  return mutex;
}

std::string Hash(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed =
      crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return {};
  hash.resize(hash.find('\0'));
  return hash;
}

// Of random bytes that nobody keeps.
const std::string& Nobodys() {
  static const std::string hash = [] {
    std::string secret(32, '\0');
    randombytes_buf(secret.data(), secret.size());
    return Hash(secret);
  }();
  return hash;
}

}  // namespace

Diagnostics CheckPassword(std::string_view name, std::string_view password) {
  const size_t length = utf8::CountCodePoints(password);
  if (length >= kMinPassword && length <= kMaxPassword && password != name) return {};
  return {Diagnostic::Of(DiagnosticCode::password_weak)
              .At("/password")
              .With("min", std::to_string(kMinPassword))
              .With("max", std::to_string(kMaxPassword))};
}

Result<std::string> HashPassword(std::string_view password) {
  if (sodium_init() < 0) return Diagnostics{Diagnostic::Of(DiagnosticCode::internal_fault)};
  const std::lock_guard lock(OneAtATime());
  std::string hash = Hash(password);
  if (hash.empty()) return Diagnostics{Diagnostic::Of(DiagnosticCode::internal_fault)};
  return hash;
}

bool VerifyPassword(const std::string& hash, std::string_view password) {
  if (sodium_init() < 0) return false;
  const std::lock_guard lock(OneAtATime());
  const bool there = hash.starts_with("$argon2id$") && hash.size() < crypto_pwhash_STRBYTES;
  const std::string& compared = there ? hash : Nobodys();
  const bool same = crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
  return there && same;
}

}  // namespace recado::server
