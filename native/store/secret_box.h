// SecretBox: what must not be readable in the file, a backup or a stolen disk (architecture, rule 10).
//
// libsodium's secretbox (XSalsa20-Poly1305) with a random nonce before the box. The key is 32 bytes from the
// environment or from a file beside the store that only its owner may read. A box that was changed or sealed
// with another key does not open.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace recado::store {

class SecretBox {
 public:
  // `key_text`, else RECADO_KEY, else `key_file`, which is made (mode 0600) where it is not there. Errors:
  // bad_key.
  static Result<SecretBox> Open(const std::string& key_text, const std::string& key_file);

  std::string Seal(std::string_view clear) const;
  // A keyed digest as lower-case hex: equal for equal texts, and nobody without the key can try texts against
  // it.
  std::string Fingerprint(std::string_view text) const;
  // Nothing where it was not sealed with this key.
  std::optional<std::string> Unseal(std::string_view sealed) const;
  // A key of 32 bytes for one purpose: HMAC-SHA-256 of its name under this key, which can't be had back from
  // it.
  std::string Derive(std::string_view purpose) const;

 private:
  std::array<unsigned char, 32> key_{};
};

// Random bytes of the system as lower-case hex.
std::string RandomHexOf(size_t bytes);

}  // namespace recado::store
