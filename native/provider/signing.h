// Proofs of origin: digests, HMAC and compact JSON Web Tokens, as vendors sign their calls and want ours
// signed.
//
// Over OpenSSL. Pure; any thread. Comparisons with anything secret take the same time whatever they find.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace recado::provider {

enum class Digest : uint8_t { kMd5, kSha1, kSha256, kSha384, kSha512 };

// Raw bytes.
std::string Hash(Digest digest, std::string_view bytes);
std::string Hmac(Digest digest, std::string_view key, std::string_view bytes);

std::string Hex(std::string_view bytes);  // lower case
// RFC 4648 §5, without padding.
std::string Base64Url(std::string_view bytes);
std::optional<std::string> DecodeBase64Url(std::string_view text);

// In constant time for texts of one length.
bool SameSecret(std::string_view a, std::string_view b);
// As above, for hexadecimal of either case.
bool SameHex(std::string_view a, std::string_view b);

// The claims of a token (RFC 7519) that is signed with HS256, HS384 or HS512 by `key`. Nothing where it is
// not, with "none" and every other algorithm too. Times are the caller's to judge.
std::optional<Json> ReadHmacToken(std::string_view token, std::string_view key);

// A token signed with RS256; nothing where the key (PEM, PKCS #1 or #8) can't be read.
std::optional<std::string> MakeRsaToken(std::string_view private_key, std::string_view key_id,
                                        const Json& claims);

}  // namespace recado::provider
