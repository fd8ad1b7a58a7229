#include "native/store/secret_box.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace recado::store {
namespace {

static_assert(crypto_secretbox_KEYBYTES == 32);
constexpr mode_t kOwnerOnly = 0600;

Diagnostics BadKey(std::string where, std::string detail) {
  return {Diagnostic::Of(DiagnosticCode::bad_key)
              .With("where", std::move(where))
              .With("detail", std::move(detail))};
}

// 64 hex digits or base64 of 32 bytes, blanks around them ignored.
bool ReadKey(std::string_view text, std::array<unsigned char, 32>& key) {
  constexpr const char* kBlanks = " \t\r\n";
  size_t length = 0;
  if (sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), kBlanks, &length, nullptr) == 0 &&
      length == key.size()) {
    return true;
  }
  return sodium_base642bin(key.data(), key.size(), text.data(), text.size(), kBlanks, &length, nullptr,
                           sodium_base64_VARIANT_ORIGINAL) == 0 &&
         length == key.size();
}

// Makes the file with a fresh key. O_EXCL: of two processes at once, one makes it and the other reads it.
bool MakeKeyFile(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return false;
  const std::string text = RandomHexOf(32) + "\n";
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = fsync(file) == 0;
  close(file);
  if (!written || !kept) unlink(path.c_str());
  return written && kept;
}

Result<std::string> ReadKeyFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return BadKey(path, std::strerror(errno));
  struct stat about {};
  fstat(file, &about);
  char text[128] = {};
  const ssize_t size = read(file, text, sizeof text);
  close(file);
  if ((about.st_mode & 077) != 0) return BadKey(path, "other users may read it; set its mode to 0600");
  return std::string(text, size > 0 ? static_cast<size_t>(size) : 0);
}

}  // namespace

Result<SecretBox> SecretBox::Open(const std::string& key_text, const std::string& key_file) {
  if (sodium_init() < 0) return BadKey("libsodium", "it can't be initialised");
  SecretBox box;
  const char* environment = std::getenv("RECADO_KEY");
  const std::string given = !key_text.empty() ? key_text : environment != nullptr ? environment : "";
  if (!given.empty()) {
    if (ReadKey(given, box.key_)) return box;
    return BadKey("RECADO_KEY", "it must be 32 bytes as 64 hex digits or as base64");
  }
  if (access(key_file.c_str(), F_OK) != 0 && !MakeKeyFile(key_file) && errno != EEXIST) {
    return BadKey(key_file, std::strerror(errno));
  }
  Result<std::string> text = ReadKeyFile(key_file);
  if (!text.ok()) return text.TakeError();
  if (ReadKey(*text, box.key_)) return box;
  return BadKey(key_file, "it must hold 32 bytes as 64 hex digits or as base64");
}

std::string SecretBox::Seal(std::string_view clear) const {
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + clear.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                        reinterpret_cast<const unsigned char*>(clear.data()), clear.size(), bytes,
                        key_.data());
  return sealed;
}

std::string SecretBox::Fingerprint(std::string_view text) const {
  std::array<unsigned char, 16> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), key_.data(), key_.size());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

std::optional<std::string> SecretBox::Unseal(std::string_view sealed) const {
  constexpr size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < kOverhead) return std::nullopt;
  std::string clear(sealed.size() - kOverhead, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  const int opened = crypto_secretbox_open_easy(
      reinterpret_cast<unsigned char*>(clear.data()), bytes + crypto_secretbox_NONCEBYTES,
      sealed.size() - crypto_secretbox_NONCEBYTES, bytes, key_.data());
  if (opened != 0) return std::nullopt;
  return clear;
}

std::string SecretBox::Derive(std::string_view purpose) const {
  static_assert(crypto_auth_hmacsha256_KEYBYTES == 32);
  std::string derived(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(derived.data()),
                         reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(), key_.data());
  return derived;
}

std::string RandomHexOf(size_t bytes) {
  std::vector<unsigned char> random(bytes);
  randombytes_buf(random.data(), random.size());
  std::string hex(bytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), random.data(), random.size());
  hex.pop_back();
  return hex;
}

}  // namespace recado::store
