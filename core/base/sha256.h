// SHA-256 (FIPS 180-4). Here because an intent's key must be the same in both builds and exist before any
// library of the outside world is asked (formats §4). Not for secrets: native/ uses libsodium and OpenSSL for
// those.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace recado {

std::array<uint8_t, 32> Sha256(std::string_view bytes);

// Lower-case hex, 64 characters.
std::string Sha256Hex(std::string_view bytes);

}  // namespace recado
