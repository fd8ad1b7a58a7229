// Passwords: Argon2id, as libsodium sets it for signing in (64 MB, some 50 ms), and what a password must be.
//
// One hash at a time in the process: forty strangers who guess at once must not take 2.5 GB. Any thread;
// blocks.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace recado::server {

inline constexpr size_t kMinPassword =
    12;  // characters (code points); NIST SP 800-63B asks for length, not for signs
inline constexpr size_t kMaxPassword = 128;  // bounds the work, and is more than anybody types

// password_weak where it is too short or too long, or is the name.
Diagnostics CheckPassword(std::string_view name, std::string_view password);
// The string to be stored. Error: internal_fault where there is no memory for it.
Result<std::string> HashPassword(std::string_view password);
// Takes as long where `hash` is "" or malformed: it is then compared with the hash of nothing anybody knows.
bool VerifyPassword(const std::string& hash, std::string_view password);

}  // namespace recado::server
